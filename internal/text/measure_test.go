package text_test

import (
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"lectern/internal/text"
)

func TestWidthCountsCells(t *testing.T) {
	tests := []struct {
		in   string
		want int
	}{
		{"", 0},
		{"abc", 3},
		{"\x1b[31mabc\x1b[m", 3},
		{"\x1b]8;;http://x\x1b\\abc\x1b]8;;\x1b\\", 3},
		{"你好", 4},
		{"e\u0301", 1},
		{"👩\u200d👩\u200d👧\u200d👦", 2},
		{"🇯🇵", 2},
	}
	for _, tt := range tests {
		if got := text.Width(tt.in); got != tt.want {
			t.Errorf("Width(%q) = %d, want %d", tt.in, got, tt.want)
		}
	}
}

func TestTruncateMarksTheCut(t *testing.T) {
	tests := []struct {
		in   string
		w    int
		want string
	}{
		{"abc", 3, "abc"},
		{"abcd", 3, "ab…"},
		{"你好吗", 5, "你好…"},
		{"你好吗", 4, "你…"},
		{"abc", 1, "…"},
		{"abc", 0, ""},
		{"abc", -4, ""},
		{"\x1b[1mabcd\x1b[m", 3, "\x1b[1mab…\x1b[m"},
	}
	for _, tt := range tests {
		if got := text.Truncate(tt.in, tt.w); got != tt.want {
			t.Errorf("Truncate(%q, %d) = %q, want %q", tt.in, tt.w, got, tt.want)
		}
	}
}

func TestWrapBreaksAtWordsAndBetweenWideCharacters(t *testing.T) {
	tests := []struct {
		name string
		in   string
		w    int
		want []string
	}{
		{"words", "the quick brown fox", 10, []string{"the quick", "brown fox"}},
		{"blanks", "  a   b\tc  ", 10, []string{"a b c"}},
		{"a long word", "a incomprehensible b", 6, []string{"a", "incomp", "rehens", "ible b"}},
		{"newlines", "a\n\nb", 10, []string{"a", "", "b"}},
		{"nothing", "", 10, []string{""}},
		{"Chinese", "你好世界再见", 8, []string{"你好世界", "再见"}},
		{"Chinese in English", "say 你好世界 now", 8, []string{"say 你好", "世界 now"}},
		{"a closing mark stays", "你好世界，再见", 8, []string{"你好世", "界，再见"}},
		{"an opening mark goes along", "你好世「再见", 8, []string{"你好世", "「再见"}},
		{"emoji", "👩\u200d🚀👩\u200d🚀👩\u200d🚀", 4, []string{"👩\u200d🚀👩\u200d🚀", "👩\u200d🚀"}},
		{"wide in one cell", "a你", 1, []string{"a", "…"}},
		{"no width", "ab", 0, []string{"a", "b"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, text.Wrap(tt.in, tt.w)); diff != "" {
				t.Errorf("Wrap(%q, %d) (-want +got):\n%s", tt.in, tt.w, diff)
			}
		})
	}
}

// alphabet holds what widths go wrong on: wide, joined, marked, half, flags,
// keycaps, Hangul in parts, other scripts.
var alphabet = []rune("\u1100\u1161\u11a8ab -.,(「」，。你好한가각éé\u0301\u0308👩🏽\u200d🚀🇯🇵❤\ufe0f1\u20e3نمस्तेกำﷺ\n\t\u00a0…†")

func TestNothingIsWiderThanAsked(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := text.Clean(string(rapid.SliceOf(rapid.SampledFrom(alphabet)).Draw(t, "s")))
		w := rapid.IntRange(1, 12).Draw(t, "w")

		lines := text.Wrap(s, w)
		for _, line := range lines {
			if got := text.Width(line); got > w {
				t.Fatalf("Wrap(%+q, %d): line %+q takes %d cells", s, w, line, got)
			}
		}
		if w > 1 {
			dense := func(s string) string {
				return strings.Map(func(r rune) rune {
					if unicode.IsSpace(r) {
						return -1
					}
					return r
				}, s)
			}
			if got, want := dense(strings.Join(lines, "")), dense(s); got != want {
				t.Fatalf("Wrap(%+q, %d) keeps %+q, want %+q", s, w, got, want)
			}
		}

		styled := "\x1b[1m" + text.Line(s) + "\x1b[m"
		cut := text.Truncate(styled, w)
		if got := text.Width(cut); got > w {
			t.Fatalf("Truncate(%+q, %d) = %+q takes %d cells", styled, w, cut, got)
		}
		if !strings.HasPrefix(cut, "\x1b[1m") || !strings.HasSuffix(cut, "\x1b[m") {
			t.Fatalf("Truncate(%+q, %d) = %+q leaves the style open", styled, w, cut)
		}
	})
}
