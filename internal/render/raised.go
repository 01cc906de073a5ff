package render

import (
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	gtext "github.com/yuin/goldmark/text"
)

// The signs that Unicode has above and below the line.
const (
	plainSigns   = "0123456789+-=()n"
	superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ"
	subscripts   = "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₙ"
)

// script is text above or below the line: in the signs that there are for it,
// else after a mark. The endings of ordinal numbers need none.
func script(s, mark, signs string) string {
	s = strings.TrimSpace(s)
	switch strings.ToLower(s) {
	case "st", "nd", "rd", "th", "tm", "®", "™":
		return s
	}
	raised := []rune(signs)
	var b strings.Builder
	for _, r := range s {
		i := strings.IndexRune(plainSigns, r)
		if i < 0 {
			if len([]rune(s)) == 1 {
				return mark + s
			}
			return mark + "(" + s + ")"
		}
		b.WriteRune(raised[i])
	}
	return b.String()
}

// A raised reads numbers below and above the line as pandoc has them ("H~2~O",
// "x^2^"), where nothing else can be meant.
type raised struct{}

// maxRaised is the bytes of such a number.
const maxRaised = 8

// Trigger implements parser.InlineParser.
func (raised) Trigger() []byte { return []byte{'~', '^'} }

// Parse implements parser.InlineParser.
func (raised) Parse(_ ast.Node, r gtext.Reader, _ parser.Context) ast.Node {
	line, _ := r.PeekLine()
	mark, signs := string(line[:1]), superscripts
	before := r.PrecendingCharacter()
	stands := before < 0x80 && isWord(before) || before == ')'
	if mark == "~" {
		signs = subscripts
		stands = stands && digits(string(before)) == 0 // "3~5" is a range
	}
	inner, rest, ok := strings.Cut(string(line[1:min(len(line), maxRaised+2)]), mark)
	if !stands || !ok || strings.Trim(inner, "+-") == "" || strings.Trim(inner, plainSigns) != "" || digits(rest) > 0 || strings.HasPrefix(rest, mark) {
		return nil
	}
	r.Advance(len(inner) + 2)
	return ast.NewString([]byte(script(inner, mark, signs)))
}
