package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"lectern/internal/blog"
	"lectern/internal/render"
	"lectern/internal/text"
)

// A screen is one view of the blog. It treats its body as the whole terminal;
// the root draws what is around it. Screens answer at once with an intent, so
// that two fast keys never race, and never block.
type screen interface {
	// key answers a key press.
	key(s *stage, k tea.KeyPressMsg) intent
	// paste answers pasted text, at most a few KiB.
	paste(s *stage, pasted string)
	// changed tells the screen that the stage is another one: size, theme
	// or library.
	changed(s *stage)
	// page draws the screen. It does no work that grows with the post.
	page(s *stage) page
	// keys are the bindings that key answers now.
	keys() keymap
}

// A drawn screen shows a post, which is drawn elsewhere.
type drawn interface {
	// wants is how the post must be drawn, and whether to ask for that now.
	wants(s *stage) (render.Options, bool)
	// ask notes that the post is asked for, and returns it.
	ask() *blog.Post
	// show takes the document that was asked for, fail that there is none.
	show(s *stage, doc *render.Document, o render.Options)
	fail(o render.Options)
}

// An intent is what a screen wants the root to do.
type intent struct {
	do    action // noAction: nothing
	slug  string // of the post to open
	index int    // of the heading or the source code that is meant
	link  render.Link
	text  string // to copy
	again bool   // it was sent to the clipboard before
}

// A page is what a screen shows.
type page struct {
	title  string   // header, left; plain text
	status string   // footer, right; plain text
	body   []string // lines of at most stage.measure() cells; those beyond stage.rows() are not shown
	bare   bool     // body stands at the left edge, and its lines have at most stage.width cells
	prompt string   // stands before the footer's keys
	typing bool     // the cursor is in the prompt,
	cursor int      // so many cells from the column's left edge
}

// frame puts a page together with its header and footer into one frame of
// exactly s.height lines, and returns where the cursor stands, x < 0 for none.
func frame(s *stage, site string, p page, keys keymap) (content string, x, y int) {
	m, pad := s.measure(), strings.Repeat(" ", s.indent())
	pal := s.palette

	var b strings.Builder
	b.Grow(s.height * (m + 32))
	line := func(l string) {
		if l != "" {
			b.WriteString(pad)
			b.WriteString(l)
		}
		b.WriteByte('\n')
	}

	line(header(s, site, p.title))
	if s.roomy() {
		line("")
	}
	for i := range s.rows() {
		switch {
		case i < len(p.body) && p.bare:
			b.WriteString(p.body[i])
			b.WriteByte('\n')
		case i < len(p.body):
			line(p.body[i])
		default:
			line("")
		}
	}
	if s.roomy() {
		line("")
	}

	status := text.Truncate(p.status, m)
	room := m - text.Width(status) - 2
	left := p.prompt
	if left != "" {
		left += "    " // the cursor stands in it
	}
	left += keys.footer(room-text.Width(left), pal.KeyStyle.Styled)
	left = strings.TrimRight(left, " ")
	cells := text.Width(left)
	b.WriteString(pad)
	if strings.ContainsFunc(p.prompt, text.Leftward) {
		b.WriteString(leftToRight) // what is typed turns no footer around
	}
	b.WriteString(left)
	if gap := m - cells - text.Width(status); status != "" && gap > 0 {
		b.WriteString(strings.Repeat(" ", gap))
		// In no style: it changes with nearly every key, and a style costs the
		// wire more than the digits do.
		b.WriteString(status)
	}

	x = -1
	if p.typing {
		x = s.indent() + p.cursor
	}
	// It is kept until the next, and most lines are shorter than was reckoned with.
	return strings.Clone(b.String()), x, s.height - 1
}

// leftToRight is the mark that makes a line begin at the left, whatever letters
// it holds. It takes no cell.
const leftToRight = "\u200e"

// header is the first line of every frame: the blog's name, and what is open.
func header(s *stage, site, title string) string {
	m := s.measure()
	site = text.Truncate(site, m)
	line := s.palette.TitleStyle.Styled(site)
	if room := m - text.Width(site) - 3; title != "" && room >= 8 {
		line += s.palette.MutedStyle.Styled(" · " + text.Truncate(title, room))
	}
	return line
}
