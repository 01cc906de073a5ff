package paint

import "strconv"

// Sequences that need no parameter.
const (
	resetStyle  = "\x1b[m"
	closeLink   = "\x1b]8;;\x1b\\"
	home        = "\x1b[H" // the top left
	eraseLine   = "\x1b[K" // from the cursor to the end of the line
	eraseBelow  = "\x1b[J" // from the cursor to the end of the screen
	resetRegion = "\x1b[r" // the cursor goes to the top left
	reverse     = "\x1bM"  // RI: up, and at the top of the region scroll down
	feed        = "\r\n"   // down, and at the bottom of the region scroll up

	hideCursor = "\x1b[?25l"
	showCursor = "\x1b[?25h"
	beginSync  = "\x1b[?2026h"
	endSync    = "\x1b[?2026l"

	// forget makes a terminal of which nothing is known blank. ED from the top
	// left, because ED 2 files the old screen in the scrollback of some.
	forget = hideCursor + resetStyle + resetRegion + home + eraseBelow
)

// syncOver is the size in bytes above which a frame is bracketed as one
// synchronized update. Below it the bracket's 16 bytes buy nothing: what is sent
// in one packet is drawn at once.
const syncOver = 1000

// appendCUP appends the sequence that moves the cursor to a row and column
// counted from 0.
func appendCUP(dst []byte, y, x int) []byte {
	dst = append(dst, '\x1b', '[')
	if y > 0 {
		dst = strconv.AppendInt(dst, int64(y)+1, 10)
	}
	if x > 0 {
		dst = append(dst, ';')
		dst = strconv.AppendInt(dst, int64(x)+1, 10)
	}
	return append(dst, 'H')
}

// appendCUF appends the sequence that moves the cursor n cells to the right.
func appendCUF(dst []byte, n int) []byte {
	dst = append(dst, '\x1b', '[')
	dst = strconv.AppendInt(dst, int64(n), 10)
	return append(dst, 'C')
}

// appendRegion appends the sequence that makes the rows from top up to, not
// including, bottom the scroll region. The cursor goes to the top left.
func appendRegion(dst []byte, top, bottom int) []byte {
	dst = append(dst, '\x1b', '[')
	dst = strconv.AppendInt(dst, int64(top)+1, 10)
	dst = append(dst, ';')
	dst = strconv.AppendInt(dst, int64(bottom), 10)
	return append(dst, 'r')
}

// bracket puts what follows start into a synchronized update, and hides the
// cursor first if it is visible.
func bracket(dst []byte, start int, visible bool) []byte {
	before := beginSync
	if visible {
		before += hideCursor
	}
	dst = append(dst, before...)
	copy(dst[start+len(before):], dst[start:len(dst)-len(before)])
	copy(dst[start:], before)
	return append(dst, endSync...)
}
