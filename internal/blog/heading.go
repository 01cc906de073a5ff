package blog

import (
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
	lines  int    // 1, or 2 for an underlined one
}

// firstHeading finds the heading that can be a post's title. Fenced and
// indented code is not searched.
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
			h := newHeading(strings.TrimLeft(line, " ")[2:], first, pos, end, 1)
			return h, h.text != ""
		case blankBefore && indent(line) < 4:
			under, underEnd := lineAt(body, end)
			if under = strings.TrimRight(under, " \t"); under != "" && strings.Trim(under, "=") == "" {
				h := newHeading(line, first, pos, underEnd, 2)
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
func newHeading(s string, first bool, start, end, lines int) heading {
	source := headingSource(s)
	return heading{source, unmarked(source), first, start, end, lines}
}

// title is the heading as a title, and what in it is set apart. Where a heading
// holds more than titles do, such as an image or a footnote, nothing is.
func (h heading) title() (title string, marks []Mark) {
	if title, marks = readTitle(h.source); title != h.text {
		return text.Field(h.text, MaxTitle), nil
	}
	return title, marks
}

// headingSource is what a heading says: no closing #, no {#id}.
func headingSource(s string) string {
	s = strings.TrimSpace(prefix(s, maxProse))
	if strings.HasSuffix(s, "}") {
		if open := strings.LastIndex(s, "{"); open > 0 && strings.HasPrefix(s[open:], "{#") {
			s = strings.TrimSpace(s[:open])
		}
	}
	if closed := strings.TrimRight(s, "#"); closed == "" || strings.HasSuffix(closed, " ") {
		s = closed
	}
	return s
}

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
