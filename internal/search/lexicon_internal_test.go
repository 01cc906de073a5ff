package search

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestALexiconGivesBackWhatWasGathered(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		type entry struct {
			word  string
			doc   int
			place uint8
		}
		g := newGatherer()
		want := map[string]map[int]uint8{}
		doc := 0
		var sources []*source
		for range rapid.IntRange(0, 60).Draw(t, "words") {
			doc += rapid.SampledFrom([]int{0, 0, 1, 3, 200}).Draw(t, "step")
			e := entry{rapid.SampledFrom([]string{"a", "ab", "abc", "b", "字"}).Draw(t, "word"), doc, rapid.SampledFrom([]uint8{0, inHeading, inTitle, inTag}).Draw(t, "place")}
			g.add([]byte(e.word), e.doc, e.place)
			if want[e.word] == nil {
				want[e.word] = map[int]uint8{}
			}
			info := want[e.word][e.doc] | e.place
			if info&maxTimes < maxTimes {
				info++
			}
			want[e.word][e.doc] = info
			if rapid.IntRange(0, 9).Draw(t, "pack") == 0 {
				g.pack()
				doc++
			}
		}
		g.pack()
		for _, l := range g.packed {
			sources = append(sources, &source{lexicon: l})
		}
		l, err := merge(t.Context(), sources)
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]map[int]uint8{}
		for i := range l.len() {
			list := l.list(nil, i)
			if len(list) != l.count(i) || !slices.IsSorted(list) {
				t.Fatalf("%q has %v, count %d", l.word(i), list, l.count(i))
			}
			got[string(l.word(i))] = map[int]uint8{}
			for _, p := range list {
				got[string(l.word(i))][p.doc()] = p.info()
			}
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Fatalf("-want +got\n%s", d)
		}
	})
}

func TestPairsOfAPostAreNeverDeniedAndOthersSeldomTaken(t *testing.T) {
	var pairs []uint64
	h := func(i int) uint64 { return hash([]byte{byte(i), byte(i >> 8), 'x'}) }
	for i := range 2000 {
		pairs = append(pairs, pair(h(i), h(i+1)))
	}
	var b beside
	b.set(pairs)
	wrong := 0
	for i := range 2000 {
		if !b.has(pair(h(i), h(i+1))) {
			t.Fatalf("pair %d is denied", i)
		}
		if b.has(pair(h(i+1), h(i))) {
			wrong++
		}
		if b.has(pair(h(i), h(i+2))) {
			wrong++
		}
	}
	if wrong > 4000/15 {
		t.Errorf("%d of 4000 pairs that are not there are taken for ones that are", wrong)
	}
}
