package server

import (
	"bytes"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"

	"lectern/internal/text"
)

// A decoder turns the bytes of a terminal into messages. What a sequence means is left to ultraviolet; where it
// ends is found here, within bounds:
//
//   - what is not complete waits: a lone ESC briefly, and is the Escape key then; a longer sequence for a little, and is
//     dropped then;
//   - a sequence longer than its bound is dropped, as it comes in, to its end;
//   - each byte is looked at a bounded number of times, however the bytes are cut;
//   - a paste becomes one message, of which the first bytes are kept;
//   - only what a program can use is let through: keys, clicks and the wheel, pastes, the background colour, sizes.
//
// Not safe for concurrent use.
type decoder struct {
	bounds *Bounds
	emit   func(tea.Msg)              // takes a message
	resize func(width, height uint32) // takes a size that the terminal reports in its input

	uv      uv.EventDecoder
	rest    []byte // what waits for more
	skip    kind   // what is being dropped, to its end, if not plain
	pasting bool
	paste   []byte // what was pasted so far
}

const (
	pasteStart = "\x1b[200~"
	pasteEnd   = "\x1b[201~"
)

// full reports whether bytes are dropped until a paste ends.
func (d *decoder) full() bool { return d.pasting && len(d.paste) >= d.bounds.Paste }

// write decodes p, and returns how long to wait for more before calling expire, 0 when nothing is waited for.
func (d *decoder) write(p []byte) (wait time.Duration) {
	d.rest = append(d.rest, p...)
	d.run(false)
	switch {
	case d.pasting || d.skip != plain || len(d.rest) > 2:
		return d.bounds.Patience
	case len(d.rest) > 0:
		return d.bounds.Escape
	}
	return 0
}

// expire gives up waiting.
func (d *decoder) expire() {
	if d.pasting {
		d.finishPaste(d.rest)
		d.rest = nil
	}
	d.skip = plain
	d.run(true)
	d.rest = nil
}

// run takes as much from the front of rest as can be taken.
func (d *decoder) run(expired bool) {
	b := d.rest
	for len(b) > 0 {
		n := d.step(b, expired)
		if n == 0 {
			break
		}
		b = b[n:]
	}
	if len(b) > d.bounds.Sequence {
		d.skip, _ = kindOf(b)
		b = nil
	}
	if len(b) == 0 {
		d.rest = nil // nearly always: keys come whole
		return
	}
	d.rest = append(d.rest[:0], b...)
}

// step takes one thing from the front of b, and returns its length, or 0 when more bytes are needed.
func (d *decoder) step(b []byte, expired bool) int {
	if d.skip != plain {
		n, over, _ := d.skip.end(b, 0)
		if over {
			d.skip = plain
		}
		if n > 0 || !over {
			return n
		}
	}
	if d.pasting {
		return d.stepPaste(b)
	}
	k, body := kindOf(b)
	switch {
	case k == plain:
		return d.character(b, expired)
	case len(b) == body && body == 2: // ESC and an introducer may be Alt with a key
		if !expired {
			return 0
		}
		return d.decode(b)
	case k == control && len(b) > body && b[body] == '[': // F1 to F5 of the Linux console, which nobody needs
		if len(b) < body+2 {
			return 0
		}
		return body + 2
	}
	n, over, whole := k.end(b, body)
	switch {
	case !over:
		return 0
	case whole && string(b[:n]) == pasteStart:
		d.pasting = true
	case whole && (k != str || b[1] == ']'):
		d.decode(b[:n])
	}
	return n
}

// character takes a character, a control, or one of them with Alt.
func (d *decoder) character(b []byte, expired bool) int {
	switch {
	case b[0] == escape && len(b) == 1 && !expired, cut(b) && !expired:
		return 0
	case b[0] == escape && len(b) > 1 && b[1] == escape: // Escape twice, rather than Alt with Escape
		if len(b) == 2 && !expired {
			return 0
		}
		return d.decode(b[:1])
	case isC1(b[0]):
		return 1
	case b[0] == escape && len(b) > 1 && isC1(b[1]):
		return 2
	}
	return d.decode(b)
}

// isC1 reports whether a character's first byte is a C1 control, which is no UTF-8. To ultraviolet some begin sequences, and
// its version of 2026-10-08 reads beyond the end of "\x9bM".
func isC1(b byte) bool { return b >= 0x80 && b <= 0x9f }

// decode lets ultraviolet decode the first event of b, and returns its length.
func (d *decoder) decode(b []byte) int {
	n, event := d.uv.Decode(b)
	d.event(event)
	return min(max(n, 1), len(b))
}

// event lets through what a program can use.
func (d *decoder) event(event uv.Event) {
	switch e := event.(type) {
	case uv.MultiEvent:
		for _, e := range e {
			d.event(e)
		}
	case uv.KeyPressEvent:
		if !strings.ContainsFunc(e.Text, unicode.IsControl) {
			d.emit(tea.KeyPressMsg(e))
		}
	case uv.MouseClickEvent:
		d.emit(tea.MouseClickMsg(e))
	case uv.MouseWheelEvent:
		d.emit(tea.MouseWheelMsg(e))
	case uv.BackgroundColorEvent:
		if e.Color != nil {
			d.emit(tea.BackgroundColorMsg(e))
		}
	case uv.WindowSizeEvent:
		if e.Width > 0 && e.Height > 0 {
			d.resize(uint32(e.Width), uint32(e.Height))
		}
	}
}

// stepPaste takes what b holds of a paste.
func (d *decoder) stepPaste(b []byte) int {
	if i := bytes.Index(b, []byte(pasteEnd)); i >= 0 {
		d.finishPaste(b[:i])
		return i + len(pasteEnd)
	}
	n := max(len(b)-len(pasteEnd)+1, 0) // the end may have begun
	d.keepPaste(b[:n])
	return n
}

func (d *decoder) keepPaste(b []byte) {
	d.paste = append(d.paste, b[:min(len(b), d.bounds.Paste-len(d.paste))]...)
}

// finishPaste hands on what was pasted, ending with b, cut at a whole character.
func (d *decoder) finishPaste(b []byte) {
	d.keepPaste(b)
	pasted := d.paste
	if d.full() {
		for i := 1; i <= min(utf8.UTFMax, len(pasted)); i++ {
			if tail := pasted[len(pasted)-i:]; utf8.RuneStart(tail[0]) {
				if !utf8.FullRune(tail) {
					pasted = pasted[:len(pasted)-i]
				}
				break
			}
		}
	}
	d.pasting, d.paste = false, nil
	d.emit(tea.PasteMsg{Content: text.Clean(string(pasted))})
}
