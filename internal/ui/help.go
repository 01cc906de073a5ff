package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"lectern/internal/text"
)

// A help shows every key of the screens, from the tables that they answer to.
type help struct {
	reading bool // it was opened from a post
	lines   []string
	top     int
}

func newHelp(s *stage, reading bool) *help {
	h := &help{reading: reading}
	h.changed(s)
	return h
}

// changed implements screen: it writes the help anew for this width and theme.
func (h *help) changed(s *stage) {
	h.lines = h.lines[:0]
	post := func() {
		h.section(s, "In a post", readerKeys)
		h.section(s, "In the contents and the links", menuKeys("open what is selected", "o"))
		h.section(s, "While words to find are typed", findKeys)
	}
	if h.reading {
		post()
	}
	h.section(s, "In the list", listKeys)
	h.section(s, "While filtering", promptKeys)
	h.section(s, "While words to search for are typed", searchKeys)
	h.section(s, "In what was found", foundKeys)
	if !h.reading {
		post()
	}
	h.line(s.palette.HeadingStyle.Styled("Without a screen"))
	for _, l := range wrapped(s, "Put a word after the address: ls lists the names of the posts, a name prints its post, and help names the other words.") {
		h.line(l)
	}
	if site := s.library.Site(); site.Author != "" || len(site.Links) > 0 {
		h.line("")
		h.line(s.palette.HeadingStyle.Styled("About"))
		if site.Author != "" {
			h.lines = append(h.lines, wrapped(s, site.Title+" is written by "+site.Author+".")...)
		}
		for _, l := range site.Links {
			h.lines = append(h.lines, wrapped(s, l.Name+": "+l.URL)...)
		}
	}
	h.top = min(h.top, h.last(s))
}

func (h *help) line(l string) { h.lines = append(h.lines, l) }

func (h *help) section(s *stage, name string, m keymap) {
	const column = 14
	h.line(s.palette.HeadingStyle.Styled(text.Truncate(name, s.measure())))
	for _, b := range m {
		keys := s.palette.KeyStyle.Styled(b.show)
		pad := strings.Repeat(" ", max(1, column-text.Width(b.show)))
		for i, l := range text.Wrap(b.help, max(6, s.measure()-column)) {
			if i == 0 {
				h.line(keys + pad + l)
			} else {
				h.line(strings.Repeat(" ", column) + l)
			}
		}
	}
	h.line("")
}

func (h *help) last(s *stage) int { return max(0, len(h.lines)-s.rows()) }

// paste implements screen.
func (h *help) paste(*stage, string) {}

// keys implements screen.
func (h *help) keys() keymap { return helpKeys }

// key implements screen.
func (h *help) key(s *stage, k tea.KeyPressMsg) intent {
	a := h.keys().find(k)
	if a == back || a == switchTheme {
		return intent{do: a}
	}
	h.top = min(max(0, scroll(a, h.top, s.rows(), len(h.lines))), h.last(s))
	return intent{}
}

// page implements screen.
func (h *help) page(s *stage) page {
	return page{
		title:  "help",
		body:   h.lines[h.top:min(h.top+s.rows(), len(h.lines))],
		status: progress(h.top, h.last(s)),
	}
}
