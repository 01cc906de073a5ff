package render

import (
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"runtime/debug"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"golang.org/x/net/html"

	"lectern/internal/blog"
	"lectern/internal/text"
)

// checkHTML checks what holds of the HTML of every post.
func checkHTML(t *testing.T, s string) {
	t.Helper()
	if err := strictly(s); err != nil {
		t.Errorf("it is no XML: %v", err)
	}
	if !utf8.ValidString(s) {
		t.Error("it is no UTF-8")
	}
	for _, r := range s {
		if r < ' ' && r != '\n' && r != '\t' || r >= 0x7f && r < 0xa0 || r == 0xfffe || r == 0xffff {
			t.Errorf("it has %U in it", r)
			break
		}
	}
	z := html.NewTokenizer(strings.NewReader(s))
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			if !errors.Is(z.Err(), io.EOF) {
				t.Error(z.Err())
			}
			return
		}
		token := z.Token()
		if kind == html.TextToken {
			continue
		}
		if kind == html.CommentToken || kind == html.DoctypeToken || !elements[token.Data] {
			t.Fatalf("there is %.200s in it", token)
		}
		for _, a := range token.Attr {
			if !slices.Contains(attributes(token.Data), a.Key) {
				t.Fatalf("there is %.200s in it", token)
			}
			web := strings.HasPrefix(a.Val, "http://") || strings.HasPrefix(a.Val, "https://")
			switch {
			case a.Key == "href" && !web && !strings.HasPrefix(a.Val, "mailto:") && !strings.HasPrefix(a.Val, "#"),
				a.Key == "src" && !web:
				t.Fatalf("there is %.200s in it", token)
			}
		}
	}
}

// strictly reads HTML as XML.
func strictly(s string) error {
	d := xml.NewDecoder(strings.NewReader("<div>" + s + "</div>"))
	for {
		_, err := d.Token()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		}
	}
}

// htmlSays is the text of HTML, blanks as one.
func htmlSays(t *testing.T, s string) string {
	t.Helper()
	root, err := html.Parse(strings.NewReader(s))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for n := range root.Descendants() {
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
		}
	}
	return flatten(b.String())
}

func TestHTMLIsBoundedForHostilePosts(t *testing.T) {
	measures(t)
	const limit = 2 * slowness * time.Second // alone each takes less than one
	for kind, posts := range map[string]map[string]string{"Markdown": hostile(), "HTML": htmlBombs(), "tags": tagBombs()} {
		for name, body := range posts {
			t.Run(kind+"/"+name, func(t *testing.T) {
				defer debug.SetGCPercent(debug.SetGCPercent(10))
				post := postOf(body)
				peak := peakHeap()
				begin := time.Now()
				s := HTML(post, Web{Site: "https://example.com/"})
				took := time.Since(begin)
				used := peak()
				t.Logf("%v and %d MiB for %d bytes, %d bytes of HTML, plain: %t",
					took.Round(time.Millisecond), used>>20, len(body), len(s), s == plainHTML(post))
				if took > limit {
					t.Errorf("took %v, want at most %v", took, limit)
				}
				if used > 96<<20 && slowness == 1 {
					t.Errorf("used %d MiB, want at most 96", used>>20)
				}
				if most := min(maxHTML, maxGrowth*len(body)+maxFrame); len(s) > most {
					t.Errorf("%d bytes, want at most %d", len(s), most)
				}
				checkHTML(t, s)
			})
		}
	}
}

// unsafe is what no HTML for a feed may have, outside of text.
var unsafe = regexp.MustCompile(`(?i)<script|<style|<iframe|<form|<input|<[^>]*\son[a-z]+\s*=|<[^>]*javascript:`)

func TestRealPostsAreHTML(t *testing.T) {
	var took []time.Duration
	var times []float64
	plain := 0
	longest, grown := "", ""
	posts := realPosts(t)
	for path, body := range posts {
		post := postOf(body)
		begin := time.Now()
		s := HTML(post, Web{Site: "https://example.com/"})
		d := time.Since(begin)
		if len(took) == 0 || d > slices.Max(took) {
			longest = path
		}
		took = append(took, d)
		if x := float64(len(s)) / float64(len(body)+1); len(body) > 200 {
			if len(times) == 0 || x > slices.Max(times) {
				grown = path
			}
			times = append(times, x)
		}
		checkHTML(t, s)
		if m := unsafe.FindString(s); m != "" {
			t.Errorf("there is %.200q in it", m)
		}
		if s == plainHTML(post) && body != "" {
			plain++
			t.Logf("%s is plain", path)
		}
		if t.Failed() {
			t.Fatalf("in %s", path)
		}
	}
	slices.Sort(took)
	slices.Sort(times)
	t.Logf("%d posts, %d plain; half took %v, 99 of 100 %v, the longest %v (%s)", len(took), plain, took[len(took)/2], took[len(took)*99/100], took[len(took)-1], longest)
	t.Logf("HTML is %.2f, %.2f and at most %.2f times the source (%s)", times[len(times)/2], times[len(times)*99/100], times[len(times)-1], grown)
}

func TestGoldenHTML(t *testing.T) {
	got := HTML(postOf(kitchen(t)), Web{})
	path := filepath.Join("testdata", "kitchen.html")
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestHTMLHasWhatAPostHas(t *testing.T) {
	for _, test := range []struct{ name, body, want string }{
		{"a formula", "Take $x_1^2 + \\alpha$ now.", "<p>Take x₁² + α now.</p>"},
		{"a formula that cannot be told", "Take $\\foo_{a}^{b} < 1$ now.", "<p>Take $\\foo_{a}^{b} &lt; 1$ now.</p>"},
		{"a formula in lines", "$$\na_1 < b\n$$", "<pre>a₁ &lt; b</pre>"},
		{"emoji by a code", "Go :rocket: on", "<p>Go 🚀 on</p>"},
		{"raised numbers", "x^2^ and H~2~O", "<p>x² and H₂O</p>"},
		{"Chinese over two lines", "一\n二", "<p>一二</p>"},
		{"emphasis between Chinese", "中**「文」**中", "<p>中<strong>「文」</strong>中</p>"},
		{"a heading without a blank", "##安装", `<h2 id="安装">安装</h2>`},
		{"headings of one name", "# A b\n# A b", "<h1 id=\"a-b\">A b</h1>\n<h1 id=\"a-b-1\">A b</h1>"},
		{"an id of its own", "# A {#b .c onclick=d}", `<h1 id="b">A</h1>`},
		{"a note of GitHub", "> [!NOTE]\n> Text", "<blockquote>\n<p><strong>Note</strong></p>\n<p>Text</p>\n</blockquote>"},
		{"a note with a title", "> [!TIP] *My* title\n> Text", "<blockquote>\n<p><strong><em>My</em> title</strong></p>\n<p>Text</p>\n</blockquote>"},
		{"a note of colons", ":::warning\nText\n:::", "<blockquote>\n<p><strong>Warning</strong></p>\n<p>Text</p>\n</blockquote>"},
		{"a note of nothing else", "> [!NOTE]", "<blockquote>\n<p><strong>Note</strong></p>\n</blockquote>"},
		{"attributes", "![a](https://b.c/d.png){.e width=5}", `<p><img src="https://b.c/d.png" alt="a"/></p>`},
		{"a shortcode", "{{< youtube abc >}}", `<p><a href="https://www.youtube.com/watch?v=abc">video: youtube.com/abc</a></p>`},
		{"a tag of Liquid", "{% highlight go %}\nx\n{% endhighlight %}", "<pre><code class=\"language-go\">x\n</code></pre>"},
		{"code with a title", "```js title=\"a.js\"\nx < 'y'\n```", "<p><em>a.js</em></p>\n<pre><code class=\"language-js\">x &lt; 'y'\n</code></pre>"},
		{"code in an odd language", "```c++\nx\n```", "<pre><code class=\"language-c++\">x\n</code></pre>"},
		{"a task", "- [x] a", "<ul>\n<li>☑ a</li>\n</ul>"},
		{"details", "<details><summary>a</summary>\n\n*b*\n\n</details>", "<details><summary>a</summary>\n<p><em>b</em></p>\n</details>"},
		{"a footnote that nothing refers to", "a\n\n[^b]: c", "<p>a</p>\n<div>\n<hr/>\n<ol>\n<li id=\"fn:1\">\n<p>c</p>\n</li>\n</ol>\n</div>"},
		{"a film in HTML", `<iframe src="https://www.youtube.com/embed/a" onload=b></iframe> c`, `<a href="https://www.youtube.com/embed/a">[video: youtube.com/a]</a>  c`},
		{"a film with words for old programs", `<video src="https://a.b/c.mp4"><p>Too old</p></video>`, `<p><a href="https://a.b/c.mp4">[video: a.b/c.mp4]</a> </p>`},
		{"a picture loaded late", `<img src="data:x" data-src="https://a.b/c.png" onerror="d">`, `<img src="https://a.b/c.png" alt=""/>`},
		{"a name in HTML", `<a name="b"></a>`, `<p><a id="b"></a></p>`},
		{"a link in a link", `<a href="https://a.b/">https://c.d</a>`, `<p><a href="https://a.b/">https://c.d</a></p>`},
		{"paragraphs never closed", "<div><p>a<p>b", "<div><p>a</p><p>b</p></div>"},
		{"items never closed", "<ul><li>a<ul><li>b</ul><li>c</ul>", "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"},
		{"cells never closed", "<table><tr><td>a<td>b<tr><td>c</table>", "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>"},
		{"tags closed in another order", "<b><i>a</b></i>", "<p><b><i>a</i></b></p>"},
		{"tags that close nothing", "a</div></b></p>", "<p>a</p>"},
		{"a tag over a paragraph", "<b>a\n\nb</b>", "<p><b>a</b></p>\n<p>b</p>"},
		{"a block in a paragraph", "a <div>b</div> c", "<p>a </p><div>b</div> c"},
		{"an address that never ends", "<div title=\"a>b\n\n[c](https://d.e)", "<div>b\n<p><a href=\"https://d.e\">c</a></p>\n</div>"},
		{"a tag closed further in", "<i>\n<div>a</i>b</div>c</i>", "<i>\n<div>ab</div>c</i>"},
		{"a film never closed", "<video src=\"https://a.b/c.mp4\">\n\nd", "<a href=\"https://a.b/c.mp4\">[video: a.b/c.mp4]</a> <p>d</p>"},
		{"a tag that never ends", "<div title='a>b\n\nc's", "<div>b\n<p>c's</p>\n</div>"},
		{"the name of a tag that hides", "a <title> b\n\nc", "<p>a </p>\n<p>c</p>"},
		{"a table of HTML with code", "<table><tr><td><pre lang=\"go\">a&#10;b</pre></table>", "<table><tr><td><pre>a\nb</pre></td></tr></table>"},
		{"a script", "<script>alert(1)</script>", ""},
		{"a script in a line", "a <script>alert(1)</script> b", "<p>a  b</p>"},
		{"a style", "<style>a{}</style>", ""},
		{"a form", `<form action="a"><input name="b">c<button>d</button></form>`, "cd"},
		{"a handler", `<p onclick="a" style="b" class="c">d</p>`, "<p>d</p>"},
		{"a link that is a script", "[a](javascript:b) [c](JaVaScRiPt:d) <a href=' java&#10;script:e'>f</a> [g](data:text/html,h)", "<p>a c f g</p>"},
		{"a link that ends its value", `[a](<https://b.c/"onclick="d>)`, `<p><a href="https://b.c/%22onclick=%22d">a</a></p>`},
		{"a comment", "a <!-- b --> c", "<p>a  c</p>"},
		{"characters that XML has none of", "a&#1;b&#xFFFE;c&#x8;d", "<p>ab\ufffdcd</p>"},
		{"such characters in HTML", "<p title=\"&#1;\">a&#1;b&#xFFFF;<a href=\"https://c.d/&#1;\" title=\"&#2;e\">f</a></p>", "<p>ab\ufffd<a href=\"https://c.d/\" title=\"e\">f</a></p>"},
		{"marks of HTML", "a < b & c > d &lt;e&gt;", "<p>a &lt; b &amp; c &gt; d &lt;e&gt;</p>"},
		{"nothing", "", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := HTML(postOf(test.body), Web{})
			if got = strings.TrimSuffix(got, "\n"); got != test.want {
				t.Errorf("got  %q\nwant %q", got, test.want)
			}
			checkHTML(t, got)
		})
	}
}

func TestThePolicyHasTheLastWord(t *testing.T) {
	for in, want := range map[string]string{
		`<p onclick="a" style="b" id="c">d</p>`: `<p id="c">d</p>`,
		`<script>a</script><style>b</style>c`:   `c`,
		`<iframe src="https://a.b/"></iframe>c`: `c`,
		`<form action="a"><input/>c</form>`:     `c`,
		`<a href="javascript:a">b</a>`:          `<a>b</a>`,
		`<a href="JAVASCRIPT:a">b</a>`:          `<a>b</a>`,
		`<a href="ssh://a/">b</a>`:              `<a>b</a>`,
		`<a href="a/b">b</a>`:                   `<a>b</a>`,
		`<a href="https://[a">b</a>`:            `<a>b</a>`,
		`<a href="#b">b</a>`:                    `<a href="#b">b</a>`,
		`<img src="data:image/png;base64,AA"/>`: `<img/>`,
		`<img src="//a.b/c"/>`:                  `<img/>`,
		`<code class="a language-b">c</code>`:   `<code>c</code>`,
		`<code class="language-b">c</code>`:     `<code class="language-b">c</code>`,
	} {
		if got := policy().Sanitize(in); got != want {
			t.Errorf("%s: got %s, want %s", in, got, want)
		}
	}
}

func TestLinksOfHTMLLeadToTheWeb(t *testing.T) {
	post := postOf("")
	post.File = "2020/post.md"
	known := func(address string) string {
		switch address {
		case "other", "other.md", "/blog/other/#part":
			return "https://example.com/blog/other/"
		}
		return ""
	}
	site, none := Web{"https://example.com/blog/", known}, Web{}
	for _, test := range []struct {
		name, body string
		web        Web
		want       string
	}{
		{"relative", "[a](b.html) ![c](d.png)", site, `<a href="https://example.com/blog/2020/b.html">a</a> <img src="https://example.com/blog/2020/d.png" alt="c"/>`},
		{"from the root", "[a](/b) ![](/c.png)", site, `<a href="https://example.com/b">a</a> <img src="https://example.com/c.png" alt=""/>`},
		{"in HTML", `<a href="b">a</a> <img src=d.png alt=c>`, site, `<a href="https://example.com/blog/2020/b">a</a> <img src="https://example.com/blog/2020/d.png" alt="c"/>`},
		{"to another post", "[a](other) [b](other.md) [c](/blog/other/#part)", site, `<a href="https://example.com/blog/other/">a</a> <a href="https://example.com/blog/other/">b</a> <a href="https://example.com/blog/other/">c</a>`},
		{"to Markdown that is no post", "[a](nothing.md)", site, "a"},
		{"without a site", "[a](b.html) [**c**](other) ![d](e.png) ![](f.png)", none, "a <strong>c</strong> [image: d] "},
		{"with a host and no scheme", "[a](//b.c/d)", none, `<a href="https://b.c/d">a</a>`},
		{"into the post", "[a](#é \"t\") [b](#%C3%A9)", none, `<a href="#%C3%A9" title="t">a</a> <a href="#%C3%A9">b</a>`},
		{"by mail", "<a@b.c> [d](mailto:e@f.g)", none, `<a href="mailto:a@b.c">a@b.c</a> <a href="mailto:e@f.g">d</a>`},
		{"of other schemes", "[a](ssh://b.c/) [d](ftp://e.f/)", none, "a d"},
		{"in other scripts", "[a](https://例え.jp/é?a=1&b=2)", none, `<a href="https://%E4%BE%8B%E3%81%88.jp/%C3%A9?a=1&amp;b=2">a</a>`},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := *post
			p.Body = blog.NewBody(test.body)
			got := HTML(&p, test.web)
			if want := "<p>" + test.want + "</p>\n"; got != want {
				t.Errorf("got  %q\nwant %q", got, want)
			}
			checkHTML(t, got)
		})
	}
}

func TestHTMLOfAPostThatIsTooMuchIsItsText(t *testing.T) {
	for name, body := range map[string]string{
		"long":                strings.Repeat("a <b>\n", maxSource/6+10),
		"deep":                strings.Repeat("> ", 1000) + "<b> & c",
		"addresses that grow": fill("[a](https://b.c/"+fill("|", maxListed-100)+") ", 600<<10),
		"much HTML of less":   "[a]: https://example.com/" + fill("x", 2000) + "\n\n" + fill("[a] ", 40<<10),
	} {
		s := HTML(postOf(body), Web{})
		if !strings.HasPrefix(s, "<pre>") || !strings.HasPrefix(body, htmlSays(t, s)[:5]) {
			t.Errorf("%s: got %.100q", name, s)
		}
		if len(s) > maxHTML {
			t.Errorf("%s: %d bytes, want at most %d", name, len(s), maxHTML)
		}
		checkHTML(t, s)
	}
}

func TestTidyingEndsAtItsLimit(t *testing.T) {
	tidy := &tidy{limit: 1000, address: func(s string) string { return s }}
	tidy.scan(fill("<b>a</b><br><img src=https://a.b/>c", 100_000))
	if got := tidy.out.Len(); got < 1000 || got > 1100 {
		t.Errorf("%d bytes were written, want about 1000", got)
	}
}

func FuzzHTML(f *testing.F) {
	f.Add(kitchen(f))
	for _, posts := range []map[string]string{hostile(), htmlBombs(), tagBombs()} {
		for _, body := range posts {
			f.Add(body[:min(len(body), 300)])
		}
	}
	f.Fuzz(func(t *testing.T, body string) {
		body = text.Clean(body) // as the blog does
		for _, w := range []Web{{}, {Site: "https://example.com/"}} {
			s := HTML(postOf(body), w)
			checkHTML(t, s)
			if most := maxGrowth*len(body) + maxFrame; len(s) > most {
				t.Errorf("%d bytes, want at most %d", len(s), most)
			}
		}
	})
}

func TestAFaultInHTMLIsNone(t *testing.T) {
	_, ok := guardedHTML(postOf("a"), Web{}, func(*blog.Post, Web) (string, bool) { panic("a fault") })
	if ok {
		t.Error("it counts as drawn")
	}
}

// TestNoLinkOfARealPostIsLostInHTML is [TestNoLinkOfARealPostIsLost] for feeds.
func TestNoLinkOfARealPostIsLostInHTML(t *testing.T) {
	md := goldmark.New(goldmark.WithExtensions(extension.GFM, extension.Footnote))
	found, lost := 0, 0
	for path, body := range realPosts(t) {
		s := HTML(postOf(body), Web{})
		root, err := html.Parse(strings.NewReader(s))
		if err != nil {
			t.Fatal(err)
		}
		reachable := map[string]bool{}
		for n := range root.Descendants() {
			for _, a := range n.Attr {
				reachable[sameAddress(a.Val)] = true
			}
		}
		said := squeezed(htmlSays(t, s))
		for _, address := range addressesOf(md, body) {
			found++
			// One of them is written with a scheme before another.
			if !reachable[sameAddress(address)] && !strings.Contains(said, squeezed(address)) && !strings.HasPrefix(address, "http://%20") {
				lost++
				t.Errorf("%s: no way to %.200s", path, address)
			}
		}
	}
	t.Logf("%d links, %d lost", found, lost)
	if found == 0 {
		t.Error("there are none")
	}
}
