package render

import "strings"

// codeMarks open and close a code block that a tag asks for.
const codeMarks = "~~~~~~~~"

// source begins a code block that a tag asks for. In HTML a blank line parts it
// from what stands before, for Markdown to be read; in a table of HTML, which
// that would end, it is written in HTML, all in one line.
func (c *cleaner) source(t shortcode) {
	lang, title := t.language()
	switch {
	case t.name == "mermaid":
		lang = t.name
	case t.name == "tab":
		if title = ""; lang == "" {
			lang = c.pane.first("lang")
		}
	}
	c.end = t.name
	if c.html.tables > 0 {
		if title != "" {
			c.put(inHTML.Replace(title) + "<br>")
		}
		c.put(`<pre lang="` + inHTML.Replace(lang) + `">`)
		c.cell = true
		return
	}
	c.apartHTML()
	if title != "" {
		c.put(title + "\n\n" + c.prefix)
	}
	c.put(codeMarks + lang + "\n")
}

// apartHTML begins a line of its own, after a blank one in HTML, and has
// another stand after what is written there.
func (c *cleaner) apartHTML() {
	c.apart()
	if c.html.open {
		c.after = strings.TrimRight(c.prefix, " \t") + "\n"
		c.put("\n" + c.prefix)
		c.html, c.blank = htmlBlock{}, true
	}
}

// inHTML writes text in HTML, in one line.
var inHTML = strings.NewReplacer("&", "&amp;", "<", "&lt;", `"`, "&quot;", "\n", "&#10;")

// open takes the line that opens a code block; body is what stands on it from
// the marks on. A tag before it may have told its title.
func (c *cleaner) open(line, body string) {
	if c.title == "" {
		c.pass(line)
		return
	}
	lang := ""
	if strings.TrimSpace(body) == c.lines.fence {
		lang = "text"
	}
	c.rest = c.rest[len(line):]
	c.put(strings.TrimRight(line, " \t\n") + lang + ` title="` + c.title + "\"\n")
	c.title = ""
}

// untilEnd takes a line of a code block that a tag ends.
func (c *cleaner) untilEnd(line string) {
	at, size := endIn(line, c.end)
	if size == 0 {
		if c.cell {
			c.rest = c.rest[len(line):]
			c.put(inHTML.Replace(line))
		} else {
			c.pass(line)
		}
		return
	}
	c.rest = c.rest[at+size:]
	if c.cell {
		c.put(inHTML.Replace(line[:at]))
		c.endSource()
		return
	}
	if strings.Trim(line[:at], " \t>") != "" {
		c.put(line[:at] + "\n")
	}
	c.endSource()
	if strings.TrimSpace(line[at+size:]) == "" {
		c.rest = strings.TrimPrefix(strings.TrimLeft(c.rest, " \t"), "\n")
	}
}

// endSource ends the code block that a tag asked for.
func (c *cleaner) endSource() {
	c.end, c.lines.text = "", false
	if c.cell {
		c.put("</pre>")
		c.cell = false
		return
	}
	if c.out.Len() > c.start {
		c.put("\n")
	}
	c.put(c.prefix + codeMarks + "\n" + c.after)
	c.after = ""
}
