package blog_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"lectern/internal/blog"
)

var noon = time.Date(2025, 6, 15, 12, 0, 0, 0, time.UTC)

// files makes a file system of names and contents.
func files(pairs ...string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for i := 0; i < len(pairs); i += 2 {
		fsys[pairs[i]] = &fstest.MapFile{Data: []byte(pairs[i+1])}
	}
	return fsys
}

func mustLoad(t *testing.T, fsys fs.FS, last *blog.Library) *blog.Library {
	t.Helper()
	library, err := blog.Load(fsys, noon, last)
	if err != nil {
		t.Fatal(err)
	}
	return library
}

func slugs(l *blog.Library) []string {
	var list []string
	for _, p := range l.Posts() {
		list = append(list, p.Slug)
	}
	return list
}

// said are the problems as an author reads them, each cut at its mend.
func said(l *blog.Library) []string {
	var list []string
	for _, p := range l.Problems() {
		p.Mend = ""
		list = append(list, p.Level.String()+" "+p.String())
	}
	return list
}

func wantSaid(t *testing.T, l *blog.Library, want ...string) {
	t.Helper()
	if diff := cmp.Diff(want, said(l)); diff != "" {
		t.Errorf("problems (-want +got):\n%s", diff)
	}
}

func TestPostsComeNewestFirstAndUndatedLast(t *testing.T) {
	l := mustLoad(t, files(
		"b.md", "---\ndate: 2024-01-01\n---\nx",
		"a.md", "---\ndate: 2024-01-01\n---\nx",
		"sub/deep/new.markdown", "---\ndate: 2025-01-01\n---\nx",
		"z.md", "undated",
		"y.md", "undated",
		"README.md", "# not a post",
		".hidden.md", "not a post",
		".git/x.md", "not a post",
		"notes.txt", "not a post",
	), nil)
	if diff := cmp.Diff([]string{"new", "a", "b", "y", "z"}, slugs(l)); diff != "" {
		t.Errorf("slugs (-want +got):\n%s", diff)
	}
	if p, ok := l.Post("new"); !ok || p.File != "sub/deep/new.markdown" {
		t.Errorf("Post(new) = %v, %v", p, ok)
	}
	if _, ok := l.Post("nothing"); ok {
		t.Error("a post that is not there is found")
	}
	wantSaid(t, l)
}

func TestWhatIsKeptBackIsNotShown(t *testing.T) {
	l := mustLoad(t, files(
		"draft.md", "---\ndraft: true\n---\nx",
		"draft2.md", "---\nDraft: Yes\n---\nx",
		"draft3.md", "---\ndraft: perhaps\n---\nx",
		"unpublished.md", "---\npublished: false\n---\nx",
		"secret.md", "---\npassword: hunter2\n---\nx",
		"shown.md", "---\ndraft: false\npublished: true\npassword:\n---\nx",
	), nil)
	if diff := cmp.Diff([]string{"shown"}, slugs(l)); diff != "" {
		t.Errorf("slugs (-want +got):\n%s", diff)
	}
}

func TestAPostOfTheFutureAppearsWhenItsTimeComes(t *testing.T) {
	fsys := files(
		"now.md", "---\ndate: 2025-06-15 12:00\n---\nx",
		"soon.md", "---\ndate: 2025-06-15 14:00 +0100\n---\nx",
		"later.md", "---\ndate: 2025-07-01\n---\nx",
	)
	l := mustLoad(t, fsys, nil)
	if diff := cmp.Diff([]string{"now"}, slugs(l)); diff != "" {
		t.Errorf("slugs (-want +got):\n%s", diff)
	}
	if _, ok := l.Post("soon"); ok {
		t.Error("a post of the future is found by its slug")
	}
	if got, want := l.Next(), noon.Add(time.Hour); !got.Equal(want) {
		t.Errorf("Next() = %v, want %v", got, want)
	}
	l, err := blog.Load(fsys, l.Next(), l)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"soon", "now"}, slugs(l)); diff != "" {
		t.Errorf("an hour later, slugs (-want +got):\n%s", diff)
	}
}

func TestTwoPostsWithOneSlugAreBothServed(t *testing.T) {
	fsys := files(
		"a/this-week.md", "first",
		"b/this-week.md", "second",
		"c/this-week.md", "third",
		"d.md", "---\nslug: this-week-2\n---\nasks for the number",
		"e.md", "---\nslug: this-week\n---\nfourth",
		"f/this-week.md", "---\ndraft: true\n---\ntakes no number",
	)
	want := map[string]string{
		"this-week": "a/this-week.md", "this-week-2": "d.md",
		"this-week-3": "b/this-week.md", "this-week-4": "c/this-week.md", "this-week-5": "e.md",
	}
	var last *blog.Library
	for range 3 { // the same each time, whatever was before
		l := mustLoad(t, fsys, last)
		got := map[string]string{}
		for _, p := range l.Posts() {
			got[p.Slug] = p.File
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("slugs (-want +got):\n%s", diff)
		}
		wantSaid(t, l,
			`warning b/this-week.md: the slug "this-week" is that of a/this-week.md already; this one is served as "this-week-3"`,
			`warning c/this-week.md: the slug "this-week" is that of a/this-week.md already; this one is served as "this-week-4"`,
			`error e.md: the slug "this-week" is that of a/this-week.md already; this one is served as "this-week-5"`)
		if last != nil && !slices.Equal(l.Posts(), last.Posts()) {
			t.Error("unchanged posts are others")
		}
		last = l
	}
}

func TestABrokenPostKeepsItsLastGoodVersion(t *testing.T) {
	good := "---\ntitle: Good\n---\nbody"
	for name, broken := range map[string]string{
		"front matter": "---\ntitle: [\n---\nbody",
		"no end":       "---\ntitle: Good\nbody",
		"empty":        "",
		"binary":       "\x89PNG\x00\x00\x00\x00",
		"too big":      strings.Repeat("x", blog.MaxPost+1),
	} {
		t.Run(name, func(t *testing.T) {
			first := mustLoad(t, files("p.md", good, "q.md", "other"), nil)
			second := mustLoad(t, files("p.md", broken, "q.md", "other"), first)
			third := mustLoad(t, files("p.md", broken, "q.md", "other"), second)
			for _, l := range []*blog.Library{second, third} {
				if p, ok := l.Post("p"); !ok || p.Title != "Good" {
					t.Errorf("the last good version is gone: %v", p)
				}
				if ps := l.Problems(); len(ps) != 1 || ps[0].Level != blog.Error || ps[0].File != "p.md" || ps[0].Mend == "" {
					t.Errorf("problems %v, want one error of p.md with its mend", ps)
				}
			}
			if _, ok := mustLoad(t, files("p.md", broken), nil).Post("p"); ok {
				t.Error("a broken post without a last good version is served")
			}
			mended := mustLoad(t, files("p.md", strings.Replace(good, "Good", "Better", 1)), third)
			if p, ok := mended.Post("p"); !ok || p.Title != "Better" || len(mended.Problems()) > 0 {
				t.Errorf("mended, the post is %v with %v", p, mended.Problems())
			}
			if l := mustLoad(t, files("q.md", "other"), third); len(l.Posts()) != 1 {
				t.Error("a post whose file was removed is still served")
			}
		})
	}
}

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

func TestAnEmptyFolderIsABlogWithoutPosts(t *testing.T) {
	l := mustLoad(t, files(), nil)
	if len(l.Posts()) != 0 || len(l.Problems()) != 0 || !l.Next().IsZero() {
		t.Errorf("posts %v, problems %v, next %v", l.Posts(), l.Problems(), l.Next())
	}
}

func TestNearFindsWhatWasMistyped(t *testing.T) {
	l := mustLoad(t, files("docker-production.md", "x", "docker.md", "x", "markdown.md", "x", "writing-posts.md", "x"), nil)
	tests := []struct {
		ask  string
		want []string
	}{
		{"dokcer", []string{"docker"}},
		{"Docker", []string{"docker", "docker-production"}},
		{"docker-prodution", []string{"docker-production"}},
		{"writing", []string{"writing-posts"}},
		{"markdwon", []string{"markdown"}},
		{"zzzz", nil},
		{"", nil},
		{strings.Repeat("docker", 1000), nil},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(tt.want, l.Near(tt.ask, 3)); diff != "" {
			t.Errorf("Near(%.20q) (-want +got):\n%s", tt.ask, diff)
		}
	}
	if got := l.Near("docker", 1); len(got) != 1 {
		t.Errorf("Near(docker, 1) = %v", got)
	}
}

func TestAFileThatChangesWhileItIsReadIsNotServedInHalf(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "p.md")
	write(t, name, "---\ntitle: whole\n---\n"+strings.Repeat("body\n", 1000)+"END")
	good := loadDir(t, dir, nil)

	// The file is cut behind the reader's back, at each of its reads.
	cutting := hookFS{os.DirFS(dir), "p.md", func() { write(t, name, "---\ntitle: whole\n---\nhalf"+strings.Repeat("x", time.Now().Nanosecond()%97)) }}
	l := mustLoad(t, cutting, good)
	p, ok := l.Post("p")
	if !ok || !strings.HasSuffix(p.Body.String(), "END") {
		t.Errorf("served %v with a body of %d bytes, want the last whole version", ok, p.Body.Len())
	}
	wantSaid(t, l, "error p.md: the file changes while it is read")

	// Cut once, it is read again and then whole.
	once := true
	settling := hookFS{os.DirFS(dir), "p.md", func() {
		if once {
			once = false
			write(t, name, "---\ntitle: new\n---\nnew END")
		}
	}}
	l = mustLoad(t, settling, l)
	if p, ok := l.Post("p"); !ok || p.Body.String() != "new END" || len(l.Problems()) > 0 {
		t.Errorf("post %v, problems %v, want the new version and none", p, l.Problems())
	}
}

func TestAFileRewrittenInItsSizeIsNotServedInHalf(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "p.md")
	old, new := strings.Repeat("old ", 1000)+"end", strings.Repeat("new ", 1000)+"end"
	write(t, name, old)
	past := time.Now().Add(-time.Hour)
	if err := os.Chtimes(name, past, past); err != nil {
		t.Fatal(err)
	}
	reads := 0
	l := mustLoad(t, hookFS{os.DirFS(dir), "p.md", func() {
		if reads++; reads == 3 { // in the midst of it
			write(t, name, new)
		}
	}}, nil)
	if p, ok := l.Post("p"); !ok || p.Body.String() != new {
		t.Errorf("served %v, half of it old: %v; want the new version", ok, strings.Contains(p.Body.String(), "old"))
	}
}

// A hookFS calls a function before each read of one file, which reads little
// at a time.
type hookFS struct {
	fs.FS
	name string
	hook func()
}

type hookFile struct {
	fs.File
	hook func()
}

func (h hookFS) Open(name string) (fs.File, error) {
	f, err := h.FS.Open(name)
	if err == nil && name == h.name {
		return hookFile{f, h.hook}, nil
	}
	return f, err
}

func (f hookFile) Read(b []byte) (int, error) {
	f.hook()
	return f.File.Read(b[:min(len(b), 512)])
}

func write(t *testing.T, name, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(content), 0o644); err != nil {
		t.Fatal(err)
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

func TestAPostMatchesWordsOfItsTitleTagsAndSummary(t *testing.T) {
	l := mustLoad(t, files("a.md", "---\ntitle: Caf\u00e9 culture\ntags: [Coffee, Towns]\ndescription: Where people sit.\n---\n\nSteam.\n"), nil)
	post := l.Posts()[0]
	for query, want := range map[string]bool{
		"": true, "  ": true, "cafe\u0301": true, "CAF\u00c9": true, "culture coffee": true, "town": true, "sit where": true,
		"steam": false, "coffee tea": false,
	} {
		if got := post.Matches(query); got != want {
			t.Errorf("Matches(%q) = %v, want %v", query, got, want)
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
}

func TestADraftIsCheckedAndHeldBack(t *testing.T) {
	l := mustLoad(t, files(
		"draft.md", "---\ntitle: D\ndraft: true\ndate: 27 May 26\n---\n\nText.\n",
		"later.md", "---\ntitle: L\ndate: 2999-01-01\n---\n\nText.\n"), nil)
	if drafts, scheduled := l.Held(); drafts != 1 || scheduled != 1 {
		t.Errorf("held back are %d drafts and %d scheduled, want 1 and 1", drafts, scheduled)
	}
	if ps := l.Problems(); len(ps) != 1 || ps[0].File != "draft.md" || ps[0].Level != blog.Error {
		t.Errorf("problems %v, want the draft's date", ps)
	}
	if len(l.Posts()) != 0 {
		t.Errorf("posts %v", l.Posts())
	}
}
