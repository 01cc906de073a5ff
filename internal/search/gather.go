package search

import (
	"slices"
	"strings"
)

// A gatherer collects the words of posts and packs them, some at a time, so
// that what it needs while it works is bounded.
type gatherer struct {
	ids   map[string]uint32
	words []string  // by id
	open  []posting // by id: of the post that last had the word
	pairs []uint64  // of id and posting, in the order of posts
	bytes int       // of words

	packed []*lexicon
	size   int // bytes of packed
}

func newGatherer() *gatherer { return &gatherer{ids: map[string]uint32{}} }

// add says that a word is in a place of the post doc. Posts come in order.
func (g *gatherer) add(word []byte, doc int, place uint8) {
	id, ok := g.ids[string(word)]
	if !ok {
		w := string(word)
		id = uint32(len(g.words))
		g.ids[w] = id
		g.words = append(g.words, w)
		g.open = append(g.open, newPosting(doc, place|1))
		g.bytes += len(w)
		return
	}
	p := &g.open[id]
	if p.doc() != doc {
		g.pairs = append(g.pairs, uint64(id)<<32|uint64(*p))
		*p = newPosting(doc, place|1)
		return
	}
	info := p.info() | place
	if info&maxTimes < maxTimes {
		info++
	}
	*p = newPosting(doc, info)
}

// ended packs what was gathered if it is enough. It is called after each post.
func (g *gatherer) ended() {
	if len(g.pairs)+len(g.words) >= maxBlock || g.bytes >= maxGathered {
		g.pack()
	}
}

// pack makes a lexicon of what was gathered.
func (g *gatherer) pack() {
	if len(g.words) == 0 {
		return
	}
	for id, p := range g.open {
		g.pairs = append(g.pairs, uint64(id)<<32|uint64(p))
	}
	// By id, in the order of posts that they have: a counting sort.
	begin := make([]uint32, len(g.words)+1)
	for _, pair := range g.pairs {
		begin[pair>>32+1]++
	}
	for i := range g.words {
		begin[i+1] += begin[i]
	}
	lists := make([]posting, len(g.pairs))
	at := slices.Clone(begin)
	for _, pair := range g.pairs {
		id := pair >> 32
		lists[at[id]] = posting(pair)
		at[id]++
	}
	order := make([]uint32, len(g.words))
	for i := range order {
		order[i] = uint32(i)
	}
	slices.SortFunc(order, func(a, b uint32) int { return strings.Compare(g.words[a], g.words[b]) })
	l := &lexicon{
		words:  make([]byte, 0, g.bytes),
		wordAt: make([]uint32, 0, len(g.words)+1),
		listAt: make([]uint32, 0, len(g.words)+1),
	}
	for _, id := range order {
		l.add([]byte(g.words[id]), lists[begin[id]:begin[id+1]])
	}
	l.clip()
	g.packed = append(g.packed, l)
	g.size += l.size()
	clear(g.ids)
	clear(g.words)
	g.words, g.open, g.pairs, g.bytes = g.words[:0], g.open[:0], g.pairs[:0], 0
}
