package ui

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"lectern/internal/blog"
	"lectern/internal/render"
	"lectern/internal/text"
)

// A reader shows one post. Its document is drawn elsewhere; until that is
// there the page holds the title. When the width or the theme changes, the old
// document stays until the new one comes, and the reading place is kept.
type reader struct {
	post    *blog.Post
	doc     *render.Document // nil until the first one is drawn
	drawn   render.Options   // how doc was asked for
	asked   bool             // a document is on its way
	failed  bool             // the last one that was asked for, as refused, could not be drawn
	refused render.Options
	ahead   []action     // keys pressed before the first document was there
	top     int          // line of doc in the first row
	place   render.Place // reading place, kept through redraws
	body    []string     // of the last page; its room is used again
}

// maxAhead bounds the keys that are kept until a post is drawn.
const maxAhead = 16

func newReader(p *blog.Post) *reader { return &reader{post: p} }

// wants returns how the post must be drawn for this stage, and whether that
// has to be asked for now. One request at a time: when the stage changes
// meanwhile, the answer is followed by a second one.
func (r *reader) wants(s *stage) (render.Options, bool) {
	o := s.document()
	failed := r.failed && r.refused == o
	return o, !r.asked && !failed && (r.doc == nil || r.drawn != o)
}

// show takes a document that was asked for.
func (r *reader) show(s *stage, doc *render.Document, o render.Options) {
	r.asked, r.failed = false, false
	r.doc, r.drawn = doc, o
	r.changed(s)
	for _, a := range r.ahead {
		r.move(s, a)
	}
	r.ahead = nil
}

// fail notes that the post cannot be drawn in this way.
func (r *reader) fail(o render.Options) { r.asked, r.failed, r.refused = false, true, o }

// changed implements screen: the reading place comes into the first row again,
// also when it stood further down for want of lines.
func (r *reader) changed(s *stage) {
	if r.doc != nil {
		r.top = min(max(0, r.doc.Find(r.place)), r.last(s))
	}
}

// paste implements screen: there is nothing to paste into.
func (r *reader) paste(*stage, string) {}

// keys implements screen.
func (r *reader) keys() keymap { return readerKeys() }

// key implements screen.
func (r *reader) key(s *stage, k tea.KeyPressMsg) intent {
	a := r.keys().find(k)
	switch a {
	case back, showHelp, switchTheme, nextPost, previousPost:
		return intent{do: a}
	}
	if r.doc == nil && len(r.ahead) < maxAhead {
		r.ahead = append(r.ahead, a)
	}
	r.move(s, a)
	return intent{}
}

// move scrolls.
func (r *reader) move(s *stage, a action) {
	if r.doc != nil && a != noAction {
		r.top = min(max(0, scroll(a, r.top, s.rows(), r.doc.Len())), r.last(s))
		r.place = r.doc.Place(r.top)
	}
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

// last is the largest first line: the end of the post is in the last row.
func (r *reader) last(s *stage) int { return max(0, r.doc.Len()-s.rows()) }

// page implements screen.
func (r *reader) page(s *stage) page {
	pg := page{body: r.body[:0]}
	switch {
	case r.doc == nil && r.failed:
		pg.body = wrapped(s, "This post cannot be shown just now. Press q to go back.")
	case r.doc == nil:
		pg.body = wrapped(s, r.post.Title)
	default:
		for i := r.top; i < min(r.top+s.rows(), r.doc.Len()); i++ {
			line := r.doc.Line(i)
			if r.drawn.Width > s.measure() { // the narrower document is on its way
				line = text.Truncate(line, s.measure())
			}
			pg.body = append(pg.body, line)
		}
		r.body = pg.body
		if r.top > 0 { // on the first page the document itself says it
			pg.title = r.post.Title
		}
		pg.status = progress(r.top, r.last(s))
	}
	return pg
}

// progress says how far a text is read whose first line is shown first, and
// could be last at most.
func progress(first, last int) string {
	switch {
	case last == 0:
		return "all"
	case first >= last:
		return "end"
	}
	return fmt.Sprintf("%d%%", first*100/last)
}
