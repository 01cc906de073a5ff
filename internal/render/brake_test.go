package render

import (
	"strings"
	"testing"

	"github.com/yuin/goldmark/ast"
)

func TestContainersCountsTheMarksOfBlocksInBlocks(t *testing.T) {
	for line, want := range map[string]int{
		"words\n":                0,
		"":                       0,
		"\n":                     0,
		"    indented code\n":    0,
		"> a\n":                  1,
		">>>a\n":                 3,
		"- a\n":                  1,
		"- > 1. a\n":             3,
		"10) a\n":                1,
		"      - a\n":            4,
		"- - - -\n":              0,
		"***\n":                  0,
		"-flag\n":                0,
		"2020-10-10 a\n":         0,
		".....\n":                0,
		"[^a]: [^b]: c\n":        2,
		"[^a] b\n":               0,
		": a\n":                  1,
		strings.Repeat("9", 200): 0,
	} {
		if got := containers(line); got != want {
			t.Errorf("%q: got %d, want %d", line, got, want)
		}
	}
}

func TestBrakeReadsNoMarksOnceTheBudgetIsSpent(t *testing.T) {
	// A paragraph of 200,000 bytes of marks is beyond it; the one after is not.
	bomb := strings.Repeat("[a](*b* `c` ", 20_000)
	root := parse([]byte("*a*\n\n"+bomb+"\n\n*b*\n"), true)
	var got []string
	for n := root.FirstChild(); n != nil; n = n.NextSibling() {
		plain := true
		for c := n.FirstChild(); c != nil; c = c.NextSibling() {
			if c.Kind() != ast.KindText {
				plain = false
			}
		}
		if plain {
			got = append(got, "plain")
		} else {
			got = append(got, "marked")
		}
	}
	if want := "marked plain marked"; strings.Join(got, " ") != want {
		t.Errorf("got %v, want %s", got, want)
	}
}

func TestTextThatIsNotLookedIntoIsDrawnWhole(t *testing.T) {
	body := strings.Repeat("[a](*b*\t`c` ", 20_000) + "\nlast"
	d := Render(postOf(body), options(80))
	checkLines(t, d, 80)
	letters := func(s string) string { return strings.Join(strings.Fields(s), "") }
	if got := letters(bare(d)); got != letters(body) {
		t.Errorf("got %d letters, want %d", len(got), len(letters(body)))
	}
}
