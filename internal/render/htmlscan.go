package render

import (
	"html"
	"strings"
)

// A scanner parts HTML into text and tags. Comments, declarations and
// instructions are neither. A mark that begins a tag which never ends is text.
// The work is linear in the bytes.
type scanner struct {
	rest  string
	raw   string          // name of the tag up to whose end all is text
	open  map[string]bool // names that no tag ends any more
	spent bool            // no tag at all does
}

// next is the next piece: text, unless the tag has a name. more is false when
// nothing is left.
func (s *scanner) next() (text string, t tag, more bool) {
	for s.rest != "" {
		if s.raw != "" {
			text, s.rest = cutFold(s.rest, "</"+s.raw)
			s.raw = ""
			return html.UnescapeString(text), tag{}, true
		}
		if end := s.mark(); end > 0 {
			text, s.rest = s.rest[:end], s.rest[end:]
			return html.UnescapeString(text), tag{}, true
		}
		size := s.piece()
		piece := s.rest[:size]
		s.rest = s.rest[size:]
		if t = tagOf(piece); t.name == "" {
			continue
		}
		if raws[t.name] && !t.closes && !t.empty && s.ends(t.name) {
			s.raw = t.name
		}
		return "", t, true
	}
	return "", tag{}, false
}

// raws are the tags in which no tag is one but their end.
var raws = setOf("script style textarea title iframe noembed noframes")

// ends reports whether a tag of a name is ended in what is left.
func (s *scanner) ends(name string) bool {
	if s.open[name] {
		return false
	}
	if _, after := cutFold(s.rest, "</"+name); after != "" {
		return true
	}
	if s.open == nil {
		s.open = map[string]bool{}
	}
	s.open[name] = true
	return false
}

// mark is where the next tag, comment or the like begins.
func (s *scanner) mark() int {
	for at := 0; !s.spent && at < len(s.rest); at++ {
		i := strings.IndexByte(s.rest[at:], '<')
		if i < 0 {
			break
		}
		at += i
		c := s.rest[at+1 : min(len(s.rest), at+3)]
		switch {
		case c == "":
		case c[0] == '!' || c[0] == '?':
			return at
		case isLetter(c[0]) || c[0] == '/' && len(c) > 1 && isLetter(c[1]):
			if tagEnd(s.rest[at:]) > 0 {
				return at
			}
			s.spent = true
		}
	}
	return len(s.rest)
}

// piece is the bytes of the tag, comment or the like that is next.
func (s *scanner) piece() int {
	closing := ">"
	switch {
	case strings.HasPrefix(s.rest, "<!--"):
		if strings.HasPrefix(s.rest, "<!-->") {
			return len("<!-->")
		}
		closing = "-->"
	case s.rest[1] != '!' && s.rest[1] != '?':
		return tagEnd(s.rest)
	}
	if end := strings.Index(s.rest, closing); end >= 0 {
		return end + len(closing)
	}
	return len(s.rest)
}

// tagEnd is the bytes of the tag that s begins with, 0 where it does not end. A
// bracket in a quoted value is none; where the quote is never closed, it is.
func tagEnd(s string) int {
	for at := 1; at < len(s); at++ {
		switch s[at] {
		case '>':
			return at + 1
		case '=':
			value := at + 1
			for value < len(s) && isBlank(s[value]) {
				value++
			}
			if value < len(s) && (s[value] == '"' || s[value] == '\'') {
				end := strings.IndexByte(s[value+1:], s[value])
				if end < 0 {
					end = strings.IndexByte(s[value+1:], '>')
					if end < 0 {
						return 0
					}
					return value + 1 + end + 1
				}
				at = value + 1 + end
			}
		}
	}
	return 0
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

func isBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\n' }

// cutFold is s up to a piece, in letters of any case, and from it on.
func cutFold(s, piece string) (before, after string) {
	for at := 0; at+len(piece) <= len(s); at++ {
		i := strings.IndexByte(s[at:], piece[0])
		if i < 0 {
			break
		}
		at += i
		if at+len(piece) <= len(s) && strings.EqualFold(s[at:at+len(piece)], piece) {
			return s[:at], s[at:]
		}
	}
	return s, ""
}
