package paint

// paint appends what turns the shown frame into content, whose rows are in next.
// A terminal that is not known shows a blank frame.
func (s *Screen) paint(p *pen, content string) {
	move := s.shift(content)
	if move.by != 0 {
		p.scroll(move, s.height)
	}
	blank := s.height // from here on the new frame is blank
	for blank > 0 && line(content, s.next, blank-1) == "" {
		blank--
	}
	spilled := 0 // rows from y on that may hold text of a row above
	for y := range s.height {
		was, now := s.was(move, y), line(content, s.next, y)
		switch {
		case y >= blank && was != "" && s.below(move, y):
			p.out = appendCUP(p.out, y, 0)
			p.out = append(p.out, eraseBelow...)
			return
		case spilled > 0 || s.recut(move, y, was):
			p.out = appendCUP(p.out, y, 0)
			p.out = append(p.out, eraseLine...)
			spilled = max(spilled-1, p.row(y, "", now, s.limit(y)))
		case now != was:
			spilled = p.row(y, was, now, s.limit(y))
		}
	}
}

// was returns what row y shows once the terminal has scrolled.
func (s *Screen) was(m shift, y int) string {
	if from, ok := m.from(y); ok {
		return line(s.shown, s.rows, from)
	}
	return ""
}

// below reports whether a row under y is not blank once the terminal has
// scrolled.
func (s *Screen) below(m shift, y int) bool {
	for y++; y < s.height; y++ {
		if s.was(m, y) != "" {
			return true
		}
	}
	return false
}

// recut reports whether a line that was moved to row y is cut there, or was
// where it came from.
func (s *Screen) recut(m shift, y int, was string) bool {
	from, ok := m.from(y)
	return ok && from != y && (s.cut(was, from) || s.cut(was, y))
}
