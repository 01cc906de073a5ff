package render

import "unicode"

// eastern reports whether a letter or mark is of Chinese, Japanese or Korean,
// whose words stand beside formulas and emphasis without a blank.
func eastern(r rune) bool {
	return unspaced(r) || unicode.Is(unicode.Hangul, r)
}
