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

func TestLinkedIsNoPostInAnotherFolder(t *testing.T) {
	l := mustLoad(t, files(
		"blog.yaml", "url: https://example.com/diary/",
		"_words/context.md", "---\ntags: [Go Tools]\naliases: [/old/scope/]\n---\nx",
		"flat.md", "---\npermalink: /essay/flat/\n---\nx",
	), nil)
	for address, want := range map[string]string{
		"/context":                            "context",
		"/blog/context/":                      "context",
		"/posts/context/index.html":           "context",
		"/2020/01/02/context.html":            "context",
		"/site/2020/context":                  "context",
		"/de/context":                         "context",
		"/words/context":                      "context",
		"/diary/context":                      "context",
		"/go-tools/context":                   "context",
		"/old/scope":                          "context",
		"/essay/flat":                         "flat",
		"https://example.com/diary/context":   "context",
		"../pkg/context.md":                   "context",
		"/pkg/go-tools/context":               "",
		"/src/pkg/context.go":                 "",
		"/pkg/context/":                       "",
		"/pkg/context/index.html":             "",
		"/doc/context#WithTimeout":            "",
		"/essay/context":                      "",
		"https://example.com/diary/a/context": "",
		"https://example.com/pkg/context":     "",
	} {
		p, _, ok := l.Linked(address)
		if ok != (want != "") || ok && p.Slug != want {
			t.Errorf("%q leads to %v, %t; want %q", address, p, ok, want)
		}
	}
}
