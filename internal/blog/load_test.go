package blog_test

import (
	"io/fs"
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

func TestAnEmptyFolderIsABlogWithoutPosts(t *testing.T) {
	l := mustLoad(t, files(), nil)
	if len(l.Posts()) != 0 || len(l.Problems()) != 0 || !l.Next().IsZero() {
		t.Errorf("posts %v, problems %v, next %v", l.Posts(), l.Problems(), l.Next())
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
