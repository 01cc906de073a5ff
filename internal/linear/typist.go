package linear

import (
	"bufio"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"lectern/internal/text"
)

// maxLine is the longest line that is taken, in bytes. What is typed beyond it
// is neither kept nor shown.
const maxLine = 300

// A typist reads lines that are typed, and may be anything. A terminal over SSH
// is raw: it leaves to us to show what is typed, and to take it back.
type typist struct {
	in   *bufio.Reader
	out  *bufio.Writer // flushed before each wait
	echo bool

	line     []byte
	rune     []byte // the beginning of a character
	sequence sequence
	returned bool // the last byte ended a line as CR, which LF may follow
}

// A sequence is where in an escape sequence the typist is. Arrows and other keys
// send them, and are swallowed. One that has no end, as after Alt+], is over
// with the line.
type sequence int

const (
	none     sequence = iota
	escape            // behind ESC
	control           // in CSI, which a letter ends
	shift             // one more byte
	str               // in OSC and the like, which BEL or ESC \ ends
	strEnded          // behind an ESC in one
)

// Bytes that do something.
const (
	ctrlC     = 0x03
	ctrlD     = 0x04
	bell      = 0x07
	backspace = 0x08
	ctrlU     = 0x15
	esc       = 0x1b
	del       = 0x7f
)

func newTypist(in io.Reader, out *bufio.Writer, echo bool) *typist {
	return &typist{in: bufio.NewReaderSize(in, 512), out: out, echo: echo}
}

// next is the next line; not ok when the reader leaves, or the input ends. Either
// way what is written next begins a line.
func (t *typist) next() (line string, ok bool) {
	t.line, t.rune, t.sequence = t.line[:0], t.rune[:0], none
	defer t.out.WriteByte('\n')
	for {
		if t.in.Buffered() == 0 && t.out.Flush() != nil {
			return "", false
		}
		b, err := t.in.ReadByte()
		if err != nil {
			// Of a file the last line may have no end. A reader had not finished it.
			return string(t.line), len(t.line) > 0 && !t.echo
		}
		returned := t.returned
		t.returned = b == '\r'
		switch {
		case b == '\n' && returned:
		case b == '\r', b == '\n':
			return string(t.line), true
		case b == ctrlC && len(t.line) > 0:
			t.sequence = none
			t.erase(len(t.line))
		case (b == ctrlC || b == ctrlD) && len(t.line) == 0:
			return "", false
		case t.inSequence(b):
		case b == backspace, b == del:
			t.erase(t.last())
		case b == ctrlU:
			t.erase(len(t.line))
		case b >= ' ':
			t.add(b)
		}
	}
}

// inSequence reports whether b is part of an escape sequence, or begins one.
func (t *typist) inSequence(b byte) bool {
	switch s := t.sequence; {
	case b == esc && (s == str || s == strEnded):
		t.sequence = strEnded
	case b == esc:
		t.sequence = escape
	case s == escape && b == '[':
		t.sequence = control
	case s == escape && b == 'O', s == control && b == '[': // the second as on Linux's console
		t.sequence = shift
	case s == escape && strings.IndexByte("]PX^_", b) >= 0:
		t.sequence = str
	case s == control && b >= '@', s == shift, s == str && b == bell, s == strEnded && b == '\\':
		t.sequence = none
	case s == strEnded:
		t.sequence = str
	case s == escape: // Alt with a key, or Escape and then a key
		t.sequence = none
		return false
	case s == none:
		return false
	}
	return true
}

// add takes one byte of a character, and the character when it is whole and
// safe to show.
func (t *typist) add(b byte) {
	t.rune = append(t.rune, b)
	if !utf8.FullRune(t.rune) {
		return
	}
	defer func() { t.rune = t.rune[:0] }()
	if len(t.line)+len(t.rune) > maxLine {
		return
	}
	if line := string(t.line) + string(t.rune); text.Clean(line) != line {
		return
	}
	t.line = append(t.line, t.rune...)
	if t.echo {
		t.out.Write(t.rune)
	}
}

// last is how many bytes the last character of the line has, as a reader
// counts characters.
func (t *typist) last() int {
	last := ""
	for rest := string(t.line); rest != ""; rest = rest[len(last):] {
		last, _ = ansi.FirstGraphemeCluster(rest, ansi.GraphemeWidth)
	}
	return len(last)
}

// erase takes back the last n bytes, here and on the terminal.
func (t *typist) erase(n int) {
	kept := len(t.line) - n
	if t.echo {
		t.out.WriteString(strings.Repeat("\b \b", text.Width(string(t.line[kept:]))))
	}
	t.line = t.line[:kept]
}
