package ui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"lectern/internal/text"
)

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

func TestAnEmptyBlogSaysSo(t *testing.T) {
	s := sit(t, shelf(t, map[string]string{}), 80, 24, colorprofile.ANSI256)
	s.mustShow("There are no posts here yet.")
	s.press("enter", "j", "G", "space", "/")
	s.typed("x")
	s.press("enter", "esc")
	s.mustShow("There are no posts here yet.")
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
