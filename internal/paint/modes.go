package paint

import (
	"unicode"
	"unicode/utf8"
)

// maxTitle bounds a window title, in bytes.
const maxTitle = 200

// Enter appends what makes a terminal ready for frames: the alternate screen,
// the cursor hidden, autowrap off, bracketed paste, reports of its size as input
// (mode 2048), the direction of each line told by its letters (mode 2501, which
// VTE has), and a window title as Title sets it. To send Enter again changes
// nothing, but the title then needs as many Leaves.
func Enter(dst []byte, title string) []byte {
	dst = append(dst,
		"\x1b[?1049h"+ // the alternate screen, blank; the cursor saved
			"\x1b[22;2t"+ // the title saved
			hideCursor+
			"\x1b[?7l"+ // autowrap
			"\x1b[?2004h"+ // bracketed paste
			"\x1b[?2048h"+ // in-band resize
			"\x1b[?2501h"+ // each line begins at the side that its first letter asks for
			resetStyle...)
	return Title(dst, title)
}

// Title appends what sets the window title, after an Enter. Of the title only
// printable characters are sent, at most 200 bytes; an empty one changes nothing.
func Title(dst []byte, title string) []byte {
	if title == "" {
		return dst
	}
	dst = append(dst, "\x1b]2;"...)
	end := len(dst) + maxTitle
	for _, r := range title {
		if r == utf8.RuneError || !unicode.IsPrint(r) {
			continue
		}
		if len(dst)+utf8.RuneLen(r) > end {
			break
		}
		dst = utf8.AppendRune(dst, r)
	}
	return append(dst, "\x1b\\"...)
}

// Mouse appends what makes the terminal report clicks and the wheel, or leave
// them to its user, who can then select text. Enter leaves them there.
func Mouse(dst []byte, on bool) []byte {
	if on {
		return append(dst, "\x1b[?1000h\x1b[?1006h"...) // clicks, in a form without bounds
	}
	return append(dst, mouseOff...)
}

const mouseOff = "\x1b[?1006l\x1b[?1000l"

// Leave appends what undoes Enter and Mouse, and resets SGR, links and the scroll region,
// also when the output was cut in the middle of a sequence or of a frame. To
// send it again at once changes nothing.
//
// A terminal without an alternate screen (the Linux console, a VT100) keeps the
// last frame, with the cursor somewhere in it: paint an empty frame first, and
// its prompt stands at the top of a blank screen.
func Leave(dst []byte) []byte {
	return append(dst,
		"\x1b\\"+ // ends a string that was cut
			endSync+
			// To reset the region moves the cursor, which a second Leave must
			// not do on the main screen.
			"\x1b7"+resetRegion+"\x1b8"+
			closeLink+
			mouseOff+
			"\x1b[?2501l"+
			"\x1b[?2048l"+
			"\x1b[?2004l"+
			"\x1b[?1049l"+
			// What some terminals save and restore with the cursor comes after it.
			"\x1b[?7h"+
			"\x1b[23;2t"+
			resetStyle+
			showCursor...)
}
