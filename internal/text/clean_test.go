package text_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"lectern/internal/text"
)

func TestCleanKeepsTextAndDropsWhatATerminalObeys(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"plain", "a\tb\nc", "a\tb\nc"},
		{"line ends", "a\r\nb\rc\n\rd", "a\nb\nc\n\nd"},
		{"letters of many scripts", "naïve 你好 السلام नमस्ते 🎉", "naïve 你好 السلام नमस्ते 🎉"},
		{"c0 and delete", "a\x00\x07\x08\x0b\x0c\x7fb", "ab"},
		{"c1 as characters", "a\u0085\u0084b", "ab"},
		{"a colour", "a\x1b[31;1mb\x1b[mc", "abc"},
		{"cursor and screen", "a\x1b[2J\x1b[10;10H\x1b[?1049hb", "ab"},
		{"a title", "a\x1b]0;owned\x07b", "ab"},
		{"a title ended by ST", "a\x1b]2;owned\x1b\\b", "ab"},
		{"clipboard", "a\x1b]52;c;aGk=\x07b", "ab"},
		{"a link", "a\x1b]8;;http://x/\x1b\\b\x1b]8;;\x1b\\c", "abc"},
		{"dcs, apc, pm, sos", "a\x1bP1$q\x1b\\b\x1b_Gx\x1b\\c\x1b^y\x1b\\d\x1bXz\x1b\\e", "abcde"},
		{"eight-bit forms", "a\u009b31mb\u009d0;t\u009cc\u0090q\u009cd", "abcd"},
		{"a character set", "a\x1b(0b\x1b#8c", "abc"},
		{"reset", "a\x1bcb", "ab"},
		{"escape at the end", "a\x1b", "a"},
		{"sequence cut by the end", "a\x1b[31", "a"},
		{"sequence cut by a newline", "a\x1b[31\nb", "a\nb"},
		{"escape in an escape", "\x1b\x1b[31mx", "x"},
		{"sequence made of two", "\x1b\x1b[m[31mx", "[31mx"},
		{"a string nothing ends keeps the text", "a\x1b]0;title\nrest", "a0;title\nrest"},
		{"a string does not reach over its line", "a\x1b]0;t\nb\x07c", "a0;t\nbc"},
		{"a long string is text", "a\x1b]0;" + strings.Repeat("x", 5000) + "\x07b", "a0;" + strings.Repeat("x", 5000) + "b"},
		{"a string in a string", "\u009da\u009d0;t\u009cb", "ab"},
		{"joiner before a mark too many", "न" + strings.Repeat("\u094d", 8) + "\u200d\u094d", "न" + strings.Repeat("\u094d", 8)},
		{"raw bytes", "a\x9b31mb\xff\xfec", "a\uFFFD31mb\uFFFDc"},
		{"overlong and surrogate", "\xc0\xaf\xed\xa0\x80", "\uFFFD"},
		{"noncharacters", "a\ufffeb\ufdd0c", "a\uFFFDb\uFFFDc"},
		{"override", "a\u202egnp.exe", "a<U+202E>gnp.exe"},
		{"isolates", "\u2066a\u2069", "<U+2066>a<U+2069>"},
		{"tags", "a\U000e0041\U000e007f", "a<U+E0041><U+E007F>"},
		{"marks of direction", "a\u200e\u200f\u061cb", "ab"},
		{"zero width and soft hyphen", "a\u200bb\ufeffc\u00add\u2060e", "abcde"},
		{"separators", "a\u2028b\u2029c", "a b c"},
		{"fillers", "a\u3164\u115f\u1160\uffa0b", "ab"},
		{"a family", "👩\u200d👩\u200d👧\u200d👦", "👩\u200d👩\u200d👧\u200d👦"},
		{"tone and heart", "👩🏽\u200d🚀 ❤\ufe0f\u200d🔥", "👩🏽\u200d🚀 ❤\ufe0f\u200d🔥"},
		{"joiner between letters", "ad\u200dmin", "admin"},
		{"joiner at the ends", "\u200d👩\u200d", "👩"},
		{"joiners in a row", "👩\u200d\u200c\u200d🚀", "👩\u200d🚀"},
		{"joiner next to what is dropped", "👩\u200d\u200b🚀", "👩\u200d🚀"},
		{"Persian", "می\u200cخواهم", "می\u200cخواهم"},
		{"Hindi", "क्\u200dष", "क्\u200dष"},
		{"Bengali", "র\u200d্য", "র\u200d্য"},
		{"variation", "☺\ufe0f葛\U000e0100 a\ufe0f\ufe0f\U000e0101", "☺\ufe0f葛\U000e0100 a"},
		{"accent", "e\u0301", "e\u0301"},
		{"mark without a letter", "\u0301a\n\u0301b", "a\nb"},
		{"marks over marks", "a" + strings.Repeat("\u0301", 500) + "b", "a" + strings.Repeat("\u0301", 8) + "b"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := text.Clean(tt.in); got != tt.want {
				t.Errorf("Clean(%+q)\n got %+q\nwant %+q", tt.in, got, tt.want)
			}
		})
	}
}

func TestCleanBoundsTheEmojiThatOneClusterCanHold(t *testing.T) {
	got := text.Clean(strings.Repeat("👩\u200d", 1000) + "👩")
	if w := text.Width(got); w < 400 {
		t.Errorf("1,001 joined emoji take %d cells, want a chain cut at four", w)
	}
}

func TestCleanIsLinear(t *testing.T) {
	// Each of these starts a sequence that nothing ends; looking for its end from
	// each anew would be 10^12 steps.
	for _, unit := range []string{"\x1b]", "\u009d", "\x1b[0", "\x1b]a", "👩\u200d", "\u200d", "\x1b ", "a\u0301"} {
		in := strings.Repeat(unit, (1<<20)/len(unit))
		text.Clean(in)
		text.Output(in)
	}
	// A string that nothing ends, again and again, on one line.
	text.Clean(strings.Repeat("\x1b]"+strings.Repeat("x", 30), 1<<15))
}

func TestLineIsOneTrimmedLine(t *testing.T) {
	tests := []struct{ in, want string }{
		{"  a\t b\r\n\nc  ", "a b c"},
		{"a  b", "a b"},
		{" a", "a"},
		{"a ", "a"},
		{"\u00a0a\u2003b\u2028", "a b"},
		{"a\x1b[2Kb", "ab"},
		{" \u0301x", "x"},
		{"", ""},
		{"\x1b[31m", ""},
	}
	for _, tt := range tests {
		if got := text.Line(tt.in); got != tt.want {
			t.Errorf("Line(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestFieldIsCutAtARune(t *testing.T) {
	tests := []struct {
		in    string
		limit int
		want  string
	}{
		{"xterm-256color", 32, "xterm-256color"},
		{"abcdefgh", 8, "abcdefgh"},
		{"abcdefghi", 8, "abcde…"},
		{"ab本本本", 8, "ab本…"},
		{"root\nadmin\x1b[2J", 64, "root admin"},
		{"本本", 2, ""},
		{"abc", 2, "ab"},
		{"abc", 0, ""},
		{"abc", -1, ""},
		{"👩\u200d👩\u200d👧\u200d👦", 10, "👩…"},
	}
	for _, tt := range tests {
		got := text.Field(tt.in, tt.limit)
		if got != tt.want {
			t.Errorf("Field(%q, %d) = %q, want %q", tt.in, tt.limit, got, tt.want)
		}
		if len(got) > max(0, tt.limit) {
			t.Errorf("Field(%q, %d) has %d bytes", tt.in, tt.limit, len(got))
		}
	}
}

func FuzzClean(f *testing.F) {
	f.Fuzz(func(t *testing.T, s string) {
		got := text.Clean(s)
		checkSafe(t, s, got, "\n\t")
		if again := text.Clean(got); again != got {
			t.Errorf("Clean(%+q) = %+q, and cleaned again %+q", s, got, again)
		}
		line := text.Line(s)
		checkSafe(t, s, line, "")
		if again := text.Line(line); again != line {
			t.Errorf("Line(%+q) = %+q, and again %+q", s, line, again)
		}
		if strings.TrimSpace(line) != line || strings.Contains(line, "  ") {
			t.Errorf("Line(%+q) = %+q has blanks too many", s, line)
		}
		for _, limit := range []int{0, 1, 2, 3, 4, 7, 50} {
			field := text.Field(s, limit)
			checkSafe(t, s, field, "")
			if len(field) > limit {
				t.Errorf("Field(%+q, %d) = %+q, %d bytes", s, limit, field, len(field))
			}
		}
		decoded, _ := text.Decode([]byte(s))
		checkSafe(t, s, text.Clean(decoded), "\n\t")
	})
}

// checkSafe fails when got, made of in, holds anything but printable text and
// the controls that are allowed.
func checkSafe(t *testing.T, in, got, allowed string) {
	t.Helper()
	if !utf8.ValidString(got) {
		t.Fatalf("%+q: %+q is not UTF-8", in, got)
	}
	for _, r := range got {
		switch {
		case strings.ContainsRune(allowed, r):
		case unicode.IsControl(r), // C0, DEL, C1
			r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069, // bidirectional controls
			r == 0x200b, r == 0x200e, r == 0x200f, r == 0x061c, r == 0xfeff, r == 0xad,
			r >= 0xe0000 && r <= 0xe00ff, r == 0x2028, r == 0x2029:
			t.Fatalf("%+q: %+q holds %U", in, got, r)
		}
	}
}
