package render

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"lectern/internal/text"
)

func TestLinesHoldEveryLetterAndNoLineIsTooWide(t *testing.T) {
	words := rapid.SampledFrom([]string{
		"a", "word", "long-winded", "--flag", "日本語の文章。", "「引用」", "👩‍💻", "é", "http://example.com/a/very/long/path",
		" ", "  ", "\n", "—", "(", ").", "한국어 글", "🇯🇵🇯🇵", "नमस्ते",
	})
	rapid.Check(t, func(t *rapid.T) {
		s := strings.Join(rapid.SliceOfN(words, 0, 40).Draw(t, "words"), "")
		width := rapid.IntRange(2, 30).Draw(t, "width")
		var letters strings.Builder
		at := 0
		plainFlow(s, look{}).lines(width, func(from, to int, _ bool) {
			if from < at || to < from {
				t.Fatalf("line %d:%d after %d", from, to, at)
			}
			at = to
			line := s[from:to]
			if w := text.Width(line); w > width {
				t.Errorf("%q has %d cells, want at most %d", line, w, width)
			}
			if strings.HasPrefix(line, " ") || strings.HasSuffix(line, " ") {
				t.Errorf("%q has blanks at an end", line)
			}
			letters.WriteString(line)
		})
		remove := func(s string) string { return strings.NewReplacer(" ", "", "\n", "").Replace(s) }
		if got, want := remove(letters.String()), remove(s); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	})
}

func TestWidthIsThatOfTheWidestLineAndWord(t *testing.T) {
	for s, want := range map[string][2]int{
		"":                 {0, 0},
		"one three":        {9, 5},
		"one\nthree":       {5, 5},
		"日本語":              {6, 2},
		"long-winded word": {16, 6},
	} {
		line, word := plainFlow(s, look{}).width()
		if got := [2]int{line, word}; got != want {
			t.Errorf("%q: got %v, want %v", s, got, want)
		}
	}
}
