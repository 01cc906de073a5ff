package render

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/colorprofile"

	"lectern/internal/blog"
	"lectern/internal/theme"
)

func options(width int) Options {
	return Options{Width: width, Palette: theme.Dark().For(colorprofile.TrueColor), Links: true}
}

func postOf(body string) *blog.Post {
	return &blog.Post{Slug: "post", Title: "A post", Body: blog.NewBody(body), Words: 1, Hash: body}
}

// fill repeats a pattern up to n bytes.
func fill(pattern string, n int) string { return strings.Repeat(pattern, n/len(pattern)) }

// hostile is Markdown made to be slow, by name.
func hostile() map[string]string {
	mb := megabyte
	nested := func(open string, n int) string {
		var b strings.Builder
		for i := range n {
			b.WriteString(strings.Repeat(" ", 2*i) + open + "x\n")
			if b.Len() > mb {
				break
			}
		}
		return b.String()[:min(b.Len(), mb)]
	}
	references := func(n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, "[r%d]: https://example.com/%d\n", i, i)
		}
		for i := range n {
			fmt.Fprintf(&b, "[r%d] ", i)
		}
		return b.String()
	}
	return map[string]string{
		"quotes 1000 deep":            strings.Repeat("> ", 1000) + "x\n",
		"quotes 1000 deep, 500 times": fill(strings.Repeat(">", 1000)+" x\n", mb/2),
		"quotes 500k deep":            strings.Repeat(">", mb/2) + "x\n",
		"lists 1000 deep":             nested("- ", 1000),
		"lists on one line":           fill("- ", mb) + "x\n",
		"numbered lists on one line":  fill("1. ", mb) + "x\n",
		"lists and quotes":            fill("- > ", mb) + "x\n",
		"deep list, blank lines":      nested("- ", 200) + fill("\n", mb/2),
		"deep list, lines":            nested("- ", 200) + fill("x\n", mb/2),
		"staircase of lists":          nested("1. ", 300) + nested("- ", 300),
		"1000 fences":                 strings.Repeat("```\ncode\n```\n", 1000),
		"1000 fences in languages":    strings.Repeat("```go\nfunc f() {}\n```\n```python\nx = 1\n```\n", 500),
		"1000 fences of unknown":      strings.Repeat("```nosuchthing\nfunc f() {}\n```\n", 1000),
		"1 MB of code":                "```go\n" + fill("x := f(a, \"b\") // c\n", mb-10) + "```\n",
		"200 KB of code":              "```go\n" + fill("x := f(a, \"b\") // c\n", 200<<10) + "```\n",
		"200 KB of code by fences":    fill("```js\n"+fill("const a = (b) => `c ${d}`;\n", 2000)+"```\n", 200<<10),
		"1 MB of one code line":       "```go\n" + fill("x+", mb-10) + "\n```\n",
		"code lines of open marks":    "```js\n" + fill(fill("/*`${", 4000)+"\n", 200<<10) + "```\n",
		"html code of open marks":     "```html\n" + fill("<a <b ", 200<<10) + "\n```\n",
		"1 MB of newlines in code":    "```\n" + fill("\n", mb-10) + "```\n",
		"1 MB of HTML":                fill("<div><p>x</p></div>\n", mb),
		"1 MB of HTML blocks":         fill("<p>\n\n", mb),
		"open tags in a paragraph":    "x " + fill("<a ", mb-2),
		"tags in a paragraph":         "x " + fill("<b>", mb-2),
		"open comments":               "x " + fill("<!--", mb-2),
		"open instructions":           "x " + fill("<?", mb-2),
		"open declarations":           "x " + fill("<!A ", mb-2),
		"20000 items":                 fill("- item\n", 20000*7/slowness),
		"20000 loose items":           fill("- item\n\n", 20000*8/slowness),
		"references":                  references(20000 / slowness),
		"one reference many times":    "[a]: https://example.com/" + fill("x", 2000) + "\n\n" + fill("[a] ", mb/4),
		"open references":             fill("[a]: <", mb),
		"emphasis opened":             fill("*a _b ", mb),
		"emphasis pairs":              fill("*a* ", mb),
		"emphasis nested":             fill("*a **b ", 200<<10) + fill("b** a* ", 200<<10),
		"emphasis stars":              fill("*", mb/2) + "a" + fill("*", mb/2-1),
		"emphasis odd":                fill("a**b_c ", mb),
		"strikes":                     fill("~~a ~b ", mb),
		"brackets opened":             fill("[", mb),
		"brackets in pairs":           strings.Repeat("[", mb/2) + strings.Repeat("]", mb/2),
		"links opened":                fill("[a](", mb),
		"links opened with blanks":    fill("[a]( <b", mb),
		"images nested":               strings.Repeat("![", 50000) + "a" + strings.Repeat("](b)", 50000),
		"links":                       fill("[a](https://example.com) ", mb),
		"back-ticks": func() string {
			var b strings.Builder
			for i := 1; b.Len() < mb; i++ {
				b.WriteString(strings.Repeat("`", i) + " ")
			}
			return b.String()[:mb]
		}(),
		"back-tick pairs":           fill("`a` ", mb),
		"entities":                  fill("&amp;", mb),
		"open entities":             fill("&", mb),
		"backslashes":               fill(`\`, mb),
		"a table of one long row":   fill("|a", 5000) + "\n" + fill("|-", 5000) + "\n" + fill("|x\n", 400<<10),
		"a wide table":              "|a" + "\n|-" + "\n" + fill("|x", mb-10) + "\n",
		"escaped bars in cells":     "|a|\n|-|\n" + fill("|`\\|` x\n", 400<<10),
		"cells beyond the head":     "|a|\n|-|\n" + fill("|xxxxx|`y`|z\n", 50<<10),
		"comments in cells":         "|a|\n|-|\n|" + fill("<!--", mb/2) + "\n|" + fill("<!-->", mb/2),
		"items in items of tables":  "|a|\n|-|\n" + fill("- - - > - - |\n\n", mb-20),
		"a long table":              "|a|b|\n|-|-|\n" + fill("|x|y|\n", mb-20),
		"a table of 100 columns":    fill("|a", 200) + "\n" + fill("|-", 200) + "\n" + fill("x\n", mb-500),
		"many small tables":         fill("|a|b|\n|-|-|\n|c|d|\n\n", mb),
		"tables wider below":        fill("|a|b|\n|-|-|\n"+fill("|c", 100)+"\n\n", mb),
		"a table wider below":       "|a|\n|-|\n" + fill(fill("|c", 120)+"\n", mb-10),
		"rules of tables":           fill("|-|\n", mb),
		"links with blanks":         fill("[a](b c.png) ", mb),
		"links with open blanks":    fill("](a ", mb),
		"links in open spans":       fill("](`", mb),
		"almost tables":             fill("a|b\n", mb),
		"a table head long":         fill("a|", mb/2) + "\n" + fill("-|", mb/2-2),
		"headings":                  fill("# a\n", mb),
		"heading attributes":        "# a " + fill("{#a ", mb-10),
		"setext":                    fill("a\n=\n", mb),
		"long word":                 fill("x", mb),
		"blanks":                    fill(" ", mb),
		"lines of blanks":           fill(" \n", mb),
		"tabs":                      fill("\t", mb),
		"footnotes":                 fill("[^1] ", mb/2) + "\n\n[^1]: " + fill("a ", mb/2-20),
		"footnotes nobody asks for": fill("[^a]: n\n", 19000*8/slowness),
		"footnotes begun":           fill("[^a]: n\n", mb),
		"footnotes opened":          fill("[^a", mb),
		"many footnotes": func() string {
			var b strings.Builder
			for i := range 19000 {
				fmt.Fprintf(&b, "[^%d] ", i)
			}
			b.WriteString("\n\n")
			for i := range 19000 {
				fmt.Fprintf(&b, "[^%d]: n\n", i)
			}
			return b.String()
		}(),
		"footnotes in footnotes":   fill("[^a]: [^a]: ", mb),
		"definitions":              fill("a\n: b\n", mb),
		"definitions nested":       "a\n" + fill(": ", mb-10) + "\n",
		"addresses":                fill("https://example.com/a ", mb),
		"www":                      fill("www.", mb),
		"mail":                     fill("a@", mb),
		"mail dots":                fill("a.a@a.", mb),
		"colons":                   fill("http:", mb),
		"combining marks":          "a" + fill("\u0301", mb-10),
		"joiners":                  fill("👩\u200d", mb-10),
		"wide":                     fill("宽", mb-10),
		"hard breaks":              fill("a\\\n", mb),
		"quotes and text in turn":  fill("> a\n\nb\n\n", mb),
		"rules":                    fill("***\n", mb),
		"tags of templates":        fill("{{ a }} {% b %} ", mb),
		"open tags of templates":   fill("{{ {% ", mb),
		"source by templates":      fill("{% highlight go %}\nx\n{% endhighlight %}\n", mb),
		"formulas":                 fill("$a_1$ ", mb),
		"open formulas":            fill("$a ", mb),
		"formulas over lines":      fill("$$a\n", mb),
		"formulas in brackets":     fill("\\(a", mb),
		"formulas begun":           fill("$$\n\n", mb),
		"formulas of environments": fill("\\begin{align}\n", mb),
		"formulas of groups":       fill("$"+fill("{", 500)+"$ ", mb),
		"formulas of fractions":    fill("$$"+fill("\\frac{", 2000)+"1$$ ", mb),
		"formulas of matrices":     fill("$$\n"+fill("\\begin{bmatrix}a&\\\\", 6000)+"\n$$\n", mb),
		"formulas of rows":         fill("$$\n"+fill("a&\\\\", 8000)+"\n$$\n\n", mb),
		"notes in notes":           fill(":::note\n", mb/2) + fill(":::\n", mb/2),
		"notes in quotes":          fill("> :::note\n", mb/2) + fill("> :::\n", mb/2),
		"notes in notes in quotes": fill("> > - :::note\n> :::tip\n", mb/2) + fill("> :::\n", mb/2),
		"notes of GitHub":          fill("> [!NOTE]\n> a\n\n", mb),
		"short codes":              fill(":smile: ", mb),
		"open short codes":         fill(":a", mb),
		"pictures of HTML":         "x " + fill("<img src=a alt=b>", mb-2),
		"links of HTML":            "x " + fill("<a href=b>c</a>", mb-2),
		"tables of HTML":           "<table>" + fill("<tr><td>a<td>b", mb-7),
		"a row of HTML":            "<table><tr>" + fill("<td>a", mb-11),
		"lists of HTML":            "<ul>" + fill("<li>a<ul>", mb-4),
	}
}

// megabyte is the size of most of it: less where the race detector slows all.
const megabyte = 1 << 20 / slowness

// measures skips a test of time and memory in the short run, which is that with the race detector: these posts are drawn
// by one goroutine, and what the detector takes tells nothing of the bound.
func measures(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("time and memory are measured in the whole run")
	}
}

func TestRenderIsBoundedForHostileMarkdown(t *testing.T) {
	measures(t)
	// The machine may be busy; alone each takes less than one.
	const limit = 2 * slowness * time.Second
	const memory = 64 << 20 // bytes in use at one time
	defer debug.SetGCPercent(debug.SetGCPercent(10))
	for name, body := range hostile() {
		t.Run(name, func(t *testing.T) {
			post := postOf(body)
			peak := peakHeap()
			begin := time.Now()
			d := Render(post, options(80))
			took := time.Since(begin)
			used := peak()
			t.Logf("%v and %d MiB for %d bytes, %d lines of %d bytes", took.Round(time.Millisecond), used>>20, len(body), d.Len(), len(d.text))
			if took > limit {
				t.Errorf("took %v, want at most %v", took, limit)
			}
			if used > memory && slowness == 1 {
				t.Errorf("used %d MiB, want at most %d", used>>20, memory>>20)
			}
			checkLines(t, d, 80)
		})
	}
}

// peakHeap begins to watch the heap; what it returns ends that and tells by how
// many bytes it grew at most.
func peakHeap() func() int64 {
	heap := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	inUse := func() int64 {
		metrics.Read(heap)
		return int64(heap[0].Value.Uint64())
	}
	runtime.GC()
	before := inUse()
	stop, most := make(chan struct{}), make(chan int64)
	go func() {
		peak := before
		for {
			select {
			case <-stop:
				most <- peak - before
				return
			case <-time.After(2 * time.Millisecond):
				peak = max(peak, inUse())
			}
		}
	}()
	return func() int64 {
		close(stop)
		return <-most
	}
}
