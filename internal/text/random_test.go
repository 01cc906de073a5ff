package text_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"lectern/internal/text"
)

// pieces are what escape sequences, emoji and hidden text are made of. Random
// rows of them reach states that random bytes do not.
var pieces = strings.Split("\x1b|[|]|P|\\|\x07|31m|m|8;|;|id=1|https://x|file://x|\u009b|\u009c|\u009d|\u0090|"+
	"a|é|é|\u0301|本|ے|न|\u094d|👩|🏽|❤|🇯|\u200d|\u200c|\ufe0f|\ufe00|\U000e0100|\u200b|\u202e|\U000e0041|\ufffe|"+
	"\n|\r|\t| |  |\u00a0|\u3000|\u2028|\x00|\x18|\xff|\xc2|\x9b|\xe2\x80|â€|Ã|©|`|”|…", "|")

func TestRandomPiecesComeOutSafeAndTheSameTwice(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 24).Draw(rt, "s"), "")
		for name, f := range map[string]func(string) string{"Clean": text.Clean, "Line": text.Line, "Output": text.Output} {
			once := f(s)
			if twice := f(once); twice != once {
				rt.Fatalf("%s(%+q) = %+q, and again %+q", name, s, once, twice)
			}
		}
		checkSafe(t, s, text.Clean(s), "\n\t")
		checkSafe(t, s, text.Line(s), "")
		if line := text.Line(s); line != strings.TrimLeft(strings.Join(strings.Fields(line), " "), " ") {
			rt.Fatalf("Line of %+q is %+q", s, line)
		}
		checkSafe(t, s, passed.ReplaceAllString(text.Output(s), ""), "\n")

		// What is clean keeps its width on the way out, but for what tabs hold.
		clean := strings.ReplaceAll(text.Clean(s), "\t", "")
		if got, want := text.Width(text.Output(clean)), text.Width(clean); got != want {
			rt.Fatalf("Output of %+q takes %d cells, want %d", clean, got, want)
		}
	})
}

func TestWidthIsThatOfTheLibrary(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 24).Draw(rt, "s"), "")
		if got, want := text.Width(s), ansi.StringWidth(s); got != want {
			rt.Fatalf("Width(%+q) = %d, want %d", s, got, want)
		}
	})
}

func TestDecodeLeavesUTF8AsItIs(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := rapid.StringOf(rapid.OneOf(rapid.RuneFrom(nil, unicode.Latin, unicode.Han, unicode.Cyrillic, unicode.Hangul, unicode.Hiragana), rapid.RuneFrom([]rune("ab \n\r`€\ufeff")))).Draw(rt, "s")
		got, repairs := text.Decode([]byte(s))
		if want := strings.TrimPrefix(s, "\ufeff"); got != want && len(repairs) == 0 {
			rt.Fatalf("%q became %q, and nothing is said", s, got)
		}
		for _, r := range repairs {
			if !strings.HasPrefix(r.What, "the mangled ") {
				rt.Fatalf("%q: repair %q, want none but of what was mangled", s, r.What)
			}
		}
	})
}

// What is in one encoding stays whole wherever ASCII stands around it, and a
// character of UTF-8 among it keeps it from being read at all.
func TestDecodeReadsAWholeFileOrNothing(t *testing.T) {
	list := olds()
	rapid.Check(t, func(rt *rapid.T) {
		o := rapid.SampledFrom(list).Draw(rt, "encoding")
		lines := strings.Split(o.lines, "\n")
		if o.name == "Windows-1252" {
			lines = lines[:2] // of one language
		}
		line := rapid.SampledFrom(lines)
		want := strings.Join(rapid.SliceOfN(line, 1, 8).Draw(rt, "lines"), rapid.SampledFrom([]string{"\n", "\r\n\r\n", "\n> ", " "}).Draw(rt, "between"))
		data := encode(t, o.table, want)
		if got, _ := text.Decode(data); got != want {
			rt.Fatalf("%s: %q became %q", o.name, want, got)
		}
		mixed := string(data) + "\n" + rapid.SampledFrom([]string{"天气很好", "— “quoted”", "今日"}).Draw(rt, "utf-8")
		if got, _ := text.Decode([]byte(mixed)); got != mixed {
			rt.Fatalf("%s: mixed %q became %q", o.name, mixed, got)
		}
	})
}

func FuzzDecode(f *testing.F) {
	f.Fuzz(func(t *testing.T, b []byte) {
		got, repairs := text.Decode(b)
		for _, r := range repairs {
			if r.Line < 1 || r.What != text.Line(r.What) {
				t.Errorf("%q: repair %+v", b, r)
			}
		}
		if utf8.ValidString(got) {
			return
		}
		if len(repairs) == 0 {
			t.Errorf("%q became %q, and nothing is said", b, got)
		}
	})
}
