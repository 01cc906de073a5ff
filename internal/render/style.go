package render

import (
	"fmt"
	"strings"

	"lectern/internal/theme"
)

// Attributes of a look, one bit each.
const (
	bold uint8 = 1 << iota
	faint
	italic
	underline
	reverse
	strike
)

// sgrCodes are the SGR parameters of the attributes, in the order of their bits.
const sgrCodes = "123479"

// A look is how a letter is drawn. Colours are kept as SGR parameters, ready to
// be written. The zero look is the terminal's own.
type look struct {
	fg, bg string
	attrs  uint8
}

// inks reports whether a blank in this look can be seen.
func (l look) inks() bool {
	return l.bg != "" || l.attrs&(underline|reverse|strike) != 0
}

// change appends the sequence that turns a terminal from look l to look to, the
// shortest of setting only what is new and beginning afresh.
func (l look) change(dst []byte, to look) []byte {
	switch {
	case l == to:
		return dst
	case to == look{}:
		return append(dst, "\x1b[m"...)
	}
	dst = append(dst, "\x1b["...)
	adds := l.attrs&^to.attrs == 0 && (l.fg == "" || to.fg != "") && (l.bg == "" || to.bg != "")
	if !adds {
		dst = append(dst, "0;"...)
		l = look{}
	}
	for i := range len(sgrCodes) {
		if bit := uint8(1) << i; to.attrs&bit != 0 && l.attrs&bit == 0 {
			dst = append(dst, sgrCodes[i], ';')
		}
	}
	for _, c := range [...][2]string{{l.fg, to.fg}, {l.bg, to.bg}} {
		if c[1] != "" && c[0] != c[1] {
			dst = append(append(dst, c[1]...), ';')
		}
	}
	dst[len(dst)-1] = 'm'
	return dst
}

// apply is the look after an SGR sequence with these parameters.
func (l look) apply(params string) look {
	f := strings.Split(params, ";")
	for i := 0; i < len(f); i++ {
		switch p := f[i]; {
		case p == "" || p == "0":
			l = look{}
		case p == "38" || p == "48": // 38;5;n or 38;2;r;g;b
			n := 2
			if i+1 < len(f) && f[i+1] == "2" {
				n = 4
			}
			if i+n >= len(f) {
				return l
			}
			if color := strings.Join(f[i:i+n+1], ";"); p == "38" {
				l.fg = color
			} else {
				l.bg = color
			}
			i += n
		case p == "39":
			l.fg = ""
		case p == "49":
			l.bg = ""
		case p == "22":
			l.attrs &^= bold | faint
		case len(p) == 1 && strings.Contains(sgrCodes, p):
			l.attrs |= 1 << strings.Index(sgrCodes, p)
		case len(p) == 2 && p[0] == '2' && strings.IndexByte(sgrCodes, p[1]) > 1:
			l.attrs &^= 1 << strings.IndexByte(sgrCodes, p[1])
		case len(p) == 2 && (p[0] == '3' || p[0] == '9'):
			l.fg = p
		case len(p) == 2 && p[0] == '4', len(p) == 3 && p[:2] == "10":
			l.bg = p
		}
	}
	return l
}

// foreground is the SGR parameter that sets a colour, empty for the terminal's own.
func foreground(c theme.Color) string {
	var r, g, b, n int
	if _, err := fmt.Sscanf(string(c), "#%02x%02x%02x", &r, &g, &b); err == nil {
		return fmt.Sprintf("38;2;%d;%d;%d", r, g, b)
	}
	if _, err := fmt.Sscanf(string(c), "%d", &n); err != nil {
		return ""
	}
	switch {
	case n < 8:
		return fmt.Sprint(30 + n)
	case n < 16:
		return fmt.Sprint(90 + n - 8)
	default:
		return fmt.Sprintf("38;5;%d", n)
	}
}
