package paint

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestAnUnchangedFrameSendsNothing(t *testing.T) {
	s := New(40, 10)
	content := "one\n\x1b[1mtwo\x1b[m\nthree"
	s.Frame(nil, content, nil)
	if got := string(s.Frame(nil, strings.Clone(content), nil)); got != "" {
		t.Errorf("the same frame again sends %q, want nothing", got)
	}
	s.Frame(nil, content, &Cursor{X: 3, Y: 1})
	if got := string(s.Frame(nil, content, &Cursor{X: 3, Y: 1})); got != "" {
		t.Errorf("the same cursor again sends %q, want nothing", got)
	}
}

func TestOnlyWhatChangesInALineIsSent(t *testing.T) {
	for _, tt := range []struct{ name, was, now, want string }{
		{"a digit", "at 12% of it", "at 13% of it", "\x1b[;5H3"},
		{"the end", "typed wor", "typed word", "\x1b[;10Hd"},
		{"one column shorter", "typed word", "typed wor", "\x1b[;10H\x1b[K"},
		{"to nothing", "typed word", "", "\x1b[H\x1b[K"},
		{"a blank line", "", "    word", "\x1b[;5Hword"},
		{"a shorter line with a gap", "0123456789 123456789", "x        y", "\x1b[H\x1b[Kx\x1b[8Cy"},
		{"after wide characters", "漢字 12", "漢字 13", "\x1b[;7H3"},
		{"a wide character", "漢字 1", "漢学 1", "\x1b[;3H学"},
		{"wide for narrow", "漢a", "ab a", "\x1b[Hab a"},
		{"a digit in an SGR run", "a \x1b[1m12\x1b[m b", "a \x1b[1m13\x1b[m b", "\x1b[;4H\x1b[1m3\x1b[m"},
		{"the first digit in one", "a \x1b[7m12 of 34\x1b[m", "a \x1b[7m22 of 34\x1b[m", "\x1b[;3H\x1b[7m2\x1b[m"},
		{"the end of one", "a \x1b[7mtyped wor\x1b[m", "a \x1b[7mtyped word\x1b[m", "\x1b[;12H\x1b[7md\x1b[m"},
		{"an inner gap of one", "a \x1b[7mb\x1b[m", "a \x1b[7mb   c\x1b[m", "\x1b[;4H\x1b[7m   c\x1b[m"},
		{"one that is shorter", "a \x1b[7mtyped word\x1b[m", "a \x1b[7mtyped wor\x1b[m", "\x1b[;12H\x1b[K"},
		{"one that has another look", "a \x1b[1m12\x1b[m b", "a \x1b[7m12\x1b[m b", "\x1b[;3H\x1b[7m12\x1b[m"},
		{"one that is plain now", "a \x1b[1m12\x1b[m b", "a 12\x1b[m b", "\x1b[;3H12\x1b[m"},
		{"one in two looks, from the second", "\x1b[1ma \x1b[7m12\x1b[m b", "\x1b[1ma \x1b[7m13\x1b[m b", "\x1b[;3H\x1b[1m\x1b[7m13\x1b[m"},
		{"one that a link is in", "\x1b[4m\x1b]8;;http://w.io\x1b\\12\x1b]8;;\x1b\\\x1b[m", "\x1b[4m\x1b]8;;http://w.io\x1b\\13\x1b]8;;\x1b\\\x1b[m", "\x1b[H\x1b[4m\x1b]8;;http://w.io\x1b\\13\x1b]8;;\x1b\\\x1b[m"},
		{"a link, whole", "a \x1b]8;;http://w.io\x1b\\12\x1b]8;;\x1b\\ b", "a \x1b]8;;http://w.io\x1b\\13\x1b]8;;\x1b\\ b", "\x1b[;3H\x1b]8;;http://w.io\x1b\\13\x1b]8;;\x1b\\"},
		{"a base that gets a mark", "ab 1", "ab\u0301 1", "\x1b[;2H\x1b[Kb\u0301 1"},
		{"after an emoji, from the emoji", "ab 😀 1", "ab 😀 2", "\x1b[;4H\x1b[K😀 2"},
		{"before an emoji, too", "1 😀", "2 😀", "\x1b[H\x1b[K2 😀"},
		{"what follows, plain now", "a \x1b[1mb c\x1b[m", "x b c\x1b[m", "\x1b[Hx b c\x1b[m"},
		{"what follows, bold now", "a b c\x1b[m", "x \x1b[1mb c\x1b[m", "\x1b[Hx \x1b[1mb c\x1b[m"},
		{"trailing blanks", "word", "word    ", ""},
		{"a mark of direction, with the blank before it", "", "   \u200eab", "\x1b[;3H \u200eab"},
		{"two of them behind a letter", "ab 1", "ab\u200e\u200f 1", "\x1b[;2H\x1b[Kb\u200e\u200f 1"},
		{"one that nothing stands before", "", "\u200fab", "\x1b[Hab"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s, term := New(40, 3), newTerminal(40, 3)
			term.repaint(t, s, tt.was+"\nnext")
			if diff := cmp.Diff(tt.want, string(term.repaint(t, s, tt.now+"\nnext"))); diff != "" {
				t.Errorf("sent (-want +got):\n%s", diff)
			}
		})
	}
}

func TestAScrollUsesTheRegion(t *testing.T) {
	s, term := New(40, 6), newTerminal(40, 6)
	term.repaint(t, s, "head\na line of text\nanother one\nthe third\nthe last\nfoot")
	got := string(term.repaint(t, s, "head\nanother one\nthe third\nthe last\nrevealed\nfoot"))
	if want := "\x1b[2;5r\x1b[5H\r\n\x1b[r\x1b[5Hrevealed"; got != want {
		t.Errorf("up: got %q, want %q", got, want)
	}
	got = string(term.repaint(t, s, "head\na line of text\nanother one\nthe third\nthe last\nfoot"))
	if want := "\x1b[2;5r\x1b[2H\x1bM\x1b[r\x1b[2Ha line of text"; got != want {
		t.Errorf("down: got %q, want %q", got, want)
	}
}

func TestAScrollIsNotUsedWhereItCostsMore(t *testing.T) {
	s, term := New(60, 4), newTerminal(60, 4)
	line := "a line that is in the row below already, and stays there"
	term.repaint(t, s, "x\n"+line+"\ny")
	if got, want := string(term.repaint(t, s, line+"\n"+line+"\nz")), "\x1b[H"+line+"\x1b[3Hz"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// In the bottom row, text of doubtful width is cut shorter than elsewhere.
func TestALineThatIsCutAtTheBottomIsPaintedAnewWhenItScrolls(t *testing.T) {
	hearts := strings.Repeat("❤\ufe0f", 4)
	above, below := "plain text\n"+hearts+"\nxyz", "new\nplain text\n"+hearts
	for _, to := range []string{above, below} {
		s, term, anew := New(10, 3), newTerminal(10, 3), newTerminal(10, 3)
		for _, content := range []string{above, below, to} {
			term.send(s.Frame(nil, content, nil))
		}
		if to == above && !strings.Contains(string(term.sent), feed) {
			t.Fatalf("does not scroll: %q", term.sent)
		}
		anew.send(New(10, 3).Frame(nil, to, nil))
		if diff := cmp.Diff(anew.cells(), term.cells()); diff != "" {
			t.Errorf("shown (-anew +scrolled):\n%s", diff)
		}
	}
}

func TestBlankRowsAtTheEndAreErasedAtOnce(t *testing.T) {
	s, term := New(40, 6), newTerminal(40, 6)
	term.repaint(t, s, "1\n2\n3\n4\n5\n6")
	if got, want := string(term.repaint(t, s, "1\nx")), "\x1b[2Hx\x1b[3H\x1b[J"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := string(term.repaint(t, s, "")), "\x1b[H\x1b[J"; got != want {
		t.Errorf("an empty frame: got %q, want %q", got, want)
	}
}

func TestAFrameLargerThanTheScreenIsCut(t *testing.T) {
	s, term := New(10, 2), newTerminal(10, 2)
	term.repaint(t, s, "0123456789abc\n\x1b[1m012345678漢\x1b[m\nthird\nfourth")
	want := []string{"0123456789", "{1m}012345678{m} "}
	if diff := cmp.Diff(want, term.cells()); diff != "" {
		t.Errorf("shown (-want +got):\n%s", diff)
	}
}

func TestTheLastColumnNeitherWrapsNorScrolls(t *testing.T) {
	content := "0123456789\n漢字漢字漢\n\x1b[7m0123456789\x1b[m"
	for _, wraps := range []bool{false, true} {
		s, term := New(10, 3), newTerminal(10, 3)
		if wraps {
			term.send([]byte("\x1b[?7h"))
		}
		for _, content := range []string{content, "x123456789\n漢字漢字漢\n\x1b[7m012345678x\x1b[m", content} {
			term.repaint(t, s, content)
		}
	}
}

func TestResizeForgetsWhatIsShown(t *testing.T) {
	s, term := New(20, 4), newTerminal(20, 4)
	term.repaint(t, s, "some\ntext\nhere")
	// What a terminal does with its cells when its size changes is its own.
	term.send([]byte("\x1b[2;3r\x1b[41m\x1b[Hxxxxxxxxxxxxxxxxxxxx\x1b[4Hyyyyyyy\x1b[?25h"))
	s.Resize(20, 4)
	term.repaint(t, s, "some\ntext\nhere")
}

func TestASizeIsBroughtIntoItsBounds(t *testing.T) {
	for _, size := range [][2]int{{0, 0}, {-5, 3}, {1 << 40, 2}, {3, 1 << 40}} {
		s := New(size[0], size[1])
		if s.width < 1 || s.width > MaxSide || s.height < 1 || s.height > MaxSide {
			t.Errorf("New(%d, %d) is %d by %d", size[0], size[1], s.width, s.height)
		}
		s.Frame(nil, strings.Repeat("😀漢x\n", 2000), &Cursor{X: 1 << 40, Y: -1})
	}
}

func TestTheCursorIsShownOnlyWhereItIsAskedFor(t *testing.T) {
	s, term := New(20, 4), newTerminal(20, 4)
	at := func(content string, c *Cursor) (sent string, visible bool, x, y int) {
		term.send(s.Frame(nil, content, c))
		visible = strings.LastIndex(string(term.sent), showCursor) > strings.LastIndex(string(term.sent), hideCursor)
		return string(term.sent), visible, term.CursorPosition().X, term.CursorPosition().Y
	}
	if sent, visible, _, _ := at("a\nb\nc\n/", nil); visible || !strings.Contains(sent, hideCursor) {
		t.Errorf("the first frame has to hide the cursor: %q", sent)
	}
	if sent, visible, x, y := at("a\nb\nc\n/", &Cursor{X: 1, Y: 3}); !visible || x != 1 || y != 3 {
		t.Errorf("asked for: %q leaves it at %d, %d, visible %v", sent, x, y, visible)
	}
	if sent, _, x, y := at("x\nb\nc\n/", &Cursor{X: 1, Y: 3}); x != 1 || y != 3 || strings.Contains(sent, "?25") {
		t.Errorf("a change elsewhere: %q leaves it at %d, %d", sent, x, y)
	}
	if sent, _, x, y := at("x\nb\nc\n/", &Cursor{X: 100, Y: -1}); x != 19 || y != 0 {
		t.Errorf("outside: %q leaves it at %d, %d", sent, x, y)
	}
	if sent, _, _, _ := at("x\nb\nc\n/", nil); sent != hideCursor {
		t.Errorf("no more: got %q, want %q", sent, hideCursor)
	}
}

func TestABigFrameIsOneUpdateWithTheCursorHidden(t *testing.T) {
	s, term := New(100, 30), newTerminal(100, 30)
	page := func(c string) string { return strings.Repeat(strings.Repeat(c, 90)+"\n", 30) }
	s.Frame(nil, page("a"), &Cursor{X: 4})
	term.send(s.Frame(nil, page("a"), &Cursor{X: 4}))
	got := string(s.Frame([]byte("before"), page("b"), &Cursor{X: 4}))
	if !strings.HasPrefix(got, "before"+beginSync+hideCursor+"\x1b[Hbbb") || !strings.HasSuffix(got, "\x1b[;5H"+showCursor+endSync) {
		t.Errorf("got %q … %q", got[:40], got[len(got)-40:])
	}
	got = string(s.Frame(nil, page("b")+"x", nil))
	if strings.Contains(got, "2026") {
		t.Errorf("a small frame is bracketed: %q", got)
	}
	got = string(s.Frame(nil, page("c"), nil))
	if !strings.HasPrefix(got, beginSync+"\x1b[H") || strings.Contains(got, "?25") {
		t.Errorf("without a cursor: %q", got[:40])
	}
}

func TestOnlyTextStylesAndLinksPass(t *testing.T) {
	for _, tt := range []struct{ name, content, want string }{
		{"clear", "a\x1b[2Jb", "ab"},
		{"cursor movement", "a\x1b[10;10Hb\rc\bd\te", "abcde"},
		{"title", "a\x1b]2;title\ab\x1b]0;t\x1b\\c", "abc"},
		{"device control", "a\x1bPq#0\x1b\\b\x1b_x\x1b\\c", "abc"},
		{"unterminated", "a\x1b]8;;http://w.io", "a"},
		{"raw C1", "a\x9b2Jb\xc2\x9bc", "a2Jbc"},
		{"private SGR", "a\x1b[>4;1mb\x1b[?1mc", "abc"},
		{"a link with other bytes", "a\x1b]8;;http://w.io/漢\x1b\\b", "ab"},
		{"an escape at the end", "a\x1b", "a"},
		{"a sequence at the end", "a\x1b[12", "a"},
		{"invalid UTF-8", "a\xe6\xbcb\xff", "ab"},
		{"invalid UTF-8 in a grapheme", "a\u0903\xe6", "a\u0903"},
		{"no cells", "a\u200b\u2060b", "ab"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := string(New(20, 2).Frame(nil, tt.content, nil))
			if want := forget + "\x1b[H" + tt.want; got != want {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
}

func TestWhatALineLeavesOpenIsClosed(t *testing.T) {
	got := string(New(20, 2).Frame(nil, "\x1b[41ma\x1b]8;;http://w.io\x1b\\b\nc", nil))
	want := forget + "\x1b[H\x1b[41ma\x1b]8;;http://w.io\x1b\\b" + resetStyle + closeLink + "\x1b[2Hc"
	if got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
