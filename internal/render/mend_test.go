package render

import "testing"

func TestMended(t *testing.T) {
	for _, tt := range []struct{ name, body, want string }{
		{"a size", "![](https://x/y.png =250x) ![a](b.png =250x300) ![](c.png =50%)\n", "![](https://x/y.png) ![a](b.png) ![](c.png)\n"},
		{"a size and a title", "![](a.png \"T\" =250x)\n", "![](a.png \"T\")\n"},
		{"blanks in a path", "![](../images/Screen Shot 1.png) [a](some file (1).pdf#p)\n", "![](<../images/Screen Shot 1.png>) [a](<some file (1).pdf#p>)\n"},
		{"blanks, a title and a size", "![](a b.png 'T' =1x1)\n", "![](<a b.png> 'T')\n"},
		{"titles", "[a](b.pdf \"c d.pdf\") [a](b 'c') [a](<b c.pdf>)\n", "[a](b.pdf \"c d.pdf\") [a](b 'c') [a](<b c.pdf>)\n"},
		{"words", "f[0](see note. Then) [1](Smith et al. 2020) [2](v 1.2)\n", "f[0](see note. Then) [1](Smith et al. 2020) [2](v 1.2)\n"},
		{"code", "`[a](b c.png)`\n```\n[a](b c.png)\n```\n\n    [a](b c.png)\n", "`[a](b c.png)`\n```\n[a](b c.png)\n```\n\n    [a](b c.png)\n"},
		{"code in items and quotes", "- x\n\n      [a](b c.png)\n> - x\n>\n>       [a](b c.png)\n", "- x\n\n      [a](b c.png)\n> - x\n>\n>       [a](b c.png)\n"},
		{"in an item and a quote", "- a\n    - [a](b c.png)\n> [a](b c.png)", "- a\n    - [a](<b c.png>)\n> [a](<b c.png>)"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := mended(tt.body); got != tt.want {
				t.Errorf("\n got %q\nwant %q", got, tt.want)
			}
		})
	}
}

func TestPathsWithBlanksAreLinks(t *testing.T) {
	o := options(80)
	o.Site = "https://blog.example.com"
	d := Render(postOf("[a](/some file.pdf)"), o)
	if len(d.Links()) != 1 || d.Links()[0].URL != "/some file.pdf" || d.Links()[0].Target != "https://blog.example.com/some%20file.pdf" {
		t.Errorf("links %+v", d.Links())
	}
}
