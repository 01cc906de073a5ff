package text

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// asciiSigns are signs of type and of screens, each with the one that a
// typewriter has for it.
const asciiSigns = "│|┃|─-━-┼+├+┤+┬+┴+┌+┐+└+┘+╭+╮+╯+╰+▌>▸>•*◦o▪-·-↪>→>←<↑^↓v‐-‑-–-—-―-…." +
	"‘'’'‚'“\"”\"„\"«\"»\"′'″\"×x÷/−-≤<≥>≠!≈~✓x✗x☐ ☑x█#▀\"▄_░ ▒:▓#⎧/⎨<⎩\\⎪|⎫\\⎬>⎭/⎛/⎜|⎝\\⎞\\⎟|⎠/⌈|⌉|⌊|⌋|√V∞8∑S∏P∫S∂d⏎<©c®r°o"

// asciiSign is asciiSigns by sign.
var asciiSign = sync.OnceValue(func() map[string]byte {
	signs := map[string]byte{}
	for rest := asciiSigns; rest != ""; {
		_, n := utf8.DecodeRuneInString(rest)
		signs[rest[:n]] = rest[n]
		rest = rest[n+1:]
	}
	return signs
})

// ASCII is a text, with its sequences, for a terminal that shows nothing else:
// each letter becomes one that looks or reads like it, as many cells wide, or as
// many question marks. Marks of direction are left out.
func ASCII(s string) string {
	if isASCII(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for i := 0; i < len(s); {
		if s[i] == '\x1b' {
			seq, _, n, _ := ansi.DecodeSequence(s[i:], ansi.NormalState, nil)
			if !isASCII(seq) {
				seq = ""
			}
			b.WriteString(seq)
			i += max(1, n)
			continue
		}
		if s[i] < utf8.RuneSelf && (i+1 == len(s) || s[i+1] < utf8.RuneSelf) { // no mark stands on it
			b.WriteByte(s[i])
			i++
			continue
		}
		cluster, cells := ansi.FirstGraphemeCluster(s[i:], ansi.GraphemeWidth)
		i += max(1, len(cluster))
		switch sign, ok := asciiSign()[cluster]; {
		case ok && cells == 1:
			b.WriteByte(sign)
		case cluster[0] < utf8.RuneSelf:
			b.WriteByte(cluster[0])
			b.WriteString(strings.Repeat("?", max(0, cells-1)))
		case cells == 0:
		default:
			folded := Fold(cluster)
			if len(folded) != cells || !isASCII(folded) {
				folded = strings.Repeat("?", cells)
			} else if first, _ := utf8.DecodeRuneInString(cluster); cells == 1 && unicode.IsUpper(first) {
				folded = strings.ToUpper(folded)
			}
			b.WriteString(folded)
		}
	}
	return b.String()
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
