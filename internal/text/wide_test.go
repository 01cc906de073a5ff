package text_test

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"

	"lectern/internal/text"
)

const plainProse = "---\ntitle: A title\n---\n\nIt’s plain text, “quoted” and naïve. 🚀\r\n"

func TestDecodeReadsWideEncodings(t *testing.T) {
	for _, tt := range []struct {
		name  string
		table encoding.Encoding
		text  string
	}{
		{"UTF-16", unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), plainProse},
		{"UTF-16", unicode.UTF16(unicode.BigEndian, unicode.UseBOM), plainProse},
		{"UTF-16", unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), simplified},
		{"UTF-32", utf32.UTF32(utf32.LittleEndian, utf32.UseBOM), plainProse},
		{"UTF-32", utf32.UTF32(utf32.BigEndian, utf32.UseBOM), simplified},
		{"UTF-16 without a mark", unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), plainProse},
		{"UTF-16 without a mark", unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), plainProse},
	} {
		got, repairs := text.Decode(encode(t, tt.table, tt.text))
		if got != tt.text {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.text)
		}
		if want := "the file is " + tt.name + ", read as such"; len(repairs) != 1 || repairs[0] != (text.Repair{Line: 1, What: want}) {
			t.Errorf("%s: repairs %v, want %q", tt.name, repairs, want)
		}
	}
}

func TestDecodeDoesNotTakeBytesForWideText(t *testing.T) {
	wide := string(encode(t, unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), plainProse))
	for name, in := range map[string]string{
		"a NUL here and there": "text\x00 and more \x00text",
		"an odd byte":          wide + "x",
		"NUL on both sides":    wide + "\x00\x00",
		"controls":             wide + strings.Repeat("\x01\x00", 4),
		"numbers":              "\x01\x00\x02\x00\x03\x00\x04\x00\x05\x00",
		"few bytes":            "a\x00b\x00",
		"mostly not ASCII":     wide[:16] + strings.Repeat("\x16\x4e", 40),
		"half a pair":          wide + "\x3d\xd8",
	} {
		if got, _ := text.Decode([]byte(in)); got != in {
			t.Errorf("%s: %q became %q", name, in, got)
		}
	}
	if got, _ := text.Decode([]byte("\xff\xfe\x00\x00a")); strings.Contains(got, "UTF-32") || !strings.HasSuffix(got, "\uFFFD") {
		t.Errorf("bytes that are no groups of four are read as UTF-32: %q", got)
	}
	if got, _ := text.Decode([]byte("\xff\xfe\x00\x00\x00\xd8\x00\x00\x00\x00\x11\x00a\x00\x00\x00")); got != "\uFFFD\uFFFDa" {
		t.Errorf("UTF-32 of what is no character became %q", got)
	}
}
