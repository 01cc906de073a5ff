package ui

import (
	"fmt"
	"slices"
	"testing"

	"github.com/charmbracelet/colorprofile"
)

// TestEveryKeyDoesWhatItsTableSays presses every key of every table, on a
// screen that is in the middle of its text, and compares where that leads.
func TestEveryKeyDoesWhatItsTableSays(t *testing.T) {
	tables := []struct {
		name  string
		m     keymap
		start []string
		state func(*seat) string
		want  map[action]string // how the state becomes
	}{
		{
			"list", listKeys,
			[]string{"j", "j", "j", "j", "j", "j", "j"}, // 7 of 20, five a page
			func(s *seat) string {
				return fmt.Sprintf("%d %d %v", len(s.root.stack), s.root.list().selected, s.root.list().typing)
			},
			map[action]string{
				up: "1 6 false", down: "1 8 false", pageUp: "1 0 false", pageDown: "1 10 false", halfUp: "1 5 false", halfDown: "1 9 false",
				top: "1 0 false", bottom: "1 19 false", choose: "2 7 false", filter: "1 7 true", showHelp: "2 7 false", back: "1 7 false", showTags: "2 7 false", showSearch: "2 7 false", narrower: "1 7 false", wider: "1 7 false", toggleMouse: "1 7 false",
			},
		},
		{
			"reader", readerKeys,
			[]string{"j", "enter", "space", "space"}, // 18 a page
			func(s *seat) string {
				rd, ok := s.root.top().(*reader)
				if !ok {
					return fmt.Sprintf("%T", s.root.top())
				}
				switch {
				case rd.top == rd.last(&s.root.stage):
					return rd.post.Slug + " end"
				case rd.finder.typing:
					return "finding"
				case rd.said != "":
					return rd.said
				}
				return fmt.Sprintf("%s %d", rd.post.Slug, rd.top)
			},
			map[action]string{
				up: "post-1 35", down: "post-1 37", pageUp: "post-1 18", pageDown: "post-1 54", halfUp: "post-1 26", halfDown: "post-1 46",
				top: "post-1 0", bottom: "post-1 end", back: "*ui.list", showHelp: "*ui.help", nextPost: "post-2 0", previousPost: "post-0 0",
				find: "finding", showOutline: "*ui.outline", showLinks: "*ui.linkList", showTags: "*ui.tagList", showSearch: "*ui.finding", nextHeading: "post-1 43", previousHeading: "post-1 35",
				nextHit: "post-1 36", previousHit: "post-1 36", pickCode: "no source code on this page", copyCommand: "the command is on your clipboard",
				reload: "post-1 36", backwards: "no post before this one", forwards: "no post after this one", narrower: "post-1 40", wider: "post-1 36", toggleMouse: "post-1 36", present: "*ui.presenter",
			},
		},
		{
			"help", helpKeys,
			[]string{"?", "j", "j", "j", "j", "j", "j"},
			func(s *seat) string {
				h, ok := s.root.top().(*help)
				if !ok {
					return fmt.Sprintf("%T", s.root.top())
				}
				if h.top == h.last(&s.root.stage) {
					return "end"
				}
				return fmt.Sprint(h.top)
			},
			map[action]string{
				up: "5", down: "7", pageUp: "0", pageDown: "24", halfUp: "0", halfDown: "16", top: "0", bottom: "end", back: "*ui.list",
			},
		},
	}
	var names []string
	for _, tt := range tables {
		for _, b := range tt.m {
			for _, k := range b.keys {
				names = append(names, tt.name)
				s := sit(t, shelf(t, posts(20)), 80, 24, colorprofile.ANSI256)
				s.press(tt.start...)
				s.press(k)
				switch b.action {
				case quit:
					for !s.answer() { // fails the test when no command answers any more
					}
				case switchTheme:
					if got := s.root.theme.Name; got != "night" {
						t.Errorf("%s: %s leads to the theme %s", tt.name, k, got)
					}
				default:
					if got, want := tt.state(s), tt.want[b.action]; got != want {
						t.Errorf("%s: %s leads to %q, want %q", tt.name, k, got, want)
					}
				}
			}
		}
	}
	for _, name := range []string{"list", "reader", "help"} {
		if !slices.Contains(names, name) {
			t.Errorf("no key of %s was pressed", name)
		}
	}
}
