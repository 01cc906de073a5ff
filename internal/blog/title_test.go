package blog

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"lectern/internal/text"
)

func TestATitleIsReadWithoutItsMarks(t *testing.T) {
	for _, tt := range []struct {
		source, title string
		marks         []Mark
	}{
		{"Plain words", "Plain words", nil},
		{"Why `go test` hangs", "Why go test hangs", []Mark{{4, 11, true}}},
		{"``a ` b`` c", "a ` b c", []Mark{{0, 5, true}}},
		{"The *real* and **very real** cost", "The real and very real cost", []Mark{{4, 8, false}, {13, 22, false}}},
		{"The _real_ cost of snake_case_names", "The real cost of snake_case_names", []Mark{{4, 8, false}}},
		{"What is __init__?", "What is __init__?", nil},
		{"2 * 3 * 4", "2 * 3 * 4", nil},
		{"C* and D*", "C* and D*", nil},
		{"2*3*4 = 24", "2*3*4 = 24", nil},
		{"f(*args, **kwargs) in C*-algebras", "f(*args, **kwargs) in C*-algebras", nil},
		{"使用*强调*文字", "使用强调文字", []Mark{{6, 12, false}}},
		{"Stop using <b> and <i> in HTML", "Stop using <b> and <i> in HTML", nil},
		{"<span> vs <div>: the <small> elements", "<span> vs <div>: the <small> elements", nil},
		{"A <small>quiet</small> word</b>", "A quiet word</b>", nil},
		{"![logo](x.png) A title", "logo A title", nil},
		{"ไทยที่นี่ สำหรับ", "ไทยที่นี่ สำหรับ", nil},
		{"हिन्दी עִבְרִית نميّز می\u200cخواهم", "हिन्दी עִבְרִית نميّز می\u200cخواهم", nil},
		{"Tie\u0302\u0301ng `e\u0301`", "Tie\u0302\u0301ng e\u0301", []Mark{{10, 13, true}}},
		{"👩\u200d💻 ❤\ufe0f 🏳\ufe0f\u200d🌈 1\ufe0f\u20e3", "👩\u200d💻 ❤\ufe0f 🏳\ufe0f\u200d🌈 1\ufe0f\u20e3", nil},
		{"An ` alone", "An ` alone", nil},
		{"Q&amp;A &mdash; more", "Q&A — more", nil},
		{"AT&T; and R&D", "AT&T; and R&D", nil},
		{"List<T> in Java", "List<T> in Java", nil},
		{"The <code>&lt;a&gt;</code> tag<br/>here", "The <a> tag here", []Mark{{4, 7, true}}},
		{"An <em>old</em> <span class='x'>friend</span>", "An old friend", []Mark{{3, 6, false}}},
		{"[Go 1.26](https://go.dev) is out", "Go 1.26 is out", nil},
		{"[RFC] A plan", "[RFC] A plan", nil},
		{`C:\new and \*star\*`, `C:\new and *star*`, nil},
		{"**`both`** ways", "both ways", []Mark{{0, 4, false}}},
		{"  two\n lines\t", "two lines", nil},
		{"", "", nil},
		{"``", "``", nil},
		{"`本` 日", "本 日", []Mark{{0, 3, true}}},
	} {
		title, marks := readTitle(tt.source)
		if diff := cmp.Diff(tt.title, title) + cmp.Diff(tt.marks, marks); diff != "" {
			t.Errorf("%q: (-want +got)\n%s", tt.source, diff)
		}
	}
}

func TestALongTitleIsCutWithItsMarks(t *testing.T) {
	title, marks := readTitle("`" + strings.Repeat("word ", 200) + "` and on")
	if len(title) > MaxTitle || !strings.HasSuffix(title, "…") {
		t.Errorf("%d bytes, ends %q", len(title), title[len(title)-10:])
	}
	if want := []Mark{{0, len(title) - len("…"), true}}; !cmp.Equal(want, marks) {
		t.Errorf("marks %v, want %v", marks, want)
	}
}

func FuzzTitle(f *testing.F) {
	for _, s := range []string{"a `b` *c* _d_ <em>e</em> [f](g) &amp; \\*", "<b><i>`x`</i></b>", "&#27;[31m \u202e \u0301", "`\u200d`\u0301*\u0301*"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		title, marks := readTitle(s)
		if title != text.Line(title) || len(title) > MaxTitle {
			t.Fatalf("title %q", title)
		}
		at := 0
		for _, m := range marks {
			if m.From < at || m.To <= m.From || m.To > len(title) ||
				!utf8.RuneStart(title[m.From]) || m.To < len(title) && !utf8.RuneStart(title[m.To]) {
				t.Fatalf("marks %v of %q", marks, title)
			}
			at = m.To
		}
	})
}

func TestAPostHasTheTitleThatItsAuthorMeant(t *testing.T) {
	for in, want := range map[string]Post{
		"---\ntitle: \"Using `useEffect` and *why* it's **bad**\"\n---\nx": {
			Title: "Using useEffect and why it's bad", Marks: []Mark{{6, 15, true}, {20, 23, false}, {29, 32, false}},
		},
		"---\ntitle: WP &#8211; import\n---\nx":                    {Title: "WP – import"},
		"---\ntitle: \"The `x` *file*\"\n---\n# The `x` file\n\nx": {Title: "The x file", Marks: []Mark{{4, 5, true}, {6, 10, false}}},
		"# The `x` *file* {#id}\n\nx":                              {Title: "The x file", Marks: []Mark{{4, 5, true}, {6, 10, false}}},
		"A *set* apart\n===\n\nx":                                  {Title: "A set apart", Marks: []Mark{{2, 5, false}}},
		"# An ![icon](x.png) image *here*[^1]\n\nx":                {Title: "An image here"},
		"+++\ntitle = \"\"\"\nbroken = \n+++\nx":                   {Title: "P"},
		"+++\ntitle = '''\nbroken = \n+++\nx":                      {Title: "P"},
	} {
		p := parse("p.md", []byte(in), new(packer)).post
		if diff := cmp.Diff(want.Title, p.Title) + cmp.Diff(want.Marks, p.Marks); diff != "" || p.Body.String() != "x" {
			t.Errorf("%q: body %q (-want +got)\n%s", in, p.Body.String(), diff)
		}
	}
}

func TestMarksAreKeptBesideTheirTitle(t *testing.T) {
	p := parse("p.md", []byte("# A *b*\n\nx"), new(packer)).post
	q := *p
	q.Marks = nil
	if q.Hash = hashPost(&q, "x"); p.same(&q) {
		t.Error("another mark makes no other version")
	}
	if p.held() <= q.held() {
		t.Error("marks take nothing")
	}
}
