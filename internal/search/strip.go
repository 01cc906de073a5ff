package search

import (
	"html"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A strip takes the marks inside a line off. It may be used for one line after
// the other.
type strip struct {
	b    []byte
	open []int // where in b brackets stand that may become a link's

	// What the rest of the line does not have: it is not looked for again.
	noAngle, noCurly, noPercent, noTick bool
}

// line is what a reader sees of s. open is whether a tag begins that does not
// end in the line, and until what ends a comment or a script that does not.
func (t *strip) line(s string) (text string, open bool, until string) {
	if !strings.ContainsAny(s, "\\`[<&*_~{") {
		return s, false, ""
	}
	*t = strip{b: t.b[:0], open: t.open[:0]}
	for i := 0; i < len(s); {
		rest := s[i:]
		switch c := s[i]; {
		case c == '\\' && len(rest) > 1 && isPunct(rest[1]):
			t.b = append(t.b, rest[1])
			i += 2
		case c == '`':
			i += t.code(rest)
		case c == '!' && len(rest) > 1 && rest[1] == '[':
			i++
		case c == '[':
			if len(t.open) < maxOpen {
				t.open = append(t.open, len(t.b))
			}
			t.b = append(t.b, c)
			i++
		case c == ']':
			i += t.link(rest)
		case c == '<' && len(rest) > 1 && !t.noAngle:
			n, isOpen, ends := t.angle(rest)
			if isOpen || ends != "" {
				return string(t.b), isOpen, ends
			}
			i += n
		case c == '&':
			i += t.entity(rest)
		case c == '{' && len(rest) > 1 && (rest[1] == '{' || rest[1] == '%'):
			i += t.template(rest)
		case c == '*', c == '_', c == '~':
			n := len(rest) - len(strings.TrimLeft(rest, rest[:1]))
			if !isEmphasis(s, i, n) {
				t.b = append(t.b, rest[:n]...)
			}
			i += n
		default:
			t.b = append(t.b, c)
			i++
		}
	}
	return string(t.b), false, ""
}

// code writes the code in back-ticks that s begins with.
func (t *strip) code(s string) int {
	n := len(s) - len(strings.TrimLeft(s, "`"))
	if t.noTick {
		return n
	}
	i := strings.Index(s[n:], s[:n])
	if i < 0 {
		t.noTick = n == 1
		return n
	}
	t.b = append(t.b, s[n:n+i]...)
	return n + i + n
}

// link ends the label of a link, whose address or name goes; s begins with "]".
func (t *strip) link(s string) int {
	end := byte(0)
	if len(s) > 1 && s[1] == '(' {
		end = ')'
	} else if len(s) > 1 && s[1] == '[' {
		end = ']'
	}
	if end == 0 || len(t.open) == 0 {
		t.b = append(t.b, s[0])
		t.open = t.open[:max(0, len(t.open)-1)]
		return 1
	}
	at := t.open[len(t.open)-1]
	t.open = t.open[:len(t.open)-1]
	t.b = append(t.b[:at], t.b[at+1:]...)
	// An address may have brackets in brackets; one without an end takes the
	// rest of the line.
	depth, i := 0, 1
	for ; i < len(s); i++ {
		if s[i] == s[1] {
			depth++
		} else if s[i] == end {
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return len(s)
}

// angle handles "<": an address stays, a tag or a comment goes, anything else
// is text. open and until are as of [strip.line].
func (t *strip) angle(s string) (n int, open bool, until string) {
	c := s[1]
	if c != '/' && c != '!' && c != '?' && !isASCIILetter(c) {
		t.b = append(t.b, '<')
		return 1, false, ""
	}
	if strings.HasPrefix(s, "<!--") {
		if i := strings.Index(s, "-->"); i > 0 {
			return i + 3, false, ""
		}
		return len(s), false, "-->"
	}
	name := 1
	for name < len(s) && (isASCIILetter(s[name]) || s[name] >= '0' && s[name] <= '9' || s[name] == '-' || s[name] == '/' && name == 1) {
		name++
	}
	if end := strings.IndexByte(s, '>'); end >= 0 {
		inside := s[1:end]
		if strings.Contains(inside, "://") && !strings.ContainsAny(inside, " \t\"'") || strings.Contains(inside, "@") && !strings.ContainsAny(inside, " \t=") {
			t.b = append(t.b, inside...)
			return end + 1, false, ""
		}
		if isBlock(s[1:name]) {
			t.b = append(t.b, ' ')
		}
		switch tag := strings.ToLower(s[1:name]); tag {
		case "script", "style":
			closing := "</" + tag
			i := strings.Index(s[end:], closing)
			if i < 0 {
				return len(s), false, closing + ">"
			}
			end += i + len(closing)
			if i := strings.IndexByte(s[end:], '>'); i >= 0 {
				end += i
			} else {
				end = len(s) - 1
			}
		}
		return end + 1, false, ""
	}
	if name < len(s) && s[name] != ' ' && s[name] != '\t' || name == 1 {
		t.noAngle = true
		t.b = append(t.b, '<')
		return 1, false, ""
	}
	return len(s), true, ""
}

// entity writes the character that &name; stands for.
func (t *strip) entity(s string) int {
	if i := strings.IndexByte(s[:min(len(s), maxEntity)], ';'); i > 1 {
		if was := s[:i+1]; html.UnescapeString(was) != was {
			t.b = append(t.b, html.UnescapeString(was)...)
			return i + 1
		}
	}
	t.b = append(t.b, '&')
	return 1
}

// template drops {{ … }} and {% … %}.
func (t *strip) template(s string) int {
	end, missing := "}}", &t.noCurly
	if s[1] == '%' {
		end, missing = "%}", &t.noPercent
	}
	if !*missing {
		if i := strings.Index(s, end); i > 0 {
			return i + len(end)
		}
		*missing = true
	}
	t.b = append(t.b, '{')
	return 1
}

// isEmphasis reports whether the run of n marks at s[i] is no sign of its own,
// as in 2 * 3, 2*3 and snake_case.
func isEmphasis(s string, i, n int) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:i])
	after, _ := utf8.DecodeRuneInString(s[i+n:])
	left := i > 0 && !unicode.IsSpace(before)
	right := i+n < len(s) && !unicode.IsSpace(after)
	word := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
	inside := left && right && word(before) && word(after)
	return (left || right) && !(inside && (n == 1 || s[i] == '_'))
}

// isBlock reports whether a tag of this name, or its end, parts words.
func isBlock(name string) bool {
	switch strings.ToLower(strings.TrimPrefix(name, "/")) {
	case "b", "i", "em", "strong", "a", "span", "code", "u", "s", "sub", "sup", "small", "mark", "wbr", "font", "tt", "kbd", "abbr":
		return false
	}
	return true
}

func isASCIILetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

func isPunct(c byte) bool {
	return c > 0x20 && c < 0x7f && !isASCIILetter(c) && (c < '0' || c > '9')
}
