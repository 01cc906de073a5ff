package render

import (
	"regexp"
	"strings"

	"pgregory.net/rapid"

	"lectern/internal/text"
)

var sequences = regexp.MustCompile("\x1b\\[[0-9;]*m|\x1b\\]8;[^;\x07\x1b]*;[!-~]*\x1b\\\\")

// checkLines holds every line of a document to what Document.Line promises.
func checkLines(t rapid.TB, d *Document, width int) {
	t.Helper()
	faults := 0
	fault := func(i int, what string) {
		if faults++; faults <= 5 {
			t.Errorf("line %d %s: %q", i, what, d.Line(i)[:min(400, len(d.Line(i)))])
		}
	}
	for i := range d.Len() {
		line := d.Line(i)
		if w := text.Width(line); w > width {
			fault(i, "is too wide")
		}
		bare := sequences.ReplaceAllString(line, "")
		if strings.ContainsFunc(bare, isControl) {
			fault(i, "has a control character")
		}
		if bare != strings.TrimRight(bare, " \t") {
			fault(i, "has trailing blanks")
		}
		open, linked := false, false
		for _, s := range sequences.FindAllString(line, -1) {
			if strings.HasPrefix(s, "\x1b]") {
				linked = s != "\x1b]8;;\x1b\\"
			} else {
				open = s != "\x1b[m"
			}
		}
		if open || linked {
			fault(i, "leaves an attribute or a link open")
		}
	}
}

func isControl(r rune) bool { return r < ' ' || r >= 0x7f && r < 0xa0 }
