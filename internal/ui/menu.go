package ui

import (
	"strings"

	"lectern/internal/text"
)

// A menu is lines of which one is selected, in pages: the part that the outline,
// the links and the tags share.
type menu struct {
	entries  []entry
	selected int
	number   int // that is being typed
}

// An entry is one line of a menu: plain text that is safe to show.
type entry struct {
	label string
	note  string // at the right end
	depth int    // how far it is indented
}

// move moves the selection.
func (m *menu) move(s *stage, a action) {
	rows := max(1, s.rows())
	switch a {
	case up:
		m.selected--
	case down:
		m.selected++
	case pageUp:
		m.selected = (m.selected/rows - 1) * rows
	case pageDown:
		m.selected = (m.selected/rows + 1) * rows
	case halfUp:
		m.selected -= max(1, rows/2)
	case halfDown:
		m.selected += max(1, rows/2)
	case top:
		m.selected = 0
	case bottom:
		m.selected = len(m.entries) - 1
	}
	m.clamp()
}

// clamp keeps the selection on an entry.
func (m *menu) clamp() { m.selected = max(0, min(m.selected, len(m.entries)-1)) }

// digit takes a digit of an entry's number, counted from 1, and selects it.
func (m *menu) digit(key string) bool {
	if len(key) != 1 || key[0] < '0' || key[0] > '9' {
		m.number = 0
		return false
	}
	m.number = m.number*10 + int(key[0]-'0')
	if m.number > len(m.entries) {
		m.number = int(key[0] - '0')
	}
	if m.number >= 1 && m.number <= len(m.entries) {
		m.selected = m.number - 1
	}
	return true
}

// lines are those of the page that the selection is on.
func (m *menu) lines(s *stage) []string {
	rows := max(1, s.rows())
	first := m.selected / rows * rows
	lines := make([]string, 0, rows)
	for i := first; i < min(first+rows, len(m.entries)); i++ {
		lines = append(lines, m.line(s, m.entries[i], i == m.selected))
	}
	return lines
}

// line is one entry.
func (m *menu) line(s *stage, e entry, selected bool) string {
	pal, room := s.palette, s.measure()-2
	indent := min(2*e.depth, room/3)
	room -= indent
	note := text.Truncate(e.note, room/2)
	if note != "" {
		room -= text.Width(note) + 2
	}
	mark, style := "  ", pal.TextStyle
	if selected {
		mark, style = pal.AccentStyle.Styled("▌")+" ", pal.AccentStyle
	}
	label := text.Truncate(e.label, room)
	line := mark + strings.Repeat(" ", indent) + style.Styled(label)
	if note != "" {
		line += strings.Repeat(" ", room-text.Width(label)+2) + pal.MutedStyle.Styled(note)
	}
	return line
}
