package ui

import tea "charm.land/bubbletea/v2"

// wheelLines is how many lines one notch of the wheel scrolls.
const wheelLines = 3

// A pointed screen takes the mouse.
type pointed interface {
	// wheel moves by some lines, less than 0 is up.
	wheel(s *stage, lines int)
	// click answers a click on a row of the body, counted from 0.
	click(s *stage, row int) intent
}

// wheel scrolls.
func (r *Root) wheel(msg tea.MouseWheelMsg) {
	screen, ok := r.top().(pointed)
	if !ok || !r.mouse || r.small() {
		return
	}
	switch msg.Button {
	case tea.MouseWheelUp:
		screen.wheel(&r.stage, -wheelLines)
	case tea.MouseWheelDown:
		screen.wheel(&r.stage, wheelLines)
	}
}

// click selects, or opens what is selected already.
func (r *Root) click(msg tea.MouseClickMsg) tea.Cmd {
	screen, ok := r.top().(pointed)
	row := msg.Y - r.stage.top()
	if !ok || !r.mouse || r.small() || msg.Button != tea.MouseLeft || row < 0 || row >= r.stage.rows() {
		return nil
	}
	return r.answer(screen.click(&r.stage, row))
}

// wheel implements pointed: a notch is a post.
func (l *list) wheel(s *stage, lines int) {
	l.fresh(s)
	l.move(map[bool]action{true: up, false: down}[lines < 0], l.perPage(s))
}

// click implements pointed.
func (l *list) click(s *stage, row int) intent {
	l.fresh(s)
	per := l.perPage(s)
	i := l.selected/per*per + row/l.itemRows(s)
	switch {
	case i >= len(l.posts) || row/l.itemRows(s) >= per:
		return intent{}
	case i == l.selected:
		return intent{do: choose, slug: l.posts[i].Slug}
	}
	l.selected, l.moved = i, true
	return intent{}
}

// wheel implements pointed.
func (r *reader) wheel(s *stage, lines int) {
	if r.doc != nil {
		r.scrollTo(s, r.top+lines)
	}
}

// click implements pointed: there is nothing to select.
func (r *reader) click(*stage, int) intent { return intent{} }

// wheel implements pointed.
func (h *help) wheel(s *stage, lines int) { h.top = min(max(0, h.top+lines), h.last(s)) }

// click implements pointed: there is nothing to select.
func (h *help) click(*stage, int) intent { return intent{} }

// wheel moves the selection of a menu.
func (m *menu) wheel(s *stage, lines int) {
	m.move(s, map[bool]action{true: up, false: down}[lines < 0])
}

// clicked selects the entry on a row, and reports whether it was selected before.
func (m *menu) clicked(s *stage, row int) bool {
	rows := max(1, s.rows())
	i := m.selected/rows*rows + row
	if i >= len(m.entries) {
		return false
	}
	before := m.selected
	m.selected = i
	return i == before
}

// click implements pointed.
func (o *outline) click(s *stage, row int) intent {
	if o.clicked(s, row) {
		return o.chosen()
	}
	return intent{}
}

// click implements pointed.
func (l *linkList) click(s *stage, row int) intent {
	if l.clicked(s, row) {
		return l.chosen()
	}
	return intent{}
}

// click implements pointed.
func (t *tagList) click(s *stage, row int) intent {
	if t.clicked(s, row) {
		return t.chosen()
	}
	return intent{}
}
