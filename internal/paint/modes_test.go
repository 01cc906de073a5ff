package paint

import (
	"io"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"
	"github.com/google/go-cmp/cmp"
)

// state is what of a terminal Enter and Leave may change.
type state struct {
	Alt, Hidden bool
	Modes       map[ansi.Mode]bool
	X, Y        int
	Cells       []string
	Title       string
}

// observe returns a terminal with a shell's text on it, and a look at its state.
func observe(t *testing.T) (*terminal, func() state) {
	t.Helper()
	term := &terminal{Emulator: vt.NewEmulator(20, 5)}
	st := state{Modes: map[ansi.Mode]bool{ansi.ModeAutoWrap: true}}
	term.SetCallbacks(vt.Callbacks{
		Title:            func(s string) { st.Title = s },
		CursorVisibility: func(v bool) { st.Hidden = !v },
		EnableMode:       func(m ansi.Mode) { st.Modes[m] = true },
		DisableMode:      func(m ansi.Mode) { delete(st.Modes, m) },
	})
	done := make(chan struct{})
	go func() { // x/vt blocks in its report of the size until it is read
		defer close(done)
		_, _ = io.Copy(io.Discard, term.Emulator)
	}()
	t.Cleanup(func() {
		// Emulator.Close of x/vt v0.0.0-20260906004030 races with its Read.
		_ = term.InputPipe().(io.Closer).Close()
		<-done
	})
	term.send([]byte("$ ls\r\na b c\r\n$ ssh host"))
	return term, func() state {
		got := st
		got.Modes = map[ansi.Mode]bool{}
		for m := range st.Modes {
			if m != ansi.ModeTextCursorEnable {
				got.Modes[m] = true
			}
		}
		got.Alt, got.Cells = term.IsAltScreen(), term.cells()
		got.X, got.Y = term.CursorPosition().X, term.CursorPosition().Y
		return got
	}
}

func TestLeaveBringsBackTheTerminal(t *testing.T) {
	for _, tt := range []struct{ name, sent string }{
		{"after frames", string(New(20, 5).Frame(nil, "a\nb\nc", &Cursor{X: 3}))},
		{"in the middle of a style and a link", "\x1b[41m\x1b]8;;http://w.io\x1b\\text"},
		{"in the middle of a string", "\x1b]8;;http://w"},
		{"in the middle of a scroll", "\x1b[2;4r\x1b[4H\r\n"},
		{"in the middle of an update", beginSync + "text"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			term, look := observe(t)
			before := look()
			term.send(Enter(nil, ""))
			term.send([]byte(tt.sent))
			term.send(Leave(nil))
			if diff := cmp.Diff(before, look()); diff != "" {
				t.Errorf("state (-before +after):\n%s", diff)
			}
			term.send(Leave(nil))
			if diff := cmp.Diff(before, look()); diff != "" {
				t.Errorf("state after a second Leave (-before +after):\n%s", diff)
			}
			term.send([]byte("\r\nx\n\n\n\n\nz"))
			if got := term.cells(); got[4] != " z"+strings.Repeat(" ", 18) {
				t.Errorf("what is written next looks like %q", got)
			}
		})
	}
}

func TestLeaveCleansATerminalWithoutAnAlternateScreen(t *testing.T) {
	term, look := observe(t)
	for _, b := range []string{
		string(Enter(nil, "")),
		"\x1b[2;4r\x1b[41;1m\x1b]8;;http://w.io\x1b\\text",
		string(Leave(nil)),
		"\x1b[Hz" + strings.Repeat("\n", 5),
	} {
		term.send([]byte(strings.NewReplacer("\x1b[?1049h", "", "\x1b[?1049l", "").Replace(b)))
	}
	got := look()
	if got.Hidden || strings.ContainsAny(strings.Join(got.Cells[:1], ""), "{z") || got.Y != 4 {
		t.Errorf("left as %+v", got)
	}
	term.send([]byte("\x1b[Hplain"))
	if got := term.cells()[0]; !strings.HasPrefix(got, "plain") {
		t.Errorf("what is written next looks like %q", got)
	}
	// Some terminals swallow everything until a string that was cut ends.
	if got := string(Leave(nil)); !strings.HasPrefix(got, "\x1b\\") {
		t.Errorf("Leave begins %q", got)
	}
}

func TestEnterAgainChangesNothing(t *testing.T) {
	term, look := observe(t)
	term.send(Enter(nil, "title"))
	want := look()
	for _, m := range []ansi.Mode{ansi.ModeAltScreenSaveCursor, ansi.ModeBracketedPaste, ansi.ModeInBandResize, ansi.DECMode(2501)} {
		if !want.Modes[m] {
			t.Errorf("mode %v is not set", m)
		}
	}
	if want.Modes[ansi.ModeAutoWrap] || !want.Hidden || !want.Alt || want.Title != "title" {
		t.Errorf("entered as %+v", want)
	}
	term.send(Enter(nil, "title"))
	if diff := cmp.Diff(want, look()); diff != "" {
		t.Errorf("state (-once +twice):\n%s", diff)
	}
}

func TestATitleIsMadeSafe(t *testing.T) {
	for _, tt := range []struct{ title, want string }{
		{"Notes — 漢字", "Notes — 漢字"},
		{"a\x1b]2;b\a\x07\u009c\u202ec\nd\xff", "a]2;bcd"},
		{strings.Repeat("é", 150), strings.Repeat("é", 100)},
	} {
		_, got, _ := strings.Cut(string(Enter(nil, tt.title)), "\x1b]2;")
		if got != tt.want+"\x1b\\" {
			t.Errorf("Enter(%q) sets %q, want %q", tt.title, got, tt.want)
		}
	}
	if got := string(Enter(nil, "")); strings.Contains(got, "\x1b]") {
		t.Errorf("no title: got %q", got)
	}
}
