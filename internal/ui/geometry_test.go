package ui

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"lectern/internal/text"
)

// TestEveryScreenFitsEverySize walks the screens over sizes from nothing to
// large: as many lines as the terminal has, none wider than it.
func TestEveryScreenFitsEverySize(t *testing.T) {
	files := posts(30)
	files["wide.md"] = "---\ntitle: \"漢字とかなの長い題名、そして 👩‍👩‍👧‍👦 家族と café\"\ndate: 2026-10-30\ndescription: 幅の広い文字で書かれた説明文です。長い長い説明文です。\ntags: [日本語, العربية]\n---\n\n" +
		strings.Repeat("日本語の段落は空白なしで続きます。", 30) + "\n\n```go\n" + strings.Repeat("x := 1 // ", 40) + "\n```\n\n| a | b |\n|---|---|\n| " + strings.Repeat("cell ", 40) + " | y |\n\n## 題 " +
		strings.Repeat("長い", 40) + "\n\n[一つ](https://example.com/" + strings.Repeat("日本", 60) + ") [b](other.md) [c](#x)[^1]\n\n```\n" + strings.Repeat("漢字\t", 60) + "\n```\n\n[^1]: 注\n"
	live := shelf(t, files)
	walks := map[string][]string{
		"list": {}, "list end": {"G"}, "filter": {"/", "w"}, "filter kept": {"/", "p", "enter"}, "no match": {"/", "z", "z", "z"},
		"reader": {"enter"}, "reader below": {"enter", "space", "space"}, "reader end": {"enter", "G"}, "help": {"?"}, "help end": {"?", "G"},
		"outline": {"enter", "o"}, "outline end": {"enter", "o", "G"}, "links": {"enter", "l"}, "an address": {"enter", "l", "1", "enter"}, "tags": {"#"},
		"tagged": {"#", "enter"}, "finding": {"enter", "/", "s"}, "found": {"enter", "/", "o", "enter"}, "not found": {"enter", "/", "q", "q", "enter"},
		"searching": {"s"}, "search": {"s", "w", "o"}, "search in vain": {"s", "q", "q", "z"}, "searched": {"s", "w", "o", "r", "d", "enter", "j", "j"}, "read from a search": {"s", "日", "enter", "enter"},
		"presenting": {"enter", "p"}, "presenting later": {"enter", "p", "right", "right"}, "presenting the end": {"enter", "p", "G"}, "narrow": {"<", "<", "<", "<", "<", "<", "<", "enter"}, "wide": {">", ">", ">", "enter"},
		"picking": {"enter", "G", "y"}, "bare": {"enter", "G", "y", "1", "y"},
	}
	for name, keys := range walks {
		t.Run(name, func(t *testing.T) {
			s := sit(t, live, 80, 24, colorprofile.ANSI256)
			s.press(keys...)
			for _, w := range []int{1, 5, 19, 20, 21, 24, 30, 39, 40, 59, 60, 61, 80, 100, 120, 200, 400} {
				for _, h := range []int{1, 3, 5, 6, 7, 10, 15, 16, 24, 40, 160} {
					s.send(tea.WindowSizeMsg{Width: w, Height: h})
					check(t, fmt.Sprintf("%s at %dx%d", name, w, h), s, w, h)
				}
			}
		})
	}
}

func check(t *testing.T, where string, s *seat, w, h int) {
	t.Helper()
	v := s.root.View()
	lines := strings.Split(v.Content, "\n")
	if small := w < minWidth || h < minHeight; len(lines) > h || !small && len(lines) != h {
		t.Errorf("%s: %d lines", where, len(lines))
	}
	for i, l := range lines {
		if got := text.Width(l); got > w {
			t.Errorf("%s: line %d has %d cells: %q", where, i, got, l)
		}
	}
	if c := v.Cursor; c != nil && (c.X < 0 || c.X >= w || c.Y < 0 || c.Y >= h) {
		t.Errorf("%s: the cursor is at %d,%d", where, c.X, c.Y)
	}
}
