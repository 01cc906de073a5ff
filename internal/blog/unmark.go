package blog

import (
	"html"
	"strings"
	"unicode"
	"unicode/utf8"

	"lectern/internal/text"
)

// unmarked takes inline Markdown marks off s and makes it one safe line: the
// text of links and code stays, images, footnotes, tags and templates go.
// It reads what authors commonly write, not all of CommonMark: its output is
// for a list, never for a post's page. A row of marks without ends takes time
// with the square of its length: the caller bounds s ([maxProse]).
func unmarked(s string) string {
	var b strings.Builder
	unmark(&b, s, 0)
	return text.Line(html.UnescapeString(b.String()))
}

// unmark writes s to b without marks. Its depth is bounded: a link's text may
// hold marks, but a link in a link in a link is no prose.
func unmark(b *strings.Builder, s string, depth int) {
	const maxDepth = 4
	for i := 0; i < len(s); {
		rest := s[i:]
		switch c := s[i]; {
		case c == '\\' && len(rest) > 1 && isPunct(rest[1]):
			b.WriteByte(rest[1])
			i += 2
		case c == '`':
			i += codeSpan(b, rest)
		case c == '!' && strings.HasPrefix(rest, "!["):
			if _, n := link(rest[1:]); n > 0 {
				i += 1 + n
			} else {
				b.WriteByte(c)
				i++
			}
		case c == '[' && strings.HasPrefix(rest, "[[") && wiki(rest) > 0:
			n := wiki(rest)
			_, label, isLabelled := strings.Cut(rest[2:n-2], "|")
			if !isLabelled {
				label = rest[2 : n-2]
			}
			b.WriteString(label)
			i += n
		case c == '%' && strings.HasPrefix(rest, "%%") && strings.Contains(rest[2:], "%%"): // a comment
			i += 2 + strings.Index(rest[2:], "%%") + 2
		case c == '=' && depth < maxDepth && highlight(s[:i], rest) > 0:
			n := highlight(s[:i], rest)
			unmark(b, rest[2:n-2], depth+1)
			i += n
		case c == '[' && depth < maxDepth:
			label, n := link(rest)
			switch {
			case n == 0:
				b.WriteByte(c)
				n = 1
			case !strings.HasPrefix(label, "^"): // a footnote has no place in a line
				unmark(b, label, depth+1)
			}
			i += n
		case c == '<':
			i += angle(b, rest)
		case c == '{' && (strings.HasPrefix(rest, "{{") || strings.HasPrefix(rest, "{%")):
			i += template(b, rest)
		case c == '*', c == '_', c == '~':
			n := len(rest) - len(strings.TrimLeft(rest, string(c)))
			if !emphasis(s, i, n) {
				b.WriteString(rest[:n])
			}
			i += n
		default:
			_, n := utf8.DecodeRuneInString(rest)
			b.WriteString(rest[:n])
			i += n
		}
	}
}

// codeSpan writes the code at the start of s, and returns its length with its
// back-ticks.
func codeSpan(b *strings.Builder, s string) int {
	n := len(s) - len(strings.TrimLeft(s, "`"))
	mark := s[:n]
	for end := n; ; {
		i := strings.Index(s[end:], mark)
		if i < 0 {
			b.WriteString(mark)
			return n
		}
		end += i
		run := len(s[end:]) - len(strings.TrimLeft(s[end:], "`"))
		if run == n {
			// What stands in code is meant as it is: no entity is one.
			b.WriteString(html.EscapeString(strings.TrimSpace(s[n:end])))
			return end + n
		}
		end += run
	}
}

// link reads [label](address), [label][reference] or [label] at the start of
// s; n is its length, 0 when the bracket is not closed.
func link(s string) (label string, n int) {
	end := closing(s, '[', ']')
	if end < 0 {
		return "", 0
	}
	label, n = s[1:end], end+1
	if n < len(s) {
		switch s[n] {
		case '(':
			if end := closing(s[n:], '(', ')'); end > 0 {
				n += end + 1
			}
		case '[':
			if end := closing(s[n:], '[', ']'); end > 0 {
				n += end + 1
			}
		}
	}
	return label, n
}

// wiki is the length of the [[note]] or [[note|label]] that s begins with, as
// Obsidian has it; 0 for none.
func wiki(s string) int {
	end := strings.Index(s, "]]")
	if end <= 2 || strings.ContainsAny(s[2:end], "[\n") || strings.HasPrefix(s[end+2:], "(") {
		return 0
	}
	return end + 2
}

// highlight is the length of the ==words== that s begins with, behind before; 0
// for none.
func highlight(before, s string) int {
	if !strings.HasPrefix(s, "==") {
		return 0
	}
	end := strings.Index(s[2:], "==")
	last, _ := utf8.DecodeLastRuneInString(before)
	if end <= 0 || strings.TrimSpace(s[2:2+end]) != s[2:2+end] || s[2] == '=' || strings.HasPrefix(s[2+end+2:], "=") ||
		last < utf8.RuneSelf && (unicode.IsLetter(last) || unicode.IsDigit(last)) {
		return 0
	}
	return 2 + end + 2
}

// closing finds the bracket that closes the one s starts with, or -1.
func closing(s string, open, closed byte) int {
	depth := 0
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case open:
			depth++
		case closed:
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}

// angle handles what begins with "<": an address in angle brackets stays, a
// tag or a comment goes, anything else is text.
func angle(b *strings.Builder, s string) int {
	end := strings.IndexByte(s, '>')
	switch {
	case strings.HasPrefix(s, "<!--"):
		if end := strings.Index(s, "-->"); end > 0 {
			return end + len("-->")
		}
	case end > 0 && !strings.ContainsAny(s[:end], " \t\n") && (strings.Contains(s[:end], "://") || strings.Contains(s[:end], "@")):
		b.WriteString(s[1:end])
		return end + 1
	case end > 0 && isTag(s):
		return end + 1
	}
	b.WriteByte('<')
	return 1
}

// isTag reports whether s begins like an HTML tag, a comment or a directive.
func isTag(s string) bool {
	name := strings.TrimPrefix(strings.TrimPrefix(s, "<"), "/")
	if strings.HasPrefix(name, "!") || strings.HasPrefix(name, "?") {
		return true
	}
	n := 0
	for n < len(name) && (name[n] >= 'a' && name[n] <= 'z' || name[n] >= 'A' && name[n] <= 'Z' ||
		n > 0 && (isDigit(name[n]) || name[n] == '-' || name[n] == '.')) {
		n++
	}
	return n > 0 && (n == len(name) || strings.IndexByte(" \t\n/>", name[n]) >= 0)
}

// template drops {{ … }} and {% … %}.
func template(b *strings.Builder, s string) int {
	end := "}}"
	if s[1] == '%' {
		end = "%}"
	}
	if i := strings.Index(s, end); i > 0 {
		return i + len(end)
	}
	b.WriteByte('{')
	return 1
}

// emphasis reports whether the run of n marks at s[i] is emphasis, not a sign
// of its own: 2 * 3, snake_case, ~5.
func emphasis(s string, i, n int) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:i])
	after, _ := utf8.DecodeRuneInString(s[i+n:])
	left := i > 0 && !unicode.IsSpace(before)
	right := i+n < len(s) && !unicode.IsSpace(after)
	word := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
	switch s[i] {
	case '*':
		return left || right
	case '_':
		return (left || right) && !(left && right && word(before) && word(after))
	default:
		return n >= 2 && (left || right)
	}
}

// isPunct reports whether a backslash before c is an escape.
func isPunct(c byte) bool {
	return c > 0x20 && c < 0x7f && !isDigit(c) && (c < 'a' || c > 'z') && (c < 'A' || c > 'Z')
}
