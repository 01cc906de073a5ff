package render

import "testing"

func TestAListOfHTMLBeginsWhereItSays(t *testing.T) {
	for _, tt := range []struct{ body, want string }{
		{`<ol start="5"><li>a</li><li>b</li></ol>`, "5. a\n6. b"},
		{`<ol start="x"><li>a</li></ol>`, "1. a"},
		{`<ol start="-3"><li>a</li></ol>`, "1. a"},
	} {
		if got, _ := drawn(tt.body); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.body, got, tt.want)
		}
	}
}
