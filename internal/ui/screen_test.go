package ui

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"lectern/internal/blog"
	"lectern/internal/render"
	"lectern/internal/search"
)

// now is when the tests' library is loaded.
var now = time.Date(2026, 11, 1, 12, 0, 0, 0, time.UTC)

// A seat is a reader of the tests: a program's model, driven by hand in one
// goroutine, and what its screen shows.
type seat struct {
	t       *testing.T
	root    *Root
	answers chan tea.Msg // what the program's commands answered
	opened  []string
}

// sit opens the blog on a terminal.
func sit(t *testing.T, live *blog.Live, width, height int, p colorprofile.Profile) *seat {
	t.Helper()
	s := &seat{t: t, answers: make(chan tea.Msg, 100)}
	find := search.NewLive(live.Current)
	t.Cleanup(find.Close)
	s.root = New(t.Context(), Config{
		Live:     live,
		Docs:     render.NewCache(8<<20, 2),
		Search:   find,
		Terminal: Terminal{Width: width, Height: height, Profile: p, Links: true},
		Opened:   func(slug string) { s.opened = append(s.opened, slug) },
	})
	s.run(s.root.Init())
	return s
}

// send gives the program a message and waits for the documents it asks for.
func (s *seat) send(msg tea.Msg) {
	s.t.Helper()
	_, cmd := s.root.Update(msg)
	s.run(cmd)
	for s.waiting() {
		s.answer()
	}
}

// waiting says whether a document is on its way.
func (s *seat) waiting() bool {
	for _, sc := range s.root.stack {
		switch sc := sc.(type) {
		case *reader:
			if sc.asked {
				return true
			}
		case *presenter:
			if sc.asked {
				return true
			}
		case *finding:
			if sc.cancel != nil {
				return true
			}
		}
	}
	return false
}

// answer takes the next answer of a command, and reports whether it is to quit.
func (s *seat) answer() (quit bool) {
	s.t.Helper()
	select {
	case msg := <-s.answers:
		switch msg := msg.(type) {
		case tea.QuitMsg:
			return true
		case documentMsg, LibraryMsg, foundMsg:
			_, cmd := s.root.Update(msg)
			s.run(cmd)
		}
	case <-time.After(5 * time.Second):
		s.t.Fatal("no command answered within 5 s")
	}
	return false
}

// run starts a command, as the Bubble Tea program does.
func (s *seat) run(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	go func() {
		msg := cmd()
		if batch, ok := msg.(tea.BatchMsg); ok {
			for _, c := range batch {
				s.run(c)
			}
			return
		}
		if msg != nil {
			s.answers <- msg
		}
	}()
}

// press sends keys by name: "j", "enter", "esc", "ctrl+c", "space".
func (s *seat) press(names ...string) {
	s.t.Helper()
	for _, name := range names {
		s.send(key(name))
	}
}

func key(name string) tea.KeyPressMsg {
	special := map[string]tea.KeyPressMsg{
		"enter": {Code: tea.KeyEnter}, "esc": {Code: tea.KeyEscape}, "space": {Code: tea.KeySpace, Text: " "},
		"up": {Code: tea.KeyUp}, "down": {Code: tea.KeyDown}, "left": {Code: tea.KeyLeft}, "right": {Code: tea.KeyRight},
		"pgup": {Code: tea.KeyPgUp}, "pgdown": {Code: tea.KeyPgDown}, "home": {Code: tea.KeyHome}, "end": {Code: tea.KeyEnd},
		"backspace": {Code: tea.KeyBackspace}, "tab": {Code: tea.KeyTab},
		"shift+tab": {Code: tea.KeyTab, Mod: tea.ModShift}, "shift+space": {Code: tea.KeySpace, Mod: tea.ModShift}, "f1": {Code: tea.KeyF1},
	}
	if k, ok := special[name]; ok {
		return k
	}
	if letter, ok := strings.CutPrefix(name, "ctrl+"); ok {
		return tea.KeyPressMsg{Code: rune(letter[0]), Mod: tea.ModCtrl}
	}
	r := []rune(name)[0]
	return tea.KeyPressMsg{Code: r, Text: name}
}

// typed sends a word letter by letter.
func (s *seat) typed(word string) {
	s.t.Helper()
	for _, r := range word {
		s.press(string(r))
	}
}

// lines is what the screen shows, without colours.
func (s *seat) lines() []string {
	lines := strings.Split(ansi.Strip(s.root.View().Content), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return lines
}

func (s *seat) shows(want string) bool {
	return strings.Contains(strings.Join(s.lines(), "\n"), want)
}

func (s *seat) mustShow(want string) {
	s.t.Helper()
	if !s.shows(want) {
		s.t.Fatalf("the screen does not show %q:\n%s", want, strings.Join(s.lines(), "\n"))
	}
}

func (s *seat) mustNotShow(not string) {
	s.t.Helper()
	if s.shows(not) {
		s.t.Fatalf("the screen shows %q:\n%s", not, strings.Join(s.lines(), "\n"))
	}
}

// shelf makes a library of these files.
func shelf(t *testing.T, files map[string]string) *blog.Live {
	t.Helper()
	fsys := fstest.MapFS{}
	for name, data := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(data)}
	}
	live, err := blog.NewLive(func(last *blog.Library) (*blog.Library, error) {
		return blog.Load(fsys, now, last)
	})
	if err != nil {
		t.Fatal(err)
	}
	return live
}

// posts is a library of n posts, each of a few sections.
func posts(n int) map[string]string {
	files := map[string]string{"blog.yaml": "title: The Test\ntagline: a tagline\nhost: blog.example.com\n"}
	for i := range n {
		var b strings.Builder
		fmt.Fprintf(&b, "---\ntitle: \"Post number %d\"\ndate: \"2026-10-%02d\"\ndescription: \"What post %d is about, at some length, so that it fills a line.\"\ntags: [\"t%d\"]\nslug: \"post-%d\"\n---\n\n", i, 28-i%28, i, i%3, i)
		for j := range 12 {
			fmt.Fprintf(&b, "## Section %d.%d\n\n%s\n\n", i, j, strings.Repeat(fmt.Sprintf("Words of section %d.%d flow on. ", i, j), 12))
		}
		files[fmt.Sprintf("post-%02d.md", i)] = b.String()
	}
	return files
}
