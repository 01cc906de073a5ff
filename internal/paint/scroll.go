package paint

// shift says that the rows from top up to, not including, bottom scroll by that
// many rows: up when it is positive, down when it is negative.
type shift struct{ top, bottom, by int }

// shiftCost is what a scroll costs beside the two bytes for each row it scrolls
// by: two sequences for the region and one for the cursor, in bytes.
const shiftCost = 20

// rowCost is what it costs to go to a row, in bytes.
const rowCost = 6

// from returns the row whose text is in row y after the shift, and whether there
// is one: the rows that a scroll reveals have none.
func (m shift) from(y int) (int, bool) {
	if m.by == 0 || y < m.top || y >= m.bottom {
		return y, true
	}
	from := y + m.by
	return from, from >= m.top && from < m.bottom
}

// shift returns the scroll that saves the most bytes on the way from the shown
// frame to content, whose rows are in next; none, by 0, when none saves any.
//
// It compares lines as they are, lengths first: two numbers for nearly every
// pair, and there are as many pairs as the square of the rows.
func (s *Screen) shift(content string) shift {
	var best shift
	top, bottom := 0, min(len(s.rows), len(s.next))-1
	for top < bottom && s.kept(content, top, 0) {
		top++
	}
	for bottom > top && s.kept(content, bottom-1, 0) {
		bottom--
	}
	most := 0
	for by := 1 - (bottom - top); by < bottom-top; by++ {
		if by == 0 {
			continue
		}
		end := min(bottom, bottom-by)
		for y := max(top, top-by); y < end; y++ {
			begin, saved := y, 0
			for y < end && s.kept(content, y, by) {
				if n := int(s.next[y+1] - s.next[y]); n > 1 && !s.kept(content, y, 0) {
					saved += n - 1 + rowCost
				}
				y++
			}
			if saved <= most+shiftCost {
				continue
			}
			m := shift{top: min(begin, begin+by), bottom: max(y, y+by), by: by}
			if net := saved - s.cost(content, m); net > most {
				most, best = net, m
			}
		}
	}
	return best
}

// kept reports whether row y of the new frame is the line that the shown one has
// by rows further down.
func (s *Screen) kept(content string, y, by int) bool {
	a, b := s.next[y], s.rows[y+by]
	n := s.next[y+1] - a
	return n == s.rows[y+by+1]-b && content[a:a+n-1] == s.shown[b:b+n-1]
}

// cost returns the bytes that a scroll costs: itself, and the rows it reveals
// that were right before it.
func (s *Screen) cost(content string, m shift) int {
	n := shiftCost + 2*max(m.by, -m.by)
	from, to := m.bottom-m.by, m.bottom
	if m.by < 0 {
		from, to = m.top, m.top-m.by
	}
	for y := from; y < to; y++ {
		if l := int(s.next[y+1] - s.next[y]); l > 1 && s.kept(content, y, 0) {
			n += l - 1 + rowCost
		}
	}
	return n
}

// scroll makes the terminal scroll. height is the screen's.
func (p *pen) scroll(m shift, height int) {
	part := m.top > 0 || m.bottom < height
	if part {
		p.out = appendRegion(p.out, m.top, m.bottom)
	}
	if m.by > 0 {
		p.out = appendCUP(p.out, m.bottom-1, 0)
		for range m.by {
			p.out = append(p.out, feed...)
		}
	} else {
		p.out = appendCUP(p.out, m.top, 0)
		for range -m.by {
			p.out = append(p.out, reverse...)
		}
	}
	if part {
		p.out = append(p.out, resetRegion...)
	}
}
