package paint

import (
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// kind is what a token is.
type kind uint8

const (
	text  kind = iota // one grapheme
	style             // one SGR sequence
	link              // one OSC 8 sequence
)

// token is one thing of a line that is sent to the terminal.
type token struct {
	kind  kind
	text  string // its bytes
	width int    // cells; 0 unless text
	sure  bool   // every terminal agrees on width
}

// scanner reads the tokens of one line up to a width. What is neither text, SGR
// nor a link is skipped, and so is a grapheme that takes no cell.
type scanner struct {
	line  string
	pos   int // bytes read
	col   int // cells read
	most  int // cells read, in the terminal that takes the most for them
	width int // cells there are
	limit int // bound of most

	styled bool   // an SGR run is open
	opener string // the one sequence that opened it; "" when there were more, or it is not open
	linked bool   // a link is open
	unsure bool   // a grapheme was read whose width terminals disagree about
}

// closed reports that no SGR run and no link is open.
func (s *scanner) closed() bool { return !s.styled && !s.linked }

// opens reports that a terminal with nothing set can take the line up from here:
// no link is open, and no SGR run but one that a single sequence opens again.
func (s *scanner) opens() bool { return !s.linked && (!s.styled || s.opener != "") }

// next returns the next token, or false at the end of the line or when the next
// grapheme does not fit: it goes beyond width, or most beyond limit.
func (s *scanner) next() (token, bool) {
	for s.pos < len(s.line) {
		c := s.line[s.pos]
		switch {
		case c == '\x1b':
			if t, ok := s.escape(); ok {
				return t, true
			}
		case c < ' ' || c == 0x7f:
			s.pos++
		case c < utf8.RuneSelf && (s.pos+1 == len(s.line) || s.line[s.pos+1] < utf8.RuneSelf):
			return s.grapheme(s.line[s.pos:s.pos+1], 1, 1, true)
		default:
			cluster, w := s.cluster()
			if w == 0 {
				s.pos += len(cluster)
				continue
			}
			sure, most := agreed(cluster, w)
			return s.grapheme(cluster, w, most, sure)
		}
	}
	return token{}, false
}

// plain takes the text from the place reached on that is printable ASCII, before
// the byte stop, and as much as fits. It leaves the last of it to next when what
// follows may belong to the same grapheme.
func (s *scanner) plain(stop int) string {
	stop = min(stop, s.pos+s.width-s.col, s.pos+s.limit-s.most)
	n := s.pos
	for n < stop && s.line[n] >= ' ' && s.line[n] < 0x7f {
		n++
	}
	if n > s.pos && n < len(s.line) && s.line[n] >= utf8.RuneSelf {
		n--
	}
	t := s.line[s.pos:n]
	s.pos += len(t)
	s.col += len(t)
	s.most += len(t)
	return t
}

// grapheme takes one grapheme if it fits.
func (s *scanner) grapheme(cluster string, w, most int, sure bool) (token, bool) {
	if s.col+w > s.width || s.most+most > s.limit {
		s.pos = len(s.line)
		return token{}, false
	}
	s.pos += len(cluster)
	s.col += w
	s.most += most
	s.unsure = s.unsure || !sure
	return token{kind: text, text: cluster, width: w, sure: sure}, true
}

// cluster returns the grapheme at the place reached, and its cells: none when it
// must not be sent (it is invalid UTF-8, a C1 control, or takes no cell).
func (s *scanner) cluster() (string, int) {
	r, n := utf8.DecodeRuneInString(s.line[s.pos:])
	if r == utf8.RuneError && n <= 1 || r >= 0x80 && r < 0xa0 {
		return s.line[s.pos : s.pos+n], 0
	}
	cluster, w := ansi.FirstGraphemeCluster(s.line[s.pos:], ansi.GraphemeWidth)
	if w > 0 {
		// A mark of direction stays with what it stands behind, as it does in the
		// cells of a terminal.
		for len(cluster) < len(s.line)-s.pos && isDirection(s.line[s.pos+len(cluster):]) {
			cluster = s.line[s.pos : s.pos+len(cluster)+len(leftToRight)]
		}
	}
	if !utf8.ValidString(cluster) { // x/ansi takes broken bytes for marks
		cluster = cluster[:n]
		w = ansi.StringWidth(cluster)
	}
	return cluster, w
}

// Marks of direction, which take no cell: the line goes on as it would after a
// letter of a script that is written from left to right, or from right to left.
const (
	leftToRight = "\u200e"
	rightToLeft = "\u200f"
)

func isDirection(s string) bool {
	return strings.HasPrefix(s, leftToRight) || strings.HasPrefix(s, rightToLeft)
}

// escape takes the escape sequence at the place reached, and returns it if it
// is one that is sent.
func (s *scanner) escape() (token, bool) {
	rest := s.line[s.pos:]
	if len(rest) < 2 {
		s.pos = len(s.line)
		return token{}, false
	}
	switch rest[1] {
	case '[':
		n := 2
		for n < len(rest) && rest[n] >= 0x20 && rest[n] < 0x40 {
			n++
		}
		if n == len(rest) {
			s.pos = len(s.line)
			return token{}, false
		}
		s.pos += n + 1
		if rest[n] != 'm' || !sgr(rest[2:n]) {
			return token{}, false
		}
		t := token{kind: style, text: rest[:n+1]}
		switch {
		case resets(rest[2:n]):
			s.styled, s.opener = false, ""
		case s.styled:
			s.opener = ""
		default:
			s.styled, s.opener = true, t.text
		}
		return t, true
	case ']', 'P', 'X', '^', '_':
		body, n := str(rest)
		s.pos += n
		if rest[1] != ']' || !strings.HasPrefix(body, "8;") {
			return token{}, false
		}
		_, target, ok := strings.Cut(body[2:], ";")
		if !ok || !printable(body) {
			return token{}, false
		}
		s.linked = target != ""
		return token{kind: link, text: rest[:n]}, true
	default:
		s.pos += 2
		return token{}, false
	}
}

// str returns the body of the control string that rest begins with, and the
// bytes it takes with its terminator, which is ST or BEL. One without an end
// takes all of rest, and has no body.
func str(rest string) (body string, n int) {
	for n = 2; n < len(rest); n++ {
		switch {
		case rest[n] == '\a':
			return rest[2:n], n + 1
		case rest[n] == '\x1b' && n+1 < len(rest) && rest[n+1] == '\\':
			return rest[2:n], n + 2
		}
	}
	return "", len(rest)
}

// printable reports that s is printable ASCII.
func printable(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

// maxSGR bounds the parameters of one SGR sequence, in bytes.
const maxSGR = 100

// sgr reports that params are those of an SGR sequence.
func sgr(params string) bool {
	for i := range len(params) {
		if c := params[i]; (c < '0' || c > '9') && c != ';' && c != ':' {
			return false
		}
	}
	return len(params) <= maxSGR
}

// resets reports that an SGR sequence with these parameters leaves no attribute
// set. It knows a reset alone; of any other form it says no, which costs bytes at
// worst.
func resets(params string) bool {
	switch params {
	case "", "0", "00":
		return true
	}
	return false
}
