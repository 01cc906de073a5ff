package render

import (
	"strings"
	"unicode"

	"lectern/internal/text"
)

// A sheet is a document being written, line by line. It joins equal looks,
// leaves trailing blanks out, and closes what is open at the end of each line.
type sheet struct {
	buf []byte
	// What the terminal would be left with, and the same as it was after the
	// last byte that shows; only blanks stand behind it.
	look, shownLook look
	link, shownLink int
	shown           int

	links   []string // addresses as the author wrote them, by number - 1
	targets []string // the same as OSC 8 has them, empty: not to be linked
	listed  int      // links up to this number are in doc.links
	osc8    int      // bytes of addresses that may still be written
	repeats int      // those among them that may repeat the link of the line before
	last    int      // link that was written last

	offset   uint32    // letters of this block so far
	fresh    bool      // the next line is the first of a block
	wanted   *margin   // a blank line is due before the next line
	bearings []bearing // of the lines that have one, in order
	pending  []string  // names of the next line
	ids      ids
	doc      Document
}

// A margin is what stands before the lines of a block: first on its first
// line, rest on all others. Margins nest; width is what is left for the block.
type margin struct {
	parent      *margin
	first, rest string
	look        look
	width       int
	used        bool // the first line is written
}

// minInner is the least width that a margin leaves to its block, in cells;
// where it would leave less, there is no margin.
const minInner = 10

// in is a margin inside m.
func (m *margin) in(first, rest string, l look) *margin {
	w := m.width - max(text.Width(first), text.Width(rest))
	if w < minInner {
		return &margin{parent: m, width: m.width}
	}
	return &margin{parent: m, first: first, rest: rest, look: l, width: w}
}

// block says that a block of its own follows, with a place for readers to come
// back to.
func (s *sheet) block() { s.fresh = true }

// gap asks for a blank line inside m before the next line.
func (s *sheet) gap(m *margin) {
	if s.wanted == nil {
		s.wanted = m
	}
}

// len is how many lines there are.
func (s *sheet) len() int { return len(s.doc.ends) }

// begin starts a line inside m, after the blank line that is due.
func (s *sheet) begin(m *margin) {
	if w := s.wanted; w != nil {
		s.wanted = nil
		s.doc.offsets = append(s.doc.offsets, s.offset)
		s.edge(w)
		s.end(true)
	}
	if s.fresh || len(s.doc.blocks) == 0 {
		s.fresh, s.offset = false, 0
		s.doc.blocks = append(s.doc.blocks, uint32(s.len()))
	}
	s.place()
	s.doc.offsets = append(s.doc.offsets, s.offset)
	s.edge(m)
}

// blockLine is the first line of the block that was written last.
func (s *sheet) blockLine() int { return int(s.doc.blocks[len(s.doc.blocks)-1]) }

// flow writes a flow inside m.
func (s *sheet) flow(m *margin, f flow) {
	k, d := 0, directionOf(f.text)
	f.lines(m.width, func(from, to int, forced bool) {
		s.begin(m)
		s.bear(d)
		k = s.part(f, k, from, to)
		s.end(forced)
	})
}

// part writes the bytes from, up to to, of a flow. Runs before number k end
// before from; the result is the number to go on with.
func (s *sheet) part(f flow, k, from, to int) int {
	for k < len(f.runs) && f.runs[k].end <= from {
		k++
	}
	for i := k; i < len(f.runs) && from < to; i++ {
		r := f.runs[i]
		end := min(to, r.end)
		s.put(f.text[from:end], r.look, r.link)
		from = end
	}
	return k
}

// edge writes the margins from the outermost in.
func (s *sheet) edge(m *margin) {
	if m == nil {
		return
	}
	s.edge(m.parent)
	t := m.rest
	if !m.used {
		m.used = true
		t = m.first
	}
	s.write(t, m.look, 0)
}

// put writes letters of the block.
func (s *sheet) put(t string, l look, link int) {
	for _, r := range t {
		if !unicode.IsSpace(r) {
			s.offset++
		}
	}
	s.write(t, l, link)
}

// write writes text that is on one line, under a link unless that is 0.
func (s *sheet) write(t string, l look, link int) {
	if t == "" {
		return
	}
	s.list(link, len(s.doc.ends))
	if link > 0 && link != s.link && !s.opens(link) {
		link = 0
	}
	visible := strings.TrimRight(t, " ")
	if visible == "" && !l.inks() && !s.look.inks() {
		l = s.look // a blank has no colour
	}
	s.turn(l, link)
	s.buf = append(s.buf, visible...)
	if visible != "" {
		s.shown, s.shownLook, s.shownLink = len(s.buf), s.look, s.link
	}
	s.buf = append(s.buf, t[len(visible):]...)
}

// list notes the links up to a number as standing on a line: with a link, those
// inside it and those before it that have no text.
func (s *sheet) list(link, line int) {
	for ; s.listed < link; s.listed++ {
		s.doc.links = append(s.doc.links, Link{Line: line, URL: s.links[s.listed], Target: s.targets[s.listed]})
	}
}

// opens reports whether a link may be written: it has an address, and there are
// bytes left for it. Where a link goes on in the next line, the address has to be
// written again.
func (s *sheet) opens(link int) bool {
	n := len(s.targets[link-1])
	return n > 0 && n <= s.osc8 && (link != s.last || n <= s.repeats)
}

// spend takes the bytes of a link that is written.
func (s *sheet) spend(link int) {
	n := len(s.targets[link-1])
	s.osc8 -= n
	if link == s.last {
		s.repeats -= n
	}
	s.last = link
}

// turn changes the look and the link.
func (s *sheet) turn(l look, link int) {
	if s.link != link && s.link != 0 {
		s.buf = append(s.buf, "\x1b]8;;\x1b\\"...)
	}
	s.buf = s.look.change(s.buf, l)
	if s.link != link && link != 0 {
		s.buf = append(s.buf, "\x1b]8;;"...)
		s.spend(link)
		s.buf = append(s.buf, s.targets[link-1]...)
		s.buf = append(s.buf, "\x1b\\"...)
	}
	s.look, s.link = l, link
}

// end ends the line. A hard end is one that is there at every width.
func (s *sheet) end(hard bool) {
	s.buf, s.look, s.link = s.buf[:s.shown], s.shownLook, s.shownLink
	s.turn(look{}, 0)
	s.doc.ends = append(s.doc.ends, uint32(len(s.buf)))
	// A line without a letter is a place of its own, too.
	if hard || s.offset == s.doc.offsets[len(s.doc.offsets)-1] {
		s.offset++
	}
	s.buf = append(s.buf, '\n')
	s.shown, s.shownLook, s.shownLink = len(s.buf), look{}, 0
}
