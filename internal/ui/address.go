package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"rsc.io/qr"

	"lectern/internal/render"
	"lectern/internal/text"
)

// An addressCard shows one address whole: as a link, to be copied, and as a code
// for the camera of a phone.
type addressCard struct {
	link   render.Link
	copied string // a word about that
}

// changed implements screen.
func (c *addressCard) changed(*stage) {}

// paste implements screen.
func (c *addressCard) paste(*stage, string) {}

// keys implements screen.
func (c *addressCard) keys() keymap { return addressKeys }

// key implements screen.
func (c *addressCard) key(_ *stage, k tea.KeyPressMsg) intent {
	switch a := c.keys().find(k); a {
	case copyText:
		c.copied = "sent to your clipboard"
		return intent{do: copyText, text: shown(c.link)}
	case back, showHelp, switchTheme:
		return intent{do: a}
	}
	return intent{}
}

// page implements screen.
func (c *addressCard) page(s *stage) page {
	pg := page{title: "a link", status: c.copied}
	address := shown(c.link)
	for rest := address; rest != ""; {
		line := ansi.Truncate(rest, s.measure(), "")
		if line == "" {
			break
		}
		rest = rest[len(line):]
		styled := s.palette.LinkStyle.Styled(line)
		if s.links && c.link.Target != "" {
			styled = "\x1b]8;;" + c.link.Target + "\x1b\\" + styled + "\x1b]8;;\x1b\\"
		}
		pg.body = append(pg.body, styled)
	}
	pg.body = append(pg.body, "")
	room := s.rows() - len(pg.body)
	square := qrLines(c.link.Target)
	switch {
	case c.link.Target == "":
		pg.body = append(pg.body, wrapped(s, "It is no address of the web that a phone or a browser would open.")...)
	case s.ascii: // it has no squares
	case square == nil, len(square) > room, text.Width(square[0]) > s.measure():
		pg.body = append(pg.body, wrapped(s, "In a larger window there is a code for a phone here.")...)
	default:
		pg.body = append(pg.body, square...)
	}
	return pg
}

// maxQR is the longest address that is shown as a code, in bytes: a longer one
// makes squares too fine for a camera.
const maxQR = 400

// qrLines draws an address as a QR code, two rows of squares a line, dark on
// light whatever the colours of the terminal. nil: none can be drawn.
func qrLines(address string) []string {
	if address == "" || len(address) > maxQR {
		return nil
	}
	code, err := qr.Encode(address, qr.L)
	if err != nil {
		return nil
	}
	const quiet = 2 // squares of light around it
	dark := func(x, y int) bool { return x >= 0 && y >= 0 && x < code.Size && y < code.Size && code.Black(x, y) }
	var lines []string
	for y := -quiet; y < code.Size+quiet; y += 2 {
		var b strings.Builder
		b.WriteString("\x1b[30;47m")
		for x := -quiet; x < code.Size+quiet; x++ {
			switch upper, lower := dark(x, y), dark(x, y+1); {
			case upper && lower:
				b.WriteString("█")
			case upper:
				b.WriteString("▀")
			case lower:
				b.WriteString("▄")
			default:
				b.WriteString(" ")
			}
		}
		b.WriteString("\x1b[m")
		lines = append(lines, b.String())
	}
	return lines
}
