package blog_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"lectern/internal/blog"
)

func TestAnAddressGivesSlugAndDate(t *testing.T) {
	tests := []struct{ file, head, slug, date string }{
		{"file.md", "path: news/2015/05/06/A-Post", "a-post", "2015-05-06"},
		{"file.md", "permalink: /2015/5/6/a-post.html", "a-post", "2015-05-06"},
		{"file.md", "url: /blog/a%20post/index.html?x#y", "a-post", ""},
		{"file.md", "url: /blog/1.2-is-out/", "1-2-is-out", ""},
		{"file.md", "url: https://example.com/2015/05/06/their-post", "file", ""},
		{"file.md", "url: //example.com/2015/05/06/their-post", "file", ""},
		{"file.md", "permalink: /:year/:title/", "file", ""},
		{"file.md", "permalink: /2015/05/06/", "file", "2015-05-06"},
		{"file.md", "permalink: /你好/", "file", ""},
		{"file.md", "permalink: /", "file", ""},
		{"file.md", "path: /2015/13/06/x", "x", ""},
		{"file.md", "slug: named\nurl: /blog/other", "named", ""},
		{"2020-01-02-file.md", "path: /2015/05/06/x", "x", "2020-01-02"},
		{"2020-01-02-bundle/index.md", "layout: post", "bundle", "2020-01-02"},
	}
	for _, tt := range tests {
		p, _ := one(t, tt.file, "---\n"+tt.head+"\n---\ntext")
		date := ""
		if !p.Date.IsZero() {
			date = p.Date.Format(time.DateOnly)
		}
		if p.Slug != tt.slug || date != tt.date {
			t.Errorf("%s with %q: slug %q, date %q; want %q, %q", tt.file, tt.head, p.Slug, date, tt.slug, tt.date)
		}
	}
}

func TestAddressesThatEndAlikeAreToldApartByTheirFiles(t *testing.T) {
	l := mustLoad(t, files(
		"week@0.md", "---\npath: 2020/01/06/week\n---\nx",
		"week@1.md", "---\npath: 2020/01/13/week\n---\nx",
		"week@2.md", "---\npath: 2020/01/20/week\n---\nx",
		"x/week@2.md", "---\npath: 2020/01/27/week\n---\nx",
	), nil)
	if diff := cmp.Diff([]string{"week-3", "week-2", "week-1", "week"}, slugs(l)); diff != "" {
		t.Errorf("slugs (-want +got):\n%s", diff)
	}
	wantSaid(t, l, `warning x/week@2.md: the slug "week" is that of week@0.md already; this one is served as "week-3"`)
}

func TestLanguageVariantsHaveSlugsOfTheirOwn(t *testing.T) {
	l := mustLoad(t, files(
		"one/index.md", "---\nslug: first\n---\nx",
		"one/index.fa.md", "---\nslug: first\n---\nx",
		"two.md", "x",
		"two.zh.md", "x",
		"two.pt-BR.md", "---\nurl: /two\n---\nx",
		"node.js.md", "---\nslug: node\n---\nx",
		"_index.md", "x",
		"sub/_index.fa.md", "x",
	), nil)
	want := []string{"first", "first-fa", "node", "two", "two-pt-br", "two-zh"}
	if diff := cmp.Diff(want, slugs(l)); diff != "" {
		t.Errorf("slugs (-want +got):\n%s", diff)
	}
	wantSaid(t, l)
}

func TestLanguagesOfFoldersTellPostsApart(t *testing.T) {
	l := mustLoad(t, files(
		"content/en/posts/hello.md", "x",
		"content/fr/posts/hello.md", "x",
		"i18n/pt-BR/hello.md", "---\nslug: hello\n---\nx",
		"i18n/zh/docs/hello.md", "---\nslug: hello\n---\nx",
		"cs/sorting.md", "x",
		"fr/only.md", "x",
		"x.fr/hello.md", "x",
	), nil)
	want := []string{"hello", "hello-2", "hello-fr", "hello-pt-br", "hello-zh", "only", "sorting"}
	if diff := cmp.Diff(want, slugs(l)); diff != "" {
		t.Errorf("slugs (-want +got):\n%s", diff)
	}
	wantSaid(t, l, `warning x.fr/hello.md: the slug "hello" is that of content/en/posts/hello.md already; this one is served as "hello-2"`)
}

func TestASeriesOfOneNameIsToldApartByItsDates(t *testing.T) {
	l := mustLoad(t, files(
		"_posts/2020-01-01-weekly.md", "x",
		"_posts/2020-01-08-weekly.md", "x",
		"2020/01/15/weekly.md", "x",
		"2020-01-22-weekly/index.md", "x",
	), nil)
	want := []string{"weekly", "2020-01-15-weekly", "2020-01-08-weekly", "2020-01-01-weekly"}
	if diff := cmp.Diff(want, slugs(l)); diff != "" {
		t.Errorf("slugs (-want +got):\n%s", diff)
	}
	wantSaid(t, l)
}

func TestAFormerSlugFindsThePostButNeverHidesAnother(t *testing.T) {
	l := mustLoad(t, files(
		"new.md", "---\ndate: 2024-01-01\nslug: new\naliases: [/2015/old.html, other, new, later, /old/]\n---\nx",
		"newer.md", "---\ndate: 2025-01-01\nredirect_from:\n  - /blog/shared/\n  - old-newer\n---\nx",
		"older.md", "+++\ndate = 2023-01-01\naliases = [\"shared\"]\n+++\nx",
		"moved.md", "---\nurl: /blog/moved-here\n---\nx",
		"other.md", "x",
		"later.md", "---\ndate: 2999-01-01\n---\nx",
		"draft.md", "---\ndraft: true\naliases: [secret]\n---\nx",
	), nil)
	for slug, want := range map[string]string{
		"old": "new", "new": "new", "other": "other", "shared": "newer", "old-newer": "newer",
		"moved": "moved-here", "moved-here": "moved-here", "later": "", "secret": "", "draft": "",
	} {
		got := ""
		if p, ok := l.Post(slug); ok {
			got = p.Slug
		}
		if got != want {
			t.Errorf("Post(%q) is %q, want %q", slug, got, want)
		}
	}
	p, _ := l.Post("new")
	if got, want := strings.Join(p.Aliases, " "), "old other later"; got != want {
		t.Errorf("former slugs %q, want %q", got, want)
	}
}

func TestAPostHasABoundedNumberOfAliases(t *testing.T) {
	p, _ := one(t, "p.md", "---\naliases: [/a"+strings.ReplaceAll(numbers(200), ",", ", /a")+"]\n---\nx")
	if got := len(p.Aliases); got != blog.MaxAliases {
		t.Errorf("%d aliases, want %d", got, blog.MaxAliases)
	}
}

func TestABrokenPostKeepsTheSlugOfItsFile(t *testing.T) {
	head := "---\npath: 2020/01/06/week\n---\nx"
	first := mustLoad(t, files("week@0.md", head, "week@1.md", head), nil)
	second := mustLoad(t, files("week@0.md", head, "week@1.md", "---\na: b: c\n---\nx"), first)
	if diff := cmp.Diff([]string{"week", "week-1"}, slugs(second)); diff != "" {
		t.Errorf("slugs (-want +got):\n%s", diff)
	}
}

func TestAnotherAliasIsAnotherVersion(t *testing.T) {
	first := mustLoad(t, files("p.md", "---\naliases: [a]\n---\nx"), nil)
	second := mustLoad(t, files("p.md", "---\naliases: [b]\n---\nx"), first)
	if _, ok := second.Post("b"); !ok {
		t.Error("the new alias finds nothing")
	}
	if _, ok := second.Post("a"); ok {
		t.Error("the alias that was taken out still finds the post")
	}
}

func TestPageIsWhereThePostLiesOnTheWeb(t *testing.T) {
	for _, tt := range []struct{ file, head, want string }{
		{"file.md", "", "/"},
		{"posts/file.md", "", "/posts/"},
		{"posts/bundle/index.md", "", "/posts/bundle/"},
		{"posts/file.md", "permalink: /2015/05/06/a-post/", "/2015/05/06/a-post/"},
		{"posts/file.md", "url: /blog/a-post.html?x", "/blog/a-post.html"},
		{"posts/file.md", "slug: named\nurl: blog/other", "/blog/other"},
		{"posts/file.md", "permalink: /:year/:title/", "/posts/"},
		{"posts/file.md", "url: https://example.com/elsewhere", "/posts/"},
		{"posts/file.md", "url: /" + strings.Repeat("x", 3000), "/posts/"},
	} {
		if p, _ := one(t, tt.file, "---\n"+tt.head+"\n---\ntext"); p.Page() != tt.want {
			t.Errorf("%s with %.60q lies at %q, want %q", tt.file, tt.head, p.Page(), tt.want)
		}
	}
}
