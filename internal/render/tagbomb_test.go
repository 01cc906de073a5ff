package render

import (
	"strings"
	"testing"
	"time"
)

// tagBombs are tags of other programs made to be slow, by name.
func tagBombs() map[string]string {
	mb := megabyte - 20
	return map[string]string{
		"values":                    fill("{{ a }} ", mb),
		"open values":               fill("{{ ", mb),
		"open tags":                 fill("{% ", mb),
		"open shortcodes":           fill("{{<", mb),
		"open tags in tags":         fill("{{ {% ", mb),
		"notes never ended":         fill("{% note %}\n", mb),
		"notes":                     fill("{% note %}\na\n{% endnote %}\n", mb),
		"notes in notes":            fill("{% note %}\n", mb/2) + fill("{% endnote %}\n", mb/2),
		"notes ended once":          fill("{% note %}\n", mb-20) + "{% endnote %}\n",
		"quotes with words":         fill("{% quote a b c %}\na\n{% endquote %}\n", mb),
		"source never ended":        fill("{% highlight a %}\n", mb),
		"source ended once":         fill("a {% code %}\n", mb-20) + "{% endcode %}\n",
		"formulas of tags":          fill("{% math %}a{% endmath %} ", mb),
		"formulas never ended":      fill("{% math %}\n", mb),
		"formulas ended once":       fill("{% math %} {{ {% ", mb-20) + "{% endmath %}",
		"formulas of far ends":      fill("{% math %}"+fill("{", 20_000), mb-20) + "{% endmath %}",
		"code in lines of braces":   "{% code %}\n" + fill("{{", mb-40) + "\n{% endcode %}",
		"pre never ended":           fill("<pre>\n", mb),
		"pre ended once":            fill("<pre>\n", mb-20) + "</pre>",
		"comments never ended":      fill("{::comment}\n", mb),
		"long values":               fill("{{ "+fill("a=b ", 2000)+"}} ", mb),
		"calls":                     fill(`{{ a(b="c") }} `, mb),
		"pictures":                  fill(`{{< figure src="a" alt="b" caption="c" >}} `, mb),
		"links in HTML":             "<p>" + fill(`{% x_link a `+fill("[", 1500)+` %}`, mb-3),
		"Markdown in HTML":          fill("<div markdown>\n a\n", mb),
		"Markdown in cells":         "<table>" + fill("<td markdown>a</td>", mb-7),
		"styles":                    fill("<style>\n\na</style>", mb),
		"styles ended once":         fill("<style>\n", mb-20) + "</style>",
		"comments of Obsidian":      fill("%% a\n", mb),
		"attributes of words":       fill("[", mb/2) + fill("]{.a}", mb/2),
		"fragments":                 fill("<>", mb-3) + "</>",
		"raw in spans":              fill("`{% raw %}a{% endraw %}` ", mb),
		"handlers":                  fill("<a @b=c>", mb),
		"films":                     fill("{{< youtube a >}} ", mb),
		"Go text":                   fill(`{{raw "a"}} `, mb),
		"Go text never ended":       fill("{{raw \"", mb),
		"Go text, marks in turn":    fill("{{raw \"{{raw `", mb),
		"escaped":                   fill("{{</* a */>}} ", mb),
		"comments of MDX":           fill("{/* a */} ", mb),
		"comments of MDX opened":    fill("{/* ", mb),
		"components":                fill(`<Foo a={b} c="d">e</Foo> `, mb),
		"components opened":         fill("<Foo a={", mb),
		"components with scripts":   fill("<div style={{a: 'b'}}> ", mb),
		"words like tags":           fill("<name> ", mb),
		"imports":                   fill("import a from 'b'\n", mb),
		"imports opened":            fill("import {\n", mb),
		"exports opened":            fill("export const a = {\n\n", mb),
		"notes in lines":            fill("a^[b] ", mb),
		"notes in lines opened":     fill("a^[b ", mb),
		"notes in notes in lines":   fill("^[", mb/2) + fill("]", mb/2),
		"wiki links":                fill("[[a|b]] ", mb),
		"wiki links opened":         fill("[[a|", mb),
		"wiki pictures":             fill("![[a.png]] ", mb),
		"captions":                  fill("[caption a]b[/caption] ", mb),
		"source of WordPress":       fill("[code a]\n", mb),
		"films of WordPress":        fill("[youtube=a] ", mb),
		"abbreviations":             fill("*[a]: b\n", mb),
		"orders":                    fill("[TOC]\n", mb),
		"contents":                  fill("* a\n{:toc}\n", mb),
		"attributes":                fill("a{: .b}\n", mb),
		"files":                     fill("[a]({filename}b) ", mb),
		"indented notes":            fill("!!! note\n    a\n", mb),
		"indented notes in notes":   indentedNotes(mb),
		"colons":                    fill(":::note\na\n", mb/2) + fill(":::\n", mb/2),
		"formulas opened in a line": fill("$$a ", mb),
	}
}

func indentedNotes(size int) string {
	var b strings.Builder
	for i := 0; b.Len() < size; i++ {
		b.WriteString(strings.Repeat("    ", i%1000) + "!!! note\n")
	}
	return b.String()[:size]
}

func TestHostileTagsAreBounded(t *testing.T) {
	measures(t)
	for name, body := range tagBombs() {
		t.Run(name, func(t *testing.T) {
			post, o := postOf(body), options(80)
			begin := time.Now()
			d := Render(post, o)
			took := time.Since(begin)
			checkLines(t, d, 80)
			d = nil
			peak, total := peakOf(func() { d = Render(post, o) })
			t.Logf("%v, %d MB at once, %d MB in all for %d bytes, %d lines of %d bytes",
				took.Round(time.Millisecond), peak>>20, total>>20, len(body), d.Len(), len(d.text))
			if took > bombTime {
				t.Errorf("took %v, want at most %v", took, bombTime)
			}
			if peak > bombBytes {
				t.Errorf("%d bytes at once, want at most %d", peak, bombBytes)
			}
		})
	}
}
