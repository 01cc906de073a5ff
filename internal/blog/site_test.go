package blog_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"lectern/internal/blog"
)

func TestSettingsAreReadAndKeptWhenBroken(t *testing.T) {
	good := mustLoad(t, files("blog.yaml", `title: "A  Blog\e[31m"
Tagline: about things
author: Ann
host: blog.example.com
links:
  - {name: code, url: "https://example.com/code"}
  - url: https://example.com
  - {name: nowhere}
theme: blue
`), nil)
	want := blog.Site{
		Title: "A Blog", Tagline: "about things", Author: "Ann", Host: "blog.example.com",
		Links: []blog.Link{{"code", "https://example.com/code"}, {"https://example.com", "https://example.com"}},
	}
	if diff := cmp.Diff(want, good.Site()); diff != "" {
		t.Errorf("site (-want +got):\n%s", diff)
	}
	wantSaid(t, good, "warning blog.yaml:8: a link has no url", `warning blog.yaml:9: the key "theme" is not known`)

	broken := mustLoad(t, files("blog.yaml", "title: Other\nlinks: [\n"), good)
	if diff := cmp.Diff(want, broken.Site()); diff != "" {
		t.Errorf("broken, site (-want +got):\n%s", diff)
	}
	if ps := broken.Problems(); len(ps) != 1 || ps[0].Level != blog.Error || ps[0].File != "blog.yaml" || ps[0].Line == 0 {
		t.Errorf("problems %v, want an error with its line", ps)
	}
	mended := mustLoad(t, files("blog.yaml", "title: Other\n"), broken)
	if diff := cmp.Diff(blog.Site{Title: "Other"}, mended.Site()); diff != "" {
		t.Errorf("mended, site (-want +got):\n%s", diff)
	}
	if gone := mustLoad(t, files(), mended); gone.Site().Title != "Lectern" {
		t.Errorf("without blog.yaml the site is %v", gone.Site())
	}
	for _, odd := range []string{"just text", "- a\n- b", "title: [a, b]", "links: none", "links: [a, [b]]", "\x00\x01", "a: &a [*a]\nlinks: *a"} {
		if l := mustLoad(t, files("blog.yaml", odd), nil); len(l.Problems()) == 0 {
			t.Errorf("blog.yaml %q is no problem", odd)
		}
	}
}

func TestABlogWithoutANameHasOne(t *testing.T) {
	for name, fsys := range map[string]fstest.MapFS{
		"no settings":    {},
		"an empty title": {"blog.yaml": {Data: []byte("title: \"\"\ntagline: t\n")}},
	} {
		l, err := blog.Load(fsys, time.Now(), nil)
		if err != nil {
			t.Fatal(err)
		}
		if got := l.Site().Title; got != "Lectern" {
			t.Errorf("%s: the title is %q, want Lectern", name, got)
		}
	}
}

func TestWhatReadersTypeFollowsTheHost(t *testing.T) {
	for host, want := range map[string]string{
		"":                      "ssh HOST",
		"blog.example.com":      "ssh blog.example.com",
		"blog.example.com:22":   "ssh blog.example.com",
		"blog.example.com:2222": "ssh -p 2222 blog.example.com",
		"[2001:db8::1]:2222":    "ssh -p 2222 2001:db8::1",
		"2001:db8::1":           "ssh 2001:db8::1",
	} {
		if got := (blog.Site{Host: host}).Command(); got != want {
			t.Errorf("host %q: %q, want %q", host, got, want)
		}
	}
	for host, want := range map[string][2]string{
		"":                      {"HOST", ""},
		"blog.example.com:22":   {"blog.example.com", ""},
		"blog.example.com:2222": {"blog.example.com", "2222"},
		"[2001:db8::1]:2222":    {"2001:db8::1", "2222"},
	} {
		if name, port := (blog.Site{Host: host}).Address(); name != want[0] || port != want[1] {
			t.Errorf("host %q: %q and port %q, want %q", host, name, port, want)
		}
	}
}

func TestTheUrlOfASiteIsOneOfTheWeb(t *testing.T) {
	for url, ok := range map[string]bool{
		"https://example.com": true, "http://example.com/blog/": true,
		"example.com": false, "ftp://example.com": false, "https://": false, "javascript:x": false, "'https://exa mple.com'": false,
	} {
		l := mustLoad(t, files("blog.yaml", "url: "+url+"\n", "a.md", "x"), nil)
		got := l.Site().URL
		if ok && got != url || !ok && got != "" {
			t.Errorf("%s: the url is %q", url, got)
		}
		if !ok {
			wantSaid(t, l, fmt.Sprintf("warning blog.yaml:1: the url %q is no address on the web", strings.Trim(url, "'")))
		}
	}
}

func TestThePageOfAPostIsKnownWhereItNamesIt(t *testing.T) {
	for _, test := range []struct{ name, url, front, want string }{
		{"a page", "https://example.com/blog/", "url: /2026/a/", "https://example.com/blog/2026/a/"},
		{"a page with letters", "https://example.com", "permalink: /é b", "https://example.com/%C3%A9%20b"},
		{"no page", "https://example.com/", "title: a", ""},
		{"no site", "", "url: /2026/a/", ""},
	} {
		l := mustLoad(t, files("blog.yaml", "url: \""+test.url+"\"\n", "a.md", "---\n"+test.front+"\n---\nText.\n"), nil)
		if got := l.Site().PageOf(l.Posts()[0]); got != test.want {
			t.Errorf("%s: got %q, want %q", test.name, got, test.want)
		}
	}
}
