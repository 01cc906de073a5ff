package text

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"
)

// A Repair says what [Decode] mended on a line.
type Repair struct {
	Line int    // 1-based; CRLF, CR and LF each end a line
	What string // for the author, on one line and safe to show
}

// Decode turns the bytes of a file into text: a byte order mark is taken off,
// UTF-16 and UTF-32 with one are converted, other encodings where it is certain
// what they are, and UTF-8 that was read as Windows-1252 and written again is
// repaired where that is certain. Each repaired line is reported once. The text
// is as foreign as the file: [Clean] it.
func Decode(b []byte) (s string, repairs []Repair) {
	if s, name, ok := fromWide(b); ok {
		s, repairs = unmangle(s)
		return s, append([]Repair{{1, "the file is " + name + ", read as such"}}, repairs...)
	}
	b = bytes.TrimPrefix(b, []byte("\xef\xbb\xbf"))
	valid := utf8.Valid(b)
	if !valid {
		if s, name, ok := fromLegacy(b); ok {
			first := bytes.IndexFunc(b, func(r rune) bool { return r >= utf8.RuneSelf })
			return s, []Repair{{lineAt(string(b), first), "the file is " + name + ", not UTF-8; it is read as such"}}
		}
	}
	s, repairs = unmangle(string(b))
	if !valid {
		repairs = append(repairs, undecodable(s))
	}
	return s, repairs
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
