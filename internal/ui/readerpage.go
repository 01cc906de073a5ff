package ui

import (
	"fmt"

	"lectern/internal/text"
)

// page implements screen.
func (r *reader) page(s *stage) page {
	pg := page{body: make([]string, 0, s.rows())}
	switch {
	case r.doc == nil && r.failed:
		pg.body = wrapped(s, "This post cannot be shown just now. Press q to go back.")
	case r.doc == nil:
		pg.body = wrapped(s, r.post.Title)
	default:
		for i := r.top; i < min(r.top+s.rows(), r.doc.Len()); i++ {
			line := marked(r.doc.Line(i), r.finder.on(i), s.palette)
			if r.drawn.Width > s.measure() { // the narrower document is on its way
				line = text.Truncate(line, s.measure())
			}
			pg.body = append(pg.body, line)
		}
		for i := max(0, r.top-r.doc.Len()); i < len(r.tail) && len(pg.body) < s.rows(); i++ {
			pg.body = append(pg.body, r.tail[i])
		}
		if r.top > 0 { // on the first page the document itself says it
			pg.title = r.post.Title
			if section := r.section(); section != "" {
				pg.title += " · " + section
			}
		}
		r.footer(s, &pg)
	}
	return pg
}

// footer says how far the post is read, and what the keys do just now.
func (r *reader) footer(s *stage, pg *page) {
	pg.status = progress(r.top, r.last(s))
	switch {
	case r.finder.typing:
		pg.prompt, pg.cursor = r.finder.words.view("/", s.measure()-text.Width(pg.status)-2)
		pg.typing = true
	case r.picking != nil:
		pg.prompt = "copy which?"
		r.number(s, pg)
	case r.finder.active():
		pg.status = r.finder.count() + " · " + pg.status
	}
	switch {
	case r.said != "":
		pg.status = r.said
	case r.news != "":
		pg.status = r.news
	}
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
