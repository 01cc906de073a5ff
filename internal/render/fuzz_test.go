package render

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"
	"pgregory.net/rapid"

	"lectern/internal/text"
	"lectern/internal/theme"
)

// FuzzRender draws any post and holds it to what a document promises: lines no
// wider than asked for, no sequences but colours and our own links, and places
// that are in the document and found again.
func FuzzRender(f *testing.F) {
	files, err := filepath.Glob(filepath.Join("testdata", "constructs", "*.md"))
	if err != nil || len(files) == 0 {
		f.Fatalf("no constructs: %v", err)
	}
	for _, file := range append(files, filepath.Join("testdata", "kitchen.md")) {
		b, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(b), uint8(0))
	}
	for i, s := range []string{
		"\x1b]8;;http://x\x07a", "[a](http://x\x1b[m)", "&#27;[31m", "\u202e\U000e0041", "🇯`🇵`", "a\u0301\u0301\ufe0f", "|\x9b|\n|-|\n",
		"- " + "\t- ", "{{< a >}}{% b", "$$\n\\frac{", "<table><tr><td rowspan=99999>", "```\n\r\n\t", "[^a]\n\n[^a]: [^a]", "# {#a .b}", "a\x00b",
	} {
		f.Add(s, uint8(i))
	}
	f.Fuzz(func(t *testing.T, body string, pick uint8) {
		if len(body) <= 16<<10 {
			o := looks()[int(pick)%len(looks())]
			checkDocument(t, Render(postOf(text.Clean(body)), o), o)
		}
	})
}

// TestRandomPosts draws posts that are put together from pieces of constructs,
// whole and broken ones, in each other and one after the other.
func TestRandomPosts(t *testing.T) {
	pieces := strings.Split("# |## |> |- |1. |* |  |    |\t|\n|\n\n|```\n|```go\n|~~~\n|a |word |long-winded-word|日本|。|عربي |👩\u200d💻|*|**|_|`|``|~~|"+
		"[|]|](|)|![|](https://example.com/a)|](b.png)|[^1]|[^1]: |[a]: b|<b>|</b>|<br>|<div>|</div>|<p>|<a href=x>|</a>|<img src=y>|<pre>|</pre>|<!--|-->|"+
		"<table>|<tr>|<td>|<td colspan=3>|<th rowspan=2>|</table>|<ul>|<li>|<ol>|<details>|<summary>|<dl>|<dt>|<dd>|<h2 id=z>|</h2>|<Card title=\"x\">|</Card>|"+
		"{{< |>}}|{{% |%}}|{% |%}|{{|}}|highlight go|endhighlight|raw|endraw|figure src=\"f.png\"|note|{: .a}|{#id}|:::note\n|:::\n|!!! tip\n|> [!NOTE]\n|"+
		"$|$$|$$\n|\\frac{a}{b}|\\begin{align}|\\end{align}|x^2|_{i}|\\(|\\)|---\n|***\n|===\n|:|: |:smile:|\\|&amp;|&#x202e;|import a from 'b'\n", "|")
	pieces = append(pieces, "|", "|a|b|\n", "|-|-|\n", "| ")
	rapid.Check(t, func(rt *rapid.T) {
		body := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 1, 60).Draw(rt, "pieces"), "")
		o := rapid.SampledFrom(looks()).Draw(rt, "o")
		checkDocument(rt, Render(postOf(text.Clean(body)), o), o)
	})
}

// looks are different ways to draw.
func looks() []Options {
	return []Options{
		{80, theme.Dark().For(colorprofile.TrueColor), true, "https://example.com"},
		{20, theme.Plain().For(colorprofile.NoTTY), false, ""},
		{40, theme.Light().For(colorprofile.ANSI256), true, ""},
		{100, theme.Light().For(colorprofile.ANSI), false, "https://example.com"},
	}
}

// checkDocument holds a document to what it promises.
func checkDocument(t rapid.TB, d *Document, o Options) {
	t.Helper()
	checkLines(t, d, o.Width)
	for i := range d.Len() {
		if got := d.Find(d.Place(i)); got != i {
			t.Errorf("line %d is found on line %d", i, got)
		}
	}
	for _, l := range d.Links() {
		if l.Line < 0 || l.Line >= d.Len() || len(l.URL) > maxListed || len(l.Target) > maxAddress || l.Target != encode(l.Target) {
			t.Errorf("link %+v of %d lines", l, d.Len())
		}
	}
	for _, h := range d.Headings() {
		if line, ok := d.Anchor(h.ID); h.Line < 0 || h.Line >= d.Len() || !ok && h.ID != "" {
			t.Errorf("heading %+v of %d lines is found on %d, %t", h, d.Len(), line, ok)
		}
	}
	for _, c := range d.Code() {
		if c.Line < 0 || c.Line > c.End || c.End > d.Len() {
			t.Errorf("code at %d to %d of %d lines", c.Line, c.End, d.Len())
		}
	}
}
