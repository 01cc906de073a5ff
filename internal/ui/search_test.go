package ui

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
)

func TestSearchFindsAsItIsTypedAndOpensAtTheMatch(t *testing.T) {
	s := room(t)
	s.press("s")
	s.mustShow("Type words")
	s.typed("last wor")
	s.mustShow("▌ First post")
	s.mustShow("The last words.")
	s.mustShow("1 of 1")
	s.press("enter", "enter")
	s.mustShow("The last words.")
	s.mustShow("of 30") // every place is marked and counted
	s.press("n")
	s.mustShow("2 of 30")
	s.press("esc", "esc")
	s.mustShow("▌ First post") // what was found is still there
	s.press("/", "x", "x")
	s.mustShow("No post has these words.")
	s.press("esc")
	s.mustShow("1 of 4")
}

func TestTheNewestWordsWin(t *testing.T) {
	s := room(t)
	s.press("s")
	f := s.root.top().(*finding)
	_, first := s.root.Update(key("o"))
	_, second := s.root.Update(key("t"))
	for _, r := range "her words" {
		_, second = s.root.Update(key(strings.ReplaceAll(string(r), " ", "space")))
	}
	late := second()
	s.root.Update(late)
	s.mustShow("▌ Second post")
	if msg, ok := first().(foundMsg); !ok || !msg.failed {
		t.Errorf("the first question was not ended: %+v", msg)
	} else {
		s.root.Update(msg)
	}
	s.mustShow("▌ Second post")
	if f.cancel != nil {
		t.Error("a question is still on its way")
	}
}

func TestASearchIsOpenedByItsName(t *testing.T) {
	s := room(t)
	s.root = New(t.Context(), Config{Live: s.root.cfg.Live, Docs: s.root.cfg.Docs, Search: s.root.cfg.Search, Terminal: s.root.cfg.Terminal, Start: "search:cafe"})
	s.run(s.root.Init())
	s.send(tea.WindowSizeMsg{Width: 80, Height: 24})
	s.mustShow("▌ First post") // has it for a tag
	s.mustShow("A café, a CAFÉ, and a café.")
	s.press("esc")
	s.mustShow("1 of 4")
}

func TestEachPageOfWhatIsFoundShowsItsLines(t *testing.T) {
	s := sit(t, shelf(t, posts(30)), 80, 24, colorprofile.ANSI256)
	s.press("s")
	s.typed("flow on")
	s.press("enter")
	pages := 0
	for last := -1; ; pages++ {
		f := s.root.top().(*finding)
		if f.selected == last {
			break
		}
		last = f.selected
		s.mustShow(fmt.Sprintf("▌ %s", f.hits[last].Post.Title))
		per := f.perPage(&s.root.stage)
		for i, h := range f.hits {
			if on := i/per == last/per; on != (len(h.Lines) > 0) {
				t.Errorf("with hit %d selected, hit %d has %d lines", last, i, len(h.Lines))
			}
		}
		s.press("space")
	}
	if pages < 5 {
		t.Errorf("saw %d pages", pages)
	}
	s.press("g")
	s.mustShow("Words of section 0.0 flow on.")
	s.send(tea.WindowSizeMsg{Width: 80, Height: 60}) // a page holds more now
	s.press("j")
	s.mustShow("Words of section 9.0 flow on.")
}

func TestAnythingCanBeSearchedFor(t *testing.T) {
	s := room(t)
	s.press("s")
	s.send(tea.PasteMsg{Content: strings.Repeat("\x1b[31m\x00 words \"", 1<<16)})
	if v := s.root.top().(*finding).words.value; len(v) > maxPrompt {
		t.Errorf("%d bytes are kept", len(v))
	}
	s.press("enter", "enter", "G", "k", "esc", "esc", "esc")
	s.mustShow("1 of 4")
}

func TestWithoutASearchTheKeyDoesNothing(t *testing.T) {
	s := sit(t, shelf(t, posts(3)), 80, 24, colorprofile.ANSI256)
	s.root.cfg.Search = nil
	s.press("s")
	if len(s.root.stack) != 1 {
		t.Errorf("%d screens", len(s.root.stack))
	}
}
