package text_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lectern/internal/text"
)

// mangle does to s what an editor does that takes UTF-8 for Windows-1252.
func mangle(s string) string {
	const high = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ"
	table := []rune(high)
	var b strings.Builder
	for i := range len(s) {
		if c := s[i]; c >= 0x80 && c < 0xa0 {
			b.WriteRune(table[c-0x80])
		} else {
			b.WriteRune(rune(c))
		}
	}
	return b.String()
}

func TestDecodeRepairsWhatWasCertainlyMangled(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"a dash", "clean " + mangle("—") + " no tools", "clean — no tools"},
		{"quotes and dots", mangle("“it’s”… – • ‹x›"), "“it’s”… – • ‹x›"},
		{"trade mark, arrow, euro, emoji", mangle("™ → € ✓ 🚀"), "™ → € ✓ 🚀"},
		{"letters beside a dash", mangle("café — naïve"), "café — naïve"},
		{"letters, all of them", mangle("Müller aß Käse, größer"), "Müller aß Käse, größer"},
		{"Chinese", mangle("你好世界"), "你好世界"},
		{"a dash beside right letters", "café " + mangle("—"), "café —"},
		{"in a fence", "```\nx # a " + mangle("—") + " b\n```\n", "```\nx # a — b\n```\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, repairs := text.Decode([]byte(tt.in))
			if got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
			if len(repairs) == 0 {
				t.Error("no repair is reported")
			}
		})
	}
}

func TestDecodeLeavesWhatMayBeMeant(t *testing.T) {
	for _, in := range []string{
		"plain",
		"café — naïve, Ångström, “quoted”, 你好, 🚀",
		"MANHû e SÃO PAULO",                       // a capital before a closing quote
		"«Â» is a letter, Ã» too, and é is right", // right letters contradict
		"Ã© Ã¨ Ãª Ã§ are what é, è, ê and ç become",
		"one Ã© alone",
		"a text about encodings shows `" + mangle("—") + "` as it is",
		"â€ and nothing behind",
		"10 Â° is odd but é stands here",
		mangle("\u202e") + mangle("\u200b"), // would bring back what is not typographic
	} {
		got, repairs := text.Decode([]byte(in))
		if got != in || len(repairs) > 0 {
			t.Errorf("%q became %q with %v", in, got, repairs)
		}
	}
}

func TestDecodeReportsALineOnce(t *testing.T) {
	dash := mangle("—")
	got, repairs := text.Decode([]byte("one\r\ntwo " + dash + dash + "\rthree\n\nfive " + dash + "\n"))
	if want := "one\r\ntwo ——\rthree\n\nfive —\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	want := []text.Repair{
		{Line: 2, What: `the mangled "â€”" is read as '—'`},
		{Line: 5, What: `the mangled "â€”" is read as '—'`},
	}
	if diff := cmp.Diff(want, repairs); diff != "" {
		t.Errorf("repairs (-want +got):\n%s", diff)
	}
}

func TestDecodeReadsByteOrderMarks(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"utf-8", "\xef\xbb\xbfh\u00e9", "hé"},
		{"utf-16 little", "\xff\xfeh\x00\xe9\x00\x3d\xd8\x80\xde", "hé🚀"},
		{"utf-16 big", "\xfe\xff\x00h\x00\xe9\xd8\x3d\xde\x80", "hé🚀"},
		{"utf-16 cut short", "\xff\xfeh\x00\xe9", "h\uFFFD"},
		{"utf-16 half a pair", "\xff\xfe\x3d\xd8", "\uFFFD"},
		{"mark alone", "\xef\xbb\xbf", ""},
	}
	for _, tt := range tests {
		if got, _ := text.Decode([]byte(tt.in)); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestDecodeReportsBytesThatAreNotText(t *testing.T) {
	_, repairs := text.Decode([]byte("a\nb\xe9c\nd\xe8\n"))
	want := []text.Repair{{Line: 2, What: "2 bytes are not UTF-8, each shown as \uFFFD"}}
	if diff := cmp.Diff(want, repairs); diff != "" {
		t.Errorf("repairs (-want +got):\n%s", diff)
	}
}
