package render

import "strings"

// untemplated is a body without the tags of the programs that make web pages
// of posts (Liquid, Hugo, Zola, Hexo, Pelican, kramdown, MDX, WordPress): what a
// tag stands for where that is simple, a caption, a link or a note; else
// nothing, and what it encloses stays. Source code and formulas are left as
// they are.
func untemplated(body string) string {
	if !strings.ContainsAny(body, "{[<^%") && !strings.Contains(body, "import ") && !strings.Contains(body, `\newpage`) {
		return body
	}
	c := cleaner{rest: unraw(body), blank: true}
	c.out.Grow(len(body))
	for c.rest != "" {
		c.line()
	}
	if c.end != "" {
		c.endSource()
	}
	for range c.blocks {
		c.put("\n:::\n")
	}
	out := c.out.String()
	if c.notes.Len() > 0 {
		out += "\n\n" + c.notes.String()
	}
	if strings.Contains(out, "{{</*") || strings.Contains(out, "{{%/*") {
		out = strings.NewReplacer("{{</*", "{{<", "*/>}}", ">}}", "{{%/*", "{{%", "*/%}}", "%}}").Replace(out)
	}
	if strings.Contains(out, ":::") {
		out = fenced(out)
	}
	return out
}

// A cleaner takes the tags out of a body, line by line.
type cleaner struct {
	finder
	rest string
	out  strings.Builder

	lines     codeLines       // which of them are code
	prefix    string          // what stands before the text of the line
	end       string          // name of the tag that ends one
	after     string          // stands after one that a tag ends
	pane      shortcode       // of tabs that is open
	title     string          // of the code block that comes next
	cell      bool            // it stands in a table of HTML
	html      htmlBlock       // that is open
	md        mdHTML          // that is open
	blank     bool            // the last line is blank
	fresh     bool            // the line before this one was blank
	raw       bool            // tags are not tags
	ignored   string          // name of the tag that ends what is not for readers
	blocks    []string        // names of the tags that enclose a note or a quote
	notes     strings.Builder // that stood in a line
	noted     int
	start     int    // of the line that is written
	inked     bool   // something but blanks and marks of quotes stands on it
	caption   string // of the picture that WordPress encloses
	fragments int    // of JSX that are open
	headed    bool   // the last line is a heading
	buttons   int    // that are links and open
	misses    int    // tags that were opened and never closed
}

// Bounds on the tags of one body.
const (
	maxTag    = 2048   // bytes
	maxMisses = 20_000 // braces that are no tags
)

// line takes one line, and more where a tag or a span goes over its end.
func (c *cleaner) line() {
	c.unindent()
	line := c.rest
	if end := strings.IndexByte(line, '\n'); end >= 0 {
		line = line[:end+1]
	}
	inner := strings.TrimLeft(line, " \t>")
	blank := strings.TrimSpace(inner) == ""
	c.fresh = c.blank
	if c.end != "" {
		c.untilEnd(line)
		return
	}
	goesOn := c.lines.fence != ""
	code := c.lines.code(line)
	if c.blank = blank; code && (goesOn || c.lines.fence == "") {
		c.pass(line)
		return
	}
	n := c.blockLine(line, inner)
	c.headed = strings.HasPrefix(inner, "#")
	if n > 0 {
		c.lines.text = false
		c.rest = c.rest[n:]
		return
	}
	body := inner
	if n := listMark(inner); n > 0 {
		body = strings.TrimLeft(inner[n:], " \t")
	}
	c.prefix = line[:len(line)-len(inner)]
	c.unmarked(body)
	c.html.line(body, c.fresh)
	if code {
		c.open(line, body)
		return
	}
	if !strings.ContainsAny(line, "{`$<[|^%") || c.misses > maxMisses {
		c.pass(line)
		return
	}
	from := c.out.Len()
	c.prose(len(line), strings.HasPrefix(body, "#"))
	if c.fresh && c.prefix == "" && c.end == "" && c.ignored == "" && c.out.Len() > from && blankLine(c.out.String()[from:]) && c.beforeIndent() {
		c.put("<!-- -->\n")
	}
}

// beforeIndent reports whether a blank line comes next and one that is indented
// after it. Where a tag has left nothing, that would be of the code block or the
// item which the tag has ended.
func (c *cleaner) beforeIndent() bool {
	next := strings.TrimLeft(c.rest, "\n")
	return next != c.rest && next != "" && isBlank(next[0])
}

// pass copies a line as it is.
func (c *cleaner) pass(line string) {
	c.rest = c.rest[len(line):]
	c.put(line)
}

// put writes unless readers are not to see it.
func (c *cleaner) put(s string) {
	if c.ignored == "" {
		if end := strings.LastIndexByte(s, '\n'); end >= 0 {
			c.start, c.inked = c.out.Len()+end+1, strings.TrimLeft(s[end+1:], " \t>") != ""
		} else {
			c.inked = c.inked || strings.TrimLeft(s, " \t>") != ""
		}
		c.out.WriteString(s)
	} else if strings.HasSuffix(s, "\n") {
		c.out.WriteByte('\n')
		c.start, c.inked = c.out.Len(), false
	}
}

// listMark is the bytes of the mark of an item with the blank after it.
func listMark(s string) int {
	n := len(s) - len(strings.TrimLeft(s, "0123456789"))
	switch {
	case n == 0 && s != "" && strings.IndexByte("-+*", s[0]) >= 0:
		n = 1
	case n > 0 && n < 10 && n < len(s) && (s[n] == '.' || s[n] == ')'):
		n++
	default:
		return 0
	}
	if n < len(s) && (s[n] == ' ' || s[n] == '\t') {
		return n + 1
	}
	return 0
}

// fenceOf is the marks that a line opens a code block with.
func fenceOf(s string) string {
	if s == "" || s[0] != '`' && s[0] != '~' {
		return ""
	}
	n := len(s) - len(strings.TrimLeft(s, s[:1]))
	if n < 3 || s[0] == '`' && strings.Contains(s[n:], "`") {
		return ""
	}
	return s[:n]
}
