package render

import (
	"strings"
	"unicode/utf8"
)

// fileMarks stand before the path of another file of the blog, in Pelican.
var fileMarks = setOf("filename static attach tag category author index photo")

// attributesOf is the bytes of the attributes that s begins with: those of
// kramdown, those at the end of a heading, and those after a link or a picture.
func attributesOf(s, before string, heading bool) int {
	end := strings.IndexAny(s[:min(len(s), maxTag)], "}\n")
	if end < 2 || s[end] != '}' {
		return 0
	}
	inner := strings.TrimSpace(s[1:end])
	switch {
	case inner == "" || inner[0] == '{' || inner[0] == '%':
		return 0
	case strings.HasPrefix(s, "{:") && (s[2] == ' ' || s[2] == '.' || s[2] == '#' || s[2] == ':' || s[2] == '/' || s[2] >= 'a' && s[2] <= 'z'):
		return end + 1
	case fileMarks[inner]:
		if strings.HasSuffix(before, "(") || strings.HasSuffix(before, "<") || strings.HasSuffix(before, `"`) || strings.HasSuffix(before, "]: ") {
			return end + 1
		}
		return 0
	}
	marked := inner[0] == '#' || inner[0] == '.'
	if heading && marked {
		line, _, _ := strings.Cut(s[end+1:], "\n")
		if strings.Trim(line, " \t#") == "" {
			return end + 1
		}
	}
	if marked && strings.HasSuffix(before, "]") && isAttributes(s[:end+1]) {
		return end + 1
	}
	if strings.HasSuffix(before, ")") && (marked || strings.HasPrefix(inner, "width=") || strings.HasPrefix(inner, "height=")) {
		return end + 1
	}
	return 0
}

// isBracketed reports whether the bracket at a place of s is none of a link, a
// picture or a note.
func isBracketed(s string, at int) bool {
	return at >= 0 && s[at+1] != '^' && (at == 0 || s[at-1] != ']' && s[at-1] != '!' && s[at-1] != '\\')
}

// headingID is the id among the attributes of a heading, as goldmark reads it.
func headingID(attributes string) string {
	for word := range strings.FieldsFuncSeq(attributes, func(r rune) bool { return r == ' ' || r == '{' || r == '}' || r == ':' }) {
		// One with another sign in it goldmark would leave where it stands.
		odd := strings.ContainsFunc(word[1:], func(r rune) bool {
			return r < utf8.RuneSelf && !isLetter(byte(r)) && !strings.ContainsRune("0123456789_-:.", r)
		})
		if strings.HasPrefix(word, "#") && len(word) > 1 && !odd {
			return " {" + word + "}"
		}
	}
	return ""
}

// isAttributes reports whether a line is nothing but attributes of what stands
// above it: {.note #id}.
func isAttributes(s string) bool {
	if len(s) < 3 || len(s) > maxTag || s[0] != '{' || s[len(s)-1] != '}' {
		return false
	}
	inner := s[1 : len(s)-1]
	for word := range strings.FieldsSeq(inner) {
		if len(word) < 2 || word[0] != '.' && word[0] != '#' || !isLetter(word[1]) || strings.ContainsAny(word, "{}") {
			return false
		}
	}
	return true
}
