package search

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestPassingOverWordsFindsTheSame(t *testing.T) {
	pieces := rapid.SampledFrom([]string{"a ", "a ", "b ", "b ", "c ", "ab", "aß", "é", "数据", "か", "\u0301", "\u200d", "-", " ", `"`})
	text := func(t *rapid.T, name string) string {
		line := ""
		for _, s := range rapid.SliceOfN(pieces, 0, 6).Draw(t, name) {
			line += s
		}
		return composed(line)
	}
	rapid.Check(t, func(t *rapid.T) {
		q := parse(`"` + text(t, "phrase") + `" ` + text(t, "query"))
		expansions := make([]expansion, len(q.words))
		for i, w := range q.words {
			expansions[i].begins = w.begins
		}
		quick, slow := newMatcher(nil, nil, q, expansions), newMatcher(nil, nil, q, expansions)
		slow.words.only = nil
		for range 20 {
			line := text(t, "line")
			var marks [2][][2]int
			var got [2]found
			for i, m := range []*matcher{quick, slow} {
				got[i] = m.look(line, func(start, end int) { marks[i] = append(marks[i], [2]int{start, end}) })
			}
			if got[0] != got[1] || quick.phrase != slow.phrase {
				t.Fatalf("%q finds %+v, phrase %b, want %+v, %b", line, got[0], quick.phrase, got[1], slow.phrase)
			}
			if d := cmp.Diff(marks[1], marks[0]); d != "" {
				t.Fatalf("%q: -want +got\n%s", line, d)
			}
		}
	})
}
