package paint

import "strings"

// paint appends what turns the shown frame into content, whose rows are in next.
// A terminal that is not known shows a blank frame.
func (s *Screen) paint(p *pen, content string) {
	start := len(p.out)
	s.change(p, content)
	anew := len(p.out)
	if !s.known || anew-start <= s.about(content) {
		return
	}
	// Another screen altogether: to blank the old one at once costs less than to
	// erase it row by row.
	p.out = append(p.out, home+eraseBelow...)
	s.shown, s.rows = "", s.rows[:0]
	s.change(p, content)
	if len(p.out)-anew < anew-start {
		p.out = p.out[:start+copy(p.out[start:], p.out[anew:])]
	} else {
		p.out = p.out[:anew]
	}
}

// about returns about how many bytes it takes to paint content on a blank screen.
func (s *Screen) about(content string) int {
	const gap = "      " // and what is wider costs one jump
	n := len(home + eraseBelow)
	for y := range s.height {
		l := strings.TrimLeft(line(content, s.next, y), " ")
		if l == "" {
			continue
		}
		n += rowCost + len(l)
		if gaps := strings.Count(l, gap); gaps > 0 {
			n -= len(gap)*gaps - len("\x1b[12C")
		}
	}
	return n
}

// change does what paint does, row by row.
func (s *Screen) change(p *pen, content string) {
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
