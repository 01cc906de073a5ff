package ui

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"lectern/internal/blog"
	"lectern/internal/render"
)

// A reader shows one post. Its document is drawn elsewhere; until that is
// there the page holds the title. When the width or the theme changes, the old
// document stays until the new one comes, and the reading place is kept.
type reader struct {
	post   *blog.Post
	doc    *render.Document // nil until the first one is drawn
	drawn  render.Options   // how doc was asked for
	asked  bool             // a document is on its way
	failed bool
	top    int          // line of doc in the first row
	place  render.Place // reading place, kept through redraws
	body   []string     // of the last page; its room is used again
}

func newReader(p *blog.Post) *reader { return &reader{post: p} }

// wants returns how the post must be drawn for this stage, and whether that
// has to be asked for now. One request at a time: when the stage changes
// meanwhile, the answer is followed by a second one.
func (r *reader) wants(s *stage) (render.Options, bool) {
	o := s.document()
	return o, !r.asked && !r.failed && (r.doc == nil || r.drawn != o)
}

// show takes a document that was asked for.
func (r *reader) show(s *stage, doc *render.Document, o render.Options) {
	r.asked = false
	r.doc, r.drawn = doc, o
	r.top = doc.Find(r.place)
	r.clamp(s)
}

// fail notes that the post cannot be drawn.
func (r *reader) fail() { r.asked, r.failed = false, true }

// changed implements screen.
func (r *reader) changed(s *stage) { r.clamp(s) }

// paste implements screen: there is nothing to paste into.
func (r *reader) paste(*stage, string) {}

// keys implements screen.
func (r *reader) keys() keymap { return readerKeys() }

// key implements screen.
func (r *reader) key(s *stage, k tea.KeyPressMsg) intent {
	a := r.keys().find(k)
	switch a {
	case back, showHelp, switchTheme:
		return intent{do: a}
	case nextPost:
		return r.neighbour(s, 1)
	case previousPost:
		return r.neighbour(s, -1)
	case noAction:
		return intent{}
	}
	if r.doc == nil {
		return intent{}
	}
	r.top = scroll(a, r.top, s.rows(), r.doc.Len())
	r.clamp(s)
	r.place = r.doc.Place(r.top)
	return intent{}
}

// scroll returns the first line after an action on a text of n lines in rows.
func scroll(a action, first, rows, n int) int {
	switch a {
	case up:
		return first - 1
	case down:
		return first + 1
	case pageUp:
		return first - max(1, rows-2) // two lines stay, so that the eye finds its place
	case pageDown:
		return first + max(1, rows-2)
	case halfUp:
		return first - max(1, rows/2)
	case halfDown:
		return first + max(1, rows/2)
	case top:
		return 0
	case bottom:
		return n
	}
	return first
}

func (r *reader) clamp(s *stage) {
	if r.doc != nil {
		r.top = min(max(0, r.top), r.last(s))
	}
}

// last is the largest first line: the end of the post is in the last row.
func (r *reader) last(s *stage) int { return max(0, r.doc.Len()-s.rows()) }

// neighbour opens the post that is step places further in the list.
func (r *reader) neighbour(s *stage, step int) intent {
	posts := s.library.Posts()
	for i, p := range posts {
		if p.Slug == r.post.Slug && i+step >= 0 && i+step < len(posts) {
			return intent{do: choose, slug: posts[i+step].Slug}
		}
	}
	return intent{}
}

// page implements screen.
func (r *reader) page(s *stage) page {
	pg := page{body: r.body[:0]}
	switch {
	case r.failed:
		pg.body = wrapped(s, "This post cannot be shown just now. Press q to go back.")
	case r.doc == nil:
		pg.body = wrapped(s, r.post.Title)
	default:
		for i := r.top; i < min(r.top+s.rows(), r.doc.Len()); i++ {
			pg.body = append(pg.body, r.doc.Line(i))
		}
		r.body = pg.body
		if r.top > 0 { // on the first page the document itself says it
			pg.title = r.post.Title
		}
		pg.status = r.progress(s)
	}
	return pg
}

// progress says how far the reader has come.
func (r *reader) progress(s *stage) string {
	last := r.last(s)
	switch {
	case last == 0:
		return "all"
	case r.top >= last:
		return "end"
	}
	return fmt.Sprintf("%d%%", r.top*100/last)
}
