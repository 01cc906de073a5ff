package server

import "unicode/utf8"

// kind is a kind of input, by how it ends.
type kind int

const (
	plain   kind = iota // a character, a control, or Alt with one of them
	control             // CSI: ends with a byte from 0x40 on
	shift               // SS3: ends with the first byte that is no digit
	str                 // OSC, DCS, SOS, PM, APC: ends with ST or BEL, or is cancelled
)

const escape = 0x1b

// kindOf returns the kind of input that b begins with, and where what tells it from other kinds is over.
func kindOf(b []byte) (k kind, body int) {
	if b[0] != escape {
		return plain, 0
	}
	body = 1
	if len(b) > 2 && b[1] == escape { // Alt with a sequence
		body = 2
	}
	if len(b) <= body {
		return plain, 0
	}
	switch b[body] {
	case '[':
		return control, body + 1
	case 'O':
		return shift, body + 1
	case ']', 'P', 'X', '^', '_':
		return str, body + 1
	}
	return plain, 0
}

// end returns the length of the sequence of kind k that b begins with, looking from the byte at from on, which is in its
// body. It is not over when more bytes must come, and n is then how far there is no need to look again. It is not
// whole when it was cancelled or is malformed.
func (k kind) end(b []byte, from int) (n int, over, whole bool) {
	for i := from; i < len(b); i++ {
		c := b[i]
		switch {
		case c == escape && k == str && i+1 == len(b):
			return i, false, false
		case c == escape && k == str && b[i+1] == '\\':
			return i + 2, true, true
		case c == escape: // the next sequence cancels this one
			return i, true, false
		case c == 0x18, c == 0x1a: // CAN, SUB
			return i + 1, true, false
		case k == str:
			if c == '\a' {
				return i + 1, true, true
			}
		case k == shift:
			if c < '0' || c > '9' {
				return i + 1, true, true
			}
		case c < 0x20 || c >= 0x7f:
			return i + 1, true, false
		case c >= 0x40:
			return i + 1, true, true
		}
	}
	return len(b), false, false
}

// cut reports whether b ends in the middle of the character that it begins with, ESC for Alt aside.
func cut(b []byte) bool {
	if b[0] == escape && len(b) > 1 {
		b = b[1:]
	}
	return b[0] >= utf8.RuneSelf && !utf8.FullRune(b)
}
