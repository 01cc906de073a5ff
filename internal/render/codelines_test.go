package render

import (
	"strings"
	"testing"
)

func TestCodeInItemsIsExact(t *testing.T) {
	const table, rows = "| a | b |\n|---|---|\n", "| 1 | 2 | 3 |\n| --- | --- |\n"
	indented := func(by string) (s string) {
		for line := range strings.Lines(table + rows) {
			s += by + line
		}
		return s
	}
	for name, body := range map[string]string{
		"no item":               indented("    "),
		"an item":               "- x\n\n" + indented("      "),
		"behind code":           "- ```\n  y\n  ```\n\n" + indented("      "),
		"a number":              "10. x\n\n" + indented("        "),
		"a tab":                 "-   x\n\n" + indented("\t\t"),
		"an item in an item":    "- x\n  - y\n\n" + indented("        "),
		"below an item in it":   "- x\n  - y\n\n  z\n\n" + indented("      "),
		"behind an item":        "- x\n\ny\n\n" + indented("    "),
		"a quote":               "> x\n>\n" + indented(">     "),
		"an item in a quote":    "> - x\n>\n" + indented(">       "),
		"a quote in an item":    "- > x\n  >\n" + indented("  >     "),
		"an item behind quotes": "- x\n\n  > y\n\n" + indented("      "),
		"a heading":             "# x\n" + indented("    "),
	} {
		d := Render(postOf(body), options(80))
		if code := d.Code(); len(code) == 0 || code[len(code)-1].Source != table+rows {
			t.Errorf("%s: code %+v", name, code)
		}
	}
	for name, body := range map[string]string{
		"an item":            "- x\n\n" + indented("  "),
		"an item in an item": "- x\n    - y\n\n" + indented("      "),
		"a number":           "1. x\n\n" + indented("    "),
		"a quote":            "- x\n\n" + indented("  > "),
		"behind quotes":      "1. x\n\n   > y\n\n" + indented("     "),
	} {
		if got := proseOf(t, body); !strings.Contains(got, "1 │ 2") {
			t.Errorf("%s: %q is no table", name, got)
		}
	}
}

// TestCodeOfOtherProgramsIsExact has code that means something to us anywhere else.
func TestCodeOfOtherProgramsIsExact(t *testing.T) {
	codes := []string{
		"{% include x.html %}\n{{ .Title }}\n",
		"{{< tab >}}\n:::note\nx\n:::\n",
		"$$\nx\n$$\n",
		"!!! note\n    x\n",
		"![p](a b.png =20x30)\n",
		"<Tabs>\nimport x from \"y\"\n",
		"> x\n> {% include x.html %}\n",
		"<pre>\n</pre>\n{: .x}\n",
	}
	for name, before := range map[string]struct{ text, mark string }{
		"nothing":                 {"", "    "},
		"text":                    {"x\n\n", "    "},
		"a tab":                   {"x\n\n", "\t"},
		"an item":                 {"- x\n\n", "      "},
		"a number":                {"10. x\n\n", "        "},
		"an item in an item":      {"- x\n  - y\n\n", "        "},
		"a quote":                 {"> x\n>\n", ">     "},
		"a quote alone":           {"", ">     "},
		"a quote behind one":      {"> - x\n\n", ">     "},
		"an item in a quote":      {"> - x\n>\n", ">       "},
		"a quote in an item":      {"- > x\n  >\n", "  >     "},
		"a note":                  {":::note\nx\n\n", "    "},
		"a note that is indented": {"!!! note\n    x\n\n", "        "},
		"behind open marks":       {"> ```\n> x\n\n", "    "},
		"behind marks in items":   {"- ```\n  x\n\ny\n\n", "    "},
	} {
		for _, want := range codes {
			var body strings.Builder
			body.WriteString(before.text)
			for line := range strings.Lines(want) {
				body.WriteString(before.mark + line)
			}
			end := "\ny\n"
			if name == "a note" {
				end = "\n:::\n"
			}
			code := Render(postOf(body.String()+end), options(80)).Code()
			if len(code) == 0 || code[len(code)-1].Source != want {
				t.Errorf("%s: of %q code %+v", name, body.String(), code)
			}
		}
	}
}

func TestTagBetweenCodePartsIt(t *testing.T) {
	for _, tag := range []string{`{{image "a.png"}}`, "{% include x.html %}", "{{< x >}}"} {
		code := Render(postOf("x\n\n\ta\n\n"+tag+"\n\n\tb\n\n- x\n\n"+tag+"\n\n    c\n"), options(80)).Code()
		if len(code) != 3 || code[0].Source != "a\n" || code[1].Source != "b\n" || code[2].Source != "c\n" {
			t.Errorf("%s: code %+v", tag, code)
		}
	}
}

func TestFirstLineOfCodeMayTellItsLanguage(t *testing.T) {
	code := Render(postOf("x\n\n    :::python\n    a\n\n    :::python\n    b\n\ny\n\n    :::note\n    c\n"), options(80)).Code()
	if len(code) != 2 || code[0].Source != "a\n\n:::python\nb\n" || code[1].Source != ":::note\nc\n" {
		t.Errorf("code %+v", code)
	}
}

func TestCodeThatTagsEncloseIsExact(t *testing.T) {
	const want = "![p](a b.png =20x30)\n| a | b |\n|---|---|\n| 1 | 2 | 3 |\n$$\nx\n$$\n:::note\n"
	for _, marks := range [][2]string{{"{% highlight md %}", "{% endhighlight %}"}, {"{{< highlight md >}}", "{{< /highlight >}}"}, {"<pre>", "</pre>"}} {
		code := Render(postOf("x\n\n"+marks[0]+"\n"+want+marks[1]+"\n\ny\n"), options(80)).Code()
		if len(code) != 1 || code[0].Source != want {
			t.Errorf("%s: code %+v", marks[0], code)
		}
	}
}
