package search

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"lectern/internal/blog"
)

// Titles finds posts by their titles, tags and summaries. It is immutable and
// safe for concurrent use.
type Titles struct {
	posts  []*blog.Post
	folded []string // of each post
	words  *lexicon
}

// NewTitles makes the Titles of posts, which it finds in this order. It takes
// some microseconds for each.
func NewTitles(posts []*blog.Post) *Titles {
	t := &Titles{posts: posts, folded: make([]string, len(posts))}
	g, w := newGatherer(), newScanner()
	for i, p := range posts {
		t.folded[i] = fold(p.Title + "\n" + strings.Join(p.Tags, "\n") + "\n" + p.Summary)
		for w.reset(t.folded[i]); w.step(); {
			g.add(w.word, i, 0)
		}
		g.ended()
	}
	g.pack()
	var sources []*source
	for _, l := range g.packed {
		sources = append(sources, &source{lexicon: l})
	}
	t.words, _ = merge(context.Background(), sources) // fails only with its context
	return t
}

// Filter is the posts that have every word of query somewhere, in part is
// enough, in the order in which they were given; all posts when the query is
// empty. A word of four letters or more that no post has matches words, and
// beginnings of words, that differ by a slip; from eight letters on, by two.
// It is quick enough for each key of a reader who types. The slice is the
// caller's own.
func (t *Titles) Filter(query string) []*blog.Post {
	words := strings.Fields(fold(strings.ToValidUTF8(query[:min(len(query), MaxQuery)], "")))
	slices.Sort(words)
	words = slices.Compact(words)
	left := make([]int32, len(t.posts))
	for i := range left {
		left[i] = int32(i)
	}
	steps := maxSteps
	for _, word := range words[:min(len(words), maxWords)] {
		if left = t.narrow(left, word, &steps); len(left) == 0 {
			return nil
		}
	}
	found := make([]*blog.Post, len(left))
	for i, n := range left {
		found[i] = t.posts[n]
	}
	return found
}

// narrow keeps the posts that have a word, or else what it may be a slip of.
func (t *Titles) narrow(left []int32, word string, steps *int) []int32 {
	if kept, ok := t.keep(left, word); ok {
		return kept
	}
	// What the reader takes for one word may be some: docker-compsoe.
	parts := 0
	w := newScanner()
	for w.reset(word); parts < maxWords && w.step(); parts++ {
		kept, ok := t.keep(left, string(w.word))
		if !ok {
			kept = t.forgive(left, string(w.word), steps)
		}
		left = kept
	}
	if parts == 0 {
		return nil
	}
	return left
}

// keep keeps the posts that have a word, and reports whether any post has it.
func (t *Titles) keep(left []int32, word string) (kept []int32, ok bool) {
	kept = make([]int32, 0, len(left))
	for _, n := range left {
		if strings.Contains(t.folded[n], word) {
			kept = append(kept, n)
		}
	}
	return kept, len(kept) > 0 || slices.ContainsFunc(t.folded, func(s string) bool { return strings.Contains(s, word) })
}

// forgive keeps the posts that have a word of which this one is a slip.
func (t *Titles) forgive(left []int32, word string, steps *int) []int32 {
	letters := utf8.RuneCountInString(word)
	var spans []span
	if letters >= minSlip {
		spans = t.words.slips(word, 1, true, steps)
	}
	if len(spans) == 0 && letters >= minSlips {
		spans = t.words.slips(word, 2, true, steps)
	}
	has := make([]bool, len(t.posts))
	var list []posting
	for _, s := range spans {
		for i := s.lo; i < s.hi; i++ {
			list = t.words.list(list[:0], i)
			for _, p := range list {
				has[p.doc()] = true
			}
		}
	}
	return slices.DeleteFunc(slices.Clone(left), func(n int32) bool { return !has[n] })
}
