package ui

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"lectern/internal/blog"
)

// everyKey are the keys of every table, and letters.
func everyKey() []string {
	names := []string{"x", "é", "日", "1", "2", "9", "0", "space"}
	for _, m := range []keymap{listKeys, taggedKeys, readerKeys, menuKeys("", "o"), presenterKeys, findKeys, promptKeys, addressKeys, bareKeys, searchKeys, foundKeys} {
		for _, b := range m {
			names = append(names, b.keys...)
		}
	}
	return names
}

// FuzzRoot feeds a program keys, sizes, pastes, clicks and new libraries, two
// bytes for each, and holds it to what every screen promises: no panic, no line
// that is too wide, and esc leads home.
func FuzzRoot(f *testing.F) {
	names := everyKey()
	at := func(name string) (b [2]byte) {
		for i, n := range names {
			if n == name {
				return [2]byte{byte(i >> 8), byte(i)}
			}
		}
		f.Fatalf("no key %s", name)
		return b
	}
	for _, walk := range []string{"enter o j enter l enter esc", "enter / x enter n N esc", "# enter enter ] [ H L", "enter p right t < > m", "/ x enter esc q", "enter } y 1 y Y r", "? G esc", "s x enter j enter n esc esc"} {
		var steps []byte
		for _, name := range strings.Fields(walk) {
			b := at(name)
			steps = append(steps, b[:]...)
		}
		f.Add(steps)
		f.Add(append(steps, 200, 1, 230, 40, 229, 3, 241, 1, 250, 1, 210, 5, 250, 2))
	}
	files := posts(6)
	files["one.md"] = "---\ntitle: 日本 `code` 👩‍💻\ndate: 2026-10-30\ntags: [Go, 日本語]\n---\n[a](post-00.md) [b](#x) [c](https://example.com/c)[^1]\n\n# X\n\n```go\nx := 1\n```\n\n" +
		strings.Repeat("日本語の文章。", 90) + "\n\n* * *\n\n```\n" + strings.Repeat("y ", 90) + "\n```\n\n[^1]: note\n"
	shelves := []map[string]string{files, posts(1), {"blog.yaml": "title: Empty\n"}}
	sizes := [][2]int{{80, 24}, {20, 6}, {40, 12}, {200, 60}, {21, 7}, {19, 5}, {1, 1}, {60, 16}, {100, 30}}
	f.Fuzz(func(t *testing.T, steps []byte) {
		if len(steps) > 400 {
			return
		}
		var lives []*blog.Live
		for _, files := range shelves {
			lives = append(lives, shelf(t, files))
		}
		s := sit(t, lives[0], 80, 24, colorprofile.ANSI256)
		s.root.cfg.Terminal.Clipboard = len(steps)%4 == 0
		w, h := 80, 24
		for i := 0; i+1 < len(steps); i += 2 {
			switch what, which := steps[i], int(steps[i+1]); {
			case what < 200:
				s.send(key(names[(int(what)<<8|which)%len(names)]))
			case what < 220:
				w, h = sizes[which%len(sizes)][0], sizes[which%len(sizes)][1]
				s.send(tea.WindowSizeMsg{Width: w, Height: h})
			case what < 228:
				s.send(tea.PasteMsg{Content: strings.Repeat("pasted \x1b[31m日 ", which)})
			case what < 240:
				s.send(tea.MouseClickMsg{X: which % 80, Y: which % 24, Button: tea.MouseLeft})
			case what < 248:
				s.send(tea.MouseWheelMsg{Button: []tea.MouseButton{tea.MouseWheelUp, tea.MouseWheelDown}[which%2]})
			default:
				s.root.cfg.Live = lives[which%len(lives)]
				s.send(LibraryMsg{})
			}
			check(t, fmt.Sprintf("after step %d", i/2), s, w, h)
			s.drain()
		}
		s.send(tea.WindowSizeMsg{Width: 80, Height: 24})
		for range 2*maxStack + 4 {
			s.send(key("esc"))
		}
		if l, ok := s.root.top().(*list); !ok || len(s.root.stack) != 1 || l.typing || l.words.value != "" {
			t.Errorf("esc leads to %T, with %d screens", s.root.top(), len(s.root.stack))
		}
	})
}

// drain takes the answers that nobody waits for.
func (s *seat) drain() {
	for {
		select {
		case <-s.answers:
		default:
			return
		}
	}
}
