// Package paint turns frames into the bytes that a terminal needs to show them.
//
// A frame is the text of a whole screen: lines joined with "\n", each
// self-contained (it starts and ends with no SGR and no open link). A Screen
// remembers the frame that its terminal shows, and sends only what differs.
//
// What it sends is kept to the part of the VT100 that xterm, tmux, screen, the
// Linux console and the Windows console share: CUP, CUF, EL, ED, DECSTBM, RI and
// CR LF. No IND (the console of Windows 10 takes it for VT52's cursor left), no
// SU, SD, IL, DL, ECH, ICH, DCH, CHA, VPA or NEL (each is missing from at least
// one of them). Modes that a terminal may not know are private ones, which are
// ignored where they are unknown.
//
// The rules are:
//
//   - Between two frames the terminal has no SGR, no link and no scroll region
//     set, and autowrap is off (see Enter).
//   - A line is rewritten from a column only if every terminal agrees where that
//     column is, and never from inside a grapheme or a link; from inside an SGR run
//     only if one sequence opens it again.
//   - Nothing is erased at the last column after it has been written: there a
//     terminal waits with the wrap, and EL takes away the character itself.
//   - Nothing of the content is trusted: only SGR, OSC 8 and printable text pass,
//     and no more of them than fit.
package paint

import "strings"

// MaxSide bounds the width and the height of a Screen, in cells. A Screen keeps
// eight bytes for each row, and looks for scrolled text in time that grows with
// the square of the rows.
const MaxSide = 1000

// Cursor is a place on the screen, in cells from the top left, which is 0, 0.
// A place outside of the screen is moved to its edge.
type Cursor struct{ X, Y int }

// Screen is what one terminal is known to show. It is not safe for concurrent
// use. It keeps the content of the last frame alive (the string, not a copy),
// and eight bytes for each row.
type Screen struct {
	width, height int

	shown string  // content of the frame on the terminal
	rows  []int32 // where the rows of shown begin in it
	next  []int32 // scratch: the same of the frame being painted; swapped with rows

	known  bool // what the terminal shows is shown
	cursor Cursor
	cursed bool // the cursor is visible, at cursor
}

// New returns a Screen of width by height cells, each brought into 1..MaxSide,
// for a terminal of which nothing is known: its first frame clears it.
func New(width, height int) *Screen {
	s := new(Screen)
	s.Resize(width, height)
	return s
}

// Resize sets the size in cells, and forgets what is shown, even when the size
// is the same: the next frame clears the terminal and is painted whole.
func (s *Screen) Resize(width, height int) {
	s.width = min(max(width, 1), MaxSide)
	s.height = min(max(height, 1), MaxSide)
	s.shown, s.rows, s.next, s.known = "", nil, nil, false
}

// Frame appends to dst the bytes that make the terminal show content, with the
// cursor at the given place, or hidden when it is nil; nothing when it does so
// already. Lines beyond the height and text beyond the width are cut.
//
// The bytes must reach the terminal whole and in order, or be followed by a
// Resize.
func (s *Screen) Frame(dst []byte, content string, cursor *Cursor) []byte {
	want, visible := s.place(cursor)
	same := s.known && content == s.shown
	if same && visible == s.cursed && (!visible || want == s.cursor) {
		return dst
	}
	start := len(dst)
	if !s.known {
		dst = append(dst, forget...)
		s.cursed = false
	}
	moved := false
	if !same {
		before := len(dst)
		s.next = split(s.next, content, s.height)
		p := pen{out: dst, width: s.width}
		s.paint(&p, content)
		dst = p.out
		s.shown, s.known = content, true
		s.rows, s.next = s.next, s.rows
		moved = len(dst) != before
	}
	big := len(dst)-start > syncOver
	if visible {
		if moved || !s.cursed || want != s.cursor {
			dst = appendCUP(dst, want.Y, want.X)
		}
		if big || !s.cursed {
			dst = append(dst, showCursor...)
		}
	} else if s.cursed && !big {
		dst = append(dst, hideCursor...)
	}
	if big {
		dst = bracket(dst, start, s.cursed)
	}
	s.cursor, s.cursed = want, visible
	return dst
}

// place returns where the cursor is wanted, within the screen, and whether.
func (s *Screen) place(c *Cursor) (Cursor, bool) {
	if c == nil {
		return Cursor{}, false
	}
	return Cursor{X: min(max(c.X, 0), s.width-1), Y: min(max(c.Y, 0), s.height-1)}, true
}

// split sets rows to where each of the first limit lines of content begins, and
// one more: where the line after them would. It reuses the memory of rows.
func split(rows []int32, content string, limit int) []int32 {
	if cap(rows) <= limit {
		rows = make([]int32, 0, limit+1)
	}
	rows = append(rows[:0], 0)
	for at := 0; len(rows) <= limit; {
		n := strings.IndexByte(content[at:], '\n')
		if n < 0 {
			return append(rows, int32(len(content)+1))
		}
		at += n + 1
		rows = append(rows, int32(at))
	}
	return rows
}

// line returns row y of content without its trailing blanks, "" when it has
// none. Trailing blanks can go because a line has no SGR open at its end.
func line(content string, rows []int32, y int) string {
	if y+1 >= len(rows) {
		return ""
	}
	return strings.TrimRight(content[rows[y]:rows[y+1]-1], " ")
}
