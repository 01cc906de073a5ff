package render

import (
	"strings"
	"testing"
	"time"
)

func TestTemplateTagsAreTakenOut(t *testing.T) {
	for _, tt := range []struct{ name, body, want string }{
		{"nothing to do", "a { b } c", "a { b } c"},
		{"a value", "a {{ page.title }} b", "a  b"},
		{"text as a value", `![a]({{ "/b.png" | relative_url }})`, "![a](/b.png)"},
		{"what they enclose", "{% if a %}b{% endif %}", "b"},
		{"over lines", "{{< figure\n  src=\"a.png\"\n  alt=\"b\" >}}", "![b](<a.png>)"},
		{"not in a code span", "`{{ a }}` ``{% b ` c %}``", "`{{ a }}` ``{% b ` c %}``"},
		{"not in a code span over lines", "`{{ a\n}}`", "`{{ a\n}}`"},
		{"not in a fence", "~~~\n{{ a }}\n```\n{{ b }}\n~~~\n{{ c }}d", "~~~\n{{ a }}\n```\n{{ b }}\n~~~\nd"},
		{"not in a fence in a list", "- ```\n  {{ a }}\n  ```\n- {{ b }}c", "- ```\n  {{ a }}\n  ```\n- c"},
		{"not in indented code", "a\n\n    {{ b }}\n\n{{ c }}d", "a\n\n    {{ b }}\n\nd"},
		{"but in a list that looks like it", "- a\n\n    {{ b }}c", "- a\n\n    c"},
		{"not in pre", "<pre>{{ a }}\n{{ b }}</pre> {{ c }}", "<pre>{{ a }}\n{{ b }}</pre> "},
		{"not in a formula", "$$\n{{a}}\n$$ and $x_{{b}}$", "$$\n{{a}}\n$$ and $x_{{b}}$"},
		{"raw", "{% raw %}{{ a }}{% endraw %} {{ b }}c", "{{ a }} c"},
		{"raw of Go", "a\n\n{{raw `\n\tb {{ c }}\n\n\td\n`}}\ne", "a\n\n\n\tb {{ c }}\n\n\td\n\ne"},
		{"comments", "a {% comment %}b {{ c }}{% endcomment %}d", "a d"},
		{"source code", "{% highlight go %}\n{{ a }}\n{% endhighlight %}\nb", "~~~~~~~~go\n{{ a }}\n~~~~~~~~\nb"},
		{"source code on a line", "{{< highlight go >}}a{{< /highlight >}}\nb", "~~~~~~~~go\na\n~~~~~~~~\nb"},
		{"attributes of a block", "a\n{: .b #c}\n", "a\n\n"},
		{"attributes of a heading", "## a {#b.c .d} ##\n## a {.d}\n## a {#b,c}\n", "## a {#b.c} ##\n## a\n## a\n"},
		{"braces in a heading", "## a {b}\n", "## a {b}\n"},
		{"one that never ends", "a {{ b", "a {{ b"},
		{"one that never ends before one that does", "a {{ b {{ c }} d", "a {{ b  d"},
		{"escaped for Hugo", "{{</* a b */>}} `{{%/* c */%}}`", `{{\< a b >}} ` + "`{{% c %}}`"},
		{"Go text in source code", "```\na {{raw \"<\"}} b\n```\n", "```\na < b\n```\n"},
		{"a picture of Go", "a\n\n{{image \"b/c.png\" 800}}\n{{ img `d.png` }}\n", "a\n\n![](<b/c.png>)\n![](<d.png>)\n"},
		{"a film of Go", "{{video \"https://example.com/a\"}}", "[video: example.com/a](<https://example.com/a>)"},
		{"the value of a picture", "a{{ image }}{{ image.src \"b\" }}{{ image | c \"d\" }}", "a"},
		{"Go text that does not end", "{{raw \"a", "{{raw \"a"},
		{"a quote of Zola", "{% quote(author=\"b\") %}\na\n{% end %}\n", "\n\n>\n> a\n> \n> — b\n\n\n"},
		{"a note that does not end", "{% note %}\na", "\na"},
		{"source code that does not end", "{% highlight go %}\na", "\na"},
		{"a file of Pelican", "[a]({static}/b) {static}", "[a](/b) {static}"},
		{"modules", "import a from 'b'\nexport const c = {\n\n}\n\nimport d", "\n\n\nimport d"},
		{"a sentence that imports", "import a from b\n", "import a from b\n"},
		{"a component", `<Foo a={b} label="c" />d`, "cd"},
		{"a placeholder", "ssh <user>@host", "ssh &lt;user>@host"},
		{"a tag that is closed", "<user>a</user>", "<user>a</user>"},
		{"a wiki's link", "[[a|b]] [[c]] [[1, 2]]", "b [[c]] [[1, 2]]"},
		{"the name of a reference", "[a][embed b] [video c]", "[a][embed b] [video c]"},
		{"a picture in HTML", "<div>\n{% asset_img a.png \"b\" %}\n</div>\n\n{% asset_img c.png %}", "<div>\n<img alt=\"b\" src=\"a.png\">\n</div>\n\n![](<c.png>)"},
		{"a link in HTML", "<p>{{< youtube a >}}</p>", `<p><a href="https://www.youtube.com/watch?v=a">video: youtube.com/a</a></p>`},
		{"a note of a wiki in HTML", "<p>![[a.png|b]]</p>", `<p><img alt="b" src="a.png"></p>`},
		{"a name in a table of HTML", "<table><tr><td>{{< tab \"a\" >}}b{{< /tab >}}", "<table><tr><td><b>a</b>b"},
		{"Markdown in HTML", "<div markdown=\"1\">\n![a](b)\n</div>", "<div markdown=\"1\">\n\n![a](b)\n</div>"},
		{"Markdown in HTML, with an indent", "<figure markdown>\n    *a*\n    <p>b</p>\n    *c*\n</figure>\n    d", "<figure markdown>\n\n*a*\n<p>b</p>\n\n*c*\n</figure>\n    d"},
		{"Markdown below a summary", "<details markdown=\"block\"><summary>a</summary>\n*b*\n</details>", "<details markdown=\"block\">\n\n<summary>a</summary>\n\n*b*\n</details>"},
		{"Markdown on the line of a tag", "> <p markdown=\"span\">*a*</p>", "> <p markdown=\"span\">\n>\n> *a*</p>"},
		{"Markdown in a cell", "<table>\n<td markdown=\"1\">**a** [b](c)</td>", "<table>\n<td markdown=\"1\"><b>a</b> <a href=\"c\">b</a></td>"},
		{"Markdown in HTML, after a blank line", "<div markdown>\n\n*a*\n</div>", "<div markdown>\n\n*a*\n</div>"},
		{"no Markdown in HTML", "<div markdown=\"0\">\n*a*\n</div>", "<div markdown=\"0\">\n*a*\n</div>"},
		{"styles in HTML", "<div>\n<style scoped>\n    .a {\n\n    }\n</style>\n<p>b</p>", "<div>\n<style></style>\n<p>b</p>"},
		{"a script", "<div><script>\n  a\n\n    {{ b }}\n</script>c", "<div><script></script>c"},
		{"styles that do not end", "<style>\n\na", "<style>\n\na"},
		{"styles in source code", "`<style>`\n\n    <style>\n\n</style>", "`<style>`\n\n    <style>\n\n</style>"},
		{"links of a picture", `{{< figure src="a.png" caption="By [b](https://c)" attr="d" attrlink="https://e" link="https://f" >}}`, "[![](<a.png>)](<https://f>) By [b](https://c). [d](<https://e>)"},
		{"a link in a caption", `{% include figure.html src="a.png" alt="b" caption="By [c](https://d)" %}`, "![b](<a.png>) By [c](https://d)"},
		{"links of a picture in HTML", `<p>{{< figure src="a.png" caption="[b](https://c)" link="https://d" >}}</p>`, `<p><a href="https://d"><img alt="" src="a.png"></a> <a href="https://c">b</a></p>`},
		{"a caption without quotes", "{% asset_img a.png 架构图 %} {% asset_img b a.png 300 50% c d %}", "![架构图](<a.png>) ![c d](<a.png>)"},
		{"a note in the margin", "a{% sidenote 'id' 'Some text' %} b{% marginnote 'id' 'c' %}", "a (Some text) b (c)"},
		{"words of a new thought", "{% newthought 'In' %} a", "In a"},
		{"words before all others", "{% epigraph 'a b' 'c' 'd' %}", "\n\n> a b\n>\n> — c, d\n\n"},
		{"a picture in the margin", "{% marginfigure 'id' 'a.png' 'b c' %} {% maincolumn 'a/b.png' 'c' %}", "![b c](<a.png>) ![c](<a/b.png>)"},
		{"words that are hidden", "{% hideInline a b,show,#fff %}{% hideInline c %}", "show: a bc"},
		{"boxes", "{% checkbox red checked, a b %}{% checkbox c %}", "☑ a b<br>☐ c<br>"},
		{"a note in a line", "{% note, a b %} {% note success, 文字 %}", "a b 文字"},
		{"a note in a line before one that is none", "{% note success, a %}\n{% endnoteblock %}", "a\n"},
		{"a note before the end of another", "{% note %}\na\n{% endnotes %}", "\na\n"},
		{"raised words", `{{< sup "2" >}} {{< kbd "Ctrl" >}} {{< kbd "@" >}}`, "<sup>2</sup> Ctrl @"},
		{"a name with an address", `{{< person "https://a" "b" >}} {{< person "c" "https://d" >}}`, "[b](<https://a>) [c](<https://d>)"},
		{"words of a tag that is not known", "{% a 'b c' %} {{< a \"b c\" \"d e\" >}}", "b c b c d e"},
		{"many words", `<Card title="A" subtitle="b?" description="c" href="https://d" img="https://e"/>`, "[A](<https://d>). b? c ![](<https://e>)"},
		{"words and a page of the blog", `<Card title="A" href="/b"/>`, "[A](</b>)"},
		{"a picture of JSX", `<Figure src="a.png" caption="b" alt="c"/>`, "![c](<a.png>) b"},
		{"a button", `<Button href="https://a">b</Button><Button href="https://c" text="d"/>`, `<a href="https://a">b</a>[d](<https://c>)`},
		{"an address of JSX", `<Embed url="https://a.example/b"/>`, "[embedded: a.example/b](<https://a.example/b>)"},
		{"a fold of JSX", "<Details summary=\"a\">\nb\n</Details>", "\n\n<summary>a</summary>\n\n\nb\n"},
		{"a title of JSX", "<Section title=\"a\">\nb\n</Section>", "a\n\nb\n"},
		{"a tip of JSX", `<Tooltip text="a">b</Tooltip>`, "a: b"},
		{"old HTML", "<Center>a</Center><Table>", "<Center>a</Center><Table>"},
		{"a caption of WordPress", `[caption id="a"][![b](c)](d) e[/caption]`, "[![b](c)](d) e"},
		{"a caption in the tag", `[caption id="a" caption="b c"]<img src="d">[/caption] [caption id="a"]e[/caption]`, `<img src="d"> b c e`},
		{"raw of LoveIt", "{{< raw >}}<b>{{ a }}</b>{{< /raw >}} {{ b }}c", "<b>{{ a }}</b> c"},
		{"raw that does not end", "{{< raw >}}{{ a }}b", "b"},
		{"raw in a code span", "`{% raw %}{{ x }}{% endraw %}` {{ b }}c", "`{{ x }}` c"},
		{"raw in a code span alone", "`{% raw %}` a {{ b }}", "`{% raw %}` a "},
		{"raw in a code span of two marks", "``{% raw %}`{{ x }}`{% endraw %}``", "`` `{{ x }}` ``"},
		{"a date", "<!-- timeline 01-05 -->\na", "\n\n**01-05**\n\n\na"},
		{"attributes of words", "a [b]{.c} [d](e){.f} [g] {.h} [i][j]{.k} [^l]{.m}", "a b [d](e) [g] {.h} [i][j] [^l]"},
		{"attributes of a paragraph", "a\n{.b #c}\n\n{.b}", "a\n\n\n{.b}"},
		{"a comment of Obsidian", "a %%b%% c 5%% d%%\n\n%%\ne\n\nf\n%%\ng", "a  c 5%% d%%\n\n\ng"},
		{"a comment of Obsidian that does not end", "%% a", "%% a"},
		{"a blank of JSX", `a{" "}b`, "a b"},
		{"a fragment of JSX", "<>\na\n</>\nb </> c", "\na\n\nb </> c"},
		{"a sign that is no fragment", "a <> b", "a <> b"},
		{"what happens in Vue", `<button @click="a" class="b">c</button>`, `<button class="b">c</button>`},
		{"a module below a heading", "# a\nimport b from 'c'\n\nd", "# a\n\n\nd"},
		{"the meaning of a short word", "*[a]: b\n*[c]: d\ne", "- a: b\n- c: d\n\ne"},
		{"a switch is no text", "{{< tabpane text=true >}}a", "a"},
		{"an address is no HTML", "<https://a.example>\n{% asset_img b.png %}", "<https://a.example>\n![](<b.png>)"},
		{
			"a picture of Eleventy", `{% image "./a.png", "Alt text", "100vw" %} {% image "b.png", "c", "(min-width: 30em) 50vw, 100vw" %} {% image "d.png", "e", [300, 600] %}`,
			"![Alt text](<./a.png>) ![c](<b.png>) ![e](<d.png>)",
		},
		{"a picture with a comma", "{% inlineimage https://i.example/a.png, height=40px %}", "![](<https://i.example/a.png>)"},
		{"a link with commas", "{% site N, url=https://site.example, screenshot=https://i.example/b.png, description=D %}", "[N](<https://site.example>). D"},
		{"a link with a comma in quotes", "{% a 'b c', https://d.example, e %}", "[b c](<https://d.example>)"},
		{
			"a button of Hugo", `{{< button href="https://b.example" >}}Get it{{< /button >}} {{< button href="https://c.example" >}}`,
			`<a href="https://b.example">Get it</a> [c.example](<https://c.example>) `,
		},
		{"badges", `{{< badge "new" >}} {{< badge content="b" >}} {{< badge title="c" >}} {{< badge >}}d{{< /badge >}}`, "new b c d"},
		{"columns of hugo-book", "{{< columns >}}\na\n<--->\nb\n{{< /columns >}}", "\na\n\nb\n"},
		{"source that is none", "<CodeBlock>{Source}</CodeBlock>a", "a"},
		{"tabs of Hexo", "<!-- tab Cap@text-width -->\na\n<!-- tab @bolt -->\nb\n<!-- tab me@b c -->", "\n\n**Cap**\n\n\na\n\n\n\nb\n\n\n**me@b c**\n\n"},
		{"tabs of Docusaurus", `<TabItem value="npm">a</TabItem><TabItem value="b" label="c">`, "\n\n**npm**\n\na\n\n**c**\n\n"},
		{"a line of time", "{% timeline 2022,green %}\na\n{% endtimeline %}{% timeline %}", "\n\n**2022**\n\n\na\n"},
		{"films of markdown-it", "@[youtube](abc) a@[b](c) @[card](https://d.example/e)", "[video: youtube.com/abc](<https://www.youtube.com/watch?v=abc>) a@[b](c) [d.example/e](<https://d.example/e>)"},
		{"a person", "@[b](https://twitter.com/b) @[SlideShare](https://twitter.com/slideshare)", "@[b](https://twitter.com/b) @[SlideShare](https://twitter.com/slideshare)"},
		{"contents of CSDN", "@[TOC](目录)\na\n@[TOC](a b)", "\na\n"},
		{"a card of VuePress", `<Card title="A" desc="b c" link="https://d.example" />`, "[A](<https://d.example>). b c"},
		{"what Vue takes as it is", "<span v-pre>{{ a }}</span> {{ b }}c <span v-pre>{{ d }}", "<span v-pre>{{ a }}</span> c <span v-pre>"},
		{"a sound of WordPress", `[audio mp3="https://a.example/b.mp3"][/audio] [/audio] [video mp4="c.mp4"][/video] [audio][/audio]`, "[audio: a.example/b.mp3](<https://a.example/b.mp3>) [/audio] [video: c.mp4](<c.mp4>) [audio][/audio]"},
		{"rows of WordPress", "[vc_row a=\"b\"][vc_column width=\"1/2\"][vc_column_text]c[/vc_column_text][/vc_column][/vc_row]", "c"},
		{"a formula of WordPress", "a [latex]x^2[/latex] <b>c</b> [latex]y", "a $x^2$ <b>c</b> [latex]y"},
		{"a formula of WordPress in HTML", "<p>a [latex]x^2[/latex]</p>", "<p>a x²</p>"},
		{"escaped", `a \{{ b }}`, `a \{{ b }}`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := untemplated(tt.body); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestTagsOfAHostileBodyAreBounded(t *testing.T) {
	for _, pattern := range []string{
		"{{ ", "{% ", "{{<", "`{", "{{ a }}", "$ ", "$$", "<pre", "{:", "{{\n", "{% highlight a %}\n", "{% raw %}{{", "```\n{",
		"@[", "@[a](", "[latex]", "[vc_", "[vc_a]", "[audio a=b]", "<CodeBlock>", "<CodeBlock></CodeBlock>", "<d-code block>\n", "<a v-pre>", "{{< button href=a >}}",
	} {
		begin := time.Now()
		untemplated(strings.Repeat(pattern, megabyte/len(pattern)))
		if took := time.Since(begin); took > 2*slowness*time.Second {
			t.Errorf("%q took %v", pattern, took)
		} else {
			t.Logf("%q took %v", pattern, took)
		}
	}
}

func TestWhatIsLookedForInVainIsCounted(t *testing.T) {
	for _, pattern := range []string{"{{ \n\n", "<foo \n\n", "a^[b\n\n", "import (\n\n"} {
		c := cleaner{rest: strings.Repeat(pattern, maxMisses+1), blank: true}
		for c.rest != "" {
			c.line()
		}
		if c.misses < maxMisses {
			t.Errorf("%q counts %d times, want %d", pattern, c.misses, maxMisses)
		}
	}
}

func TestNotesInManyNotesShowNoMarks(t *testing.T) {
	const n = 2 * maxDepth
	got := untemplated(strings.Repeat("{% note %}\n", n) + "a\n" + strings.Repeat("{% endnote %}\n", n))
	if strings.Contains(got, ":::") || !strings.Contains(got, "a") {
		t.Errorf("got %q, want no colons", got)
	}
}
