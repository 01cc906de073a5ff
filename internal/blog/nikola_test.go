package blog_test

import (
	"strings"
	"testing"
	"time"
)

func TestFrontMatterOfNikolaIsRead(t *testing.T) {
	head := ".. title: Ports: a tale\n.. slug: ports\n.. date: 2022-12-13 00:00:00 UTC+09:00\n.. tags: a b,c\n.. category: d\n.. link:\n.. type: text\n"
	for _, in := range []string{
		head + "\nText.",
		"\n" + head + "\n\nText.",
		"<!--\n" + head + "-->\n\nText.",
		"<!-- \n" + head + "\n-->\nText.",
	} {
		p, l := one(t, "p.md", in)
		got := []string{p.Title, p.Slug, p.Date.Format(time.RFC3339), strings.Join(p.Tags, "|"), p.Body.String()}
		if got := strings.Join(got, " / "); got != "Ports: a tale / ports / 2022-12-13T00:00:00+09:00 / a b|c|d / Text." || len(l.Problems()) > 0 {
			t.Errorf("%q: %s, problems %v", in, got, l.Problems())
		}
		if line := 1 + strings.Count(in, "\n"); p.BodyLine != line {
			t.Errorf("%q: the body begins on line %d, want %d", in, p.BodyLine, line)
		}
	}
}

func TestNikolasDraftsAreHeldBack(t *testing.T) {
	for _, line := range []string{".. status: draft", ".. status: private", ".. tags: a, draft", ".. tags: Private", ".. date: 2999-01-01"} {
		for _, in := range []string{".. title: T\n" + line + "\n\nText.", "<!--\n.. title: T\n" + line + "\n-->\nText.", "<!--\n.. title: T\nwords\n" + line + "\nwords -->\nText.", line + "\n.. title: T"} {
			if l := mustLoad(t, files("p.md", in), nil); len(l.Posts()) > 0 || len(l.Problems()) > 0 && !strings.Contains(line, "2999") && strings.Contains(in, "Text") {
				t.Errorf("%q is shown, or has problems %v", in, l.Problems())
			}
		}
	}
}

func TestATextThatBeginsWithPointsIsAText(t *testing.T) {
	for _, in := range []string{".. and so on: it goes", ".. note: this\n.. other: that\n\nText.", "<!--\n.. and: so\nwords\n-->\nText.", "<!--\n.. title: T\n"} {
		if p, _ := one(t, "p.md", in); p.Body.String() != strings.TrimSpace(in) {
			t.Errorf("%q: body %q", in, p.Body.String())
		}
	}
}
