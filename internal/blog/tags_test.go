package blog_test

import (
	"fmt"
	"strings"
	"testing"

	"lectern/internal/blog"
)

func TestTagsAreAListOrAString(t *testing.T) {
	for in, want := range map[string]string{
		"[a, b]": "a|b", "[[a, B], c]": "a|B|c", "[1, 2.5, true]": "1|2.5|true", "a": "a",
		"a, b": "a|b", "": "", "null": "", "{a: b}": "b", "{a: 1, b: 2}": "a|b", "{a: null}": "a", "{a: {b: 1}}": "", "\n  main: [x, y]": "x|y",
		"\n  - title: baz\n  - title: B\n    name: c": "baz|c", `"[[a]]"`: "a", `["[[a]]", "[[b c]]"]`: "a|b c",
		"a，b、c": "a|b|c", `["x\e[2Jy"]`: "xy", "[a, a, A]": "a",
		"machine learning": "machine learning", "a; b c": "a|b c", `"#a #b"`: "a|b", `"#a, b #c"`: "a|b #c", "['#x', 'C#']": "x|C#",
		"[{name: a, id: 1}, {id: 2}, b]": "a|b", "42": "42", "\n  - a\n  - b": "a|b", "[null, a]": "a",
	} {
		p, _ := one(t, "p.md", "---\ntitle: T\ntags: "+in+"\n---\nx")
		if got := strings.Join(p.Tags, "|"); got != want {
			t.Errorf("tags: %s gives %s, want %s", in, got, want)
		}
	}
	p, l := one(t, "p.md", "---\ntags: ["+strings.Repeat("x, y, z, ", 3)+numbers(100)+"]\n---\nx")
	if len(p.Tags) != blog.MaxTags || len(l.Problems()) != 1 {
		t.Errorf("%d tags, problems %v", len(p.Tags), l.Problems())
	}
}

func numbers(n int) string {
	var list []string
	for i := range n {
		list = append(list, fmt.Sprint(i))
	}
	return strings.Join(list, ",")
}

func TestTagsAndCategoriesAreJoined(t *testing.T) {
	for _, tt := range []struct{ file, in, want string }{
		{"p.md", "---\ncategories: [b, c]\ntags: [a, B]\n---\nx", "a|B|c"},
		{"p.md", "---\ncategories: [[A, B], [A, C]]\ntags:\n---\nx", "A|B|C"},
		{"p.md", "---\ncategory: c d\ntag: t\n---\nx", "t|c d"},
		{"p.md", "---\nkeywords: a, b\ncategory: c\n---\nx", "c"},
		{"p.md", "---\nkeywords: a, b\n---\nx", "a|b"},
		{"p.md", "---\ntaxonomies:\n  tags: [a]\n  categories: [b]\n---\nx", "a|b"},
		{"p.md", "+++\n[taxonomies]\ntags = [\"a\"]\ncategories = [\"b\"]\n+++\nx", "a|b"},
		{"p.md", "+++\n[[tags]]\nname = \"a\"\n+++\nx", "a"},
		{"p.md", "+++\n[tags]\na = 1\nmain = [\"x\"]\n+++\nx", "a|x"},
		{"p.md", "{\"categories\": {\"main\": [\"x\"], \"b\": true}}\nx", "b|x"},
		{"p.md", "{\"tags\": [{\"title\": \"baz\"}]}\nx", "baz"},
		{"p.md", "{\n\"tags\": [{\"name\": \"a\"}, 5]\n}\nx", "a|5"},
	} {
		p, l := one(t, tt.file, tt.in)
		if got := strings.Join(p.Tags, "|"); got != tt.want || len(l.Problems()) > 0 {
			t.Errorf("%q gives %s, want %s; problems %v", tt.in, got, tt.want, l.Problems())
		}
	}
}

func TestWordsAreTagsOnlyInTheFormOfJekyll(t *testing.T) {
	for _, tt := range []struct{ file, in, want string }{
		{"2020-01-02-p.md", "---\ntags: machine learning\ncategories: c d\n---\nx", "machine|learning|c|d"},
		{"2020-01-02-p.md", "---\ntags: machine learning, go\n---\nx", "machine learning|go"},
		{"2020-01-02-p.md", "---\ntags: [machine learning]\n---\nx", "machine learning"},
		{"2020-01-02-p.md", "---\ncategory: machine learning\n---\nx", "machine learning"},
		{"2020-01-02-p.md", "Title: T\nTags: machine learning\n\nx", "machine learning"},
		{"2020-01-02-p.md", "+++\ntags = \"machine learning\"\n+++\nx", "machine learning"},
		{"2020-01-02-p/index.md", "---\ntags: machine learning\n---\nx", "machine learning"},
		{"p.md", "---\ntags: machine learning\n---\nx", "machine learning"},
	} {
		p, _ := one(t, tt.file, tt.in)
		if got := strings.Join(p.Tags, "|"); got != tt.want {
			t.Errorf("%s with %q gives %s, want %s", tt.file, tt.in, got, tt.want)
		}
	}
}
