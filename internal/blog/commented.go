package blog

import "strings"

// behindComments is a text with blank lines for the comments of HTML at its
// start: front matter may follow a licence or a note to other authors. It
// reports false where no comment stands on lines of its own.
func behindComments(src string) (string, bool) {
	rest := strings.TrimLeft(src, " \t\n")
	for strings.HasPrefix(rest, "<!--") {
		end := strings.Index(rest, "-->")
		if end < 0 {
			return "", false
		}
		rest = strings.TrimLeft(rest[end+len("-->"):], " \t\n")
	}
	comments := src[:len(src)-len(rest)]
	if !strings.HasSuffix(strings.TrimRight(comments, " \t"), "\n") || strings.TrimSpace(comments) == "" {
		return "", false
	}
	return strings.Repeat("\n", strings.Count(comments, "\n")) + rest, true
}

// uncommented is s with blanks for the comments in the JSON object that it
// begins with. An object that does not end, or not as JSON does, stays as it is.
func uncommented(s string) string {
	var plain []byte
	depth := 0
	for i := 0; i < min(len(s), MaxFrontMatter); i++ {
		switch c := s[i]; {
		case c == '"':
			end := stringEnd(s[i:])
			if end < 0 {
				return s
			}
			i += end
		case c == '{' || c == '[':
			depth++
		case c == '}' || c == ']':
			if depth--; depth == 0 {
				if plain == nil {
					return s
				}
				return string(plain)
			}
		case strings.HasPrefix(s[i:], "//"), strings.HasPrefix(s[i:], "/*"):
			end := strings.IndexByte(s[i:], '\n')
			if s[i+1] == '*' {
				end = strings.Index(s[i:], "*/") + len("*/")
			}
			if end < len("//") {
				return s
			}
			if plain == nil {
				plain = []byte(s)
			}
			for j := i; j < i+end; j++ {
				if plain[j] != '\n' {
					plain[j] = ' '
				}
			}
			i += end - 1
		}
	}
	return s
}

// stringEnd is where the string of JSON ends that s begins with, or -1.
func stringEnd(s string) int {
	for i := 1; i < len(s) && s[i] != '\n'; i++ {
		switch s[i] {
		case '\\':
			i++
		case '"':
			return i
		}
	}
	return -1
}
