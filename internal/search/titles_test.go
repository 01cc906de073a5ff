package search_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"lectern/internal/blog"
	"lectern/internal/search"
)

// A post to be searched. Later ones of a list are older.
type post struct{ title, tags, summary, body string }

// libraryOf is a library of posts, whose slugs are p0, p1 and so on.
func libraryOf(t testing.TB, posts ...post) *blog.Library {
	t.Helper()
	fsys := fstest.MapFS{}
	for i, p := range posts {
		date := time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, -i)
		summary := p.summary
		if summary == "" {
			summary = "-"
		}
		fsys[fmt.Sprintf("p%d.md", i)] = &fstest.MapFile{ModTime: time.Unix(1, 0), Data: fmt.Appendf(nil,
			"---\ntitle: %q\ndate: %s\ntags: [%s]\ndescription: %q\nslug: p%d\n---\n\n%s\n", p.title, date.Format(time.DateOnly), p.tags, summary, i, p.body)}
	}
	library, err := blog.Load(fsys, time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(library.Posts()) != len(posts) {
		t.Fatalf("%d of %d posts load: %v", len(library.Posts()), len(posts), library.Problems())
	}
	return library
}

func slugs(posts []*blog.Post) string {
	var list []string
	for _, p := range posts {
		list = append(list, p.Slug)
	}
	return strings.Join(list, " ")
}

func TestFilterFindsTheWordsOfTitlesTagsAndSummaries(t *testing.T) {
	titles := search.NewTitles(libraryOf(t,
		post{title: "Docker in Production", tags: "DevOps", summary: "Lessons learned."},
		post{title: "Mon résumé", tags: "Français", summary: "Où j’ai travaillé."},
		post{title: "Die Straße", summary: "Über Smørrebrød und C++."},
		post{title: "数据库入门", tags: "数据", summary: "从零开始。"},
		post{title: "サーバーの話", summary: "ガイド"},
		post{title: "검색 엔진을 만들다", summary: "한국어"},
		post{title: "مرحبا بالعالم", summary: "مُدوّنة"},
		post{title: "Ёлка и поиск", summary: "По-русски."},
		post{title: "Kubernetes operators", summary: "Configuration of things."},
	).Posts())
	for query, want := range map[string]string{
		"":                    "p0 p1 p2 p3 p4 p5 p6 p7 p8",
		"  ":                  "p0 p1 p2 p3 p4 p5 p6 p7 p8",
		"docker lessons":      "p0",
		"lessons devops DOCK": "p0",
		"docker résumé":       "",
		"resume":              "p1",
		"francais ou":         "p1",
		"strasse":             "p2",
		"STRASSE smorre":      "p2",
		"c++":                 "p2",
		"据库":                  "p3",
		"ガ":                   "p4",
		"カ":                   "",
		"엔진":                  "p5",
		"مدونة":               "p6",
		"елка":                "p7",
		"cker":                "p0", // a part of a word
		"dokcer":              "p0", // slips
		"prodution":           "p0",
		"produ":               "p0",
		"prodc":               "p0", // the beginning of a word, with a slip
		"kubrentes":           "p8", // two, in a long word
		"kubrentes operatr":   "p8",
		"dcoekr":              "", // two, in a short one
		"dokcer-prodution":    "p0",
		"zzzz":                "",
		"dox":                 "",
		"поисг":               "p7",
		"\x00\x1b[31m":        "",
	} {
		if got := slugs(titles.Filter(query)); got != want {
			t.Errorf("%q finds %q, want %q", query, got, want)
		}
	}
}

func TestFilterForgivesNothingThatStandsSomewhere(t *testing.T) {
	titles := search.NewTitles(libraryOf(t, post{title: "worker"}, post{title: "working"}, post{title: "corker"}).Posts())
	if got, want := slugs(titles.Filter("worke")), "p0"; got != want {
		t.Errorf("finds %q, want %q", got, want)
	}
	if got, want := slugs(titles.Filter("borker")), "p0 p2"; got != want {
		t.Errorf("finds %q, want %q", got, want)
	}
}

func TestFilterOfNoPosts(t *testing.T) {
	if got := search.NewTitles(nil).Filter("docker"); len(got) != 0 {
		t.Errorf("finds %v", got)
	}
}

func TestFilterTakesAnyQuery(t *testing.T) {
	posts := libraryOf(t, post{title: "Docker in Production", tags: "DevOps"}, post{title: "Größe ﬁ 数据"}).Posts()
	titles := search.NewTitles(posts)
	rapid.Check(t, func(t *rapid.T) {
		query := rapid.String().Draw(t, "query")
		narrow := titles.Filter(query + " docker")
		if d := cmp.Diff("p0", slugs(narrow)); len(narrow) > 0 && d != "" {
			t.Errorf("%q: -want +got\n%s", query, d)
		}
	})
	for _, query := range []string{strings.Repeat("a ", 500), strings.Repeat("docker", 100), strings.Repeat("é", 200)} {
		titles.Filter(query)
	}
}
