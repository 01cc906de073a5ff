package server

import (
	"fmt"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// A terminalInput decodes and writes down what comes out.
type terminalInput struct {
	decoder
	got []string
}

func newTerminalInput() *terminalInput {
	bounds := DefaultBounds()
	in := &terminalInput{}
	in.decoder = decoder{
		bounds: &bounds,
		emit: func(msg tea.Msg) {
			switch msg := msg.(type) {
			case tea.KeyPressMsg:
				in.got = append(in.got, msg.String())
			case tea.PasteMsg:
				in.got = append(in.got, fmt.Sprintf("paste %q", msg.Content))
			case tea.BackgroundColorMsg:
				in.got = append(in.got, "background "+msg.String())
			default:
				in.got = append(in.got, fmt.Sprintf("%T", msg))
			}
		},
		resize: func(w, h uint32) { in.got = append(in.got, fmt.Sprintf("size %dx%d", w, h)) },
	}
	return in
}

var inputs = []struct {
	name, in string
	want     []string
}{
	{"letters", "jkG", []string{"j", "k", "G"}},
	{"controls", "\r\t\x03\x7f ", []string{"enter", "tab", "ctrl+c", "backspace", "space"}},
	{"arrows", "\x1b[A\x1b[B\x1bOA\x1bOB", []string{"up", "down", "up", "down"}},
	{"page keys", "\x1b[5~\x1b[6~\x1b[H\x1b[F\x1b[1~\x1b[4~", []string{"pgup", "pgdown", "home", "end", "home", "end"}},
	{"with modifiers", "\x1b[1;5A\x1b[Z", []string{"ctrl+up", "shift+tab"}},
	{"alt", "\x1bj\x1b\x1b[A", []string{"alt+j", "alt+up"}},
	{"alt with a wide letter", "\x1bü", []string{"alt+ü"}},
	{"escape twice and a key", "\x1b\x1bj", []string{"esc", "alt+j"}},
	{"characters", "ü日🙂", []string{"ü", "日", "🙂"}},
	{"broken UTF-8", "a\xff\x9b\xc3(b", []string{"a", "(", "b"}},
	{"controls that are no UTF-8", "a\x9bM000\x1b\x9bM0\x1b\x9d0;t\ab", []string{"a", "M", "0", "0", "0", "M", "0", "0", ";", "t", "ctrl+g", "b"}},
	{"background", "\x1b]11;rgb:0000/8080/ffff\x1b\\x\x1b]11;rgb:ffff/ffff/ffff\ax", []string{"background #0080ff", "x", "background #ffffff", "x"}},
	{"broken background", "\x1b]11;nonsense\ax", []string{"x"}},
	{"other answers", "\x1b]4;1;rgb:0/0/0\x1b\\\x1bP>|xterm(380)\x1b\\\x1b[?62;4c\x1b_Gi=1;OK\x1b\\x", []string{"x"}},
	{"sizes", "\x1b[48;40;120;800;1200tx\x1b[8;24;80t", []string{"size 120x40", "x", "size 80x24"}},
	{"broken sizes", "\x1b[48;0;0;0;0tx\x1b[8t\x1b[8;;t", []string{"x"}},
	{"the mouse, in the form that is asked for and in an older one", "\x1b[<0;10;10Mx\x1b[M !!x", []string{"tea.MouseClickMsg", "x", "space", "!", "!", "x"}},
	{"cancelled sequences", "\x1b[1\x1b[A\x1b]0;title\x1b[Bx\x1b]0;\x18y\x1b[3\x1az", []string{"up", "down", "x", "y", "z"}},
	{"console function keys", "\x1b[[Ax\x1b[[E", []string{"x"}},
	{"paste", "a\x1b[200~q\x1b[A\r\nü\x1b[201~b", []string{"a", `paste "q\nü"`, "b"}},
	{"empty paste", "\x1b[200~\x1b[201~b", []string{`paste ""`, "b"}},
	{"end of no paste", "\x1b[201~b", []string{"b"}},
	{"paste in a paste", "\x1b[200~\x1b[200~x\x1b[201~", []string{`paste "x"`}},
}

func TestInputMeansTheSameHoweverItIsCut(t *testing.T) {
	for _, tt := range inputs {
		t.Run(tt.name, func(t *testing.T) {
			whole := newTerminalInput()
			whole.write([]byte(tt.in))
			if diff := cmp.Diff(tt.want, whole.got); diff != "" {
				t.Errorf("whole: %s", diff)
			}
			for at := range len(tt.in) {
				halves := newTerminalInput()
				halves.write([]byte(tt.in[:at]))
				halves.write([]byte(tt.in[at:]))
				if diff := cmp.Diff(tt.want, halves.got); diff != "" {
					t.Errorf("cut at %d: %s", at, diff)
				}
			}
		})
	}
}

func TestWhatIsNotCompleteWaits(t *testing.T) {
	bounds := DefaultBounds()
	for _, tt := range []struct {
		in   string
		wait time.Duration
		want []string // once the wait is over
	}{
		{"\x1b", bounds.Escape, []string{"esc"}},
		{"\x1b\x1b", bounds.Escape, []string{"esc", "esc"}},
		{"\x1b[", bounds.Escape, []string{"alt+["}},
		{"\x1bO", bounds.Escape, []string{"alt+shift+o"}},
		{"\x1b]", bounds.Escape, []string{"alt+]"}},
		{"\x1b[1;5", bounds.Patience, nil},
		{"\x1b]11;rgb:ff", bounds.Patience, nil},
		{"\x1bP1$r", bounds.Patience, nil},
		{"\x1b\x1b[1", bounds.Patience, nil},
		{"\xe6\x97", bounds.Escape, nil},
		{"x", 0, []string{"x"}},
		{"\x1b[200~abc", bounds.Patience, []string{`paste "abc"`}},
		{"\x1b[200~abc\x1b[20", bounds.Patience, []string{`paste "abc"`}},
		{"\x1b]0;" + strings.Repeat("x", 5000), bounds.Patience, nil},
	} {
		in := newTerminalInput()
		if got := in.write([]byte(tt.in)); got != tt.wait {
			t.Errorf("%.20q: waits %v, want %v", tt.in, got, tt.wait)
		}
		in.expire()
		if diff := cmp.Diff(tt.want, in.got); diff != "" {
			t.Errorf("%.20q: %s", tt.in, diff)
		}
		// And afterwards keys are keys.
		in.got = nil
		in.write([]byte("j"))
		if diff := cmp.Diff([]string{"j"}, in.got); diff != "" {
			t.Errorf("after %.20q: %s", tt.in, diff)
		}
	}
}

func TestEndlessSequencesAreDroppedToTheirEnd(t *testing.T) {
	for name, tt := range map[string]struct {
		begin, middle, end string
	}{
		"OSC":  {"\x1b]11;", "quit", "\x1b\\"},
		"OSC2": {"\x1b]11;", "quit", "\a"},
		"DCS":  {"\x1bP", "quit", "\x1b\\"},
		"APC":  {"\x1b_", "quit", "\x18"},
		"CSI":  {"\x1b[", "1234", "A"},
		"SS3":  {"\x1bO", "1234", "A"},
	} {
		in := newTerminalInput()
		in.write([]byte(tt.begin))
		for range 10_000 {
			in.write([]byte(tt.middle))
			if len(in.rest) > in.bounds.Sequence || cap(in.rest) > 4*in.bounds.Sequence {
				t.Fatalf("%s: keeps %d bytes, of %d", name, len(in.rest), cap(in.rest))
			}
		}
		in.write([]byte(tt.end + "j"))
		if diff := cmp.Diff([]string{"j"}, in.got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// A megabyte of an unterminated sequence in single bytes takes milliseconds, where looking at all of it again for each
// byte took minutes.
func TestEndlessSequenceCostsTimeInProportion(t *testing.T) {
	took := func(size int) time.Duration {
		in := newTerminalInput()
		in.write([]byte("\x1b]"))
		start := time.Now()
		for range size {
			in.write([]byte("x"))
		}
		return time.Since(start)
	}
	if d := took(1 << 20); d > 2*time.Second {
		t.Errorf("1 MiB took %v", d)
	}
}

func TestPasteIsCutAtACharacter(t *testing.T) {
	for _, paste := range []string{strings.Repeat("日", 5000), "x" + strings.Repeat("日", 5000), "xx" + strings.Repeat("🙂", 5000)} {
		in := newTerminalInput()
		in.write([]byte(pasteStart))
		for i := 0; i < len(paste); i += 100 {
			in.write([]byte(paste[i:min(i+100, len(paste))]))
		}
		in.write([]byte(pasteEnd))
		if len(in.got) != 1 || strings.ContainsRune(in.got[0], '\ufffd') || strings.Contains(in.got[0], `\x`) {
			t.Errorf("got %q", in.got)
		}
		if n := len(in.got[0]); n > 4096+len(`paste ""`) || n < 4000 {
			t.Errorf("kept %d bytes", n)
		}
	}
}

func TestNoInputBreaksTheDecoder(t *testing.T) {
	piece := rapid.SampledFrom(append([]string{
		"\x1b", "[", "]", "O", "P", "_", "^", "X", "\\", "\a", "\x18", "~", "$", "M", "m", "<", "?", ";", ":", "u", "t", "_", "R",
		"0", "9", "99999999999999999999", "200", "201", "27", "48", "8", "1;", pasteStart, pasteEnd, "\xff", "\xe6", "日", "\u0301", "\u200d", "\x9b", "\x9d",
	}, "52;c;", "11;rgb:"))
	rapid.Check(t, func(t *rapid.T) {
		in := newTerminalInput()
		for range rapid.IntRange(1, 40).Draw(t, "pieces") {
			in.write([]byte(piece.Draw(t, "piece")))
			if rapid.IntRange(0, 9).Draw(t, "expire") == 0 {
				in.expire()
			}
			if len(in.rest) > in.bounds.Sequence {
				t.Fatalf("keeps %d bytes", len(in.rest))
			}
		}
		in.expire()
		if len(in.rest) > 0 || in.skip != plain || in.pasting {
			t.Fatalf("still waits for %q", in.rest)
		}
	})
}

func FuzzDecoder(f *testing.F) {
	for _, tt := range inputs {
		f.Add([]byte(tt.in), 3)
	}
	f.Fuzz(func(t *testing.T, input []byte, cut int) {
		in := newTerminalInput()
		cut = min(max(cut, 0), len(input))
		in.write(input[:cut])
		in.write(input[cut:])
		in.expire()
		for _, got := range in.got {
			if strings.ContainsRune(got, 0x1b) {
				t.Errorf("%q gives %q", input, got)
			}
		}
	})
}

func TestClicksAndTheWheelAreLetThrough(t *testing.T) {
	var got []tea.Msg
	bounds := DefaultBounds()
	d := decoder{bounds: &bounds, emit: func(msg tea.Msg) { got = append(got, msg) }}
	d.write([]byte("\x1b[<0;11;6M\x1b[<0;11;6m\x1b[<65;1;1M\x1b[<35;4;4M"))
	want := []tea.Msg{tea.MouseClickMsg{X: 10, Y: 5, Button: tea.MouseLeft}, tea.MouseWheelMsg{Button: tea.MouseWheelDown}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
