package search_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"lectern/internal/blog"
	"lectern/internal/search"
	"lectern/internal/text"
)

func build(t testing.TB, library *blog.Library) *search.Index {
	t.Helper()
	x, err := search.Build(t.Context(), library)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// found are the slugs that a query finds, in order.
func found(t testing.TB, x *search.Index, query string) string {
	t.Helper()
	var posts []*blog.Post
	for _, h := range x.Search(t.Context(), query, search.MaxHits, 0, search.MaxHits) {
		posts = append(posts, h.Post)
	}
	return slugs(posts)
}

func TestSearchFindsWordsOfManyLanguages(t *testing.T) {
	x := build(t, libraryOf(t,
		post{title: "Docker", body: "How to run containers in production.\n\n```go\nfunc serveHTTP(w http.ResponseWriter)\n```\n\nSee [this](https://secret.example/hidden)."},
		post{title: "Reise", body: "Über die Straße nach Köln, mit größter Mühe."},
		post{title: "Voyage", body: "L’été dernier, un cœur naïf déjà à Besançon."},
		post{title: "数据库", body: "机器学习需要很多数据。今天天气很好。"},
		post{title: "日本語", body: "サーバーを再起動してください。ひらがなの文。"},
		post{title: "한국어", body: "검색 엔진을 직접 만들어 보았습니다."},
		post{title: "عربي", body: "أهلاً بكم في المُدَوَّنة، هذه كتابة عربية."},
		post{title: "Русский", body: "Ещё одна запись про поиск по текстам."},
		post{title: "ไทย", body: "ภาษาไทยเขียนติดกันไม่มีช่องว่าง"},
		post{title: "हिन्दी", body: "यह हिन्दी में लिखा है।"},
	))
	for query, want := range map[string]string{
		"containers":    "p0",
		"contain":       "p0",
		"servehttp":     "p0",
		"ServeHTTP ":    "p0",
		"hidden":        "", // an address
		"secret":        "",
		"strasse koln":  "p1",
		"STRAẞE":        "p1",
		"groß":          "p1",
		"coeur naif":    "p2",
		"besancon été":  "p2",
		"机器学习":          "p3",
		"学习 天气":         "p3",
		"习":             "p3",
		"气很好":           "p3",
		"学机":            "",
		"サーバー":          "p4",
		"再起動":           "p4",
		"ひらがな":          "p4",
		"엔진":            "p5",
		"검색엔진":          "", // written apart, it is two rows
		"만들":            "p5",
		"المدونة":       "p6",
		"كتابه":         "p6",
		"اهلا":          "p6",
		"еще поис":      "p7",
		"ПОИСК":         "p7",
		"ไทยเขียน":      "p8",
		"हिन्दी":        "p9",
		"":              "",
		" ":             "",
		"...":           "",
		"\x00\x1b[2J":   "",
		`"`:             "",
		`""`:            "",
		"docker reise":  "",
		"docker docker": "p0",
	} {
		if got := found(t, x, query); got != want {
			t.Errorf("%q finds %q, want %q", query, got, want)
		}
	}
}

func TestTheLastWordIsTheBeginningOfOneWhileItIsTyped(t *testing.T) {
	x := build(t, libraryOf(t,
		post{title: "one", body: "a dock by the sea"},
		post{title: "two", body: "docker and docks"},
		post{title: "three", body: "nothing of it"},
	))
	for query, want := range map[string]string{
		"do":          "p1 p0", // the shorter one first
		"dock":        "p0 p1",
		"dock ":       "p0",
		"docke ":      "p1", // nothing has it whole
		"docke docks": "p1",
		"doxk":        "p1 p0", // a slip, and the beginning of a word
		"dokcer":      "p1",
		"dokcer ":     "p1",
		"nothign of":  "p2",
		"it of noth":  "p2",
		"dxcxer":      "",
	} {
		if got := found(t, x, query); got != want {
			t.Errorf("%q finds %q, want %q", query, got, want)
		}
	}
}

func TestWordsInQuotesStandSideBySide(t *testing.T) {
	x := build(t, libraryOf(t,
		post{title: "The garbage", body: "collector of things. The collector has garbage."},
		post{title: "x", body: "A **garbage [collector](https://example.com)** runs."},
		post{title: "x", body: "All the garbage\ncollectors, and one garbage\ncollector."},
		post{title: "Garbage collector", body: "x"},
		post{title: "x", tags: "garbage, collector", body: "机器 学习"},
		post{title: "x", body: "机器学习 go 语言"},
	))
	for query, want := range map[string]string{
		"garbage collector":           "p3 p0 p4 p1 p2",
		`"garbage collector"`:         "p3 p1 p2",
		`"Garbage Collector`:          "p3 p1 p2", // still typed
		`"garbage collec`:             "p3 p2 p1",
		`"garbage collec"`:            "",
		`“garbage collector” runs`:    "p1",
		`"collector has garbage"`:     "p0",
		`"garbage" "collector" runs`:  "p1",
		`"机器学习"`:                      "p5",
		`"学习 go 语言"`:                  "p5",
		`"语言 go"`:                     "",
		`"garbage collector" "go 语言"`: "",
	} {
		if got := found(t, x, query); got != want {
			t.Errorf("%s finds %q, want %q", query, got, want)
		}
	}
}

func TestTheBestPostsComeFirst(t *testing.T) {
	long := strings.Repeat("Words of no use to anyone who looks for it. ", 100)
	x := build(t, libraryOf(t,
		post{title: "x", body: "rust " + long},
		post{title: "x", body: "rusty nails"},
		post{title: "x", body: "## About rust\n\nx"},
		post{title: "x", tags: "Rust", body: "x"},
		post{title: "Why Rust", body: "x"},
		post{title: "x", body: "rust and rust"},
		post{title: "x", body: "rust"},
		post{title: "x", body: "rust"},
	))
	if got, want := found(t, x, "rust"), "p4 p3 p2 p5 p6 p7 p0 p1"; got != want {
		t.Errorf("finds %q, want title, tag, heading, often, new, old, long, begun: %q", got, want)
	}
}

func TestASearchIsTheSameEachTime(t *testing.T) {
	var posts []post
	for i := range 60 {
		posts = append(posts, post{title: "same", body: fmt.Sprint("the same words, number ", i%3)})
	}
	library := libraryOf(t, posts...)
	want := found(t, build(t, library), "same wor")
	if !strings.HasPrefix(want, "p0 p1 p2 p3 ") || strings.Count(want, "p") != search.MaxHits {
		t.Errorf("finds %q, want the newest first", want)
	}
	for range 3 {
		if got := found(t, build(t, library), "same wor"); got != want {
			t.Errorf("finds %q, then %q", want, got)
		}
	}
	if got := build(t, library).Search(t.Context(), "same", 2, 0, 2); len(got) != 2 {
		t.Errorf("%d hits, want 2", len(got))
	}
	if got := build(t, library).Search(t.Context(), "same", 0, 0, 0); len(got) != 0 {
		t.Errorf("%d hits, want none", len(got))
	}
}

func TestLinesShowTheWords(t *testing.T) {
	x := build(t, libraryOf(t, post{title: "Notes", summary: "Of a résumé.", body: "Nothing here.\n" +
		"# The *borrow* [checker](https://example.com/borrow)\n" +
		"Only borrow.\n\nOnly a checker.\n\n" +
		"> Ein Straßenfest, und `borrow<checker>`\n\n" +
		"<div class=\"checker\">again the Borrow checker</div>\n" +
		"机器学习的数据\n" + strings.Repeat("left ", 60) + "NEEDLE" + strings.Repeat(" right", 60) + "\n"}))
	for query, want := range map[string][]string{
		"borrow checker": {"The [borrow] [checker]", "Ein Straßenfest, und [borrow]<[checker]>", "again the [Borrow] [checker]"},
		"borr che":       {"The [borr]ow [che]cker", "Ein Straßenfest, und [borr]ow<[che]cker>", "again the [Borr]ow [che]cker"},
		`"only a`:        {"[Only] borrow.", "[Only] [a] checker.", "[a]gain the Borrow checker"},
		"strass":         {"Ein [Straß]enfest, und borrow<checker>"},
		"器学习":            {"机[器学习]的数据"},
		"resume":         {"Of a [résumé]."},
		"notes":          nil,
		"needle":         {"…" + strings.Repeat("left ", 11) + "[NEEDLE]" + strings.Repeat(" right", 22) + "…"},
	} {
		hits := x.Search(t.Context(), query, 1, 0, 1)
		if len(hits) != 1 {
			t.Errorf("%q finds %d posts", query, len(hits))
			continue
		}
		var got []string
		for _, l := range hits[0].Lines {
			got = append(got, marked(l))
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%q: -want +got\n%s", query, d)
		}
	}
}

func TestHitsOfAPageHaveTheirLines(t *testing.T) {
	var posts []post
	for i := range 20 {
		posts = append(posts, post{title: fmt.Sprint("Post ", i), body: "A needle of the text.\n"})
	}
	hits := build(t, libraryOf(t, posts...)).Search(t.Context(), "needle", 20, 5, 10)
	if len(hits) != 20 {
		t.Fatalf("got %d hits", len(hits))
	}
	for i, h := range hits {
		if on := i >= 5 && i < 10; on != (len(h.Lines) > 0) {
			t.Errorf("hit %d has %d lines", i, len(h.Lines))
		}
	}
}

// marked is a line with its marks in brackets.
func marked(l search.Line) string {
	var b strings.Builder
	at := 0
	for _, m := range l.Marks {
		b.WriteString(l.Text[at:m[0]] + "[" + l.Text[m[0]:m[1]] + "]")
		at = m[1]
	}
	return b.String() + l.Text[at:]
}

// checkHits holds what every search promises.
func checkHits(t interface {
	Helper()
	Errorf(string, ...any)
}, library *blog.Library, hits []search.Hit,
) {
	t.Helper()
	if len(hits) > search.MaxHits {
		t.Errorf("%d hits", len(hits))
	}
	seen := map[string]bool{}
	for _, h := range hits {
		if p, ok := library.Post(h.Post.Slug); !ok || p != h.Post || seen[p.Slug] {
			t.Errorf("%s is no post of the library, or comes twice", h.Post.Slug)
		}
		seen[h.Post.Slug] = true
		if len(h.Lines) > search.MaxLines {
			t.Errorf("%d lines", len(h.Lines))
		}
		for _, l := range h.Lines {
			if l.Text != text.Line(l.Text) || len(l.Text) > search.MaxLine || len(l.Marks) == 0 {
				t.Errorf("%d marks in a line of %d bytes: %q", len(l.Marks), len(l.Text), l.Text)
			}
			at := 0
			for _, m := range l.Marks {
				if m[0] < at || m[1] <= m[0] || m[1] > len(l.Text) || !utf8.ValidString(l.Text[m[0]:m[1]]) || !utf8.ValidString(l.Text[:m[0]]) {
					t.Errorf("marks %v of %q", l.Marks, l.Text)
					break
				}
				at = m[1]
			}
		}
	}
}

func TestASearchEndsWithItsContext(t *testing.T) {
	library := libraryOf(t, post{title: "x", body: "docker"})
	x := build(t, library)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if hits := x.Search(ctx, "docker", 10, 0, 10); hits != nil {
		t.Errorf("finds %v", hits)
	}
	if _, err := search.Build(ctx, library); !errors.Is(err, context.Canceled) {
		t.Errorf("builds with %v", err)
	}
}

func TestAnEmptyLibraryHasNothing(t *testing.T) {
	x := build(t, libraryOf(t))
	for _, query := range []string{"a", "docker", `"a b"`} {
		if got := found(t, x, query); got != "" {
			t.Errorf("%q finds %q", query, got)
		}
	}
}

// lines are those that a query finds, of all posts.
func lines(t testing.TB, x *search.Index, query string) (texts []string) {
	t.Helper()
	for _, h := range x.Search(t.Context(), query, search.MaxHits, 0, search.MaxHits) {
		for _, l := range h.Lines {
			texts = append(texts, l.Text)
		}
	}
	return texts
}

func TestOfALongPostTheBeginIsShownAndAllIsFound(t *testing.T) {
	x := build(t, libraryOf(t, post{title: "long", body: "early on\n\n" + strings.Repeat("Prose repeats itself, é.\n", 20_000) + "\nvery late\n"}))
	for range 2 {
		for query, want := range map[string][]string{"early": {"early on"}, "late": nil, `"very late"`: {"very late"}} {
			if got := found(t, x, query); got != "p0" {
				t.Errorf("%q finds %q", query, got)
			}
			if d := cmp.Diff(want, lines(t, x, query)); d != "" {
				t.Errorf("%q: -want +got\n%s", query, d)
			}
		}
	}
}

func TestOfOneLongLineTheWordsAreShown(t *testing.T) {
	long := strings.Repeat("prose without end ", 20_000)
	x := build(t, libraryOf(t, post{title: "one", body: "early on " + long}, post{title: "two", body: "short intro\n\nsoon said " + long}))
	for _, query := range []string{"early ", "soon "} {
		if len(lines(t, x, query)) != 1 {
			t.Errorf("%q shows %q", query, lines(t, x, query))
		}
	}
}

func TestSomeLongPostsShowTheirLines(t *testing.T) {
	const budget = 8 // of 128 KiB are a MiB
	posts := make([]post, budget+2)
	for i := range posts {
		posts[i] = post{title: "long", body: "early on\n\n" + strings.Repeat("Prose repeats itself.\n", 20_000)}
	}
	if got := len(lines(t, build(t, libraryOf(t, posts...)), "early ")); got != budget {
		t.Errorf("%d of %d posts show a line, want %d", got, len(posts), budget)
	}
}

// What a reader found is held as long as it is on the screen.
func TestWhatIsFoundDoesNotHoldTheTexts(t *testing.T) {
	x := build(t, libraryOf(t, post{title: "long", body: strings.Repeat("Prose is one thing that repeats itself.\n\n", 20_000) + "\nzebra very late\n"}))
	x.Search(t.Context(), `"very late"`, 1, 0, 1)
	const searches = 50
	before := heapInUse()
	var found [searches][]search.Hit
	for i := range found {
		found[i] = x.Search(t.Context(), `"very late"`, 1, 0, 1)
	}
	if held := (heapInUse() - before) / searches; held > 10<<10 {
		t.Errorf("what one search found holds %.0f bytes", held)
	}
	for _, hits := range found {
		if len(hits) != 1 || len(hits[0].Lines) != 1 {
			t.Fatalf("found %v", hits)
		}
	}
}

func TestAPhraseIsFoundThroughWhatCannotBeSeen(t *testing.T) {
	x := build(t, libraryOf(t, post{title: "one", body: "word one&#8203;two three, alpha&lrm;beta and gamma&NoBreak;delta"}))
	for _, query := range []string{`"one two"`, `"alpha beta"`, `"gamma delta"`} {
		if got := found(t, x, query); got != "p0" {
			t.Errorf("%s finds %q", query, got)
		}
	}
}

func TestRebuildFindsWhatBuildFinds(t *testing.T) {
	kept, gone := post{title: "kept", body: "the same words"}, post{title: "gone", body: "words that vanish"}
	before := libraryOf(t, gone, kept, post{title: "changed", body: "words before"})
	after := libraryOf(t, post{title: "new", body: "fresh words"}, kept, post{title: "changed", body: "words after"}, post{title: "more", body: "words below"})
	old := build(t, before)

	within := old.Within(after)
	if got, want := found(t, within, "words"), "p1"; got != want {
		t.Errorf("the old index finds %q in the new library, want what stayed: %q", got, want)
	}
	checkHits(t, after, within.Search(t.Context(), "words", 10, 0, 10))
	if got, want := found(t, old, "vanish"), "p0"; got != want {
		t.Errorf("the old index finds %q for itself, want %q", got, want)
	}

	plain := build(t, after)
	for name, from := range map[string]*search.Index{"whole": old, "within": within, "same": plain} {
		x, err := from.Rebuild(t.Context(), after)
		if err != nil {
			t.Fatal(err)
		}
		for _, query := range []string{"words", "wor", "fresh", "after", "before", "vanish", `"the same words"`, "below", "vanihs"} {
			if d := cmp.Diff(found(t, plain, query), found(t, x, query)); d != "" {
				t.Errorf("%s: %q: -built +rebuilt\n%s", name, query, d)
			}
			if d := cmp.Diff(lines(t, plain, query), lines(t, x, query)); d != "" {
				t.Errorf("%s: %q: the lines: -built +rebuilt\n%s", name, query, d)
			}
		}
		if x.Len() != 4 {
			t.Errorf("%s: %d posts, want 4", name, x.Len())
		}
	}
}
