package search_test

import (
	"runtime"
	"slices"
	"testing"

	"lectern/internal/blog"
	"lectern/internal/search"
)

func TestRealPostsAreFoundByTheirTitles(t *testing.T) {
	library := manyPosts(t, 1)
	before := heapInUse()
	x, titles := build(t, library), search.NewTitles(library.Posts())
	text, asked, missed := 0, 0, 0
	for i, p := range library.Posts() {
		text += p.Body.Len()
		if i%40 != 0 {
			continue
		}
		if !slices.Contains(titles.Filter(p.Title), p) {
			t.Errorf("the list does not have %q", p.Title)
		}
		hits := x.Search(t.Context(), p.Title, search.MaxHits, 0, search.MaxHits)
		checkHits(t, library, hits)
		// Titles that are all alike, as of meetings, are more than a page.
		asked++
		if !slices.ContainsFunc(hits[:min(len(hits), 10)], func(h search.Hit) bool { return h.Post == p }) {
			missed++
		}
	}
	if missed*20 > asked {
		t.Errorf("%d of %d posts are not among the first ten for their titles", missed, asked)
	}
	const texts = 8 << 20 // that were read last
	if held := heapInUse() - before; held > texts+0.25*float64(text) {
		t.Errorf("%.0f bytes are held for %d of text", held, text)
	}
	runtime.KeepAlive([]any{x, titles, library})
}

func TestRealPostsHaveLinesForWhatTheyAreFoundBy(t *testing.T) {
	library := manyPosts(t, 1)
	x := build(t, library)
	for _, query := range typed() {
		for _, query := range []string{query, query[:len(query)/2], query[:1]} {
			hits := x.Search(t.Context(), query, 3, 0, 3)
			checkHits(t, library, hits)
			for _, h := range hits {
				if len(h.Lines) == 0 && !inTitle(h.Post, query) {
					t.Errorf("%q finds %s and shows no line", query, h.Post.Slug)
				}
			}
		}
	}
}

// inTitle reports whether the title or a tag alone has words of a query.
func inTitle(p *blog.Post, query string) bool {
	bare := *p
	bare.Body, bare.Summary = blog.Body{}, ""
	return len(search.NewTitles([]*blog.Post{&bare}).Filter(query)) > 0
}
