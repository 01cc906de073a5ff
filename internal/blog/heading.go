package blog

import (
	"regexp"
	"strings"

	"lectern/internal/text"
)

// A heading is the first heading of the first level in a body.
type heading struct {
	source string // as it is written, without what is not said
	text   string // without Markdown marks
	first  bool   // nothing but blank lines stands before it
	start  int    // its first byte in the body
	end    int    // behind its last line's end
}

// firstHeading finds the heading that can be a post's title, one of HTML only at
// the start. Fenced and indented code is not searched.
func firstHeading(body string) (heading, bool) {
	var fence codeFence
	blankBefore, first := true, true
	for pos := 0; pos < len(body); {
		line, end := lineAt(body, pos)
		blank := strings.TrimSpace(line) == ""
		switch {
		case fence.inside(line):
		case blank:
		case strings.HasPrefix(line, "# ") || strings.HasPrefix(strings.TrimLeft(line, " "), "# ") && indent(line) < 4:
			h := newHeading(strings.TrimLeft(line, " ")[2:], first, pos, end)
			return h, h.text != ""
		case first && htmlHeading.MatchString(prefix(body[pos:], maxProse)):
			m := htmlHeading.FindStringSubmatch(prefix(body[pos:], maxProse))
			if h := newHeading(m[1], first, pos, pos+len(m[0])); h.text != "" {
				return h, true
			}
		case blankBefore && indent(line) < 4:
			under, underEnd := lineAt(body, end)
			if under = strings.TrimRight(under, " \t"); under != "" && strings.Trim(under, "=") == "" {
				h := newHeading(line, first, pos, underEnd)
				return h, h.text != ""
			}
		}
		first = first && blank
		blankBefore = blank
		pos = end
	}
	return heading{}, false
}

// newHeading is the heading that the line s is.
func newHeading(s string, first bool, start, end int) heading {
	source := headingSource(s)
	return heading{source, unmarked(source), first, start, end}
}

// title is the heading as a title, and what in it is set apart. Where a heading
// holds more than titles do, such as an image or a footnote, nothing is.
func (h heading) title() (title string, marks []Mark) {
	if title, marks = readTitle(h.source); title != h.text {
		return text.Field(h.text, MaxTitle), nil
	}
	return title, marks
}

// attributes are the id, the classes and what else some write behind a heading.
var attributes = regexp.MustCompile(`\s\{:?\s*(?:(?:[#.][^\s{}]+|[\w-]+=(?:"[^"]*"|[^\s{}]+))\s*)+\}$`)

// headingSource is what a heading says: no closing #, no {#id .class}.
func headingSource(s string) string {
	s = strings.TrimSpace(prefix(s, maxProse))
	for range 2 { // in either order
		if closed := strings.TrimRight(s, "#"); closed == "" || strings.HasSuffix(closed, " ") {
			s = strings.TrimSpace(closed)
		}
		if at := attributes.FindStringIndex(s); at != nil {
			s = strings.TrimSpace(s[:at[0]])
		}
	}
	return s
}

// htmlHeading is a heading of HTML that takes whole lines.
var htmlHeading = regexp.MustCompile(`(?is)^[ \t]*<h1(?:\s[^<>]*)?>(.*?)</h1>[ \t]*(?:\n|$)`)

// lineAt is the line that begins at pos, without its end, and where the next begins.
func lineAt(s string, pos int) (line string, next int) {
	if i := strings.IndexByte(s[pos:], '\n'); i >= 0 {
		return s[pos : pos+i], pos + i + 1
	}
	return s[pos:], len(s)
}

// indent counts the leading blanks of a line, a tab as four.
func indent(line string) int {
	n := 0
	for _, r := range line {
		switch r {
		case ' ':
			n++
		case '\t':
			n += 4
		default:
			return n
		}
	}
	return n
}

// A codeFence follows fenced code from line to line. The zero value stands
// outside.
type codeFence struct {
	mark string // what opened it, "" outside
}

// inside reports whether the line belongs to fenced code, its fences among it.
func (f *codeFence) inside(line string) bool {
	trimmed := strings.TrimLeft(line, " \t")
	if f.mark != "" {
		rest := strings.TrimRight(trimmed, " \t")
		if len(rest) >= len(f.mark) && strings.Trim(rest, f.mark[:1]) == "" {
			f.mark = ""
		}
		return true
	}
	for _, c := range []string{"`", "~"} {
		n := len(trimmed) - len(strings.TrimLeft(trimmed, c))
		if n >= 3 && (c == "~" || !strings.Contains(trimmed[n:], c)) {
			f.mark = trimmed[:n]
			return true
		}
	}
	return false
}
