package search

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestABodyIsReadAsAReaderSeesIt(t *testing.T) {
	for _, c := range []struct{ markdown, want string }{
		{"plain words", "plain words"},
		{"## A *heading* ##", "# A heading"},
		{"see [the **docs**](https://example.com/a_(b) \"title\") now", "see the docs now"},
		{"see [the docs][ref] and [x]\n[ref]: https://example.com/secret", "see the docs and [x]"},
		{"![a picture](cat.png) of a cat", "a picture of a cat"},
		{"a[0] and b[1](2", "a[0] and b1"},
		{"**bo**ld, snake_case, 2*3, 2 * 3, _so_", "bold, snake_case, 2*3, 2 * 3, so"},
		{"`a<b>` and ``c`d`` and <b>e</b>f<br>g", "a<b> and c`d and ef g"},
		{"<https://example.com> me@example.com a < b", "https://example.com me@example.com a < b"},
		{"a<!-- no -->b<!-- no\nno\nno -->c", "ab\nc"},
		{"<img\n  alt=\"no\"\n>yes", "yes"},
		{"x <y and\n\nmore", "x \nmore"},
		{"<script>var no\nno()</script>yes", "yes"},
		{"```go\nfunc main() { a[0] = <-c } // *x*\n```\n*after*", "func main() { a[0] = <-c } // *x*\nafter"},
		{"~~~\n```\n~~~\nx", "```\nx"},
		{"{% highlight go %}\ncode {{ .no }}\n{% endhighlight %}", "code "},
		{"caf&eacute; &amp; &nope; \\*x\\*", "café & &nope; *x*"},
		{"- item\n* item\n> said", "item\nitem\nsaid"},
		{"note[^1]\n\n[^1]: what it says", "note[^1]\n[^1]: what it says"},
	} {
		var got []string
		for b := newBody(c.markdown); b.step(); {
			line := b.line
			if b.place == inHeading {
				line = "# " + strings.TrimLeft(line, " ")
			}
			got = append(got, line)
		}
		if d := cmp.Diff(c.want, strings.Join(got, "\n")); d != "" {
			t.Errorf("%q: -want +got\n%s", c.markdown, d)
		}
	}
}

// TestABodyIsReadInOneGo tries rows of marks without ends, of the size of the
// largest post.
func TestABodyIsReadInOneGo(t *testing.T) {
	for _, mark := range []string{"[", "](", "[a](", "[a](b", "<", "<a", "<!--", "<x:", "`", "`` ` ", "{{", "{%", "{{ {%", "*", "_a", "&", "&amp", "\\", "```", "![", "[[](", "<script>", "> "} {
		for _, end := range []string{"", "\n"} {
			s := strings.Repeat(mark+end, (1<<20)/len(mark+end))
			begin := time.Now()
			for b := newBody(s); b.step(); {
			}
			if took := time.Since(begin); took > 2*time.Second {
				t.Errorf("%q takes %v", mark+end, took)
			}
		}
	}
}
