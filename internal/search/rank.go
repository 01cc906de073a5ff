package search

import (
	"cmp"
	"container/heap"
	"context"
	"math"
	"slices"
	"unicode/utf8"
)

// A scored is a post and how well it answers a query.
type scored struct {
	doc   int
	score float32
}

// compare puts the better first, and the newer of equals.
func (s scored) compare(o scored) int {
	return cmp.Or(cmp.Compare(o.score, s.score), cmp.Compare(s.doc, o.doc))
}

// What a word adds by standing in a heading, a tag or the title, in that order
// the bits of a posting; a word of the text adds at most saturation + 1.
const (
	headingWorth = 0.7
	tagWorth     = 1.5
	titleWorth   = 3
	// newWorth is the share by which the newest post is above the oldest.
	newWorth = 0.1
	// sideWorth is the share by which a post is lifted for two words of the query
	// that stand side by side in it.
	sideWorth = 0.2
)

// score is how well each post answers, 0 for one that does not; nil when ctx
// ended.
func (x *Index) score(ctx context.Context, expansions []expansion) []float32 {
	var worth [8]float32
	for i := range worth {
		worth[i] = headingWorth*float32(i&1) + tagWorth*float32(i>>1&1) + titleWorth*float32(i>>2&1)
	}
	total, of := make([]float32, len(x.posts)), make([]float32, len(x.posts))
	var list []posting
	for n, e := range expansions {
		clear(of)
		rare := float32(math.Inf(1)) // what answers less well says no more for being rare
		for _, s := range e.spans {
			rare = min(rare, x.rarity(s))
			rarity := s.worth * rare
			for i := s.lo; i < s.hi; i++ {
				if i%256 == 0 && ctx.Err() != nil {
					return nil
				}
				list = x.list(list[:0], i)
				for _, p := range list {
					doc, times := p.doc(), float32(p.info()&maxTimes)
					got := rarity * (times*(saturation+1)/(times+x.norms[doc]) + worth[p.info()>>4&7])
					of[doc] = max(of[doc], got)
				}
			}
		}
		for doc, got := range of {
			if got == 0 || n > 0 && total[doc] == 0 {
				total[doc] = 0
			} else {
				total[doc] += got
			}
		}
	}
	for doc, p := range x.posts {
		if p == nil {
			total[doc] = 0
		}
		total[doc] *= 1 + newWorth*(1-float32(doc)/float32(len(x.posts)))
	}
	return total
}

// side lifts posts in which words follow each other as in the query, and drops
// those in which the words of a phrase do not.
func (x *Index) side(scores []float32, q query) {
	type step struct {
		pair   uint64
		phrase bool
	}
	var steps []step
	for i := range max(0, len(q.words)-1) {
		a, b := q.words[i], q.words[i+1]
		r, _ := utf8.DecodeRuneInString(a.word)
		s, _ := utf8.DecodeRuneInString(b.word)
		if !a.begins && !b.begins && !isUnspaced(r) && !isUnspaced(s) {
			steps = append(steps, step{pair(hash([]byte(a.word)), hash([]byte(b.word))), q.joined(i)})
		}
	}
	for doc, score := range scores {
		for _, s := range steps {
			switch {
			case score == 0:
			case x.pairs[doc].has(s.pair):
				scores[doc] += score * sideWorth
			case s.phrase:
				score, scores[doc] = 0, 0
			}
		}
	}
}

// rarity is what having one of the words of a span says, as if they were one.
func (x *Index) rarity(s span) float32 {
	n, count := float64(len(x.posts)), 0.0
	for i := s.lo; i < s.hi && count < n; i++ {
		count += float64(x.count(i))
	}
	count = min(count, n)
	return float32(math.Log(1 + (n-count+0.5)/(count+0.5)))
}

// best are the n posts that answer best, in order.
func best(scores []float32, n int) []scored {
	var worst heapOfWorst
	for doc, score := range scores {
		s := scored{doc, score}
		switch {
		case score == 0:
		case len(worst) < n:
			heap.Push(&worst, s)
		case s.compare(worst[0]) < 0:
			worst[0] = s
			heap.Fix(&worst, 0)
		}
	}
	slices.SortFunc(worst, scored.compare)
	return worst
}

// A heapOfWorst has the worst of the best so far on top.
type heapOfWorst []scored

func (h heapOfWorst) Len() int           { return len(h) }
func (h heapOfWorst) Less(i, j int) bool { return h[i].compare(h[j]) > 0 }
func (h heapOfWorst) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *heapOfWorst) Push(s any)        { *h = append(*h, s.(scored)) }
func (h *heapOfWorst) Pop() any {
	last := len(*h) - 1
	s := (*h)[last]
	*h = (*h)[:last]
	return s
}
