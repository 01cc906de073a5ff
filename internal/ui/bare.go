package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"lectern/internal/text"
)

// A bareCode shows source code with nothing beside it, from the left edge of the
// screen, so that it can be selected where a terminal takes no clipboard from
// us. Lines that are too wide are cut at the edge and go on below, without a mark.
type bareCode struct {
	source string
	lines  []string
	top    int
}

func newBareCode(s *stage, source string) *bareCode {
	c := &bareCode{source: source}
	c.changed(s)
	return c
}

// changed implements screen.
func (c *bareCode) changed(s *stage) {
	c.lines = c.lines[:0]
	for line := range strings.SplitSeq(strings.TrimRight(c.source, "\n"), "\n") {
		line = strings.ReplaceAll(line, "\t", "    ")
		for text.Width(line) > s.width {
			head := cut(line, s.width)
			c.lines = append(c.lines, head)
			line = line[len(head):]
		}
		c.lines = append(c.lines, line)
	}
	c.top = max(0, min(c.top, c.last(s)))
}

// cut is as much of a line as fits, at least one letter.
func cut(line string, width int) string {
	n, cells := 0, 0
	for n < len(line) {
		letter := firstLetter(line[n:])
		w := text.Width(letter)
		if cells+w > width && n > 0 {
			break
		}
		n, cells = n+len(letter), cells+w
	}
	return line[:n]
}

func (c *bareCode) last(s *stage) int { return max(0, len(c.lines)-s.rows()) }

// paste implements screen.
func (c *bareCode) paste(*stage, string) {}

// keys implements screen.
func (c *bareCode) keys() keymap { return bareKeys }

// key implements screen.
func (c *bareCode) key(s *stage, k tea.KeyPressMsg) intent {
	a := c.keys().find(k)
	if a == back {
		return intent{do: back}
	}
	c.top = max(0, min(scroll(a, c.top, s.rows(), len(c.lines)), c.last(s)))
	return intent{}
}

// page implements screen.
func (c *bareCode) page(s *stage) page {
	return page{
		title: "select with the mouse", bare: true,
		body:   c.lines[c.top:min(c.top+s.rows(), len(c.lines))],
		status: progress(c.top, c.last(s)),
	}
}
