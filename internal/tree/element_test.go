package tree_test

import (
	"io/fs"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// tagged is a post with tags, which must not hold a quote.
func tagged(tags ...string) string {
	return "---\ntags: ['" + strings.Join(tags, "', '") + "']\n---\ntext"
}

func TestTagsThatCanBeNamesAreTheirOwn(t *testing.T) {
	tags := []string{"C++", "C#", "Go", "Node.js", "machine learning", "naïve", "日本語", "العربية", "f(x)", "50%", "a-b", "_x", "$HOME", "~"}
	got := names(t, of(load(t, "a.md", tagged(tags...))), "tags")
	slices.Sort(tags)
	if diff := cmp.Diff(tags, got); diff != "" {
		t.Errorf("folders (-want +got):\n%s", diff)
	}
}

func TestTagsThatCannotBeNamesBecomeSome(t *testing.T) {
	for tag, want := range map[string]string{
		"CI/CD": "CI-CD", "/": "_", "//": "_-", ".": "_", "..": "_", "../..": "_.-", "...x": "_..x", ".NET": "_NET", "-rf": "_rf", `a\b`: "a-b",
		"what?": "what-", "a: b": "a- b", "C:": "C-", "<b>": "_b-", "etc.": "etc", "a . .": "a", "x|y*": "x-y-",
		"\u202egnp.exe": "_U+202E-gnp.exe", "a\u0085b\u0007": "ab",
	} {
		fsys := of(load(t, "a.md", tagged(tag)))
		if diff := cmp.Diff([]string{want}, names(t, fsys, "tags")); diff != "" {
			t.Errorf("%q (-want +got):\n%s", tag, diff)
		}
		if got := names(t, fsys, "tags/"+want); len(got) != 1 {
			t.Errorf("%q has %q, want its post", tag, got)
		}
	}
	long := names(t, of(load(t, "a.md", tagged(strings.Repeat("長", 500)))), "tags")
	if len(long) != 1 || len(long[0]) > 100 || !fs.ValidPath(long[0]) {
		t.Errorf("a long tag is %q", long)
	}
}

func TestTagsThatWouldBeOneFolderAreNumbered(t *testing.T) {
	fsys := of(load(t,
		"a.md", tagged("a/b", "A/B", "X:Y", "q*r"),
		"b.md", tagged("a:b", "A-B-3", "x-y", "q-r"),
		"c.md", tagged("a?b", "b", "é"),
		"d.md", tagged("É", "E", "a.", "a"),
	))
	want := map[string][]string{
		"a-b": {"a.md"}, "a-b-2": {"b.md"}, "a-b-4": {"c.md"}, "A-B-3": {"b.md"}, "x-y": {"b.md"}, "X-Y-2": {"a.md"}, "q-r": {"b.md"}, "q-r-2": {"a.md"}, "b": {"c.md"},
		"a": {"d.md"}, "a-2": {"d.md"}, "é": {"c.md", "d.md"},
	}
	got := map[string][]string{}
	for _, folder := range names(t, fsys, "tags") {
		got[folder] = names(t, fsys, "tags/"+folder)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("folders (-want +got):\n%s", diff)
	}
	folded := map[string]bool{}
	for name := range got {
		if folded[strings.ToLower(name)] {
			t.Errorf("%s is another one where case does not count", name)
		}
		folded[strings.ToLower(name)] = true
	}
}
