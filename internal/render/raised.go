package render

import "strings"

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
