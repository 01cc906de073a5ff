package ui

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"lectern/internal/blog"
	"lectern/internal/search"
	"lectern/internal/text"
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
	f.soon = 0
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

func TestWhatIsFoundSoonStandsInTheFrameOfItsLetter(t *testing.T) {
	s := room(t)
	s.press("s", "z") // the index is built then
	f := s.root.top().(*finding)
	f.words, f.soon = prompt{}, time.Minute
	for _, r := range "other" {
		if _, cmd := s.root.Update(key(string(r))); cmd != nil {
			t.Fatal("what is found comes later")
		}
	}
	s.mustShow("▌ Second post")
	if f.cancel != nil {
		t.Error("a question is still on its way")
	}
}

func TestAPanicOfASearchIsThatOfItsReadersProgram(t *testing.T) {
	for _, wait := range []time.Duration{0, time.Minute} {
		s := room(t)
		s.press("s")
		s.root.top().(*finding).soon = wait
		find := search.NewLive(func() (*blog.Library, <-chan struct{}) { panic("trouble") })
		t.Cleanup(find.Close)
		s.root.cfg.Search = find
		func() {
			defer func() {
				if v := fmt.Sprint(recover()); !strings.Contains(v, "trouble") || !strings.Contains(v, "search_test.go") {
					t.Errorf("panics with %s", v)
				}
			}()
			if _, cmd := s.root.Update(key("o")); cmd != nil {
				s.root.Update(cmd())
			}
		}()
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

func TestWhatMatchesIsInSight(t *testing.T) {
	for _, body := range []string{
		strings.Repeat("many words go before ", 8) + "the needle, and some come after it.",
		strings.Repeat("x", 150) + " needle",
		strings.Repeat("日", 60) + "needle",
		strings.Repeat("é ", 70) + "needle needle",
		"needle " + strings.Repeat("and then words ", 12) + "needle",
		strings.Repeat("before ", 4) + "needle " + strings.Repeat("after ", 12),
	} {
		for _, width := range []int{24, 40, 80, 200} {
			s := sit(t, shelf(t, map[string]string{"post.md": "---\ntitle: T\ndate: \"2026-10-01\"\n---\n\n" + body + "\n"}), width, 24, colorprofile.ANSI256)
			s.press("s")
			s.typed("needle")
			f := s.root.top().(*finding)
			line := f.page(&s.root.stage).body[1]
			if !strings.Contains(line, hitStyle(s.root.stage.palette, false)+"needle") {
				t.Errorf("%d columns: %q", width, line)
			}
			if w, most := text.Width(line), s.root.stage.measure(); w > most {
				t.Errorf("%d columns: %d cells, want %d at most", width, w, most)
			}
		}
	}
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
			if on := i/per <= last/per; on != (len(h.Lines) > 0) {
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

func TestNewWordsSelectTheFirstOfWhatTheyFind(t *testing.T) {
	s := sit(t, shelf(t, posts(30)), 80, 24, colorprofile.ANSI256)
	s.press("s")
	s.typed("flow")
	s.press("enter", "G", "/")
	f := s.root.top().(*finding)
	if f.selected == 0 {
		t.Fatal("the pages were not turned")
	}
	f.soon = 0
	_, question := s.root.Update(key("backspace"))
	// Before the answer has come.
	for _, msg := range []tea.Msg{key("enter"), key("g"), key("pgdown"), tea.WindowSizeMsg{Width: 80, Height: 30}} {
		if _, cmd := s.root.Update(msg); cmd != nil {
			question = cmd
		}
	}
	s.send(question())
	if f.selected != 0 || f.answered != f.asked {
		t.Errorf("hit %d is selected, answer %d of %d; want the first of the new words'", f.selected, f.answered, f.asked)
	}
}

func TestTheSelectedPostStaysWhenOthersAreFoundBeforeIt(t *testing.T) {
	s := sit(t, shelf(t, posts(30)), 80, 24, colorprofile.ANSI256)
	s.press("s")
	s.typed("flow on")
	s.press("enter")
	f := s.root.top().(*finding)
	per := f.perPage(&s.root.stage)
	for range per - 1 {
		s.press("j")
	}
	f.soon = 0
	_, question := s.root.Update(key("j")) // onto the next page
	want := f.hits[per].Post.Slug
	answer := question().(foundMsg)
	answer.hits = slices.Insert(slices.Clone(answer.hits), 0, answer.hits[20:22]...)
	s.send(answer)
	if got := f.hits[f.selected].Post.Slug; got != want {
		t.Errorf("%s is selected, want %s", got, want)
	}
	s.press("k", "k", "k")
	if h := f.hits[f.selected]; len(h.Lines) == 0 {
		t.Errorf("%s has no lines any more", h.Post.Slug)
	}
}

func TestLinesAreAskedForAnewWhenAPostHasChanged(t *testing.T) {
	s := sit(t, shelf(t, posts(30)), 80, 24, colorprofile.ANSI256)
	s.press("s")
	s.typed("flow on")
	s.press("enter")
	f := s.root.top().(*finding)
	f.soon = 0
	_, question := s.root.Update(key("space"))
	answer := question().(foundMsg)
	edited := *answer.hits[0].Post
	answer.hits[0].Post = &edited
	s.send(answer)
	s.press("g")
	if len(f.hits[0].Lines) == 0 {
		t.Error("the first post has no lines any more")
	}
}

func TestAPageOfLinesIsAskedForOnce(t *testing.T) {
	s := sit(t, shelf(t, posts(30)), 80, 24, colorprofile.ANSI256)
	s.press("s")
	for words, most := range map[string]int{"flow on": 8, `"flow on"`: 1} {
		s.press("/")
		f := s.root.top().(*finding)
		f.words = prompt{}
		s.send(tea.PasteMsg{Content: words})
		s.press("enter")
		begun := f.asked
		for range 10 {
			s.press("space")
		}
		s.press("g")
		if n := 1 + f.asked - begun; n > most {
			t.Errorf("%q: asked %d times, want %d at most", words, n, most)
		}
	}
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
