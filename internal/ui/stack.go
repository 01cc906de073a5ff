package ui

import "lectern/internal/render"

// maxPlaces bounds how many reading places one program keeps.
const maxPlaces = 64

// top is the screen that is shown.
func (r *Root) top() screen { return r.stack[len(r.stack)-1] }

// push shows a screen over the others.
func (r *Root) push(s screen) {
	if len(r.stack) >= maxStack {
		r.stack = append(r.stack[:1], r.stack[2:]...)
	}
	r.stack = append(r.stack, s)
}

// reader is the open post, under the screens that were opened from it; nil for
// none.
func (r *Root) reader() *reader {
	for i := len(r.stack) - 1; i > 0; i-- {
		if rd, ok := r.stack[i].(*reader); ok {
			return rd
		}
	}
	return nil
}

// list is the list that the open post was chosen from: the first screen, which
// is always there, or one of the posts with a tag.
func (r *Root) list() *list {
	for i := len(r.stack) - 1; i > 0; i-- {
		if l, ok := r.stack[i].(*list); ok {
			return l
		}
	}
	return r.stack[0].(*list)
}

// open shows a post; a post that is open already gives way to it.
func (r *Root) open(slug string) {
	p, ok := r.stage.library.Post(slug)
	if !ok {
		return
	}
	r.leave()
	rd := newReader(p)
	rd.place = r.places[slug]
	if _, reading := r.top().(*reader); reading {
		r.stack[len(r.stack)-1] = rd
	} else {
		r.push(rd)
	}
	r.list().selectSlug(&r.stage, p.Slug)
	r.opened(p.Slug)
}

// opened tells of a post that was opened.
func (r *Root) opened(slug string) {
	r.trail.visit(slug)
	if r.cfg.Opened != nil {
		r.cfg.Opened(slug)
	}
}

// renew has the post drawn as it is now, at the same place.
func (r *Root) renew(rd *reader) {
	if p, ok := r.stage.library.Post(rd.post.Slug); ok && p.Hash != rd.post.Hash {
		rd.post, rd.drawn, rd.news = p, render.Options{}, ""
	}
}

// back leaves the top screen; the first one stays.
func (r *Root) back() {
	r.leave()
	if len(r.stack) > 1 {
		r.stack = r.stack[:len(r.stack)-1]
		r.top().changed(&r.stage)
	}
}

// leave notes where the reader was, so that opening the post again goes there.
func (r *Root) leave() {
	rd, ok := r.top().(*reader)
	if !ok {
		return
	}
	if r.places == nil || len(r.places) >= maxPlaces {
		r.places = map[string]render.Place{}
	}
	r.places[rd.post.Slug] = rd.place
}

// follow has the open post drawn anew when it is another one now.
func (r *Root) follow() {
	if rd := r.reader(); rd != nil {
		r.renew(rd)
	}
}

// neighbour opens the next or the previous post of the list.
func (r *Root) neighbour(a action) {
	rd, ok := r.top().(*reader)
	if !ok {
		return
	}
	step := 1
	if a == previousPost {
		step = -1
	}
	if slug := r.list().neighbour(&r.stage, rd.post, step); slug != "" {
		r.open(slug)
	}
}
