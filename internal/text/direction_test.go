package text_test

import (
	"testing"

	"lectern/internal/text"
)

func TestLettersThatRunFromRightToLeft(t *testing.T) {
	for r, want := range map[rune]bool{
		'ن': true, 'א': true, 'ی': true, 'ޔ': true, 'ߒ': true, 'ﷺ': true, '𞤀': true, '𐤀': true,
		'a': false, '٣': false, '،': false, '漢': false, 'я': false, '\u064b': false, ' ': false,
	} {
		if got := text.Leftward(r); got != want {
			t.Errorf("Leftward(%q) = %t", r, got)
		}
	}
}
