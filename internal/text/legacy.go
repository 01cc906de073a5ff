package text

import (
	"bytes"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// A file that is not UTF-8 may be in an older encoding. A wrong guess shows a
// text that nobody wrote, which is worse than a mark for each byte that cannot
// be read. So the rules are:
//
//   - the whole file is in one encoding, or it is left alone: one with lines
//     of UTF-8 in it is not read as another;
//   - every byte is a character of the encoding;
//   - the text looks like one that people write in it: at least minForeign
//     characters, at least half of them among the most frequent of the language;
//     for Windows-1252 see latin.go;
//   - no other encoding passes as well.

// A legacy is an encoding from before UTF-8, and the test of a text read in it.
type legacy struct {
	name  string
	table encoding.Encoding
	fits  func(s string) bool
}

// legacies are the encodings that files are tried for.
func legacies() []legacy {
	return []legacy{
		{"GB18030", simplifiedchinese.GB18030, isSimplified},
		{"Big5", traditionalchinese.Big5, isTraditional},
		{"Shift_JIS", japanese.ShiftJIS, isJapanese},
		{"EUC-JP", japanese.EUCJP, isJapanese},
		{"EUC-KR", korean.EUCKR, isKorean},
		{"Windows-1251", charmap.Windows1251, isCyrillic},
		{"KOI8-R", charmap.KOI8R, isCyrillic},
		{"Windows-1252", charmap.Windows1252, isLatin},
	}
}

// fromLegacy decodes bytes that are not UTF-8 where it is certain what they
// are. The name is that of the encoding.
func fromLegacy(b []byte) (s, name string, ok bool) {
	if isMixed(b) {
		return "", "", false
	}
	isolated, pairs := highBytes(b)
	for _, l := range legacies() {
		// A quick look first: letters of one byte stand among ASCII in Latin, and
		// next to each other in all else.
		if isLatin1 := l.name == "Windows-1252"; isLatin1 == (pairs > isolated) {
			continue
		}
		decoded, err := l.table.NewDecoder().Bytes(b)
		if err != nil || bytes.ContainsRune(decoded, utf8.RuneError) || !l.fits(string(decoded)) {
			continue
		}
		if ok {
			return "", "", false
		}
		s, name, ok = string(decoded), l.name, true
	}
	return s, name, ok
}

// highBytes counts the bytes beyond ASCII that stand alone, and the others.
func highBytes(b []byte) (isolated, pairs int) {
	for i, c := range b {
		switch {
		case c < utf8.RuneSelf:
		case i > 0 && b[i-1] >= utf8.RuneSelf, i+1 < len(b) && b[i+1] >= utf8.RuneSelf:
			pairs++
		default:
			isolated++
		}
	}
	return isolated, pairs
}

// isMixed reports whether one of the lines of b is UTF-8. Two bytes of another
// encoding look like it now and then, a line of them with a character of three
// bytes hardly ever.
func isMixed(b []byte) bool {
	for line := range bytes.Lines(b) {
		if !utf8.Valid(line) {
			continue
		}
		if bytes.ContainsFunc(line, func(r rune) bool { return r >= 0x800 }) {
			return true
		}
	}
	return false
}
