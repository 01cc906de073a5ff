package text_test

import (
	"testing"

	"pgregory.net/rapid"

	"lectern/internal/text"
)

func TestASCIIReadsLikeTheText(t *testing.T) {
	for in, want := range map[string]string{
		"plain \x1b[1mwords\x1b[m\n":             "plain \x1b[1mwords\x1b[m\n",
		"│ “Élan” — naïve…":                      "| \"Elan\" - naive.",
		"a ─┼─ b":                                "a -+- b",
		"▌ • ◦ ▪ ↪ · → ×":                        "> * o - > - > x",
		"日本 Ж ß":                                 "???? ? ?",
		"e\u0301 👩\u200d💻 \u200e":                "e ?? ",
		"\x1b]8;;http://x/\x1b\\é\x1b]8;;\x1b\\": "\x1b]8;;http://x/\x1b\\e\x1b]8;;\x1b\\",
	} {
		if got := text.ASCII(in); got != want {
			t.Errorf("%q reads %q, want %q", in, got, want)
		}
	}
}

func TestASCIIHasOnlyASCIIAndTheSameCells(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := text.Output(text.Clean(rapid.String().Draw(rt, "s")))
		got := text.ASCII(s)
		for _, c := range []byte(got) {
			if c >= 0x80 {
				rt.Fatalf("%q becomes %q", s, got)
			}
		}
		if text.Width(got) != text.Width(s) {
			rt.Fatalf("%q of %d cells becomes %q of %d", s, text.Width(s), got, text.Width(got))
		}
	})
}
