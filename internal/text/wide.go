package text

import (
	"bytes"
	"encoding/binary"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// fromWide decodes UTF-16 and UTF-32 with a byte order mark, and UTF-16 without
// one where it is certain.
func fromWide(b []byte) (s, name string, ok bool) {
	for _, w := range []struct {
		mark, name string
		order      binary.ByteOrder
		size       int
	}{
		{"\xff\xfe\x00\x00", "UTF-32", binary.LittleEndian, 4}, // before UTF-16, whose mark begins alike
		{"\x00\x00\xfe\xff", "UTF-32", binary.BigEndian, 4},
		{"\xff\xfe", "UTF-16", binary.LittleEndian, 2},
		{"\xfe\xff", "UTF-16", binary.BigEndian, 2},
	} {
		rest, ok := bytes.CutPrefix(b, []byte(w.mark))
		switch {
		case !ok:
		case w.size == 2:
			return fromUTF16(rest, w.order), w.name, true
		case len(rest)%4 == 0:
			return fromUTF32(rest, w.order), w.name, true
		}
	}
	for _, order := range []binary.ByteOrder{binary.LittleEndian, binary.BigEndian} {
		if s, ok := unmarked16(b, order); ok {
			return s, "UTF-16 without a mark", true
		}
	}
	return "", "", false
}

// unmarked16 decodes UTF-16 without a mark: nearly every other byte is NUL, no
// other one is, and all of it is text.
func unmarked16(b []byte, order binary.ByteOrder) (string, bool) {
	const least = 8 // bytes that tell it
	if len(b) < least || len(b)%2 != 0 || bytes.IndexByte(b, 0) < 0 {
		return "", false
	}
	ascii := 0
	for i := 0; i < len(b); i += 2 {
		switch u := order.Uint16(b[i:]); {
		case u&0xff == 0: // the other byte; and U+0000 is no text
			return "", false
		case u < utf8.RuneSelf:
			ascii++
		}
	}
	if ascii*4 < len(b)/2*3 {
		return "", false
	}
	s := fromUTF16(b, order)
	odd := strings.ContainsFunc(s, func(r rune) bool {
		return r == utf8.RuneError || !unicode.IsGraphic(r) && r != '\n' && r != '\r' && r != '\t'
	})
	return s, !odd
}

// fromUTF16 decodes pairs of bytes; an odd last byte is not text.
func fromUTF16(b []byte, order binary.ByteOrder) string {
	units := make([]uint16, 0, len(b)/2)
	for ; len(b) >= 2; b = b[2:] {
		units = append(units, order.Uint16(b))
	}
	s := string(utf16.Decode(units))
	if len(b) > 0 {
		s += "\uFFFD"
	}
	return s
}

// fromUTF32 decodes groups of four bytes; what is no character is U+FFFD.
func fromUTF32(b []byte, order binary.ByteOrder) string {
	var s strings.Builder
	s.Grow(len(b) / 4)
	for ; len(b) >= 4; b = b[4:] {
		s.WriteRune(rune(min(order.Uint32(b), utf8.MaxRune+1)))
	}
	return s.String()
}
