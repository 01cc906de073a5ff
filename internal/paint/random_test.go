package paint

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// pieces are what random lines are made of: whatever is awkward in a terminal.
var pieces = []string{
	"a", "b", "xyz", " ", "      ", "          ", "word ", "12%", "·", "│", "…",
	"é", "e\u0301", "漢", "字体", "かな", "한글", "ＡＢ", "。",
	"😀", "👩\u200d👩\u200d👧", "❤\ufe0f", "☀", "🇩🇪", "1\ufe0f\u20e3", "👍🏽", "नि", "ﻻ", "ﷺ",
	"\x1b[1mbold\x1b[m", "\x1b[38;5;240mgrey 漢\x1b[0m", "\x1b[7m  bar  \x1b[m", "\x1b[48;2;1;2;3m \x1b[m", "\x1b[4m😀\x1b[m",
	"\x1b]8;;http://w.io/q\x1b\\link\x1b]8;;\x1b\\",
	"\x1b[4m\x1b]8;;https://w.io/\x1b\\漢字 write\x1b]8;;\x1b\\\x1b[m",
}

// lines draws a line of at most n pieces.
func lines(n int) *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, n).Draw(t, "pieces"), "")
	})
}

// change makes another frame of one, as a reader would (scrolled, a word
// changed, a page turned) or at random.
func change(t *rapid.T, frame []string, height int) []string {
	next := append([]string(nil), frame...)
	switch rapid.SampledFrom([]string{"scroll", "scroll", "edit", "edit", "row", "page", "longer", "same", "blank"}).Draw(t, "change") {
	case "scroll":
		if len(next) < 2 {
			break
		}
		top := rapid.IntRange(0, len(next)-2).Draw(t, "top")
		bottom := rapid.IntRange(top+1, len(next)).Draw(t, "bottom")
		by := rapid.IntRange(1, bottom-top).Draw(t, "by")
		part := append([]string(nil), next[top:bottom]...)
		fresh := rapid.SliceOfN(lines(8), by, by).Draw(t, "fresh")
		if rapid.Bool().Draw(t, "up") {
			part = append(part[by:], fresh...)
		} else {
			part = append(fresh, part[:len(part)-by]...)
		}
		copy(next[top:], part)
	case "edit":
		if len(next) == 0 {
			break
		}
		y := rapid.IntRange(0, len(next)-1).Draw(t, "y")
		from := rapid.SampledFrom(pieces).Draw(t, "from")
		next[y] = strings.Replace(next[y], from, rapid.SampledFrom(pieces).Draw(t, "to"), 1)
	case "row":
		if len(next) > 0 {
			next[rapid.IntRange(0, len(next)-1).Draw(t, "y")] = lines(12).Draw(t, "line")
		}
	case "page":
		next = rapid.SliceOfN(lines(8), 0, height+2).Draw(t, "frame")
	case "longer":
		next = append(next, rapid.SliceOfN(lines(8), 1, 3).Draw(t, "more")...)
	case "blank":
		next = nil
	}
	return next
}

// story draws a screen size and some frames of it, and gives each to show.
func story(t *rapid.T, begin func(width, height int), show func(content string)) {
	width := rapid.SampledFrom([]int{1, 2, 7, 20, 80}).Draw(t, "width")
	height := rapid.SampledFrom([]int{1, 2, 5, 12}).Draw(t, "height")
	begin(width, height)
	var frame []string
	for range rapid.IntRange(1, 12).Draw(t, "frames") {
		frame = change(t, frame, height)
		show(strings.Join(frame, "\n"))
	}
}

// certain reports whether a frame has only text whose width is agreed. Of the
// other, a painter may show less in the rows at the bottom.
func certain(content string, width int) bool {
	for _, l := range strings.Split(content, "\n") {
		if (scanner{line: l, width: width, limit: 1 << 20}).rest().unsure {
			return false
		}
	}
	return true
}

func TestEveryFrameEndsAsItsContentSays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var s *Screen
		var term *terminal
		story(t, func(w, h int) { s, term = New(w, h), newTerminal(w, h) }, func(content string) {
			term.send(s.Frame(nil, content, nil))
			if certain(content, term.Width()) {
				check(t, term, content)
				return
			}
			// A new screen shows the same.
			fresh := newTerminal(term.Width(), term.Height())
			fresh.send(New(term.Width(), term.Height()).Frame(nil, content, nil))
			same(t, term.cells(), fresh.cells(), term.sent)
		})
	})
}

func TestATerminalThatWrapsAndCountsRunesShowsWhatItWouldAnew(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var s *Screen
		var c *console
		story(t, func(w, h int) { s, c = New(w, h), newConsole(w, h) }, func(content string) {
			b := s.Frame(nil, content, nil)
			c.write(t, b)
			fresh := newConsole(c.width, c.height)
			fresh.write(t, New(c.width, c.height).Frame(nil, content, nil))
			same(t, c.rows(), fresh.rows(), b)
		})
	})
}

func FuzzFrame(f *testing.F) {
	f.Add(uint8(20), uint8(3), "a \x1b[1mb\x1b[m\n漢 12%", "a \x1b[1mc\x1b[m\n漢 13%")
	f.Add(uint8(10), uint8(4), "1\n2\n3\n4", "2\n3\n4\n5")
	f.Add(uint8(6), uint8(2), "👩\u200d👩\u200d👧 e\u0301\n\x1b]8;id=1;http://w.io\ax\x1b]8;;\x1b\\", "\x1b[41m \x9b2J\x1b[2J")
	f.Fuzz(func(t *testing.T, width, height uint8, one, two string) {
		w, h := max(1, int(width)%64), max(1, int(height)%16)
		s, c := New(w, h), newConsole(w, h)
		for _, content := range []string{one, two, one} {
			b := s.Frame(nil, content, nil)
			c.write(t, b)
			fresh := newConsole(w, h)
			fresh.write(t, New(w, h).Frame(nil, content, nil))
			same(t, c.rows(), fresh.rows(), b)
		}
	})
}

func same(t failer, got, want []string, sent []byte) {
	for y := range want {
		if got[y] != want[y] {
			t.Fatalf("row %d:\n got %q\nwant %q\nsent %q", y, got[y], want[y], sent)
		}
	}
}

func (c *console) rows() []string {
	rows := make([]string, c.height)
	for y := range rows {
		rows[y] = fmt.Sprint(c.cells[y*c.width : (y+1)*c.width])
	}
	return rows
}
