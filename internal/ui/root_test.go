package ui

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"go.uber.org/goleak"

	"lectern/internal/blog"
	"lectern/internal/text"
)

func TestMain(m *testing.M) {
	// regexp2 v1.11.0, which chroma's lexers match with, keeps a clock running
	// for a while after the last match; it ends by itself.
	goleak.VerifyTestMain(m, goleak.IgnoreAnyFunction("github.com/dlclark/regexp2.runClock"))
}

func TestTheListShowsTheNewestPostFirst(t *testing.T) {
	s := sit(t, shelf(t, posts(9)), 80, 24, colorprofile.ANSI256)
	s.mustShow("The Test")
	s.mustShow("a tagline")
	s.mustShow("▌ Post number 0")
	s.mustShow("2026-10-28 · ")
	s.mustShow("1 of 9 · page 1/2")
}

func TestKeysMoveTheSelectionAndStopAtTheEnds(t *testing.T) {
	s := sit(t, shelf(t, posts(12)), 80, 24, colorprofile.ANSI256)
	for _, tt := range []struct {
		keys []string
		want string
	}{
		{[]string{"k"}, "▌ Post number 0"},
		{[]string{"j", "j"}, "▌ Post number 2"},
		{[]string{"down", "up", "k"}, "▌ Post number 1"},
		{[]string{"space"}, "▌ Post number 5"},
		{[]string{"pgdown"}, "▌ Post number 10"},
		{[]string{"G"}, "▌ Post number 11"},
		{[]string{"j", "j"}, "▌ Post number 11"},
		{[]string{"b"}, "▌ Post number 5"},
		{[]string{"g"}, "▌ Post number 0"},
		{[]string{"end", "home"}, "▌ Post number 0"},
	} {
		s.press(tt.keys...)
		s.mustShow(tt.want)
	}
}

func TestEnterOpensThePostAndEscReturnsToIt(t *testing.T) {
	s := sit(t, shelf(t, posts(5)), 80, 24, colorprofile.ANSI256)
	s.press("j", "j", "enter")
	s.mustShow("Words of section 2.0")
	s.press("esc")
	s.mustShow("▌ Post number 2")
	if len(s.opened) != 1 || s.opened[0] != "post-2" {
		t.Errorf("opened %v, want [post-2]", s.opened)
	}
}

func TestFastKeysNeverRace(t *testing.T) {
	// The keys arrive before any document is drawn.
	s := sit(t, shelf(t, posts(5)), 80, 24, colorprofile.ANSI256)
	for _, k := range []string{"j", "enter", "q", "j", "enter", "]", "q", "k"} {
		_, cmd := s.root.Update(key(k))
		s.run(cmd)
	}
	s.mustShow("▌ Post number 2")
}

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

func TestTheFilterShowsWhatMatchesAndEscShowsAll(t *testing.T) {
	s := sit(t, shelf(t, posts(12)), 80, 24, colorprofile.ANSI256)
	s.press("/")
	s.typed("number 7")
	s.mustShow("▌ Post number 7")
	s.mustShow("/number 7")
	s.mustNotShow("Post number 1")
	s.press("enter")
	s.mustShow("Words of section 7.0")
	s.press("esc")
	s.mustShow("▌ Post number 7")
	s.press("esc")
	s.mustShow("8 of 12")
	s.press("/")
	s.typed("no such words")
	s.mustShow("No post matches")
	s.press("esc")
	s.mustShow("of 12")
}

func TestKeysOfTheListAreLettersInTheFilter(t *testing.T) {
	s := sit(t, shelf(t, posts(3)), 80, 24, colorprofile.ANSI256)
	s.press("/")
	s.typed("qt?gG[]")
	s.mustShow("/qt?gG[]")
}

func TestAPastedMegabyteIsCutInTheFilter(t *testing.T) {
	s := sit(t, shelf(t, posts(3)), 80, 24, colorprofile.ANSI256)
	s.press("/")
	s.send(tea.PasteMsg{Content: strings.Repeat("x\x1b[31m\u202e", 1<<17)})
	if got := s.root.list().words.value; len(got) > maxPrompt || got == "" || strings.ContainsAny(got, "\x1b\u202e") {
		t.Errorf("the prompt holds %d bytes: %.40q", len(got), got)
	}
	for i, l := range s.lines() {
		if text.Width(l) > 80 {
			t.Errorf("line %d is %d cells wide", i, text.Width(l))
		}
	}
}

func TestTheThemeFollowsTheBackgroundUntilItIsPicked(t *testing.T) {
	s := sit(t, shelf(t, posts(3)), 80, 24, colorprofile.ANSI256)
	if got := s.root.theme.Name; got != "dark" {
		t.Fatalf("theme before any answer is %s, want dark", got)
	}
	s.send(tea.BackgroundColorMsg{Color: white{}})
	if got := s.root.theme.Name; got != "light" {
		t.Fatalf("theme on a white background is %s, want light", got)
	}
	s.press("t", "t", "t", "t")
	if got := s.root.theme.Name; got != "plain" {
		t.Fatalf("theme after four presses is %s, want plain", got)
	}
	s.send(tea.BackgroundColorMsg{Color: white{}})
	if got := s.root.theme.Name; got != "plain" {
		t.Errorf("the background overruled the reader: %s", got)
	}
}

type white struct{}

func (white) RGBA() (r, g, b, a uint32) { return 0xffff, 0xffff, 0xffff, 0xffff }

func TestWithoutColoursNoSequenceSetsOne(t *testing.T) {
	s := sit(t, shelf(t, posts(3)), 80, 24, colorprofile.ASCII)
	for _, k := range []string{"j", "enter", "space", "?", "q", "q", "t", "t"} {
		s.press(k)
		for _, bad := range []string{"\x1b[3", "\x1b[4", ";3", ";4"} {
			// Bold, underline and reverse are 1, 4 and 7; 3x and 4x are colours.
			for _, seq := range strings.Split(s.root.View().Content, bad)[1:] {
				if seq[0] >= '0' && seq[0] <= '9' {
					t.Fatalf("after %s a colour is set: %q", k, bad+seq[:min(8, len(seq))])
				}
			}
		}
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

func TestTooSmallATerminalSaysSoAndLetsOneLeave(t *testing.T) {
	s := sit(t, shelf(t, posts(3)), 19, 5, colorprofile.ANSI256)
	s.mustShow("too small")
	s.press("j", "enter", "?")
	s.send(tea.WindowSizeMsg{Width: 80, Height: 24})
	s.mustShow("▌ Post number 0")
	s.send(tea.WindowSizeMsg{Width: 1, Height: 1})
	s.run(func() tea.Msg { _, cmd := s.root.Update(key("q")); return cmd() })
	for !s.answer() { // fails the test when no command answers any more
	}
}

func TestQuitAndInterruptLeave(t *testing.T) {
	for _, keys := range [][]string{{"q"}, {"ctrl+c"}, {"enter", "ctrl+c"}, {"?", "ctrl+c"}, {"/", "ctrl+c"}} {
		s := sit(t, shelf(t, posts(3)), 80, 24, colorprofile.ANSI256)
		s.press(keys...)
		for !s.answer() { // fails the test when no command answers any more
		}
	}
}

func TestHelpNamesEveryKeyOfEveryTable(t *testing.T) {
	s := sit(t, shelf(t, posts(3)), 80, 24, colorprofile.ANSI256)
	s.press("?")
	all := strings.Join(s.root.top().(*help).lines, "\n")
	for _, m := range []keymap{listKeys(), readerKeys(), promptKeys()} {
		for _, b := range m {
			first, _, _ := strings.Cut(b.help, ";")
			if !strings.Contains(all, b.show) || !strings.Contains(all, first) {
				t.Errorf("help does not explain %q: %s", b.show, b.help)
			}
		}
	}
	s.press("?")
	s.mustShow("▌ Post number 0")
}

func TestNoKeyMeansTwoThings(t *testing.T) {
	for _, m := range []keymap{listKeys(), readerKeys(), helpKeys(), promptKeys()} {
		seen := map[string]string{}
		for _, b := range m {
			for _, k := range b.keys {
				if other, ok := seen[k]; ok {
					t.Errorf("%q means %q and %q", k, other, b.help)
				}
				seen[k] = b.help
			}
		}
	}
}

func TestAnEmptyBlogSaysSo(t *testing.T) {
	s := sit(t, shelf(t, map[string]string{}), 80, 24, colorprofile.ANSI256)
	s.mustShow("There are no posts here yet.")
	s.press("enter", "j", "G", "space", "/")
	s.typed("x")
	s.press("enter", "esc")
	s.mustShow("There are no posts here yet.")
}

func TestANewLibraryShowsAtOnceAndKeepsTheSelection(t *testing.T) {
	dir := t.TempDir()
	put := func(name, title, date string) {
		data := "---\ntitle: " + title + "\ndate: " + date + "\n---\n\nText.\n"
		if err := os.WriteFile(filepath.Join(dir, name), []byte(data), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	put("one.md", "One", "2026-01-01")
	put("two.md", "Two", "2026-02-01")
	live, err := blog.NewLive(func(last *blog.Library) (*blog.Library, error) { return blog.Load(os.DirFS(dir), now, last) })
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	watched := make(chan error, 1)
	go func() { watched <- live.Watch(ctx, dir, nil) }()
	defer func() { cancel(); <-watched }()

	s := sit(t, live, 80, 24, colorprofile.ANSI256)
	s.press("j")
	s.mustShow("▌ One")
	put("three.md", "Three", "2026-03-01")
	for !s.shows("Three") { // answer fails the test when nothing comes
		s.answer()
	}
	s.mustShow("▌ One")
	s.mustShow("3 of 3")
	put("four.md", "Four", "2026-04-01")
	for !s.shows("Four") {
		s.answer()
	}
	s.mustShow("4 of 4")
	if err := os.Remove(filepath.Join(dir, "one.md")); err != nil {
		t.Fatal(err)
	}
	for s.shows("One") {
		s.answer()
	}
	s.mustShow("3 of 3")
}

func TestAnAuthorSeesAnOpenPostChange(t *testing.T) {
	files := posts(3)
	s := sit(t, shelf(t, files), 80, 24, colorprofile.ANSI256)
	s.root.cfg.Follow = true
	s.press("enter", "space")
	place := s.root.top().(*reader).place
	files["post-00.md"] = strings.ReplaceAll(files["post-00.md"], "Words of", "Other words of")
	s.root.cfg.Live = shelf(t, files)
	s.send(libraryMsg{})
	s.mustShow("Other words of")
	if got := s.root.top().(*reader).place.Block; got != place.Block {
		t.Errorf("the first line is of block %d, want %d", got, place.Block)
	}
}

func TestNeighboursAreThoseOfTheListAlsoWhenThePostIsGone(t *testing.T) {
	s := sit(t, shelf(t, posts(9)), 80, 24, colorprofile.ANSI256)
	s.press("/")
	s.typed("t0") // 0, 3 and 6
	s.press("down", "enter")
	s.mustShow("Words of section 3.0")
	s.press("]")
	s.mustShow("Words of section 6.0")
	s.press("[", "[")
	s.mustShow("Words of section 0.0")

	s = sit(t, shelf(t, posts(9)), 80, 24, colorprofile.ANSI256)
	s.press("j", "j", "enter")
	files := posts(9)
	delete(files, "post-02.md")
	s.root.stage.library, _ = shelf(t, files).Current()
	s.root.changed()
	s.press("]")
	s.mustShow("Words of section 3.0")
	s.press("[")
	s.mustShow("Words of section 1.0")
}

func TestEachLetterCanBeTypedAndTakenBackAsOne(t *testing.T) {
	for _, word := range []string{"ที่นี่", "हिन्दी", "cafe\u0301", "two words"} {
		s := sit(t, shelf(t, posts(3)), 80, 24, colorprofile.ANSI256)
		s.press("/")
		s.typed(word)
		if got := s.root.list().words.value; got != word {
			t.Errorf("typed %q, the prompt holds %q", word, got)
		}
	}
	s := sit(t, shelf(t, posts(3)), 80, 24, colorprofile.ANSI256)
	s.press("/")
	s.send(tea.PasteMsg{Content: "ab 👩‍👩‍👧"})
	for _, tt := range [][2]string{{"backspace", "ab "}, {"c", "ab c"}, {"ctrl+w", "ab "}, {"ctrl+u", ""}} {
		s.press(tt[0])
		if got := s.root.list().words.value; got != tt[1] {
			t.Errorf("after %s the prompt holds %q, want %q", tt[0], got, tt[1])
		}
	}
	s.press("backspace")
	if s.root.list().typing {
		t.Error("backspace does not leave an empty prompt")
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

func TestTheTerminalIsAskedForItsBackgroundAndGivenATitle(t *testing.T) {
	s := sit(t, shelf(t, posts(3)), 80, 24, colorprofile.ANSI256)
	want := fmt.Sprintf("%T", tea.RequestBackgroundColor())
	if got := fmt.Sprintf("%T", <-s.answers); got != want {
		t.Errorf("the first command answers %s, want %s", got, want)
	}
	if got := s.root.View().WindowTitle; got != "The Test" {
		t.Errorf("the title is %q", got)
	}
	s.press("enter")
	if got := s.root.View().WindowTitle; got != "Post number 0" {
		t.Errorf("the title of a post is %q", got)
	}
}

func TestCtrlZSuspendsALocalProgram(t *testing.T) {
	s := sit(t, shelf(t, posts(3)), 80, 24, colorprofile.ANSI256)
	_, cmd := s.root.Update(tea.KeyPressMsg{Code: 'z', Mod: tea.ModCtrl})
	if cmd == nil {
		t.Fatal("ctrl+z does nothing")
	}
	if _, ok := cmd().(tea.SuspendMsg); !ok {
		t.Errorf("ctrl+z answers %T", cmd())
	}
}
