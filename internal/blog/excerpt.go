package blog

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// minExcerpt is how many characters say something.
const minExcerpt = 40

// moreMark is what authors set below their excerpt. What stands behind the word
// is the text of WordPress's link to the rest.
var moreMark = regexp.MustCompile(`(?i)<!--\s*(?:more\b[^>]*|truncate\s*|excerpt\s*(?:end\s*)?)-->|\{/\*\s*(?:more|truncate)\s*\*/\}`)

// excerpt makes a summary of the body: of all that stands above the author's
// mark, or else of the first paragraph that says something, with the next where
// that is short ("Hello all,"). It is at most MaxExcerpt characters on one line,
// without Markdown marks. A list item or a quote serves when there is no
// paragraph. It may be empty.
func excerpt(body string) string {
	if s := skim(aboveMore(body), MaxExcerpt); s != "" {
		return s
	}
	return skim(body, minExcerpt)
}

// aboveMore is what stands above the author's mark; nothing when there is none.
func aboveMore(body string) string {
	if !strings.Contains(body, "<!--") && !strings.Contains(body, "{/*") {
		return ""
	}
	var fence codeFence
	for pos := 0; pos < len(body); {
		line, next := lineAt(body, pos)
		if !fence.inside(line) && (strings.Contains(line, "<!--") || strings.Contains(line, "{/*")) {
			if at := moreMark.FindStringIndex(line); at != nil {
				return body[:pos+at[0]]
			}
		}
		pos = next
	}
	return ""
}

// skim joins the first paragraphs of a body to at least enough characters,
// where it has them, and at most MaxExcerpt.
func skim(body string, enough int) string {
	var (
		fence     codeFence
		block     furniture
		said      string
		paragraph []string
		item      bool   // the paragraph is a list item or a quote
		passing   bool   // the items behind the first are passed over
		second    string // the first item
	)
	for pos := 0; pos <= len(body); {
		line, next := "", len(body)+1 // behind the end stands a blank line
		if pos < len(body) {
			line, next = lineAt(body, pos)
		}
		pos = next
		trimmed := strings.TrimSpace(line)
		starts := len(paragraph) == 0
		inner := unlisted(trimmed)
		switch {
		case fence.inside(line), block.inside(trimmed, starts), starts && indent(line) >= 4:
			trimmed = ""
		case !starts && isUnderline(trimmed): // what was taken for a paragraph is a heading
			paragraph, trimmed = nil, ""
		case !starts && isClosing(trimmed): // of what stands around the paragraph, or what is said of it
			trimmed = ""
		case !starts && isTableRule(trimmed): // or the head of a table
			paragraph, trimmed, block.end = nil, "", blankLine
		case starts && inner != trimmed:
			item, passing, trimmed = true, false, inner
			if strings.HasPrefix(inner, "[!") { // the kind of a quote
				trimmed = ""
			}
		case item && trimmed != "":
			passing = passing || inner != trimmed && !strings.HasPrefix(trimmed, ">")
			trimmed = inner
		}
		switch {
		case trimmed != "" && item && passing:
			continue
		case trimmed != "":
			paragraph = append(paragraph, trimmed)
			continue
		case len(paragraph) == 0:
			item = false
			continue
		}
		s := unmarked(prefix(joined(paragraph), maxProse))
		paragraph = nil
		if !strings.ContainsFunc(s, func(r rune) bool { return unicode.In(r, unicode.L, unicode.N, unicode.So) }) {
			s = "" // what is left of marks and templates
		}
		if item {
			item = false
			if second == "" {
				second = s
			}
			continue
		}
		said = strings.TrimSpace(said + " " + s)
		if utf8.RuneCountInString(said) >= enough {
			break
		}
	}
	if said == "" {
		said = second
	}
	return shorten(said, MaxExcerpt)
}

// joined makes one line of several. Chinese and Japanese have no blanks between
// words, and none where a line ends.
func joined(lines []string) string {
	var b strings.Builder
	const marks = "*_~`="
	for i, line := range lines {
		if i > 0 {
			last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(lines[i-1], marks))
			first, _ := utf8.DecodeRuneInString(strings.TrimLeft(line, marks))
			if !isUnspaced(last) || !isUnspaced(first) {
				b.WriteByte(' ')
			}
		}
		b.WriteString(line)
	}
	return b.String()
}

// isUnspaced reports whether r is a letter or a sign of Chinese or Japanese.
func isUnspaced(r rune) bool {
	return r >= 0x2e80 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) ||
		r >= 0x3001 && r <= 0x303f || r >= 0xff01 && r <= 0xff65
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
