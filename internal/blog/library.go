package blog

import (
	"maps"
	"slices"
	"strings"
	"time"
)

// A Library is an immutable snapshot of a blog, shared by all readers.
type Library struct {
	site     Site
	posts    []*Post // shown, in the order of Posts
	bySlug   map[string]*Post
	byAlias  map[string]*Post // by former slugs that are no post's own
	problems []Problem
	next     time.Time

	drafts, scheduled int // posts held back

	shelf shelfIndex

	// What the next load builds on.
	seen    *walk             // the look that it was loaded after
	entries map[string]*entry // by path, for every post's file
	renamed map[string]*Post  // by path, posts that have another slug here than their entries ask for
}

// defaultTitle names a blog that has no name of its own.
const defaultTitle = "Lectern"

// Site is what blog.yaml says. It always has a title.
func (l *Library) Site() Site {
	s := l.site
	if s.Title == "" {
		s.Title = defaultTitle
	}
	return s
}

// Posts are the posts, newest first, undated ones last. The slice is shared:
// do not modify it.
func (l *Library) Posts() []*Post { return l.posts }

// Post finds a post by its slug, or else by a former one.
func (l *Library) Post(slug string) (*Post, bool) {
	p, ok := l.bySlug[slug]
	if !ok {
		p, ok = l.byAlias[slug]
	}
	return p, ok
}

// Problems are the faults found in the content, in the order of files and
// lines. The slice is shared: do not modify it.
func (l *Library) Problems() []Problem { return l.problems }

// Held is how many posts are held back: as drafts or expired, and for a date in
// the future.
func (l *Library) Held() (drafts, scheduled int) { return l.drafts, l.scheduled }

// Next is when the next post that is dated in the future appears, or one that
// expires goes; zero when there is none.
func (l *Library) Next() time.Time { return l.next }

// same reports whether a reader and an author would see no difference.
func (l *Library) same(m *Library) bool {
	return slices.Equal(l.posts, m.posts) && slices.Equal(l.problems, m.problems) && maps.Equal(l.byAlias, m.byAlias) && l.next.Equal(m.next) &&
		l.site.Title == m.site.Title && l.site.Tagline == m.site.Tagline && l.site.Author == m.site.Author &&
		l.site.Host == m.site.Host && l.site.URL == m.site.URL && slices.Equal(l.site.Links, m.site.Links)
}

// ComparePosts orders posts as a library does: newest first, undated last, then
// by slug.
func ComparePosts(a, b *Post) int {
	if a.Date.IsZero() != b.Date.IsZero() {
		if a.Date.IsZero() {
			return 1
		}
		return -1
	}
	if c := b.Date.Compare(a.Date); c != 0 {
		return c
	}
	return strings.Compare(a.Slug, b.Slug)
}
