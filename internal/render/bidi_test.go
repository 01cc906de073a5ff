package render

import (
	"strings"
	"testing"
)

// marked spells the marks of direction out.
func marked(s string) string { return strings.NewReplacer(lrm, "<L>", rlm, "<R>").Replace(s) }

func TestLinesAreTurnedWhereTheirFirstLetterMisleads(t *testing.T) {
	for _, tt := range []struct{ name, body, want string }{
		{"no such letters", "a (b) 12", "a (b) 12"},
		{"Arabic", "نص عربي Go", "نص عربي Go"},
		{"Arabic that goes on in English", "نص عربي\\\nGo نص\\\n12.", "نص عربي\n<R>Go نص\n<R>12."},
		{"English that goes on in Hebrew", "text\\\nעברית text\\\n12.", "text\n<L>עברית text\n12."},
		{"a list", "- نص\n- text", "• نص\n• text"},
		{"a table", "| a | b |\n|--|--|\n| نص | نص |\n| c | 1 |", "a  │ b\n───┼───\n<L>نص <L>│ نص\nc  │ 1"},
		{"a table of numbers", "| نص | 1 |\n|--|--|\n| c | نص |", "<L>نص <L>│ 1\n───┼───\nc  <L>│ نص"},
		{"source code", "```\nנ = 1\nx = 1 // נ\n```", "<L>  נ = 1\n  x = 1 // נ"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := marked(proseOf(t, tt.body)); got != tt.want {
				t.Errorf("\n got %s\nwant %s", got, tt.want)
			}
		})
	}
}

func TestTheAuthorsMarksOfDirectionAreDropped(t *testing.T) {
	if got := marked(proseOf(t, "a&rlm;b &#x200e;&lrm;c")); got != "ab c" {
		t.Errorf("got %q", got)
	}
}

func TestMarksOfDirectionStandBeforeColours(t *testing.T) {
	d := Render(postOf("x *نص*\\\n*نص* x"), options(60))
	if got := d.Line(4); !strings.HasPrefix(got, lrm+"\x1b[") {
		t.Errorf("got %q", got)
	}
	checkLines(t, d, 60)
}
