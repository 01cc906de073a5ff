package paint

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// console is the terminal that gives the most trouble: it wraps although it was
// told not to, counts the width of each code point by itself, erases with the
// current attributes, and fails the test at any sequence that not every terminal
// has, at any that leaves something set, and when a wrap scrolls it.
type console struct {
	width, height int
	cells         []string // grapheme and attributes; "" is the right half of one
	x, y          int
	waits         bool // the next character wraps
	top, bottom   int
	style, link   string
}

func newConsole(width, height int) *console {
	c := &console{width: width, height: height, bottom: height, cells: make([]string, width*height)}
	c.erase(0, len(c.cells))
	return c
}

type failer interface{ Fatalf(string, ...any) }

// write shows one frame.
func (c *console) write(t failer, b []byte) {
	for s := string(b); s != ""; {
		n := c.sequence(t, s)
		if n == 0 {
			t.Fatalf("a terminal may not know what begins %q in %q", s, b)
		}
		s = s[n:]
	}
	if c.style != "" || c.link != "" || c.top != 0 || c.bottom != c.height {
		t.Fatalf("style %q, link %q, region %d to %d are left by %q", c.style, c.link, c.top, c.bottom, b)
	}
}

// sequence carries out what s begins with, and returns its length.
func (c *console) sequence(t failer, s string) int {
	switch {
	case strings.HasPrefix(s, feed):
		c.x, c.waits = 0, false
		if c.y++; c.y == c.bottom {
			c.y--
			c.scroll(1)
		}
		return 2
	case strings.HasPrefix(s, reverse):
		if c.y--; c.y < c.top {
			c.y++
			c.scroll(-1)
		}
		return 2
	case strings.HasPrefix(s, "\x1b]8;"):
		body, n := str(s)
		_, c.link, _ = strings.Cut(body[min(2, len(body)):], ";")
		return n
	case strings.HasPrefix(s, "\x1b["):
		n := 2 + strings.IndexFunc(s[2:], func(r rune) bool { return r >= 0x40 })
		if !c.csi(s[2:n], s[n]) {
			return 0
		}
		return n + 1
	}
	r, n := utf8.DecodeRuneInString(s)
	if r < ' ' || r == 0x7f || r >= 0x80 && r < 0xa0 || r == utf8.RuneError {
		return 0
	}
	c.print(t, s[:n])
	return n
}

func (c *console) csi(params string, final byte) bool {
	var p [2]int
	for i, v := range strings.SplitN(params, ";", 2) {
		p[i], _ = strconv.Atoi(v)
	}
	switch final {
	case 'H':
		c.y, c.x = min(max(p[0], 1), c.height)-1, min(max(p[1], 1), c.width)-1
	case 'C':
		c.x = min(c.x+max(p[0], 1), c.width-1)
	case 'K':
		c.erase(c.y*c.width+c.x, (c.y+1)*c.width)
		return !c.waits
	case 'J':
		c.erase(c.y*c.width+c.x, len(c.cells))
		return !c.waits
	case 'r':
		c.top, c.bottom = max(p[0], 1)-1, c.height
		if p[1] > 0 {
			c.bottom = p[1]
		}
		c.x, c.y = 0, 0
		if c.bottom-c.top < 2 && c.height > 1 {
			return false // a region has two rows at least
		}
	case 'm':
		if c.style += params + "m"; params == "" || params == "0" || params == "00" {
			c.style = ""
		}
		return true
	case 'h', 'l':
		return params == "?25" || params == "?2026"
	default:
		return false
	}
	c.waits = false
	return true
}

func (c *console) print(t failer, r string) {
	w := ansi.StringWidthWc(r)
	if w == 0 {
		if at := c.y*c.width + c.x; c.waits {
			c.cells[at] += r
		} else if c.x > 0 {
			c.cells[at-1] += r
		}
		return
	}
	if c.waits || c.x+w > c.width {
		if w > c.width {
			return
		}
		if c.x, c.waits = 0, false; c.y+1 == c.height {
			t.Fatalf("%q wraps at the bottom", r)
		}
		c.y++
	}
	at := c.y*c.width + c.x
	for i := at; i < at+w; i++ {
		c.split(i)
	}
	c.cells[at] = r + c.style + c.link
	if w == 2 {
		c.cells[at+1] = ""
	}
	if c.x += w; c.x >= c.width {
		c.x, c.waits = c.width-1, true
	}
}

// split blanks the other half of a wide character that loses this one.
func (c *console) split(i int) {
	switch {
	case c.cells[i] == "":
		c.cells[i-1] = "?"
	case i+1 < len(c.cells) && c.cells[i+1] == "":
		c.cells[i+1] = "?"
	}
}

func (c *console) erase(from, to int) {
	if from < len(c.cells) && c.cells[from] == "" && from%c.width > 0 {
		c.split(from)
	}
	for i := from; i < to; i++ {
		c.cells[i] = " " + c.style
	}
}

func (c *console) scroll(by int) {
	top, bottom := c.top*c.width, c.bottom*c.width
	if by > 0 {
		copy(c.cells[top:bottom], c.cells[top+c.width:bottom])
		c.erase(bottom-c.width, bottom)
	} else {
		copy(c.cells[top+c.width:bottom], c.cells[top:bottom])
		c.erase(top, top+c.width)
	}
}
