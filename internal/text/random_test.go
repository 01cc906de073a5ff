package text_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"lectern/internal/text"
)

// pieces are what escape sequences, emoji and hidden text are made of. Random
// rows of them reach states that random bytes do not.
var pieces = strings.Split("\x1b|[|]|P|\\|\x07|31m|m|8;|;|id=1|https://x|file://x|\u009b|\u009c|\u009d|\u0090|"+
	"a|é|é|\u0301|本|ے|न|\u094d|👩|🏽|❤|🇯|\u200d|\u200c|\ufe0f|\ufe00|\U000e0100|\u200b|\u202e|\U000e0041|\ufffe|"+
	"\n|\r|\t| |\u00a0|\u2028|\x00|\x18|\xff|\xc2|\x9b|\xe2\x80|â€|Ã|©|`|”|…", "|")

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
		checkSafe(t, s, passed.ReplaceAllString(text.Output(s), ""), "\n")

		// What is clean keeps its width on the way out, but for what tabs hold.
		clean := strings.ReplaceAll(text.Clean(s), "\t", "")
		if got, want := text.Width(text.Output(clean)), text.Width(clean); got != want {
			rt.Fatalf("Output of %+q takes %d cells, want %d", clean, got, want)
		}
	})
}
