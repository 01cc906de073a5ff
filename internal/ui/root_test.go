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
)

func TestMain(m *testing.M) {
	// regexp2 v1.11.0, which chroma's lexers match with, keeps a clock running
	// for a while after the last match; it ends by itself.
	goleak.VerifyTestMain(m, goleak.IgnoreAnyFunction("github.com/dlclark/regexp2.runClock"))
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

func TestTheThemeFollowsTheBackgroundUntilItIsPicked(t *testing.T) {
	s := sit(t, shelf(t, posts(3)), 80, 24, colorprofile.ANSI256)
	if got := s.root.theme.Name; got != "dark" {
		t.Fatalf("theme before any answer is %s, want dark", got)
	}
	s.send(tea.BackgroundColorMsg{Color: white{}})
	if got := s.root.theme.Name; got != "light" {
		t.Fatalf("theme on a white background is %s, want light", got)
	}
	s.press("t", "t")
	if got := s.root.theme.Name; got != "plain" {
		t.Fatalf("theme after two presses is %s, want plain", got)
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
	for _, m := range []keymap{listKeys, readerKeys, promptKeys} {
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
	for _, m := range []keymap{listKeys, readerKeys, helpKeys, promptKeys} {
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
	go func() { // as whoever runs programs does
		for ctx.Err() == nil {
			_, replaced := live.Current()
			s.answers <- LibraryMsg{}
			select {
			case <-replaced:
			case <-ctx.Done():
			}
		}
	}()
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

func TestALibraryReplacedBeforeTheProgramBeganIsShown(t *testing.T) {
	s := sit(t, shelf(t, map[string]string{"a.md": "---\ntitle: Old\n---\n"}), 80, 24, colorprofile.ANSI256)
	s.root.cfg.Live = shelf(t, map[string]string{"a.md": "---\ntitle: New\n---\n"})
	s.run(s.root.Init())
	s.mustShow("New")
}
