package blog_test

import (
	"strings"
	"testing"

	"lectern/internal/blog"
)

const sentence = "A sentence that is long enough to say something."

func TestWhatStandsAboveTheMarkIsTheExcerpt(t *testing.T) {
	for name, in := range map[string]string{
		"a comment":             "Above.\n\nTwo.\n\n<!--more-->\n\nBelow.",
		"with blanks":           "Above.\n\nTwo.\n<!--  More -->\nBelow.",
		"with a text":           "Above.\n\nTwo.\n\n<!--more Read on!-->\n\nBelow.",
		"behind text":           "Above.\n\nTwo.<!-- more --> Below.",
		"truncate":              "Above.\n\nTwo.\n\n<!-- truncate -->\n\nBelow.",
		"truncate in MDX":       "import X from 'x';\n\nAbove.\n\nTwo.\n\n{/* truncate */}\n\nBelow.",
		"an excerpt's end":      "Above.\n\nTwo.\n\n<!-- excerpt end -->\n\nBelow.",
		"an excerpt":            "Above.\n\nTwo.\n\n<!-- excerpt -->\n\nBelow.",
		"a quote":               "> Above.\n> Two.\n\n<!--more-->\n\n" + sentence,
		"another in code first": "Above.\n\n```\n<!--more-->\n```\n\nTwo.\n\n<!--more-->\n\nBelow.",
	} {
		if p, _ := one(t, "p.md", in); p.Summary != "Above. Two." {
			t.Errorf("%s: %q, want what stands above", name, p.Summary)
		}
	}
	for name, in := range map[string]string{
		"nothing above":  "<!--more-->\n\n" + sentence,
		"an image above": "![x](y.png)\n\n<!--more-->\n\n" + sentence,
		"another word":   sentence + "\n\n<!--moreover-->\n\nBelow.",
		"in code":        sentence + "\n\n```\n<!--more-->\n```\n",
	} {
		if p, _ := one(t, "p.md", in); p.Summary != sentence {
			t.Errorf("%s: %q, want the first sentence", name, p.Summary)
		}
	}
	long := strings.Repeat("Many words. ", 10)
	p, _ := one(t, "p.md", long+"\n\n"+long+"\n\n<!--more-->\n\nBelow.")
	if n := len([]rune(p.Summary)); n > blog.MaxExcerpt || n < blog.MaxExcerpt/2+20 || strings.Contains(p.Summary, "Below") {
		t.Errorf("%d characters, %q", n, p.Summary)
	}
}

func TestAShortFirstParagraphIsFollowedByTheNext(t *testing.T) {
	for in, want := range map[string]string{
		"Hello all,\n\n" + sentence + "\n\nMore.":     "Hello all, " + sentence,
		"Hello all,\n\n# Head\n\n- item\n\nEnd here.": "Hello all, End here.",
		"Hello all,\n\n```\ncode\n```\n":              "Hello all,",
		"Hello all,":                                  "Hello all,",
	} {
		if p, _ := one(t, "p.md", in); p.Summary != want {
			t.Errorf("%q: %q, want %q", in, p.Summary, want)
		}
	}
}

func TestWhatIsNoProseIsNoExcerpt(t *testing.T) {
	for name, in := range map[string]string{
		"a table":                  "a | b\n--- | :-:\nc | d\n\n",
		"badges":                   "[![build](b.svg)](http://x) [![docs](d.svg)](http://y)\n\n",
		"an import on many lines":  "import {\n  A,\n  B,\n} from 'x';\n\n",
		"an export":                "export const x = {\n  a: 1,\n};\n\n",
		"a comment with a gap":     "<!-- a\n\nb\n\nc -->\n\n",
		"a comment in MDX":         "{/* a\n\nb */}\n\n",
		"a style with a gap":       "<style>\na {}\n\nb {}\n</style>\n\n",
		"a script":                 "<script>\nlet a;\n\nlet b;\n</script>\n\n",
		"an image in a paragraph":  "<p align=\"center\">\n<img src=\"x\">\n</p>\n\n",
		"a tag on many lines":      "<img\n src=\"x\"\n alt=\"y\">\n\n",
		"a formula":                "$$\na = b\n\nc = d\n$$\n\n",
		"a template on many lines": "{{< figure\n  src=\"x\"\n>}}\n\n",
		"an include":               "{% include a.html\n  b=\"c\" %}\n\n",
		"code of Jekyll":           "{% highlight go %}\nx := 1\n\ny := 2\n{% endhighlight %}\n\n",
		"code of Hugo":             "{{< highlight go >}}\nx := 1\n\ny := 2\n{{< /highlight >}}\n\n",
		"contents":                 "[TOC]\n\n* TOC\n{:toc}\n\n- toc\n\n[[_TOC_]]\n\n",
		"a note's kind":            "!!! note\n\n",
		"contents by name":         "**Table of Contents**\n\n@[toc]\n\n${toc}\n\n目录\n\n",
		"an abbreviation":          "*[HTML]: Hyper Text\n*[CSS]: Sheets of style\n\n",
		"an export with gaps":      "export const meta = {\n  a: '{',\n\n  b: [\n    1,\n\n  ],\n};\n\n",
		"a comment of Obsidian":    "%% a note %%\n\n%%\na\n\nb\n%%\n\n",
		"a container":              "::note\n\n:::\n\n::\n\n",
		"a template's rest":        "{{ a }}, {{ b }}.\n\n",
	} {
		if p, _ := one(t, "p.md", in+sentence); p.Summary != sentence {
			t.Errorf("%s: %q, want the sentence", name, p.Summary)
		}
		if p, _ := one(t, "p.md", strings.TrimSpace(in)+"\n"); p.Summary != "" {
			t.Errorf("%s alone: %q, want none", name, p.Summary)
		}
	}
}

func TestProseThatLooksLikeFurnitureIsAnExcerpt(t *testing.T) {
	for in, want := range map[string]string{
		"<p>" + sentence + "</p>":                               sentence,
		"<b>A</b> sentence " + sentence[11:]:                    sentence,
		"{{< rawhtml >}} " + sentence:                           sentence,
		"{% raw %}\n" + sentence + "\n{% endraw %}":             sentence,
		"<!-- a note --> " + sentence:                           sentence,
		"import duties are a thing that nobody likes to pay.":   "import duties are a thing that nobody likes to pay.",
		"export of goods is a thing that everybody likes well.": "export of goods is a thing that everybody likes well.",
		"- An item that goes\n  on in the next line\n- second":  "An item that goes on in the next line",
		"> A quote that goes\n> on in the next line":            "A quote that goes on in the next line",
		"> [!NOTE]\n> Mind this.":                               "Mind this.",
		"- item\n---\n\n" + sentence + "\n\nMore.":              sentence,
		"> [!NOTE]\n> Mind this.\n\n" + sentence:                sentence,
		":::note\n" + sentence + "\n:::\n\nMore.":               sentence,
		"::note\n" + sentence + "\n::\n\nMore.":                 sentence,
		sentence + "\n{: .lead}\n\nMore.":                       sentence,
		"A sentence %%not this%% " + sentence[11:]:              sentence,
		"A ==sentence== " + sentence[11:]:                       sentence,
		"A ==**sentence**== " + sentence[11:]:                   sentence,
		"[[Note|A sentence]] " + sentence[11:]:                  sentence,
		"A [[sentence]] " + sentence[11:]:                       sentence,
		"a == b, a==b==c and 100%% are in this one sentence.":   "a == b, a==b==c and 100%% are in this one sentence.",
		"这是第一行，\n这是**第二行**\n这是第三行。":                             "这是第一行，这是第二行这是第三行。",
		"日本語の\nテキスト and\nEnglish\n文":                            "日本語のテキスト and English 文",
		"한국어 문장\n둘째 줄":                                          "한국어 문장 둘째 줄",
	} {
		if p, _ := one(t, "p.md", in); p.Summary != want {
			t.Errorf("%q: %q, want %q", in, p.Summary, want)
		}
	}
}
