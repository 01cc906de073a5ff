package blog_test

import (
	"strings"
	"testing"
)

func TestHashTellsDrawingsApart(t *testing.T) {
	base := "---\ntitle: T\ndate: 2020-01-01\ntags: [a, b]\ndescription: d\n---\nbody"
	p, _ := one(t, "a.md", base)
	same, _ := one(t, "other/b.md", base)
	if p.Hash != same.Hash {
		t.Error("equal posts in other files have other hashes")
	}
	for _, change := range [][2]string{{"title: T", "title: U"}, {"2020", "2021"}, {"[a, b]", "[ab]"}, {"[a, b]", "[a]"}, {"n: d", "n: e"}, {"title: T", "title: '*T*'"}, {"title: T", "title: '`T`'"}, {"body", "body."}} {
		q, _ := one(t, "a.md", strings.Replace(base, change[0], change[1], 1))
		if q.Hash == p.Hash {
			t.Errorf("%s for %s has the same hash", change[1], change[0])
		}
	}
}

// What one post says as its date, another may say as its summary.
func TestHashTellsPartsOfAPostApart(t *testing.T) {
	a, _ := one(t, "a.md", "---\ntitle: T\ndate: 2025-01-01\ndescription: Said of it\n---\n\nzebra\n")
	b, _ := one(t, "b.md", "---\ntitle: T\ndescription: \"2025-01-01T00:00:00Z\"\ntags: [zebra]\n---\n\nSaid of it\n")
	if a.Hash == b.Hash {
		t.Errorf("%q and %q have one hash", a.Body, b.Body)
	}
}

func TestMinutesAreAtLeastOneAndCountChinese(t *testing.T) {
	for _, tt := range []struct {
		body string
		want int
	}{
		{"", 1},
		{strings.Repeat("word ", 220), 1},
		{strings.Repeat("word, ", 221), 2},
		{strings.Repeat("don't - stop ", 110), 1},
		{strings.Repeat("你好，", 220), 1},
		{strings.Repeat("你好", 221), 2},
	} {
		p, _ := one(t, "p.md", "---\ntitle: T\n---\n"+tt.body)
		if got := p.Minutes(); got != tt.want {
			t.Errorf("%.20q…: %d minutes, want %d (%d words)", tt.body, got, tt.want, p.Words)
		}
	}
}

func TestSummaryIsTheDescriptionOrTheFirstParagraph(t *testing.T) {
	long := strings.Repeat("seven w ", 40)
	tests := []struct{ name, in, want string }{
		{"description", "---\ndescription: said *so*\n---\ntext", "said so"},
		{"description with marks", "---\ndescription: \"Foo&#8217;s **bold** `x`\"\n---\ntext", "Foo’s bold x"},
		{"a switch for the excerpt", "---\nexcerpt: false\nsummary: True\n---\ntext", "text"},
		{"a summary behind a switch", "---\nsummary: false\nexcerpt: said\n---\ntext", "said"},
		{"description that means its marks", "---\ndescription: \"How Vec<T> and Option<String> work, and the <div> tag; 2*3*4, **kwargs, C*-algebra, {{ x }}\"\n---\ntext", "How Vec<T> and Option<String> work, and the <div> tag; 2*3*4, **kwargs, C*-algebra, {{ x }}"},
		{"plain", "One line and another\nthat ends the first paragraph.\n\nSecond.", "One line and another that ends the first paragraph."},
		{"marks", "Some **bold**, *slanted*, `code *x*`, ~~gone~~ and [a **link**](http://x/(y)) ![img](z.png) here[^1].", "Some bold, slanted, code *x*, gone and a link here."},
		{"signs", "2 * 3 = 6, snake_case_name, ~5, a < b, 1 [x] \\* \\_ &amp; &lt;", "2 * 3 = 6, snake_case_name, ~5, a < b, 1 x * _ & <"},
		{"entity in code", "`&amp;` stays", "&amp; stays"},
		{"an escape by entity", "a&#27;[31mb&#x202e;c", "ab<U+202E>c"},
		{"what is no prose", "## Head\n\n![img](x)\n\n<div>\nraw\n</div>\n\n| a | b |\n\n```\ncode\n```\n\n{% include x %}\n\n---\n\nHead\n----\n\n[ref]: http://x\n\n    indented\n\nThe text.", "The text."},
		{"a list when there is nothing else", "# T\n\n- first **thing**\n- second", "first thing"},
		{"a quote when there is nothing else", "> quoted", "quoted"},
		{"prose before a quote", "> quoted\n\nsaid.", "said."},
		{"tags and comments", "A <b>bold</b> word<!-- no --> <https://x.y> and a<br/>b", "A bold word https://x.y and ab"},
		{"templates", "See {{< ref \"x\" >}}this {% x %}.", "See this ."},
		{"none", "```\ncode\n```", ""},
		{"long", long, strings.TrimSpace(strings.Repeat("seven w ", 24)) + " seven…"},
		{"long Chinese", strings.Repeat("你", 300), strings.Repeat("你", 199) + "…"},
		{"unclosed", "a [b `c *d <e {{f", "a [b `c d <e {{f"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p, _ := one(t, "p.md", tt.in)
			if p.Summary != tt.want {
				t.Errorf("got  %q\nwant %q", p.Summary, tt.want)
			}
		})
	}
}
