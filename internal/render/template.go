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

	fence     string          // marks of the code block that is open
	prefix    string          // what stands before the text of the line
	end       string          // name of the tag that ends one
	after     string          // stands after one that a tag ends
	pane      shortcode       // of tabs that is open
	title     string          // of the code block that comes next
	cell      bool            // it stands in a table of HTML
	html      htmlBlock       // that is open
	md        mdHTML          // that is open
	code      bool            // the lines so far are an indented code block
	blank     bool            // the last line is blank
	fresh     bool            // the line before this one was blank
	indent    int             // of the text of the list that may be open
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
	if c.fence != "" {
		if closes := strings.TrimRight(inner, " \t\n"); strings.HasPrefix(closes, c.fence) && strings.Trim(closes, c.fence[:1]) == "" {
			c.fence = ""
		}
		c.pass(line)
		return
	}
	if c.indented(line, blank) {
		c.pass(line)
		return
	}
	c.blank = blank
	n := c.blockLine(line, inner)
	c.headed = strings.HasPrefix(inner, "#")
	if n > 0 {
		c.rest = c.rest[n:]
		return
	}
	body := inner
	if n := listMark(inner); n > 0 {
		c.indent = len(line) - len(inner) + n
		body = strings.TrimLeft(inner[n:], " \t")
	}
	c.prefix = line[:len(line)-len(inner)]
	c.unmarked(body)
	c.html.line(body, c.fresh)
	if marks := fenceOf(body); marks != "" {
		c.fence = marks
		c.open(line, body)
		return
	}
	if !strings.ContainsAny(line, "{`$<[|^%") || c.misses > maxMisses {
		c.pass(line)
		return
	}
	c.prose(len(line), strings.HasPrefix(body, "#"))
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

// indented reports whether a line is one of an indented code block.
func (c *cleaner) indented(line string, blank bool) bool {
	if blank {
		c.blank = true
		return false
	}
	width := 0
	for _, r := range line {
		if r == '\t' {
			width += tabStop - width%tabStop
		} else if r == ' ' {
			width++
		} else {
			break
		}
	}
	if c.indent > 0 && c.blank && width < c.indent && listMark(strings.TrimLeft(line, " \t")) == 0 {
		c.indent = 0 // the list ends
	}
	c.code = width >= c.indent+4 && (c.blank || c.code || c.out.Len() == 0)
	if c.code {
		c.blank = false
	}
	return c.code
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
