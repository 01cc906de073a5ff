package render

import (
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	gtext "github.com/yuin/goldmark/text"
)

// maxAhead is how far the end of a formula is looked for in a paragraph, and
// maxFormulas how much is looked through in one post, both in bytes.
const (
	maxAhead    = 4 << 10
	maxFormulas = 64 << 20
)

// A formula reads mathematics in a line: "$…$", "$latex …$", "$$…$$", and "\(…\)" and "\[…\]"
// with one backslash or two. It is shown as text where that can be told, and
// else as it was written; marks of Markdown in it are none. It is for one parse.
type formula struct {
	budget int // bytes that may still be looked through
}

// Trigger implements parser.InlineParser.
func (f *formula) Trigger() []byte { return []byte{'$', '\\'} }

// Parse implements parser.InlineParser.
func (f *formula) Parse(block ast.Node, r gtext.Reader, _ parser.Context) ast.Node {
	line, _ := r.PeekLine()
	opens, closes := formulaMarks(line)
	if opens == "" || f.budget <= 0 {
		return nil
	}
	before := r.PrecendingCharacter()
	window := string(line[:min(len(line), maxAhead)])
	end := formulaEnd(window, opens, closes)
	if end < 0 && len(line) <= maxAhead {
		window = ahead(r)
		end = formulaEnd(window, opens, closes)
	}
	f.budget -= len(window)
	if end < 0 {
		return nil
	}
	tex := window[len(opens):end]
	if block.Kind() == east.KindTableCell {
		tex = strings.ReplaceAll(tex, `\|`, "|") // of a bar that parts no cells
	}
	said := opens + tex + closes
	if opens == "$" {
		tex = strings.TrimPrefix(tex, "latex ") // as WordPress has it
	}
	rest := window[end+len(closes):]
	shown, ok := formulaText(strings.TrimSpace(tex), false, 0)
	switch opens {
	case "$":
		if !isFormula(tex, before, rest, ok) {
			return nil
		}
	case "$$":
		if strings.TrimSpace(tex) == "" {
			return nil
		}
	default:
		if opens[:2] == `\\` {
			// Markdown is meant to take one backslash of two, in the formula too.
			if again, fine := formulaText(unescaped(tex), false, 0); fine {
				shown, ok = again, fine
			}
		}
		if !ok || !isMeant(tex, before) {
			return nil
		}
	}
	if !ok {
		shown = strings.ReplaceAll(said, "\n", " ")
	}
	r.Advance(end + len(closes))
	return ast.NewString([]byte(shown))
}

// formulaMarks are the marks around the formula that a line may begin with.
func formulaMarks(line []byte) (opens, closes string) {
	s := string(line[:min(len(line), 3)])
	switch {
	case strings.HasPrefix(s, "$$"):
		return "$$", "$$"
	case strings.HasPrefix(s, "$"):
		return "$", "$"
	case strings.HasPrefix(s, `\(`):
		return `\(`, `\)`
	case strings.HasPrefix(s, `\[`):
		return `\[`, `\]`
	case s == `\\(`:
		return s, `\\)`
	case s == `\\[`:
		return s, `\\]`
	}
	return "", ""
}

// formulaEnd is where the mark that closes a formula stands, less than 0 where
// none does.
func formulaEnd(s, opens, closes string) int {
	at := len(opens)
	for {
		i := strings.Index(s[at:], closes)
		if i < 0 {
			return -1
		}
		i += at
		if closes[0] == '$' && s[i-1] == '\\' && !strings.HasSuffix(s[:i], `\\`) {
			at = i + 1
			continue
		}
		return i
	}
}

// ahead is what is left of a paragraph, as far as a formula may reach.
func ahead(r gtext.Reader) string {
	line, pos := r.Position()
	defer r.SetPosition(line, pos)
	var b strings.Builder
	for b.Len() < maxAhead {
		next, _ := r.PeekLine()
		if next == nil {
			break
		}
		b.Write(next)
		r.AdvanceLine()
	}
	s := b.String()
	return s[:min(len(s), maxAhead)]
}

// isFormula reports whether what stands between two dollars is a formula and
// they are not those of prices or of source code.
func isFormula(tex string, before rune, rest string, told bool) bool {
	marked := strings.ContainsAny(tex, `\^`) || strings.Contains(tex, "_{") ||
		strings.Contains(tex, "_") && (longestWord(tex) <= 2 || !strings.ContainsAny(tex, " /:"))
	blank := func(c byte) bool { return c == ' ' || c == '\n' || c == '\t' }
	switch {
	case tex == "" || strings.Contains(tex, "`"):
		return false
	case rest != "" && digits(rest) > 0, !marked && isWordByte(rest) && !isEnding(tex, rest):
		return false
	case strings.Contains(tex, "\n") && !(told && marked):
		return false
	case blank(tex[0]) || blank(tex[len(tex)-1]):
		return told && marked && blank(tex[0]) && blank(tex[len(tex)-1])
	case isWord(before) && before < utf8.RuneSelf:
		// "CO$_2$", but no variable of a shell.
		return told && marked && (tex[0] == '_' || longestWord(tex) <= 2 || strings.ContainsAny(tex, `\^`))
	}
	return marked || longestWord(tex) <= 2 && !strings.ContainsFunc(tex, eastern)
}

// isWordByte reports whether s begins with an ASCII letter or digit. Other
// scripts go on behind a formula without a blank.
func isWordByte(s string) bool { return s != "" && s[0] < utf8.RuneSelf && isWord(rune(s[0])) }

// endings are what a formula of one letter takes to be a word.
var endings = setOf("st nd rd th s ary fold bit bits gram grams tuple tuples")

// isEnding reports whether rest goes on with an ending of a short formula.
func isEnding(tex, rest string) bool {
	n := 0
	for n < len(rest) && isWordByte(rest[n:]) {
		n++
	}
	return endings[rest[:n]] && longestWord(tex) == 1 && !strings.Contains(tex, " ")
}

// isMeant reports whether what stands between escaped brackets is a formula and
// they are not meant as brackets.
func isMeant(tex string, before rune) bool {
	if strings.ContainsAny(tex, `\^_=`) {
		return true
	}
	return longestWord(tex) == 1 && !isWord(before)
}

// longestWord is the most ASCII letters in a row.
func longestWord(s string) int {
	most, n := 0, 0
	for i := range len(s) {
		if c := s[i] | 0x20; c >= 'a' && c <= 'z' {
			n++
			most = max(most, n)
		} else {
			n = 0
		}
	}
	return most
}

// unescaped is text without the backslashes that Markdown takes.
func unescaped(s string) string {
	var b strings.Builder
	unescape(&b, []byte(s))
	return b.String()
}
