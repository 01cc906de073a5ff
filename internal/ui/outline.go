package ui

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"lectern/internal/render"
)

// An outline is the headings of a post. It opens on the section that is read.
type outline struct {
	menu
	title string
}

// newOutline lists headings; line is the first one on the screen.
func newOutline(title string, headings []render.Heading, line int) *outline {
	o := &outline{title: title}
	least := 6
	for _, h := range headings {
		least = min(least, h.Level)
	}
	for i, h := range headings {
		o.entries = append(o.entries, entry{label: h.Text, depth: h.Level - least})
		if h.Line <= line {
			o.selected = i
		}
	}
	return o
}

// changed implements screen.
func (o *outline) changed(*stage) {}

// paste implements screen.
func (o *outline) paste(*stage, string) {}

// keys implements screen.
func (o *outline) keys() keymap { return menuKeys("go to the section", "o") }

// key implements screen.
func (o *outline) key(s *stage, k tea.KeyPressMsg) intent {
	switch a := o.keys().find(k); a {
	case choose:
		return o.chosen()
	case back, showHelp, switchTheme:
		return intent{do: a}
	default:
		o.move(s, a)
	}
	return intent{}
}

// chosen goes to the heading that is selected.
func (o *outline) chosen() intent {
	if len(o.entries) == 0 {
		return intent{}
	}
	return intent{do: goHeading, index: o.selected}
}

// page implements screen.
func (o *outline) page(s *stage) page {
	if len(o.entries) == 0 {
		return page{title: o.title, body: wrapped(s, "This post has no headings.")}
	}
	return page{title: o.title + " · contents", body: o.lines(s), status: fmt.Sprintf("%d of %d", o.selected+1, len(o.entries))}
}
