package search

import (
	"context"
	"fmt"
	"math"
	"runtime"

	"lectern/internal/blog"
)

// An Index finds words in the posts of a library. It is immutable and safe for
// concurrent use.
type Index struct {
	*lexicon
	posts []*blog.Post // by number, newest first; nil for one that is gone
	norms []float32    // by number: what the length of a post makes of a word's count
	pairs []beside     // by number: which of its words stand side by side

	recent *recent // texts; those of the indexes before and after
}

// Build reads every post of a library once. It takes some seconds for 100 MB of
// text, on one core, and lets other goroutines go first between two posts. The
// only error is that ctx ended.
func Build(ctx context.Context, library *blog.Library) (*Index, error) {
	return build(ctx, nil, library, maxHeld)
}

// Rebuild is [Build] of a library that is like the one x was built from, or
// [Index.Within]: only posts that x does not have are read.
func (x *Index) Rebuild(ctx context.Context, library *blog.Library) (*Index, error) {
	return build(ctx, x, library, maxHeld)
}

// build makes an index that holds about limit bytes.
func build(ctx context.Context, last *Index, library *blog.Library, limit int) (*Index, error) {
	x := &Index{posts: library.Posts(), pairs: make([]beside, len(library.Posts()))}
	if last != nil {
		x.recent = last.recent
	} else {
		x.recent = newRecent()
	}
	if last != nil && last.held() >= limit {
		last = nil // what is new would find no room beside it
	}
	var sources []*source
	known := map[string]int{} // numbers in last, by slug
	if last != nil {
		s := &source{lexicon: last.lexicon, docs: make([]int32, len(last.posts))}
		for i, p := range last.posts {
			s.docs[i] = -1
			if p != nil {
				known[p.Slug] = i
			}
		}
		sources = append(sources, s)
		limit -= last.size()
	}
	g, r := newGatherer(), newReader(x.recent)
	for doc, p := range x.posts {
		if i, ok := known[p.Slug]; ok && last.posts[i].Hash == p.Hash {
			sources[0].docs[i] = int32(doc)
			x.pairs[doc] = last.pairs[i]
			limit -= len(x.pairs[doc])
			continue
		}
		if err := ctx.Err(); err != nil {
			return nil, fmt.Errorf("index the posts: %w", err)
		}
		r.read(p, g.size < limit, func(word []byte, place uint8) { g.add(word, doc, place) })
		g.ended()
		x.pairs[doc].set(r.pairs)
		limit -= len(x.pairs[doc])
		runtime.Gosched()
	}
	g.pack()
	for _, l := range g.packed {
		sources = append(sources, &source{lexicon: l})
	}
	g = nil // the room that it worked in
	var err error
	if x.lexicon, err = merge(ctx, sources); err != nil {
		return nil, fmt.Errorf("index the posts: %w", err)
	}
	x.norms = norms(x.posts)
	return x, nil
}

// Within is the index as far as it goes for another library: it finds the posts
// that are the same there, and no others. It costs a look at each post.
func (x *Index) Within(library *blog.Library) *Index {
	y := *x
	y.posts = make([]*blog.Post, len(x.posts))
	for i, p := range x.posts {
		if p == nil {
			continue
		}
		if q, ok := library.Post(p.Slug); ok && q.Slug == p.Slug && q.Hash == p.Hash {
			y.posts[i] = q
		}
	}
	return &y
}

// held is how many bytes the index takes, beside its posts.
func (x *Index) held() int {
	n := x.size() + 4*len(x.norms)
	for _, p := range x.pairs {
		n += len(p)
	}
	return n
}

// Len is how many posts it can find.
func (x *Index) Len() int {
	n := 0
	for _, p := range x.posts {
		if p != nil {
			n++
		}
	}
	return n
}

// The constants of BM25: how soon a word that is there again counts no more, and
// how much less one counts in a long post.
const (
	saturation = 1.2 // k1
	dilution   = 0.4 // b
)

func norms(posts []*blog.Post) []float32 {
	words := 0
	for _, p := range posts {
		words += p.Words
	}
	average := math.Max(1, float64(words)/math.Max(1, float64(len(posts))))
	list := make([]float32, len(posts))
	for i, p := range posts {
		list[i] = float32(saturation * (1 - dilution + dilution*float64(p.Words)/average))
	}
	return list
}

// A reader goes through the words of posts.
type reader struct {
	words  *scanner
	texts  blog.Unpacker
	recent *recent
	plain  []byte   // the text of the post read last
	pairs  []uint64 // of it, as they follow
	last   uint64   // the word before, 0 when there is none
}

func newReader(keep *recent) *reader { return &reader{words: newScanner(), recent: keep} }

// read yields every word of a post with its place; without its text when that
// is not wanted.
func (r *reader) read(p *blog.Post, text bool, yield func(word []byte, place uint8)) {
	r.pairs = r.pairs[:0]
	for _, tag := range p.Tags {
		r.last = 0
		r.line(composed(tag), inTag, yield)
	}
	r.last = 0
	r.line(composed(p.Title), inTitle, yield)
	r.last = 0
	if !p.Excerpt {
		r.line(composed(p.Summary), 0, yield)
	}
	r.last = 0
	keep := p.Body.Len() <= maxRead && r.recent.fits(p.Body.Len())
	r.plain = r.plain[:0]
	for b := newBody(r.texts.Text(p.Body)); b.step(); {
		line := composed(b.line)
		if keep {
			r.plain = appendLine(r.plain, line)
		}
		if text || b.place == inHeading {
			r.line(line, b.place, yield)
		}
	}
	if keep {
		r.recent.put(p, string(r.plain))
	}
}

// line reads a line, which is [composed].
func (r *reader) line(s string, place uint8, yield func(word []byte, place uint8)) {
	for r.words.reset(s); r.words.step(); {
		yield(r.words.word, place)
		if r.words.wide {
			r.last = 0
			continue
		}
		h := hash(r.words.word)
		if r.last != 0 {
			r.pairs = append(r.pairs, pair(r.last, h))
		}
		r.last = h
	}
}
