package search

import (
	"slices"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestASlipIsOneLetterOrTwo(t *testing.T) {
	words := []string{"docker", "dock", "kubernetes", "kubectl", "straße", "数据", "дом", "привет"}
	l := lexiconOf(words)
	for _, c := range []struct {
		word   string
		limit  int
		begins bool
		want   []string
	}{
		{"doker", 1, false, []string{"docker"}},
		{"dokcer", 1, false, []string{"docker"}},
		{"dockker", 1, false, []string{"docker"}},
		{"bocker", 1, false, []string{"docker"}},
		{"doc", 1, false, []string{"dock"}},
		{"kubrenets", 1, false, nil},
		{"kubrenets", 2, false, []string{"kubernetes"}},
		{"kubre", 1, true, []string{"kubectl", "kubernetes"}},
		{"пирвет", 1, false, []string{"привет"}},
		{"zzzz", 1, true, nil},
		{"数库", 1, false, nil},
	} {
		steps := maxSteps
		var got []string
		for _, s := range l.slips(c.word, c.limit, c.begins, &steps) {
			for i := s.lo; i < s.hi; i++ {
				got = append(got, string(l.word(i)))
			}
		}
		if d := cmp.Diff(c.want, got); d != "" {
			t.Errorf("%q, %d, %t: -want +got\n%s", c.word, c.limit, c.begins, d)
		}
	}
}

// TestSlipsAreThoseOfThePlainTable compares the walk with leaps to a look at
// every word.
func TestSlipsAreThoseOfThePlainTable(t *testing.T) {
	word := rapid.StringOfN(rapid.SampledFrom([]rune("abcé")), 1, 7, -1)
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(word, 1, 40).Draw(t, "words")
		asked := word.Draw(t, "asked")
		limit, begins := rapid.IntRange(1, min(2, utf8.RuneCountInString(asked))).Draw(t, "limit"), rapid.Bool().Draw(t, "begins")
		if utf8.RuneCountInString(asked) <= limit {
			t.Skip()
		}
		l := lexiconOf(words)
		var want, got []string
		for i := range l.len() {
			if near(asked, string(l.word(i)), limit, begins) {
				want = append(want, string(l.word(i)))
			}
		}
		steps := maxSteps
		for _, s := range l.slips(asked, limit, begins, &steps) {
			for i := s.lo; i < s.hi; i++ {
				got = append(got, string(l.word(i)))
			}
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Fatalf("slips of %q: -want +got\n%s", asked, d)
		}
	})
}

func near(asked, word string, limit int, begins bool) bool {
	want, have := []rune(asked), []rune(word)
	rows := make([][]int, len(have)+1)
	for i := range rows {
		rows[i] = make([]int, len(want)+1)
	}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(have); i++ {
		nextRow(rows, have[:i], want)
		if begins && rows[i][len(want)] <= limit {
			return true
		}
	}
	return rows[len(have)][len(want)] <= limit
}

func lexiconOf(words []string) *lexicon {
	words = slices.Clone(words)
	slices.Sort(words)
	l := new(lexicon)
	for _, w := range slices.Compact(words) {
		l.add([]byte(w), []posting{newPosting(0, plain)})
	}
	return l
}
