package render

import (
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"
	"github.com/google/go-cmp/cmp"

	"lectern/internal/theme"
)

// drawn is what a plain terminal of 80 cells shows of a body, without blank
// lines, blanks at the ends of lines and the head.
func drawn(body string) (lines string, d *Document) {
	d = Render(postOf(body), Options{80, theme.Plain().For(colorprofile.NoTTY), false, ""})
	var kept []string
	for line := range strings.Lines(d.String()) {
		if line = strings.TrimSpace(line); line != "" {
			kept = append(kept, line)
		}
	}
	return strings.Join(kept[2:], "\n"), d
}

// codes are the languages and the texts of the source code of a document.
func codes(d *Document) []string {
	var all []string
	for _, code := range d.Code() {
		all = append(all, code.Lang+": "+code.Source)
	}
	return all
}

func TestSourceCodeThatATagEnclosesIsExact(t *testing.T) {
	const after = "\n\nb **c**"
	for _, tt := range []struct{ name, body, want string }{
		{"a formula", "{{< math >}}\n$$\nx = 1\n$$\n{{< /math >}}", "math: x = 1\n"},
		{"of KaTeX", "{{< katex >}}\n$$\nx = 1\n$$\n{{< /katex >}}", "math: x = 1\n"},
		{"an environment", "{% math %}\n\\begin{aligned}\na\n\\end{aligned}\n{% endmath %}", "math: \\begin{aligned}\na\n\\end{aligned}\n"},
		{"in a quote", "> {{< math >}}\n> $$\n> a\n> $$\n> {{< /math >}}", "math: a\n"},
		{"source of TeX", "{% highlight latex %}\n$$\nx\n$$\n{% endhighlight %}", "latex: $$\nx\n$$\n"},
		{"an environment in source", "{{< highlight tex >}}\n\\begin{equation}\nx\n\\end{equation}\n{{< /highlight >}}", "tex: \\begin{equation}\nx\n\\end{equation}\n"},
		{"a fence in source", "{% highlight md %}\n```\n$$\na\n$$\n{% endhighlight %}", "md: ```\n$$\na\n$$\n"},
		{"a note in source", "{% codeblock lang:md %}\n:::note\na\n:::\n{% endcodeblock %}", "md: :::note\na\n:::\n"},
		{"a note of Python in source", "{% codeblock lang:md %}\n!!! note\n    a\n{% endcodeblock %}", "md: !!! note\n    a\n"},
		{"pre", "<pre>\n$$\nx\n$$\n:::note\n</pre>\n\n:::", ": $$\nx\n$$\n:::note\n"},
		{"in HTML", "<div>\n$$\nx = 1\n$$\n</div>", "math: x = 1\n"},
		{"a tag in HTML", "<div>\n{% highlight sh %}\na\n\nb\n{% endhighlight %}\n</div>", "sh: a\n\nb\n"},
		{"a tag below a summary", "<details><summary>S</summary>\n{% highlight sh %}\na\n\nb\n{% endhighlight %}\n</details>", "sh: a\n\nb\n"},
		{"a tag in HTML in a quote", "> <div>\n> {% highlight sh %}\n> a\n> {% endhighlight %}\n> </div>", "sh: a\n"},
		{"a formula of a tag in HTML", "<div>\n{% math %}\na\n{% endmath %}\n</div>", "math: a\n"},
		{"a fence of GitBook", "{% code title=\"a.js\" %}\n```js\na\n```\n{% endcode %}", "js: a\n"},
		{"a fence of no language", "{% code title=\"a.txt\" %}\n\n```\na\n```\n\n{% endcode %}", "text: a\n"},
		{"a tab of Docsy", "{{< tabpane lang=\"sh\" >}}\n{{< tab header=\"A\" >}}\na *b* <c>\n{{< /tab >}}\n{{< /tabpane >}}", "sh: a *b* <c>\n"},
		{"a tab with a language", "{{% tab header=\"A\" lang=\"go\" %}}\na *b*\n{{% /tab %}}", "go: a *b*\n"},
		{"a tab with a fence", "{{< tabpane >}}\n{{% tab header=\"A\" lang=\"en\" %}}\n*a*\n\n```go\nb\n```\n{{% /tab %}}\n{{< /tabpane >}}", "go: b\n"},
		{"of Docusaurus", "<CodeBlock language=\"js\">{`const a = 1;\nconst b = 2;`}</CodeBlock>", "js: const a = 1;\nconst b = 2;\n"},
		{"of Docusaurus on lines", "a\n\n<CodeBlock\n  language=\"js\"\n>\n  {`\nconst a = {\n\n  $b: \\`*c*\\`,\n}\n`}\n</CodeBlock>", "js: const a = {\n\n  $b: `*c*`,\n}\n"},
		{"of Docusaurus in a quote", "> <CodeBlock language=\"sh\">{`a\n> b`}</CodeBlock>", "sh: a\nb\n"},
		{"of Docusaurus with notes", "<CodeBlock language=\"md\">{`\n:::note\na\n:::\n!!! note\n    b\n`}</CodeBlock>", "md: :::note\na\n:::\n!!! note\n    b\n"},
		{"of Distill", "<d-code block language=\"javascript\">\n  var a = 1;\n\n  b(*a*)\n</d-code>", "javascript:   var a = 1;\n\n  b(*a*)\n"},
		{"of Distill in HTML", "<div>\n<d-code block language=\"sh\">\na &lt;b\n</d-code>\n</div>", "sh: a <b\n"},
		{"prose with formulas", "{{< math >}}\n**a**\n\n$$\nx\n$$\n{{< /math >}}", "math: x\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			lines, d := drawn(tt.body + after)
			if diff := cmp.Diff([]string{tt.want}, codes(d)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			if !strings.HasSuffix("\n"+lines, "\nb c") || strings.ContainsAny(lines, "~{") && !strings.Contains(tt.want, "{") {
				t.Errorf("got %q, want no marks and the text after it", lines)
			}
		})
	}
}

func TestSourceCodeOfTagsInATable(t *testing.T) {
	lines, _ := drawn("<table><tr><td>{% highlight sh %}\na <b>\n\n  &lt;\n{% endhighlight %}</td><td>{% math %}x^2{% endmath %}</td></tr></table>\n\n## c")
	if want := "a <b>  │ x²\n│\n&lt; │\n## c"; strings.ReplaceAll(lines, "\u00a0", " ") != want {
		t.Errorf("got %q, want %q", lines, want)
	}
}

func TestATitleAroundAFenceIsAboveIt(t *testing.T) {
	lines, _ := drawn("{% code title=\"a.js\" %}\n```js {1}\na\n```\n{% endcode %}\n\n```\nb\n```")
	if want := "a.js\na\nb"; lines != want {
		t.Errorf("got %q, want %q", lines, want)
	}
}

func TestFormulasOfTagsInALine(t *testing.T) {
	for _, tt := range []struct{ name, body, want string }{
		{"alone", "a {{< katex >}} b", "a  b"},
		{"alone before a pair", "{{< katex >}}a {{< katex >}} V {{< /katex >}}", "a $V$"},
		{"a pair", "{% math %}d{% endmath %}", "$d$"},
		{"with words", "{% katex inline %}x^2{% endkatex %}", "$x^2$"},
		{"a call", "{% katex(block=false) %} C {% end %}", "$C$"},
		{"with marks", "{{< math >}}$x$ {{< /math >}}", "$x$"},
		{"at a letter", "a{% math %}d{% endmath %}b", "a$$d$$b"},
		{"escaped", "{{</* math */>}} a {{</* /math */>}}", `{{\< math >}} a {{\< /math >}}`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := untemplated(tt.body); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}
