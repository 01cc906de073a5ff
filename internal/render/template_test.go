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
		{"attributes of a heading", "## a {#b.c}\n", "## a\n"},
		{"braces in a heading", "## a {b}\n", "## a {b}\n"},
		{"one that never ends", "a {{ b", "a {{ b"},
		{"one that never ends before one that does", "a {{ b {{ c }} d", "a {{ b  d"},
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
	for _, pattern := range []string{"{{ ", "{% ", "{{<", "`{", "{{ a }}", "$ ", "$$", "<pre", "{:", "{{\n", "{% highlight a %}\n", "{% raw %}{{", "```\n{"} {
		begin := time.Now()
		untemplated(strings.Repeat(pattern, megabyte/len(pattern)))
		if took := time.Since(begin); took > 2*slowness*time.Second {
			t.Errorf("%q took %v", pattern, took)
		} else {
			t.Logf("%q took %v", pattern, took)
		}
	}
}
