package blog

import (
	"html"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"lectern/internal/text"
)

// A Mark is a stretch of a title, in bytes, that its author set apart: as code,
// or else with emphasis.
type Mark struct {
	From, To int
	Code     bool
}

// markSize is how many bytes a Mark takes.
const markSize = 24

// A titleReader takes the marks of Markdown and HTML off a title. Most titles
// are written for programs that know neither, so it takes off only what can
// hardly mean itself: `code`, *emphasis*, **emphasis**, _emphasis_ of whole
// words, links, entities, and the tags that titles really have.
type titleReader struct {
	title strings.Builder
	marks []Mark
	space bool // is due before the next letter
}

// inlineTag is a tag that a title may hold; any other is a part of it, as in
// List<T>.
var inlineTag = regexp.MustCompile(`(?i)^<(/?)(code|kbd|tt|em|i|strong|b|small|span|sup|sub|u|br|wbr|a|mark)(\s[^<>]*)?/?>`)

// maxTitleMarks bounds the marks of one title.
const maxTitleMarks = 16

// readTitle is a title as it is shown, at most MaxTitle bytes on one line, and
// what in it is set apart.
func readTitle(source string) (title string, marks []Mark) { return readWords(source, MaxTitle) }

// readWords is [readTitle] of a text of at most so many bytes.
func readWords(source string, most int) (words string, marks []Mark) {
	r := titleReader{}
	r.read(text.Clean(prefix(source, 4*most)), 0)
	title := r.title.String()
	if clean := text.Field(title, most); clean != title {
		// Too long, or characters that change beside one another.
		cut := strings.TrimSuffix(clean, "…")
		if !strings.HasPrefix(title, cut) {
			return clean, nil
		}
		title = clean
		for i := range r.marks {
			r.marks[i].To = min(r.marks[i].To, len(cut))
		}
	}
	for _, m := range r.marks {
		if m.From < m.To {
			marks = append(marks, m)
		}
	}
	return title, marks
}

// read reads a stretch that stands in depth others.
func (r *titleReader) read(s string, depth int) {
	for i := 0; i < len(s); {
		rest := s[i:]
		if depth < 3 {
			if n := r.marked(s, i, depth); n > 0 {
				i += n
				continue
			}
		}
		switch {
		case rest[0] == '\\' && len(rest) > 1 && strings.IndexByte("\\`*_[]<>#&", rest[1]) >= 0:
			r.write(rest[1:2])
			i += 2
		case rest[0] == '&':
			end := strings.IndexByte(rest[:min(len(rest), 40)], ';')
			r.write(text.Clean(html.UnescapeString(rest[:max(1, end+1)])))
			i += max(1, end+1)
		default:
			_, n := utf8.DecodeRuneInString(rest)
			r.write(rest[:n])
			i += n
		}
	}
}

// marked takes what is set apart at s[i], and returns its bytes, 0 when nothing
// is.
func (r *titleReader) marked(s string, i, depth int) int {
	rest := s[i:]
	switch c := rest[0]; c {
	case '`':
		n := len(rest) - len(strings.TrimLeft(rest, "`"))
		end := strings.Index(rest[n:], rest[:n])
		if end <= 0 {
			return 0
		}
		r.mark(true, func() { r.write(strings.TrimSpace(rest[n : n+end])) })
		return n + end + n
	case '*', '_':
		n := len(rest) - len(strings.TrimLeft(rest, string(c)))
		end := strings.Index(rest[n:], rest[:n])
		if n > 3 || c == '_' && n > 1 || end <= 0 || !around(s[:i], rest[n:n+end], rest[n+end+n:], c) {
			r.write(rest[:n]) // the whole row, lest a part of it is taken for another mark
			return n
		}
		r.mark(false, func() { r.read(rest[n:n+end], depth+1) })
		return n + end + n
	case '!':
		if label, n := link(rest[1:]); n > len(label)+2 && rest[n] == ')' {
			r.read(label, depth+1)
			return 1 + n
		}
	case '[':
		label, n := link(rest)
		if n <= len(label)+2 || rest[n-1] != ')' {
			return 0
		}
		r.read(label, depth+1)
		return n
	case '<':
		m := inlineTag.FindStringSubmatch(rest)
		if m == nil {
			return 0
		}
		name, inner := strings.ToLower(m[2]), rest[len(m[0]):]
		end := strings.Index(inner, "</"+m[2]+">")
		switch {
		case name == "br":
			r.write(" ")
			return len(m[0])
		case name == "wbr":
			return len(m[0])
		case m[1] != "" || end < 0: // it means itself, as in a post about <b>
			return 0
		case name == "code" || name == "kbd" || name == "tt":
			r.mark(true, func() { r.read(inner[:end], depth+1) })
			return len(m[0]) + end + len(name) + 3
		case name == "em" || name == "i" || name == "strong" || name == "b":
			r.mark(false, func() { r.read(inner[:end], depth+1) })
			return len(m[0]) + end + len(name) + 3
		}
		r.read(inner[:end], depth+1)
		return len(m[0]) + end + len(name) + 3
	}
	return 0
}

// around reports whether marks stand around inner as emphasis does: close to
// it, and around whole words, of scripts that part them.
func around(before, inner, after string, mark byte) bool {
	first, _ := utf8.DecodeRuneInString(inner)
	last, _ := utf8.DecodeLastRuneInString(inner)
	if unicode.IsSpace(first) || unicode.IsSpace(last) || strings.HasPrefix(after, string(mark)) {
		return false
	}
	left, _ := utf8.DecodeLastRuneInString(before)
	right, _ := utf8.DecodeRuneInString(after)
	isWord := func(r rune) bool {
		return r == '_' || r < 0x2e80 && unicode.IsLetter(r) || unicode.IsDigit(r) || mark == '_' && unicode.IsLetter(r) && r != utf8.RuneError
	}
	return !isWord(left) && !isWord(right)
}

// mark notes as set apart what write adds. Marks do not stand in one another:
// the outermost counts.
func (r *titleReader) mark(code bool, write func()) {
	n, from := len(r.marks), r.title.Len()
	write()
	if to := r.title.Len(); to > from && n < maxTitleMarks {
		if strings.HasPrefix(r.title.String()[from:], " ") {
			from++ // the space that was due
		}
		r.marks = append(r.marks[:n], Mark{from, to, code})
	}
}

// write adds text, each run of white space as one space, none at the ends.
func (r *titleReader) write(s string) {
	for _, c := range s {
		if unicode.IsSpace(c) {
			r.space = r.title.Len() > 0
			continue
		}
		if r.space {
			r.space = false
			r.title.WriteByte(' ')
		}
		r.title.WriteRune(c)
	}
}
