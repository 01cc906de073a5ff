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
