package ui

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"lectern/internal/blog"
	"lectern/internal/text"
)

func TestBracketsGoToTheNeighboursAndTheListFollows(t *testing.T) {
	s := sit(t, shelf(t, posts(3)), 80, 24, colorprofile.ANSI256)
	s.press("enter", "]")
	s.mustShow("Words of section 1.0")
	s.press("]", "]", "]")
	s.mustShow("Words of section 2.0")
	s.press("[")
	s.mustShow("Words of section 1.0")
	s.press("q")
	s.mustShow("▌ Post number 1")
}

func TestAPostOpenedAgainIsWhereItWasLeft(t *testing.T) {
	s := sit(t, shelf(t, posts(3)), 80, 24, colorprofile.ANSI256)
	s.press("enter", "space", "space")
	before := s.lines()
	s.press("q", "enter")
	if got := strings.Join(s.lines(), "\n"); got != strings.Join(before, "\n") {
		t.Errorf("got\n%s\nwant\n%s", got, strings.Join(before, "\n"))
	}
}

func TestAResizeKeepsTheReadingPlace(t *testing.T) {
	s := sit(t, shelf(t, posts(3)), 120, 40, colorprofile.ANSI256)
	s.press("enter", "space", "space")
	rd := s.root.top().(*reader)
	first, place := rd.doc.Line(rd.top), rd.place
	for _, size := range [][2]int{{60, 20}, {20, 6}, {200, 24}, {60, 20}} {
		s.send(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
		if got, want := rd.doc.Place(rd.top).Block, place.Block; got != want {
			t.Errorf("at %v the first line is of block %d, want %d", size, got, want)
		}
	}
	s.send(tea.WindowSizeMsg{Width: 120, Height: 40})
	if got := rd.doc.Line(rd.top); got != first {
		t.Errorf("after five sizes the first line is %q, want %q", got, first)
	}
}

func TestAHeightAloneKeepsTheReadingPlace(t *testing.T) {
	s := sit(t, shelf(t, posts(3)), 80, 20, colorprofile.ANSI256)
	s.press("enter", "G", "b")
	rd := s.root.top().(*reader)
	want := rd.top
	s.send(tea.WindowSizeMsg{Width: 80, Height: 60})
	s.send(tea.WindowSizeMsg{Width: 80, Height: 20})
	if rd.top != want {
		t.Errorf("the first line is %d, want %d", rd.top, want)
	}
}

func TestNoLineIsTooWideWhileADocumentIsDrawn(t *testing.T) {
	s := sit(t, shelf(t, posts(3)), 100, 30, colorprofile.ANSI256)
	s.press("enter", "space")
	s.root.Update(tea.WindowSizeMsg{Width: 40, Height: 30}) // its command is not run
	for _, l := range strings.Split(s.root.View().Content, "\n") {
		if w := text.Width(l); w > 40 {
			t.Errorf("a line has %d cells: %q", w, l)
		}
	}
}

func TestKeysTypedAheadOfADocumentCount(t *testing.T) {
	s := sit(t, shelf(t, posts(3)), 80, 24, colorprofile.ANSI256)
	_, cmd := s.root.Update(key("enter"))
	s.root.Update(key("G"))
	for range 10 * maxAhead {
		s.root.Update(key("k"))
	}
	s.run(cmd)
	for s.waiting() {
		s.answer()
	}
	rd := s.root.top().(*reader)
	if want := rd.last(&s.root.stage) - (maxAhead - 1); rd.top != want {
		t.Errorf("the first line is %d, want %d", rd.top, want)
	}
}

func TestAPostThatCannotBeDrawnSaysSoAndIsTriedAgainInAnotherWay(t *testing.T) {
	s := sit(t, shelf(t, posts(3)), 80, 24, colorprofile.ANSI256)
	s.root.Update(key("enter"))
	rd := s.root.top().(*reader)
	o, _ := rd.wants(&s.root.stage)
	_, cmd := s.root.Update(documentMsg{to: rd, options: o})
	if cmd != nil {
		t.Error("what failed is asked for again")
	}
	s.mustShow("cannot be shown")
	s.send(tea.WindowSizeMsg{Width: 60, Height: 24})
	s.mustShow("Words of section 0.0")
	// A redraw that fails leaves the document that is there.
	s.root.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
	o, _ = rd.wants(&s.root.stage)
	s.root.Update(documentMsg{to: rd, options: o})
	s.mustShow("Words of section 0.0")
}

func TestAnAuthorSeesAnOpenPostChange(t *testing.T) {
	files := posts(3)
	s := sit(t, shelf(t, files), 80, 24, colorprofile.ANSI256)
	s.root.cfg.Follow = true
	s.press("enter", "space")
	place := s.root.top().(*reader).place
	files["post-00.md"] = strings.ReplaceAll(files["post-00.md"], "Words of", "Other words of")
	s.root.cfg.Live = shelf(t, files)
	s.send(LibraryMsg{})
	s.mustShow("Other words of")
	if got := s.root.top().(*reader).place.Block; got != place.Block {
		t.Errorf("the first line is of block %d, want %d", got, place.Block)
	}
}

func TestReadingPlacesAreBounded(t *testing.T) {
	s := sit(t, shelf(t, posts(28)), 80, 24, colorprofile.ANSI256)
	for i := range 3 * maxPlaces {
		s.root.leave()
		s.root.open(fmt.Sprintf("post-%d", i%28))
		s.root.top().(*reader).post = &blog.Post{Slug: fmt.Sprint("x", i)}
	}
	if n := len(s.root.places); n > maxPlaces {
		t.Errorf("%d places are kept, want %d at most", n, maxPlaces)
	}
}
