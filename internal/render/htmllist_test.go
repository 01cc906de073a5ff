package render

import (
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"

	"lectern/internal/theme"
)

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

func TestAnItemOfHTMLKeepsItsMark(t *testing.T) {
	for _, tt := range []struct{ name, body, want string }{
		{"paragraphs", "<ul><li><p>pa</p></li><li><p>pb</p></li></ul>", "• pa\n• pb\n"},
		{"numbers", `<ol start="3"><li><p>three</p></li><li>four</li></ol>`, "3. three\n4. four\n"},
		{"a second paragraph", "<ol><li><p>a</p><p>b</p></li><li>c</li></ol>", "1. a\n   b\n2. c\n"},
		{"text after a paragraph", "<ul><li><p>a</p>b</li></ul><p>c</p>", "• a\n  b\n\nc\n"},
		{"a heading", "<ul><li><h3>a</h3>b</li></ul>", "• ### a\n  b\n"},
		{"a part", "<ul><li><div>a</div></li></ul>", "• a\n"},
		{"a quote", "<ul><li><blockquote>a</blockquote></li><li>b</li></ul>", "• │ a\n• b\n"},
		{"source code", "<ul><li><pre>a</pre></li></ul>", "•   a\n"},
		{"a list in an item", "<ul><li><p>a</p><ul><li><p>b</p></li></ul><p>c</p></li></ul>", "• a\n  • b\n  c\n"},
		{"a list at the head of an item", "<ul><li><ul><li>a</li></ul></li></ul>", "  • a\n"},
		{"items that do not end", "<ul><li><p>a<li><blockquote>b<li>c</ul>d", "• a\n• │ b\n• c\n\nd\n"},
		{"in a quote", "<blockquote>a<ul><li><p>b</p><p>c</p></li></ul></blockquote>", "│ a\n│\n│ • b\n│   c\n"},
		{"quotes in items after a quote", "<blockquote>a</blockquote><ul><li><blockquote>b</blockquote></li></ul>", "│ a\n\n• │ b\n"},
		{"a table in an item", "<ul><li><table><tr><td>a<td><ul><li>b</ul></table></li><li><p>c</p></li></ul>", "• a │ • b\n\n• c\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := Render(postOf(tt.body), Options{80, theme.Plain().For(colorprofile.NoTTY), false, ""})
			if _, got, _ := strings.Cut(d.String(), "\n\n"); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}
