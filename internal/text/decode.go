package text

import (
	"fmt"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// A Repair says what [Decode] mended on a line.
type Repair struct {
	Line int    // 1-based; CRLF, CR and LF each end a line
	What string // for the author, on one line and safe to show
}

// Decode turns the bytes of a file into text: a byte order mark is taken off,
// UTF-16 with one is converted, and UTF-8 that was read as Windows-1252 and
// written again is repaired where that is certain. Each repaired line is
// reported once. The text is as foreign as the file: [Clean] it.
func Decode(b []byte) (s string, repairs []Repair) {
	switch {
	case len(b) >= 3 && b[0] == 0xef && b[1] == 0xbb && b[2] == 0xbf:
		s = string(b[3:])
	case len(b) >= 2 && b[0] == 0xff && b[1] == 0xfe:
		s = fromUTF16(b[2:], func(lo, hi byte) uint16 { return uint16(hi)<<8 | uint16(lo) })
		repairs = append(repairs, Repair{1, "the file is UTF-16, read as such"})
	case len(b) >= 2 && b[0] == 0xfe && b[1] == 0xff:
		s = fromUTF16(b[2:], func(hi, lo byte) uint16 { return uint16(hi)<<8 | uint16(lo) })
		repairs = append(repairs, Repair{1, "the file is UTF-16, read as such"})
	default:
		s = string(b)
	}
	s, mended := unmangle(s)
	repairs = append(repairs, mended...)
	if !utf8.ValidString(s) {
		repairs = append(repairs, undecodable(s))
	}
	return s, repairs
}

// fromUTF16 decodes pairs of bytes; an odd last byte is not text.
func fromUTF16(b []byte, unit func(a, b byte) uint16) string {
	units := make([]uint16, 0, len(b)/2)
	for ; len(b) >= 2; b = b[2:] {
		units = append(units, unit(b[0], b[1]))
	}
	s := string(utf16.Decode(units))
	if len(b) > 0 {
		s += "\uFFFD"
	}
	return s
}

// undecodable reports the bytes of s that are not UTF-8: how many, and the
// line of the first.
func undecodable(s string) Repair {
	first, count := -1, 0
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && n == 1 {
			if count++; first < 0 {
				first = i
			}
		}
		i += n
	}
	if count == 1 {
		return Repair{lineAt(s, first), "a byte is not UTF-8, it is shown as \uFFFD"}
	}
	return Repair{lineAt(s, first), fmt.Sprintf("%d bytes are not UTF-8, each shown as \uFFFD", count)}
}

// lineAt is the number of the line that holds the byte at i.
func lineAt(s string, i int) int {
	head := s[:i]
	return 1 + strings.Count(head, "\n") + strings.Count(head, "\r") - strings.Count(head, "\r\n")
}
