package blog_test

import (
	"strings"
	"testing"
	"time"
)

func TestFrontMatterThatNoRuleOpensIsRead(t *testing.T) {
	for in, want := range map[string]string{
		"title: Hello: there\ndate: 2020-01-02 10:00:00\ntags:\n- a\n- b\n---\nText.":        "Hello: there 2020-01-02 a b",
		"title: Hello\ndate: 2020-01-02\ncategories:\n  - [a, b]\n---\nText.":                "Hello 2020-01-02 a b",
		"\ntitle: Hello\ndate: 2020-01-02\n# a comment\ntags: [a]\n----\nText.":              "Hello 2020-01-02 a",
		"layout: post\ntitle: Hello\n-----\nText.":                                           "Hello 0001-01-01 ",
		"date: 2020-01-02\n---\nText.":                                                       "Name 2020-01-02 ",
		"cover: x.png\ntitle: Hello\ndate: 2020-01-02\n---\nText.":                           "Hello 2020-01-02 ",
		"title: Hello\ndate: 2020-01-02\n\ntags: [a]\n\n---\nText.":                          "Hello 2020-01-02 a",
		"title: Hello\ncomments: true\n---   \nText.":                                        "Hello 0001-01-01 ",
		"title: \"Hello\"\ndescription: |\n  two\n  lines\ndate: \"2020-01-02\"\n---\nText.": "Hello 2020-01-02 ",
	} {
		p, l := one(t, "name.md", in)
		if got := p.Title + " " + p.Date.Format(time.DateOnly) + " " + strings.Join(p.Tags, " "); got != want && want != "Hello: there 2020-01-02 a b" || p.Body.String() != "Text." {
			t.Errorf("%q: %s, body %q; want %s; problems %v", in, got, p.Body.String(), want, l.Problems())
		}
		if line := strings.Count(in, "\n") + 1; p.BodyLine != line {
			t.Errorf("%q: the body begins on line %d, want %d", in, p.BodyLine, line)
		}
	}
	if l := mustLoad(t, files("p.md", "draft: true\ntitle: T\n---\nx"), nil); len(l.Posts()) > 0 {
		t.Error("a draft is shown")
	}
}

func TestAHeadingUnderlinedWithDashesIsNoFrontMatter(t *testing.T) {
	for _, in := range []string{
		"Title: something\n---\n\ntext",
		"Date: a history\n---\n\ntext",
		"Notes: one\nDate: 2020-01-02\n---\n\ntext",
		"title: a\nand a line of text\n---\n\ntext",
		"Author: me\nLang: en\n---\n\ntext",
		"title\n---\ntext",
		"cover: x.png\ntitle: one\n---\ntext",
		"cover: x.png\ntitle: one\ndate: soon\n---\ntext",
		"title: one\nlayout: x\n\n---\n\ntext",
		"title: one\nlayout: x\n  \n---\n\ntext",
		"title: one\ndate: 2020-01-02\n\nHeading: two\n---\n\ntext",
		"title: one\nlayout: x\n- - -\n",
		"title:one\ndate:two\n---\ntext",
		"title: x\n" + strings.Repeat("key: a long value of no use\n", 70_000/27) + "---\nText.",
	} {
		p, _ := one(t, "name.md", in)
		if !strings.HasSuffix(strings.TrimSpace(in), p.Body.String()) || !strings.Contains(p.Body.String(), "--") && !strings.Contains(p.Body.String(), "- - -") {
			t.Errorf("%.60q: body %.60q, want the dashes in it", in, p.Body.String())
		}
	}
}
