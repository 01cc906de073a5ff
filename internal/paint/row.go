package paint

import (
	"strings"
	"unicode/utf8"
)

// pen appends to out, and knows the one width that all rows have.
type pen struct {
	out   []byte
	width int
}

// measure is what a scan of a line to its end found.
type measure struct {
	end    int  // the column after the last cell
	most   int  // the same, in the terminal that takes the most
	unsure bool // a width in it is not agreed
}

// rest scans a line to its end.
func (s scanner) rest() measure {
	s.unsure = false
	for {
		s.plain(len(s.line))
		if _, ok := s.next(); !ok {
			return measure{end: s.col, most: s.most, unsure: s.unsure}
		}
	}
}

// row makes row y, which shows was, show line, of which at most limit cells may
// be written even in the terminal that takes the most for it.
//
// It returns how many rows below a terminal that wraps, although it was told not
// to, may have written into: those have to be painted whole then.
func (p *pen) row(y int, was, line string, limit int) (spilled int) {
	old := scanner{line: was, width: p.width, limit: limit}
	now := scanner{line: line, width: p.width, limit: limit}
	old, now = common(old, now)
	before, after := old.rest(), now.rest()

	blank := before.end == old.col
	if blank && after.end == now.col {
		return 0
	}
	stop := len(line)
	if !before.unsure && !after.unsure {
		stop = tail(old, now)
	}
	switch {
	case stop == now.pos && stop < len(line):
		return 0
	case stop < len(line) || blank:
		p.text(y, now, stop, blank)
	case before.unsure || after.unsure || before.end > after.end:
		// Erased first: after the text, EL would have to know the column that
		// it has reached.
		p.out = appendCUP(p.out, y, now.col)
		p.out = append(p.out, eraseLine...)
		if after.end > now.col {
			p.run(now, stop, true)
		}
	default:
		p.text(y, now, stop, false)
	}
	return rowsFor(after.most, p.width) - 1
}

// common returns the last place where the same scanners are in both lines
// before the lines differ, and where the terminal can begin to write: no link
// open, SGR such that run can open it again, all widths before it agreed.
func common(old, now scanner) (cutOld, cutNow scanner) {
	for {
		if now.opens() {
			cutOld, cutNow = old, now
		}
		a, okA := old.next()
		b, okB := now.next()
		if !okA || !okB || a != b || now.unsure {
			return cutOld, cutNow
		}
	}
}

// tail returns the byte of the new line from which on both lines show the same
// in the same columns, or its length when there is none. All widths from the two
// places on must be agreed. A run of the same SGR may be open there in both.
func tail(old, now scanner) int {
	same := 0
	for same < len(old.line)-old.pos && same < len(now.line)-now.pos &&
		old.line[len(old.line)-1-same] == now.line[len(now.line)-1-same] {
		same++
	}
	for same > 0 {
		left := len(now.line) - now.pos
		if left == 0 {
			break
		}
		if left <= same && now.opens() {
			for len(old.line)-old.pos > left {
				if _, ok := old.next(); !ok {
					return len(now.line)
				}
			}
			if len(old.line)-old.pos == left && old.opens() && old.opener == now.opener && old.col == now.col {
				return now.pos
			}
		}
		if _, ok := now.next(); !ok {
			break
		}
	}
	return len(now.line)
}

// text writes the line from the place reached up to the byte stop, in row y.
// blank says that the cells are.
func (p *pen) text(y int, s scanner, stop int, blank bool) {
	if blank && s.closed() {
		for s.col+1 < s.width && s.pos+1 < stop && s.line[s.pos] == ' ' && s.line[s.pos+1] < utf8.RuneSelf {
			s.pos++
			s.col++
			s.most++
		}
	}
	p.out = appendCUP(p.out, y, s.col)
	p.run(s, stop, blank)
}

// run writes the line from the place reached up to the byte stop, where the
// cursor is. It opens the SGR run that is open there, jumps over gaps if the
// cells are blank, and closes what is open.
func (p *pen) run(s scanner, stop int, blank bool) {
	p.out = append(p.out, s.opener...)
	gap := 0
	for s.pos < stop {
		jump := blank && s.closed()
		t := s.plain(stop)
		for jump && t != "" {
			word := strings.TrimLeft(t, " ")
			if gap += len(t) - len(word); word == "" {
				break
			}
			gap = p.skip(gap)
			n := strings.Index(word, "  ")
			if n < 0 {
				n = len(strings.TrimRight(word, " "))
			}
			p.out = append(p.out, word[:n]...)
			t = word[n:]
		}
		if !jump {
			p.out = append(p.out, t...)
		}
		if s.pos >= stop {
			break
		}
		next, ok := s.next()
		if !ok {
			break
		}
		if jump && next.text == " " {
			gap++
			continue
		}
		gap = p.skip(gap)
		p.out = append(p.out, next.text...)
	}
	if s.styled {
		p.out = append(p.out, resetStyle...)
	}
	if s.linked {
		p.out = append(p.out, closeLink...)
	}
}

// skip passes over n blank cells, in the fewest bytes. It returns how many are
// left: none.
func (p *pen) skip(n int) int {
	if n > 5 {
		p.out = appendCUF(p.out, n)
	} else {
		p.out = append(p.out, "     "[:n]...)
	}
	return 0
}
