package blog_test

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lectern/internal/blog"
)

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

func TestSlugsThatLoseLettersAreUniqueAndStable(t *testing.T) {
	for in, want := range map[string]string{
		"Android之图形": "android-" + hashOf(t, "Android之图形"), "Android之网络": "android-" + hashOf(t, "Android之网络"),
		"Café Über": "cafe-uber", "100%": "100", "C++ & D": "c-d", "a 🎉": "a",
	} {
		l := mustLoad(t, files(in+".md", "x", "Android之.md", "x"), nil)
		if !slices.Contains(slugs(l), want) || len(l.Problems()) > 0 {
			t.Errorf("%s has %v, want %s; problems %v", in, slugs(l), want, l.Problems())
		}
	}
	nfc, _ := one(t, "\u00e9之.md", "x")
	nfd, _ := one(t, "e\u0301之.md", "x")
	if nfc.Slug != nfd.Slug {
		t.Errorf("the encoding of an accent makes %s and %s", nfc.Slug, nfd.Slug)
	}
	long, _ := one(t, strings.Repeat("x", 200)+"之.md", "x")
	if len(long.Slug) != blog.MaxSlug {
		t.Errorf("a slug of %d bytes", len(long.Slug))
	}
}

// hashOf is the hash in the slug of a name.
func hashOf(t *testing.T, name string) string {
	t.Helper()
	sum := sha256.Sum256([]byte(name))
	return hex.EncodeToString(sum[:4])
}

func TestASlugThatIsAPathIsItsLastPart(t *testing.T) {
	for in, want := range map[string]string{"blog/my-post": "my-post", "/2020/my-post/": "my-post", "blog/My Post": "my-post", "café": "cafe"} {
		p, l := one(t, "p.md", "---\nslug: "+in+"\n---\nx")
		if p.Slug != want || len(l.Problems()) > 0 {
			t.Errorf("slug: %s is served as %s, want %s; problems %v", in, p.Slug, want, l.Problems())
		}
	}
}
