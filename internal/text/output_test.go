package text_test

import (
	"regexp"
	"strings"
	"testing"

	"lectern/internal/text"
)

func TestOutputLetsThroughColoursAndOurLinksOnly(t *testing.T) {
	const st = "\x1b\\"
	tests := []struct{ name, in, want string }{
		{"plain", "a\nb", "a\nb"},
		{"colours", "\x1b[1;38;5;12ma\x1b[0m \x1b[4:3;58:2::1:2:3mb\x1b[m", "\x1b[1;38;5;12ma\x1b[0m \x1b[4:3;58:2::1:2:3mb\x1b[m"},
		{"a keyboard mode that ends in m", "\x1b[>4;1ma\x1b[?4mb\x1b[1 mc", "abc"},
		{"an endless colour", "\x1b[" + strings.Repeat("1;", 200) + "ma", "a"},
		{"cursor, erase, modes", "a\x1b[H\x1b[2J\x1b[?25l\x1b[6n\x1b[sb", "ab"},
		{"title, clipboard, palette", "\x1b]0;t\x07a\x1b]52;c;eA==\x07b\x1b]4;1;red" + st + "c", "abc"},
		{"a string that nothing ends", "a\x1b]0;rest of the frame\nb", "a0;rest of the frame\nb"},
		{"dcs, apc and eight-bit forms", "a\x1bPq" + st + "b\x1b_G" + st + "c\u009b31md\u009d8;;http://x\u009ce", "abcde"},
		{"tab, return, bell, delete", "a\tb\rc\x07d\x7fe", "abcde"},
		{"link", "\x1b]8;;https://a.b/c" + st + "x\x1b]8;;" + st, "\x1b]8;;https://a.b/c" + st + "x\x1b]8;;" + st},
		{"link ended by BEL", "\x1b]8;;mailto:a@b\x07x\x1b]8;;\x07", "\x1b]8;;mailto:a@b" + st + "x\x1b]8;;" + st},
		{"link with an id", "\x1b]8;id=7-a;http://x/" + st, "\x1b]8;id=7-a;http://x/" + st},
		{"link with other parameters", "\x1b]8;id=a:b=c;http://x/" + st, "\x1b]8;;http://x/" + st},
		{"address that is not ASCII", "\x1b]8;;http://x/本 期" + st, "\x1b]8;;http://x/%E6%9C%AC%20%E6%9C%9F" + st},
		{"other schemes end the link", "\x1b]8;;file:///etc/passwd" + st + "x", "\x1b]8;;" + st + "x"},
		{"javascript", "\x1b]8;;javascript:alert(1)" + st, "\x1b]8;;" + st},
		{"a scheme alone", "\x1b]8;;https://" + st, "\x1b]8;;" + st},
		{"an address too long", "\x1b]8;;http://" + strings.Repeat("x", 3000) + st, "\x1b]8;;" + st},
		{"bidirectional and tag characters", "a\u202eb\u2066c\U000e0041d", "abcd"},
		{"zero width", "a\u200bb\u200dc", "abc"},
		{"an emoji", "👩\u200d🚀 ❤\ufe0f", "👩\u200d🚀 ❤\ufe0f"},
		{"a mark behind a colour", "e\x1b[1m\u0301\x1b[m", "e\x1b[1m\u0301\x1b[m"},
		{"a mark at the start", "\x1b[1m\u0301a\n\u0301b", "\x1b[1ma\nb"},
		{"bad bytes", "a\xffb", "a\uFFFDb"},
		{"half a sequence", "a\x1b[31", "a"},
		{"colour interrupted", "a\x1b[3\x1b[1mb", "a\x1b[1mb"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := text.Output(tt.in); got != tt.want {
				t.Errorf("Output(%+q)\n got %+q\nwant %+q", tt.in, got, tt.want)
			}
		})
	}
}

// passed is all that may follow an ESC in what Output returns.
var passed = regexp.MustCompile(`\x1b(\[[0-9;:]*m|\]8;(id=[0-9A-Za-z._-]+)?;((?i:https?://|mailto:)[!-~]+)?\x1b\\)`)

func FuzzOutput(f *testing.F) {
	f.Fuzz(func(t *testing.T, s string) {
		got := text.Output(s)
		if again := text.Output(got); again != got {
			t.Errorf("Output(%+q) = %+q, and again %+q", s, got, again)
		}
		checkSafe(t, s, passed.ReplaceAllString(got, ""), "\n")
		if a, b := strings.Count(s, "\n"), strings.Count(got, "\n"); a != b {
			t.Errorf("Output(%+q) has %d newlines, want %d", s, b, a)
		}
		clean := text.Clean(s)
		if want := strings.ReplaceAll(clean, "\t", ""); text.Output(clean) != want {
			t.Errorf("clean text %+q comes out as %+q", want, text.Output(clean))
		}
	})
}
