package search_test

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"lectern/internal/search"
)

// pieces are what texts and queries are made of at random.
func pieces() *rapid.Generator[string] {
	return rapid.OneOf(
		rapid.SampledFrom([]string{"docker", "Straße", "résumé", "re\u0301sume\u0301", "数据库", "サーバー", "한국어", "مُدَوَّنة", "поиск", "हिन्दी", "👩‍👩‍👧", "[a](b)", "<b>", "```", "`", "**", "# ", "\n", " ", "\"", "&eacute;", "…", "ﬁ", "İ", "\u0301", "\u200d", "\u202e", strings.Repeat("x", 50), strings.Repeat("字", 100)}),
		rapid.StringN(0, 5, -1),
	)
}

func TestMarksAreWholeCharactersOfSafeLines(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		body := strings.Join(rapid.SliceOfN(pieces(), 0, 60).Draw(r, "body"), rapid.SampledFrom([]string{"", " "}).Draw(r, "between"))
		body = strings.ReplaceAll(body, "\x00", "") // no text has it, and no post
		query := strings.Join(rapid.SliceOfN(pieces(), 1, 4).Draw(r, "query"), rapid.SampledFrom([]string{"", " "}).Draw(r, "blank"))
		library := libraryOf(t, post{title: "x", body: "docker " + body}, post{title: "y", body: body})
		x := build(t, library)
		checkHits(r, library, x.Search(t.Context(), query, 10, 0, 10))
		checkHits(r, library, x.Search(t.Context(), "docker "+query, 10, 0, 10))
	})
}

// TestAWordOfAPostIsFound asks for words as they stand in posts.
func TestAWordOfAPostIsFound(t *testing.T) {
	words := []string{"docker", "Straße", "résumé", "数据库入门", "サーバー", "한국어를", "مُدَوَّنة", "поиск", "हिन्दी", "C3PO", "x", "字"}
	rapid.Check(t, func(r *rapid.T) {
		body := rapid.SliceOfN(rapid.SampledFrom(words), 1, 12).Draw(r, "words")
		x := build(t, libraryOf(t, post{title: "other", body: "of no use"}, post{title: "y", body: strings.Join(body, " ")}))
		from := rapid.IntRange(0, len(body)-1).Draw(r, "from")
		to := rapid.IntRange(from+1, len(body)).Draw(r, "to")
		asked := strings.Join(body[from:to], " ")
		for _, query := range []string{asked, strings.ToUpper(asked) + " ", `"` + asked + `"`} {
			hits := x.Search(t.Context(), query, 10, 0, 10)
			if len(hits) != 1 || hits[0].Post.Slug != "p1" || len(hits[0].Lines) != 1 {
				r.Fatalf("%s finds %v", query, hits)
			}
		}
	})
}

func FuzzSearch(f *testing.F) {
	for _, query := range append(typed(), "\x00", "\xff\xfe", "\u202e", "é", "\"\"\"", "字", strings.Repeat("a ", 200), strings.Repeat("\"a b\" ", 60), strings.Repeat("数", 100), "ß", "\u0301", "-", "👩‍👩‍👧") {
		f.Add(query)
	}
	library := libraryOf(f,
		post{title: "Docker in production", tags: "DevOps", body: "How to **run** [containers](https://example.com).\n\n```go\nfunc main() {}\n```\n\nThe garbage collector, the borrow checker."},
		post{title: "Straße", body: "Über Größe.\n" + strings.Repeat("the of and to a b c ", 200)},
		post{title: "数据库", body: "机器学习需要很多数据。サーバー 검색 엔진 المُدَوَّنة поиск हिन्दी ภาษาไทย"},
		post{title: "👩‍👩‍👧", body: "a\u0301\u0302 " + strings.Repeat("字", 300) + strings.Repeat("x", 3000)},
	)
	x, titles := build(f, library), search.NewTitles(library.Posts())
	f.Fuzz(func(t *testing.T, query string) {
		begin := time.Now()
		for i := range min(len(query), 20) {
			x.Search(t.Context(), query[:i], search.MaxHits, 0, search.MaxHits)
		}
		checkHits(t, library, x.Search(t.Context(), query, search.MaxHits, 0, search.MaxHits))
		titles.Filter(query)
		if took := time.Since(begin); took > 2*time.Second {
			t.Errorf("takes %v", took)
		}
	})
}
