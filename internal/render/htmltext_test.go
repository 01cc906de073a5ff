package render

import "testing"

func TestBlanksOfHTMLPartWords(t *testing.T) {
	for _, tt := range []struct{ body, want string }{
		{`<p>Para <em>x</em>&nbsp;y <b>l</b>&nbsp;end</p>`, "Para x y l end"},
		{"<p>a&nbsp;<b>b</b></p>", "a b"},
		{"<p>a<b>b</b></p>", "ab"},
		{"<p>a\u3000<b>b</b></p>", "a b"},
	} {
		if got, _ := drawn(tt.body); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.body, got, tt.want)
		}
	}
}
