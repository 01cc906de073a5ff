package blog_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"lectern/internal/blog"
)

func slugsOf(posts []*blog.Post) []string {
	var list []string
	for _, p := range posts {
		list = append(list, p.Slug)
	}
	return list
}

func TestTagsSeriesAndRelatedPosts(t *testing.T) {
	l := mustLoad(t, files(
		"a.md", "---\ndate: 2020-01-01\ntags: [Go, café, go]\nseries: Learning\n---\nx",
		"b.md", "---\ndate: 2020-01-02\ntags: [go, Rare]\nseries: [learning]\n---\nx",
		"c.md", "---\ndate: 2020-01-03\ntags: [GO, Café]\nseries: Alone\n---\nx",
		"d.md", "---\ndate: 2020-01-04\ntags: [go]\n---\nx",
		"e.md", "---\ndate: 2020-01-05\ntags: [rare]\nseries: {a: b}\n---\nx",
		"f.md", "---\ndate: 2020-01-06\ndraft: true\ntags: [go, rare]\nseries: learning\n---\nx",
	), nil)
	want := []blog.Tag{{"go", 4}, {"Café", 2}, {"rare", 2}}
	if diff := cmp.Diff(want, l.Tags()); diff != "" {
		t.Errorf("tags (-want +got):\n%s", diff)
	}
	if tag, ok := l.Tag("CAFE"); !ok || tag.Name != "Café" {
		t.Errorf("CAFE is %v, %t", tag, ok)
	}
	if _, ok := l.Tag("none"); ok {
		t.Error("there is a tag that no post has")
	}
	if diff := cmp.Diff([]string{"c", "a"}, slugsOf(l.Tagged("cafe"))); diff != "" {
		t.Errorf("tagged (-want +got):\n%s", diff)
	}
	for slug, want := range map[string][]string{"a": {"a", "b"}, "b": {"a", "b"}, "c": nil, "d": nil, "e": nil} {
		p, _ := l.Post(slug)
		if diff := cmp.Diff(want, slugsOf(l.Series(p))); diff != "" {
			t.Errorf("series of %s (-want +got):\n%s", slug, diff)
		}
	}
	for slug, want := range map[string][]string{"a": {"c", "d"}, "b": {"e", "d", "c"}, "c": {"a", "d", "b"}, "e": {"b"}} {
		p, _ := l.Post(slug)
		if diff := cmp.Diff(want, slugsOf(l.Related(p, 3))); diff != "" {
			t.Errorf("related to %s (-want +got):\n%s", slug, diff)
		}
	}
	p, _ := l.Post("c")
	if n := len(l.Related(p, 1)); n != 1 {
		t.Errorf("%d posts, want 1", n)
	}
}
