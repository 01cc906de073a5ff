package blog_test

import "testing"

func TestLookupFindsThePostThatALinkLeadsTo(t *testing.T) {
	l := mustLoad(t, files(
		"posts/2020-01-02-first-post.md", "x",
		"second/index.md", "x",
		"third.md", "---\nslug: other\naliases: [/old/name/]\n---\nx",
		"draft.md", "---\ndraft: true\n---\nx",
	), nil)
	for address, want := range map[string]string{
		"/blog/first-post/":                 "first-post",
		"first-post.html#part":              "first-post",
		"2020-01-02-first-post.md":          "first-post",
		"../posts/2020-01-02-first-post.md": "first-post",
		"@/posts/2020-01-02-first-post.md":  "first-post",
		"/2020/01/02/first-post?x=y":        "first-post",
		"../second/index.md":                "second",
		"second/":                           "second",
		"/old/name":                         "other",
		"other":                             "other",
		"draft":                             "",
		"https://example.com/first-post":    "",
		"//example.com/first-post":          "",
		"mailto:first-post":                 "",
		"#first-post":                       "",
		"/":                                 "",
		"":                                  "",
		"nowhere":                           "",
	} {
		p, ok := l.Lookup(address)
		if ok != (want != "") || ok && p.Slug != want {
			t.Errorf("%q leads to %v, %t; want %q", address, p, ok, want)
		}
	}
}
