package paint

// A terminal may wrap at the last column although Enter told it not to: the
// console of Windows 10 does not know that mode, nor does Emacs's. Text of which
// all widths are agreed is never longer than a row, and such terminals wrap only
// when more follows, so it does no harm. Other text may be longer than was
// counted. So that it never scrolls the screen, it is cut where, at its longest,
// it would go beyond the bottom row; and the rows that it may have run into are
// painted after it.

// limit returns the most cells that text from the start of row y may take.
func (s *Screen) limit(y int) int {
	// A wide character that does not fit leaves the last column of its row.
	return (s.height-y)*(s.width-1) + 1
}

// rowsFor returns how many rows of the given width that many cells may take.
func rowsFor(cells, width int) int {
	return max(1, (cells-1+width-2)/max(width-1, 1))
}

// cut reports whether a line is cut in row y by its limit there.
func (s *Screen) cut(line string, y int) bool {
	limit := s.limit(y)
	if len(line) <= limit { // no character takes more cells than bytes
		return false
	}
	all := scanner{line: line, width: s.width, limit: len(line)}.rest()
	return all.most > limit
}
