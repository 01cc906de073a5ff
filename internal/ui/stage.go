package ui

import (
	"cmp"
	"slices"

	"github.com/charmbracelet/colorprofile"

	"lectern/internal/blog"
	"lectern/internal/render"
	"lectern/internal/search"
	"lectern/internal/theme"
)

// The smallest terminal that is drawn on, in cells; below it a word says so.
const (
	minWidth  = 20
	minHeight = 6
)

// The widest column of text, in cells, however wide the terminal: long lines are
// hard to read, and 80 cells of code must fit. A reader can have it narrower or
// wider, in steps.
const (
	maxMeasure   = 88
	leastMeasure = 40
	mostMeasure  = render.MaxWidth
	measureStep  = 8
)

// A Terminal is what is known of the reader's terminal before the first frame.
type Terminal struct {
	Width, Height int                  // cells
	Profile       colorprofile.Profile // the colours it can show
	Links         bool                 // it understands hyperlinks (OSC 8)
	Clipboard     bool                 // it may put on the clipboard what it is sent (OSC 52)
	ASCII         bool                 // it shows no other letters
}

// A stage is what every screen sees of the world around it. Only the root
// changes it, between two messages.
type stage struct {
	width, height int // cells of the whole terminal
	widest        int // cells of the column of text at most; 0: maxMeasure
	palette       *theme.Palette
	links         bool
	ascii         bool
	search        *search.Live // nil: there is none
	library       *blog.Library
}

// roomy says whether there is space for blank lines around the body.
func (s *stage) roomy() bool { return s.height >= 16 }

// rows is how many lines a screen's body has.
func (s *stage) rows() int {
	if s.roomy() {
		return s.height - 4 // header, blank, body, blank, footer
	}
	return s.height - 2
}

// measure is the width of the column of text, in cells.
func (s *stage) measure() int {
	margin := 4
	if s.width < 60 {
		margin = 2
	}
	return min(cmp.Or(s.widest, maxMeasure), max(minWidth, s.width-margin))
}

// widen makes the column wider or, for less than 0, narrower by some steps. It
// goes on from what is seen, where the terminal is narrower than the column may be.
func (s *stage) widen(steps int) {
	s.widest = min(mostMeasure, max(leastMeasure, s.measure()+steps*measureStep))
}

// top is how many lines stand above the body.
func (s *stage) top() int {
	if s.roomy() {
		return 2
	}
	return 1
}

// indent is how many blank cells stand left of the column.
func (s *stage) indent() int { return (s.width - s.measure()) / 2 }

// matching are those of the posts that have the words of a filter. Without a
// search there are no slips forgiven.
func (s *stage) matching(posts []*blog.Post, words string) []*blog.Post {
	if s.search == nil {
		return slices.DeleteFunc(slices.Clone(posts), func(p *blog.Post) bool { return !p.Matches(words) })
	}
	found := s.search.Titles().Filter(words)
	if len(posts) == len(s.library.Posts()) {
		return found
	}
	some := make(map[*blog.Post]bool, len(posts))
	for _, p := range posts {
		some[p] = true
	}
	return slices.DeleteFunc(found, func(p *blog.Post) bool { return !some[p] })
}

// document says how a post is to be drawn here.
func (s *stage) document() render.Options {
	return render.Options{Width: s.measure(), Palette: s.palette, Links: s.links, Site: s.library.Site().URL}
}
