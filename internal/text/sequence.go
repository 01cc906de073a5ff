package text

// A kind tells which family an escape sequence is of.
type kind int

const (
	other kind = iota // C1 on its own, ESC and one more, DCS, SOS, PM, APC, or cut short
	csi               // ESC [ body final; body is what stands before the final
	osc               // ESC ] body, ended by ST or BEL
)

const (
	esc = 0x1b
	bel = 0x07

	// c1Lead is the first byte of U+0080 to U+00BF in UTF-8.
	c1Lead = 0xc2

	// maxString bounds a control string (OSC, DCS, …). A longer one is taken
	// for text whose introducer alone is dropped, so that one stray byte cannot
	// swallow a post.
	maxString = 4096
)

// introduces reports whether an escape sequence or a C1 control starts at s[i].
func introduces(s string, i int) bool {
	return s[i] == esc || s[i] == c1Lead && i+1 < len(s) && s[i+1] >= 0x80 && s[i+1] <= 0x9f
}

// sequence measures the escape sequence that s starts with ([introduces] says
// that one does): n bytes, at least 1. final is the last byte of a csi. A
// sequence never reaches over the end of its line, and one that is cut short
// ends where the first byte stands that cannot belong to it.
func sequence(s string) (n int, k kind, body string, final byte) {
	var intro byte // the byte that ESC makes of it, for both encodings
	switch {
	case s[0] == c1Lead:
		n, intro = 2, s[1]-0x40
	case len(s) == 1:
		return 1, other, "", 0
	default:
		n, intro = 2, s[1]
	}
	switch {
	case intro == '[':
		return control(s)
	case intro == ']':
		if end, next := stringEnd(s); next > 0 {
			return next, osc, s[2:end], 0
		}
		return 2, other, "", 0
	case intro == 'P', intro == 'X', intro == '^', intro == '_':
		if _, next := stringEnd(s); next > 0 {
			return next, other, "", 0
		}
		return 2, other, "", 0
	case s[0] == c1Lead:
		return 2, other, "", 0
	case intro >= 0x20 && intro <= 0x2f: // a character set or the like: ESC ( B
		for n < len(s) && s[n] >= 0x20 && s[n] <= 0x2f {
			n++
		}
		if n < len(s) && s[n] >= 0x30 && s[n] <= 0x7e {
			n++
		}
		return n, other, "", 0
	case intro >= 0x30 && intro <= 0x7e:
		return 2, other, "", 0
	default: // ESC before a control or a letter beyond ASCII
		return 1, other, "", 0
	}
}

// control measures a control sequence; its introducer is two bytes long.
func control(s string) (n int, k kind, body string, final byte) {
	n = 2
	for n < len(s) && s[n] >= 0x30 && s[n] <= 0x3f {
		n++
	}
	for n < len(s) && s[n] >= 0x20 && s[n] <= 0x2f {
		n++
	}
	if n == len(s) || s[n] < 0x40 || s[n] > 0x7e {
		return n, other, "", 0
	}
	return n + 1, csi, s[2:n], s[n]
}

// stringEnd finds where the control string that s starts with ends, and where
// the text goes on behind its terminator; next is 0 when nothing ends it. It
// stops at any other control that begins there, which keeps a run of
// introducers linear.
func stringEnd(s string) (end, next int) {
	for i := 2; i < len(s) && i < maxString; i++ {
		switch c := s[i]; {
		case c == bel:
			return i, i + 1
		case c == esc:
			if i+1 < len(s) && s[i+1] == '\\' {
				return i, i + 2
			}
			return 0, 0
		case introduces(s, i):
			if s[i+1] == 0x9c {
				return i, i + 2
			}
			return 0, 0
		case c == '\n', c == '\r', c == 0x18, c == 0x1a:
			return 0, 0
		}
	}
	return 0, 0
}
