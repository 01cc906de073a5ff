package paint

import (
	"fmt"
	"strings"
	"testing"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"
)

// terminal is a screen emulator that has entered, with what it was sent.
type terminal struct {
	*vt.Emulator
	sent []byte
}

// newTerminal returns a terminal ready for frames. Its size is not reported as
// input: x/vt v0.0.0-20260906004030 blocks in that until somebody reads.
func newTerminal(width, height int) *terminal {
	t := &terminal{Emulator: vt.NewEmulator(width, height)}
	t.send([]byte(strings.Replace(string(Enter(nil, "")), "\x1b[?2048h", "", 1)))
	return t
}

func (t *terminal) send(b []byte) {
	t.sent = b
	_, _ = t.Write(b)
}

// cells describes what a terminal shows, one string for each row: graphemes with
// style and link where they change.
func (t *terminal) cells() []string {
	rows := make([]string, t.Height())
	for y := range rows {
		var b strings.Builder
		var style uv.Style
		var link uv.Link
		for x := 0; x < t.Width(); x++ {
			c := t.CellAt(x, y)
			if c == nil {
				b.WriteString("<nil>")
				continue
			}
			if !c.Style.Equal(&style) || c.Link != link {
				fmt.Fprintf(&b, "{%s%s}", strings.Trim(c.Style.String(), "\x1b["), c.Link.URL)
				style, link = c.Style, c.Link
			}
			switch {
			case c.Width == 0: // the second cell of a wide grapheme
				b.WriteString("‹")
			case c.Content == "":
				b.WriteString(" ")
			default:
				b.WriteString(c.Content)
			}
		}
		rows[y] = b.String()
	}
	return rows
}

// shows returns what a terminal of that size has to show for content: each line
// cut by x/ansi and written from the start of its row.
func shows(width, height int, content string) []string {
	t := newTerminal(width, height)
	for y, line := range strings.Split(content, "\n") {
		if y < height {
			_, _ = fmt.Fprintf(t, "\x1b[%dH%s", y+1, ansi.Truncate(line, width, ""))
		}
	}
	return t.cells()
}

// repaint sends the frame that shows content, and fails when the terminal does
// not show it.
func (t *terminal) repaint(tb testing.TB, s *Screen, content string) []byte {
	tb.Helper()
	t.send(s.Frame(nil, content, nil))
	check(tb, t, content)
	return t.sent
}

func check(tb interface {
	Helper()
	Fatalf(string, ...any)
}, t *terminal, content string,
) {
	tb.Helper()
	got, want := t.cells(), shows(t.Width(), t.Height(), content)
	for y := range want {
		if got[y] != want[y] {
			tb.Fatalf("row %d:\n got %q\nwant %q\nsent %q", y, got[y], want[y], t.sent)
		}
	}
}
