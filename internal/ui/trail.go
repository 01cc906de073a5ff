package ui

import (
	"strings"

	"lectern/internal/render"
)

// Bounds of what one program remembers.
const (
	maxTrail = 64 // posts that were open
	maxStack = 24 // screens on each other
)

// A trail is the posts that were open, in the order in which they were opened,
// as a browser keeps it.
type trail struct {
	slugs []string
	at    int // the one that is open
}

// visit notes that a post was opened: what was ahead on the trail is forgotten.
func (t *trail) visit(slug string) {
	if len(t.slugs) > 0 {
		if t.slugs[t.at] == slug {
			return
		}
		t.slugs = t.slugs[:t.at+1]
	}
	if len(t.slugs) == maxTrail {
		t.slugs = append(t.slugs[:0], t.slugs[1:]...)
	}
	t.slugs = append(t.slugs, slug)
	t.at = len(t.slugs) - 1
}

// along goes to the post that was open before, or on again. Posts that are gone
// are passed over.
func (r *Root) along(a action) {
	step := 1
	if a == backwards {
		step = -1
	}
	for at := r.trail.at + step; at >= 0 && at < len(r.trail.slugs); at += step {
		p, ok := r.stage.library.Post(r.trail.slugs[at])
		if !ok {
			continue
		}
		r.leave()
		r.trail.at = at
		r.stack = r.stack[:1]
		rd := newReader(p)
		rd.place = r.places[p.Slug]
		r.push(rd)
		r.list().selectSlug(&r.stage, p.Slug)
		return
	}
	if rd := r.reader(); rd != nil {
		rd.said = map[action]string{backwards: "no post before this one", forwards: "no post after this one"}[a]
	}
}

// followLink goes where a link leads: to another place or post here, with a way
// back to this one, or to a card that shows its address.
func (r *Root) followLink(rd *reader, link render.Link) {
	if strings.HasPrefix(link.URL, "#") {
		r.back()
		if line, ok := rd.doc.Anchor(link.URL); ok {
			again := newReader(rd.post)
			again.show(&r.stage, rd.doc, rd.drawn)
			again.scrollTo(&r.stage, line)
			r.push(again)
		} else {
			rd.said = "this link leads nowhere"
		}
		return
	}
	p, part, ok := r.stage.library.Linked(link.URL)
	if !ok {
		r.push(&addressCard{link: link})
		return
	}
	r.back()
	next := newReader(p)
	next.goal = part
	r.push(next)
	r.opened(p.Slug)
}
