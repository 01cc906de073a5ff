package render

import "strings"

// A mdHTML is a tag of HTML whose content is Markdown, as kramdown and Python
// have it (<div markdown="1">). goldmark wants a blank line for that.
type mdHTML struct {
	name   string // of the tag, empty where none is open
	depth  int    // tags of that name in each other
	dedent int    // bytes that its content is indented by
}

// readsMarkdown reports whether a tag says that what it encloses is Markdown.
func readsMarkdown(raw string) bool {
	i := strings.Index(raw, "markdown")
	if i < 1 || !isBlank(raw[i-1]) {
		return false
	}
	value, ok := strings.CutPrefix(raw[i+len("markdown"):], "=")
	if !ok {
		return value != "" && (isBlank(value[0]) || value[0] == '>')
	}
	value = strings.TrimLeft(value, `"'`)
	return strings.HasPrefix(value, "1") || strings.HasPrefix(value, "span") || strings.HasPrefix(value, "block")
}

// reads takes a tag of HTML; rest is what follows it. It returns what to write
// after it and how much of rest that stands for.
func (c *cleaner) reads(raw, name, rest string) (text string, size int) {
	closes := strings.HasPrefix(raw, "</")
	if name == c.md.name {
		if closes {
			c.md.depth--
		} else {
			c.md.depth++
		}
		if c.md.depth == 0 {
			c.md = mdHTML{}
		}
	}
	if closes || !c.html.open || !readsMarkdown(raw) {
		return "", 0
	}
	line := firstLine(rest)
	if c.html.tables > 0 { // that a blank line would end
		if end := strings.Index(line, "</"+name); end >= 0 && !strings.ContainsAny(line[:end], "<{") {
			return asHTML(line[:end], 0), end
		}
		return "", 0
	}
	if c.md.name == "" {
		c.md = mdHTML{name: name, depth: 1}
	}
	c.html, c.blank = htmlBlock{}, true
	if !blankLine(line) {
		c.html.line(strings.TrimLeft(line, " \t"), true)
		return "\n" + strings.TrimRight(c.prefix, " \t") + "\n" + c.prefix, len(line) - len(strings.TrimLeft(line, " \t"))
	}
	next := firstLine(rest[len(line):])
	if blankLine(next) {
		return "", 0
	}
	if inner := strings.TrimLeft(next, " \t"); c.prefix == "" && (!c.inked || c.out.String()[c.start] == '<') && inner != "" {
		c.md.dedent = len(next) - len(inner)
	}
	return "\n" + strings.TrimRight(c.prefix, " \t"), 0
}

// unindent takes the indent of the content of such a tag off the line that is
// next.
func (c *cleaner) unindent() {
	for n := c.md.dedent; n > 0 && c.rest != "" && (c.rest[0] == ' ' || c.rest[0] == '\t'); n-- {
		c.rest = c.rest[1:]
	}
}

// unmarked ends the HTML before a line of Markdown in such a tag; body is the
// text of the line.
func (c *cleaner) unmarked(body string) {
	if c.md.name == "" || !c.html.open || c.html.tables > 0 || body == "" || body[0] == '<' {
		return
	}
	out := c.out.String()
	if strings.HasSuffix(strings.TrimRight(out[max(0, len(out)-100):], " \t\n"), ">") {
		c.put(strings.TrimRight(c.prefix, " \t") + "\n")
		c.html, c.fresh = htmlBlock{}, true
	}
}
