package blog_test

import (
	"strings"
	"testing"
	"time"
)

func TestFrontMatterIsSeenInEveryFormThatRealPostsHave(t *testing.T) {
	for _, in := range []string{
		"---yaml\ntitle: T\ndate: 2020-01-02\n---\ntext",
		"--- YAML\ntitle: T\ndate: 2020-01-02\n---\ntext",
		"---toml\ntitle = \"T\"\ndate = 2020-01-02\n---\ntext",
		"---json\n{\"title\": \"T\", \"date\": \"2020-01-02\"}\n---\ntext",
		"----\ntitle: T\ndate: 2020-01-02\n----\ntext",
		"----------  \ntitle: T\nx: |\n  a\n  ---\ndate: 2020-01-02\n----------\ntext",
		"<!-- a note -->\n---\ntitle: T\ndate: 2020-01-02\n---\ntext",
		"\n<!-- a note\n\nof lines -->\n\n<!-- two -->\n\n+++\ntitle = \"T\"\ndate = 2020-01-02\n+++\ntext",
		"{\n// a note\n\"title\": \"T\", // the title\n/* two\nlines */ \"date\": \"2020-01-02\",\n\"url\": \"https://example.com/\"\n}\ntext",
		"{ // a note\n\"title\": \"T\",\n\"date\": \"2020-01-02\"\n}\ntext",
		"---\ntitle = \"T\"\ndate = 2020-01-02\ntags = [\"a: b\"]\n---\ntext",
	} {
		p, l := one(t, "p.md", in)
		if p.Title != "T" || p.Date.Format(time.DateOnly) != "2020-01-02" || p.Body.String() != "text" || len(l.Problems()) > 0 {
			t.Errorf("%q: title %q of %v, body %q, problems %v", in, p.Title, p.Date, p.Body.String(), l.Problems())
		}
		if line := 1 + strings.Count(in, "\n"); p.BodyLine != line {
			t.Errorf("%q: the body begins on line %d, want %d", in, p.BodyLine, line)
		}
	}
}

func TestADraftIsHeldBackInEveryForm(t *testing.T) {
	for _, in := range []string{
		"---yaml\ndraft: true\n---\ntext",
		"---toml\ndraft = true\n---\ntext",
		"---json\n{\"draft\": true}\n---\ntext",
		"-----\ndraft: true\n-----\ntext",
		"-----\ntitle: x\ndraft: true\n\ntext",
		"<!-- a note -->\n---\ndraft: true\n---\ntext",
		"{\n// a note\n\"draft\": true\n}\ntext",
		"---\ntitle = \"T\"\ndraft = true\n---\ntext",
		"---\ntitle = \"T: U\"\ndraft = true\n---\ntext",
		"---\ntitle = \"T\"\ndraft = true\nx =\n---\ntext",
		"cover: x.png\ntitle: T\ndate: 2020-01-02\ndraft: true\n---\ntext",
		"title: T\ndate: 2020-01-02\n\ndraft: true\n---\ntext",
		"Summary: x\nStatus: draft\n\ntext",
	} {
		if l := mustLoad(t, files("p.md", in), nil); len(l.Posts()) > 0 {
			t.Errorf("%q is shown", in)
		}
	}
}

func TestKeysWithoutABlankBehindThemAreSavedAndTold(t *testing.T) {
	p, l := one(t, "p.md", "---\ntitle:The title\ndate:2020-01-02\n---\ntext")
	if p.Title != "The title" || p.Date.Format(time.DateOnly) != "2020-01-02" || p.Body.String() != "text" {
		t.Errorf("title %q of %v, body %q", p.Title, p.Date, p.Body.String())
	}
	wantSaid(t, l, "error p.md:2: the front matter has no key: value")
}

func TestATextBehindARuleStaysWhole(t *testing.T) {
	for _, in := range []string{
		"---\nNote: this is text behind a rule.\n\nMore text.\n\n---\nEnd",
		"---\nNote: this is text behind a rule.\n\nMore text.",
		"---\nNote:this is text.\n---\nEnd",
		"---\nx = 5\n---\nEnd",
		"---\nWords and words.\n---\nEnd",
		"-----\n\nWords and words.\n\n-----\n\nEnd",
		"-----\nWords and words.\n---\nEnd",
		"---yaml\nWords and words.",
		"<!-- a note -->\n\nWords and words.\n\n---\n\nEnd",
		"<!-- a note -->\n\n---\n\nWords and words.\n\n---\n\nEnd",
		"<!-- a note --> ---\ntitle: x\n---\nEnd",
		"<!-- a note that does not end\n---\ntitle: x\n---\nEnd",
		"{\n// words\nand words\n}\nEnd",
		"{ https://example.com } words",
	} {
		if p, l := one(t, "p.md", in); p.Body.String() != in || p.BodyLine != 1 || len(l.Problems()) > 0 {
			t.Errorf("%q: title %q, body %q from line %d, problems %v", in, p.Title, p.Body.String(), p.BodyLine, l.Problems())
		}
	}
}
