package blog_test

import (
	"strings"
	"testing"
	"time"

	"lectern/internal/blog"
)

func TestHeadersBeforeABlankLineAreFrontMatter(t *testing.T) {
	p, l := one(t, "name.md", "Title: Ports: a short tale\nDATE: 2021-3-4 05:06\nCategory: notes\nTags: ssh; Go\n"+
		"Slug: ports\nSummary: It goes on\n    for two lines\nlang: en\n\nThe text: here.\n")
	if p.Title != "Ports: a short tale" || p.Date.Format(time.RFC3339) != "2021-03-04T05:06:00Z" ||
		strings.Join(p.Tags, " ") != "ssh Go notes" || p.Slug != "ports" || p.Summary != "It goes on for two lines" ||
		p.Body.String() != "The text: here." || p.BodyLine != 10 || len(l.Problems()) > 0 {
		t.Errorf("%q %v %q %q %q %q from line %d, problems %v", p.Title, p.Date, p.Tags, p.Slug, p.Summary, p.Body.String(), p.BodyLine, l.Problems())
	}
}

func TestHeadersMayBeginWithAWordThatTextsBeginWith(t *testing.T) {
	for _, first := range []string{"Summary: said", "Lang: en", "Template: post", "Save_as: x.html"} {
		p, l := one(t, "name.md", first+"\nTitle: T\nDate: 2020-01-02\n\ntext")
		if p.Title != "T" || p.Date.IsZero() || p.Body.String() != "text" || len(l.Problems()) > 0 {
			t.Errorf("%s: title %q of %v, body %q, problems %v", first, p.Title, p.Date, p.Body.String(), l.Problems())
		}
	}
}

func TestATextThatBeginsLikeAHeaderIsAText(t *testing.T) {
	for _, in := range []string{
		"Note: this is prose.\n\nMore.",
		"Title: one\nbut then a sentence.\n\nMore.",
		"Title:\n\nMore.",
		"Summary: this is prose.\n\nMore.",
		"Lang: this is prose.\nTemplate: and this.\n\nMore.",
		"Words first.\nTitle: late\n\nMore.",
		"Title: x\n" + strings.Repeat("Key: a long value of no use\n", blog.MaxFrontMatter/27+2) + "\nMore.",
	} {
		p, _ := one(t, "name.md", in)
		if p.Title != "Name" || p.Body.String() != strings.TrimSpace(in) {
			t.Errorf("%.40q: title %q, body %.40q", in, p.Title, p.Body.String())
		}
	}
}

func TestHeadersGivenTwiceAreTold(t *testing.T) {
	p, l := one(t, "p.md", "Title: a\nTitle: b\n\nx")
	if p.Title != "b" {
		t.Errorf("title %q, want the last", p.Title)
	}
	wantSaid(t, l, `warning p.md:2: the key "title" is given twice`)
}

func TestAStatusThatIsNotPublicHoldsAPostBack(t *testing.T) {
	l := mustLoad(t, files(
		"a.md", "Title: A\nStatus: draft\n\nx",
		"b.md", "Title: B\nStatus: Hidden\n\nx",
		"c.md", "---\ntitle: C\nstatus: private\n---\nx",
		"d.md", "Title: D\nStatus: published\n\nx",
		"_drafts/e.md", "---\ntitle: E\n---\nx",
		"f.md", "Title: F\nStatus: draft\na line without a key\n\nx",
		"g.md", "draft: true\ntitle: G\n\nx",
		"h.md", "Draft: the rules\n\nx",
	), nil)
	wantSaid(t, l, "error f.md:3: the line is none of Key: value")
	if drafts, _ := l.Held(); drafts != 6 || strings.Join(slugs(l), " ") != "d h" {
		t.Errorf("%d drafts and %v, want 6, d and h", drafts, slugs(l))
	}
}
