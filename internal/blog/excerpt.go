package blog

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// excerpt makes a summary of the first paragraph that says something: at most
// MaxExcerpt characters on one line, without Markdown marks. A list item or a
// quote serves when there is no paragraph. It may be empty.
func excerpt(body string) string {
	var (
		fence     codeFence
		paragraph []string
		second    string
		html      bool // inside an HTML block, which a blank line ends
	)
	for pos := 0; pos <= len(body); {
		line, next := "", len(body)+1 // behind the end stands a blank line
		if pos < len(body) {
			line, next = lineAt(body, pos)
		}
		pos = next
		trimmed := strings.TrimSpace(line)
		blank := trimmed == ""
		starts := len(paragraph) == 0
		switch {
		case fence.inside(line):
			trimmed, blank = "", true
		case html:
			html = !blank
			trimmed, blank = "", true
		case starts && indent(line) >= 4, starts && isFurniture(trimmed):
			html = strings.HasPrefix(trimmed, "<") && isTag(trimmed)
			trimmed, blank = "", true
		case !starts && isUnderline(trimmed): // what was taken for a paragraph is a heading
			paragraph, trimmed, blank = nil, "", true
		case starts && !blank:
			if item := unlisted(trimmed); item != trimmed {
				if second == "" {
					second = shorten(unmarked(prefix(item, maxProse)), MaxExcerpt)
				}
				trimmed, blank = "", true
			}
		}
		if !blank {
			paragraph = append(paragraph, trimmed)
			continue
		}
		if len(paragraph) > 0 {
			if s := shorten(unmarked(prefix(strings.Join(paragraph, " "), maxProse)), MaxExcerpt); s != "" {
				return s
			}
			paragraph = nil
		}
	}
	return second
}

// isFurniture reports whether a line begins something that is not prose: a
// heading, a rule, a table, HTML, a template, a definition, an import.
func isFurniture(line string) bool {
	if line == "" {
		return false
	}
	for _, prefix := range []string{"#", "|", ":::", "{%", "{{", "{:", "[^", "$$", "import ", "export ", "+++"} {
		if strings.HasPrefix(line, prefix) {
			return true
		}
	}
	if line[0] == '<' && isTag(line) || strings.HasPrefix(line, "[") && strings.Contains(line, "]: ") {
		return true
	}
	return strings.Trim(line, "-* _") == "" || strings.Trim(line, "=") == ""
}

// isUnderline reports whether the line makes a heading of the one above.
func isUnderline(line string) bool {
	return line != "" && (strings.Trim(line, "=") == "" || strings.Trim(line, "-") == "")
}

// unlisted takes the mark of a list item or a quote off a line.
func unlisted(line string) string {
	rest := strings.TrimLeft(line, "> ")
	if item := strings.TrimLeft(rest, "0123456789"); len(rest)-len(item) < 10 && item != rest &&
		(strings.HasPrefix(item, ". ") || strings.HasPrefix(item, ") ")) {
		return item[2:]
	}
	for _, mark := range []string{"- ", "* ", "+ "} {
		if item, ok := strings.CutPrefix(rest, mark); ok {
			return item
		}
	}
	return rest
}

// shorten cuts s to limit characters, at a space when one is near, and marks
// the cut.
func shorten(s string, limit int) string {
	if utf8.RuneCountInString(s) <= limit {
		return s
	}
	n := 0
	for i := range s {
		if n++; n == limit { // room for the mark
			s = s[:i]
			break
		}
	}
	if i := strings.LastIndexByte(s, ' '); i > len(s)*3/4 {
		s = s[:i]
	}
	return strings.TrimRight(s, " ,;:.-–—\u200d\u200c") + "…"
}

// prefix cuts s to at most limit bytes at a character.
func prefix(s string, limit int) string {
	if len(s) <= limit {
		return s
	}
	for limit > 0 && !utf8.RuneStart(s[limit]) {
		limit--
	}
	return s[:limit]
}

// countWords counts the words of a text; of Chinese and Japanese, which have no
// spaces, two characters count as one.
func countWords(s string) int {
	words, wide := 0, 0
	inWord := false
	for _, r := range s {
		switch {
		case r >= 0x2e80 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana):
			wide++
			inWord = false
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if !inWord {
				words++
			}
			inWord = true
		case unicode.IsSpace(r):
			inWord = false
		}
	}
	return words + (wide+1)/2
}
