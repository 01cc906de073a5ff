package ui

import (
	"fmt"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"lectern/internal/text"
)

// maxPicks is how many blocks of source code are numbered: those that one key
// names.
const maxPicks = 9

// maxCopy is the longest source code that is sent to a clipboard, in bytes:
// terminals take about so much.
const maxCopy = 64 << 10

// offer numbers the source code that is on the screen. One block alone is copied
// at once.
func (r *reader) offer(s *stage) intent {
	if r.doc == nil {
		return intent{}
	}
	var seen []int
	for i, c := range r.doc.Code() {
		if c.End > r.top && c.Line < r.top+s.rows() && len(seen) < maxPicks {
			seen = append(seen, i)
		}
	}
	switch len(seen) {
	case 0:
		r.said = "no source code on this page"
	case 1:
		return r.copy(seen[0])
	default:
		r.picking = seen
	}
	return intent{}
}

// pick takes the key that says which.
func (r *reader) pick(k tea.KeyPressMsg) intent {
	picking := r.picking
	r.picking = nil
	if n, err := strconv.Atoi(k.String()); err == nil && n >= 1 && n <= len(picking) {
		return r.copy(picking[n-1])
	}
	return intent{}
}

// copy copies source code, or shows it where the terminal takes no clipboard.
func (r *reader) copy(i int) intent {
	source := r.doc.Code()[i].Source
	lines := strings.Count(strings.TrimRight(source, "\n"), "\n") + 1
	r.said = fmt.Sprintf("%d lines sent to your clipboard; y shows them bare", lines)
	if lines == 1 {
		r.said = "1 line sent to your clipboard; y shows it bare"
	}
	r.sent = i + 1
	return intent{do: copyCode, index: i, text: source}
}

// number writes the numbers beside the first lines that show of each block.
func (r *reader) number(s *stage, pg *page) {
	for n, i := range r.picking {
		c := r.doc.Code()[i]
		row := max(c.Line, r.top) - r.top
		if row >= len(pg.body) {
			continue
		}
		mark := s.palette.HereStyle.Styled(fmt.Sprintf(" %d ", n+1))
		room := s.measure() - 4
		line := ansi.Truncate(pg.body[row], room, "")
		pg.body[row] = line + strings.Repeat(" ", max(0, room-text.Width(line))) + " " + mark
	}
}
