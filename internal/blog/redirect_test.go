package blog_test

import (
	"path/filepath"
	"testing"

	"lectern/internal/blog"
)

func TestAStubThatRedirectsIsAnotherNameOfItsPost(t *testing.T) {
	l := mustLoad(t, files(
		"gofmt.md", "text",
		"a/go1.1.md", "---\naliases: [first]\n---\ntext",
		"old.md", "---\nredirect: /blog/gofmt\n---\n",
		"old2.md", "---\ntitle: Old\nredirect_to:\n  - /blog/go1.1#part\naliases: [older2]\n---\n\n",
		"third.md", "+++\nredirect_url = \"/first/\"\n+++\n",
		"chain.md", "---\nredirect: old\n---\n",
		"longer.md", "---\nredirect: /chain\n---\n",
		"circle.md", "---\nredirect: /round\n---\n",
		"round.md", "---\nredirect: /circle\n---\n",
		"away.md", "---\ntitle: Away\nredirect: https://example.com/gofmt\n---\n",
		"nowhere.md", "---\nredirect: /blog/nothing\n---\n",
		"soon.md", "---\ndate: 2999-01-01\naliases: [coming]\n---\ntext",
		"early.md", "---\nredirect: /soon\n---\n",
		"early2.md", "---\nredirect: /coming\n---\n",
		"withdrawn.md", "---\nredirect: /gofmt\ndraft: true\n---\n",
		"text.md", "---\nredirect: /gofmt\n---\nIt has a text.",
	), nil)
	for slug, want := range map[string]string{
		"old": "gofmt", "old2": "go1-1", "older2": "go1-1", "third": "go1-1", "chain": "gofmt", "longer": "gofmt",
		"circle": "", "round": "", "away": "", "nowhere": "", "early": "", "early2": "", "withdrawn": "", "text": "text",
	} {
		got := ""
		if p, ok := l.Post(slug); ok {
			got = p.Slug
		}
		if got != want {
			t.Errorf("Post(%q) is %q, want %q", slug, got, want)
		}
	}
	if got := len(l.Posts()); got != 3 {
		t.Errorf("%d posts, %v, want 3", got, slugs(l))
	}
	if drafts, _ := l.Held(); drafts != 1 {
		t.Errorf("%d drafts, want 1", drafts)
	}
	wantSaid(t, l,
		`warning away.md:3: it only leads to "https://example.com/gofmt", where no post of this blog is: it is not served`,
		`warning circle.md:2: it only leads to "/round", where no post of this blog is: it is not served`,
		`warning early.md:2: it only leads to "/soon", where no post of this blog is: it is not served`,
		`warning early2.md:2: it only leads to "/coming", where no post of this blog is: it is not served`,
		`warning nowhere.md:2: it only leads to "/blog/nothing", where no post of this blog is: it is not served`,
		`warning round.md:2: it only leads to "/circle", where no post of this blog is: it is not served`,
		`warning soon.md: the post is dated 2999-01-01 and appears then`,
	)
}

func TestAStubNeverHidesAPost(t *testing.T) {
	l := mustLoad(t, files(
		"a.md", "---\nslug: wanted\n---\ntext",
		"b.md", "---\naliases: [former]\n---\ntext",
		"c.md", "---\nslug: wanted\nredirect: /b\n---\n",
		"d.md", "---\nslug: former\nredirect: /wanted\n---\n",
		"e.md", "---\nslug: later\nredirect: /wanted\n---\n",
		"f.md", "---\nslug: later\ndate: 2999-01-01\n---\ntext",
	), nil)
	if p, ok := l.Post("later"); ok {
		t.Errorf("the slug of a post to come leads to %v", p)
	}
	for slug, want := range map[string]string{"wanted": "a.md", "former": "b.md"} {
		if p, ok := l.Post(slug); !ok || p.File != want {
			t.Errorf("Post(%q) is %v, want %s", slug, p, want)
		}
	}
}

func TestAStubThatChangesIsSeen(t *testing.T) {
	load := func(to string, last *blog.Library) *blog.Library {
		return mustLoad(t, files("a.md", "x", "b.md", "y", "old.md", "---\nredirect: "+to+"\n---\n"), last)
	}
	first := load("/a", nil)
	second := load("/b", first)
	if p, ok := second.Post("old"); !ok || p.Slug != "b" {
		t.Errorf("old leads to %v, want b", p)
	}
	broken := mustLoad(t, files("a.md", "x", "b.md", "y", "old.md", "---\nredirect: [\n---\n"), second)
	if p, ok := broken.Post("old"); !ok || p.Slug != "b" {
		t.Errorf("broken, old leads to %v, want b as before", p)
	}
}

func TestAStubThatLeadsElsewhereIsLive(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "a.md"), "x")
	write(t, filepath.Join(dir, "b.md"), "y")
	write(t, filepath.Join(dir, "old.md"), "---\nredirect: /a\n---\n")
	live, _ := watch(t, dir)
	leads := func(to string) func(*blog.Library) bool {
		return func(l *blog.Library) bool {
			p, ok := l.Post("old")
			return ok && p.Slug == to
		}
	}
	await(t, live, "the stub", leads("a"))
	write(t, filepath.Join(dir, "old.md"), "---\nredirect: /b\n---\n")
	await(t, live, "the changed stub", leads("b"))
}
