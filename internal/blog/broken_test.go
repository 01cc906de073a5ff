package blog_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"lectern/internal/blog"
)

func TestABrokenPostKeepsItsLastGoodVersion(t *testing.T) {
	good := "---\ntitle: Good\n---\nbody"
	for name, broken := range map[string]string{
		"front matter": "---\ntitle: [\n---\nbody",
		"no end":       "---\ntitle: Good\nbody",
		"empty":        "",
		"binary":       "\x89PNG\x00\x00\x00\x00",
		"too big":      strings.Repeat("x", blog.MaxPost+1),
	} {
		t.Run(name, func(t *testing.T) {
			first := mustLoad(t, files("p.md", good, "q.md", "other"), nil)
			second := mustLoad(t, files("p.md", broken, "q.md", "other"), first)
			third := mustLoad(t, files("p.md", broken, "q.md", "other"), second)
			fourth := mustLoad(t, files("p.md", broken, "q.md", "other"), third)
			for _, l := range []*blog.Library{second, third, fourth} {
				if p, ok := l.Post("p"); !ok || p.Title != "Good" {
					t.Errorf("the last good version is gone: %v", p)
				}
				if ps := l.Problems(); len(ps) != 1 || ps[0].Level != blog.Error || ps[0].File != "p.md" || ps[0].Mend == "" {
					t.Errorf("problems %v, want one error of p.md with its mend", ps)
				}
			}
			alone := mustLoad(t, files("p.md", broken), nil)
			if p, ok := alone.Post("p"); ok != strings.Contains(broken, "body") || ok && p.Body.String() != "body" {
				t.Errorf("without a last good version: %v, %v; want its body if there is one", ok, p)
			}
			if kept, ok := mustLoad(t, files("p.md", "---\ntitle: [\n---\nnewer"), alone).Post("p"); !ok || kept.Body.String() != "newer" {
				t.Errorf("broken twice, the post is %v, want the newer version", kept)
			}
			mended := mustLoad(t, files("p.md", strings.Replace(good, "Good", "Better", 1)), third)
			if p, ok := mended.Post("p"); !ok || p.Title != "Better" || len(mended.Problems()) > 0 {
				t.Errorf("mended, the post is %v with %v", p, mended.Problems())
			}
			if l := mustLoad(t, files("q.md", "other"), third); len(l.Posts()) != 1 {
				t.Error("a post whose file was removed is still served")
			}
		})
	}
}

func TestBrokenFrontMatterNamesTheLine(t *testing.T) {
	tests := []struct {
		in   string
		line int
	}{
		{"---\ntitle: Docker: Lessons\n---\nx", 2},
		{"---\ntitle: fine\ndate: 2020-01-01\ndescription: a: b\n---\nx", 4},
		{"---\ntitle: fine\n\tdate: 2020-01-01\n---\nx", 3},
		{"---\ntitle: \"a\\qb\"\n---\nx", 2},
		{"---\ntitle: a\ntags: [a, b\n---\nx", 3},
		{"---\ntitle: a\nslug: *nothing\n---\nx", 3},
		{"---\ntitle: a\nslug: @nothing\n---\nx", 3},
		{"\n---\ntitle: a\nslug: %x\n---\nx", 4},
		{"---\n# a comment\n\ntitle: a\ndate: 2020\ntags:\n  - x\n  - y: [\nslug: z\n---\nx", 8},
		{"---\ntitle: a\nslug: \"never closed\ndate: 2020\n---\nx", 3},
		{"---\ntitle: a\nslug: b\n  date: c\n---\nx", 4},
		{"---\ntitle: a\n\ntext that goes on", 1},
		{"---\ntitle: a\n" + strings.Repeat("# padding\n", blog.MaxFrontMatter/10) + "---\ntext", 1},
	}
	for _, tt := range tests {
		l := mustLoad(t, files("p.md", tt.in), nil)
		ps := l.Problems()
		if len(ps) != 1 || ps[0].Level != blog.Error || ps[0].Mend == "" || len(l.Posts()) != 1 {
			t.Errorf("%.60q: problems %v, want one error", tt.in, ps)
			continue
		}
		if ps[0].Line != tt.line {
			t.Errorf("%.60q: %v, want line %d", tt.in, ps[0], tt.line)
		}
	}
}

func TestWhatCanBeReadOfBrokenFrontMatterIsSaved(t *testing.T) {
	tests := []struct{ name, in, title, date, tags, slug, body string }{
		{"YAML", "---\ntitle: Docker: Lessons\ndate: 2020-01-02 # late\ntags: [a, \"b\"]\nslug: s\ncover:\n  title: no\n---\ntext", "Docker: Lessons", "2020-01-02", "a b", "s", "text"},
		{"a list", "---\ntags:\n  - a\n  - b\ntitle: \"Bro\"ken\"\n---\ntext", `Bro"ken`, "", "a b", "p", "text"},
		{"brackets", "---\ntitle: [WIP] Soon\n---\ntext", "[WIP] Soon", "", "", "p", "text"},
		{"quotes", "---\ntitle: 'It''s'\nx: \"\n---\ntext", "It's", "", "", "p", "text"},
		{"quotes at the start", "---\ntitle: \"Go\" is here\n---\ntext", `"Go" is here`, "", "", "p", "text"},
		{"quotes that do not end", "---\ntitle: \"Go\n---\ntext", "Go", "", "", "p", "text"},
		{"TOML", "+++\ntitle = \"T\"\ndate = 2020-01-02\ndate = 2020-01-03\nx =\n+++\ntext", "T", "2020-01-03", "", "p", "text"},
		{"a full-width colon", "---\ntitle: T\ndate：2020-01-02\ntags：[a]\n---\ntext", "T", "2020-01-02", "a", "p", "text"},
		{"full-width colons alone", "---\ntitle：T：U\ndate：2020-01-02\n---\ntext", "T：U", "2020-01-02", "", "p", "text"},
		{"JSON", "{\n  \"Title\": \"T \\/ U\",\n  \"date\": \"2020-01-02\"\n  \"tags\": [\n    \"a\",\n    \"b\"\n  ],\n}\n\ntext", "T / U", "2020-01-02", "a b", "p", "text"},
		{"no end, a blank line", "---\ntitle: T\ndate: 2020-01-02\n\ntext: more\n\nlast", "T", "2020-01-02", "", "p", "text: more\n\nlast"},
		{"no end, no blank line", "---\ntitle: T\ntags:\n  - a\ntext that\n\ngoes on", "T", "", "a", "p", "text that\n\ngoes on"},
		{"no end of TOML", "+++\ntitle = \"T\"\n\ntext", "T", "", "", "p", "text"},
		{"no end of TOML without spaces", "+++\ntitle=\"T\"\n\ntext", "T", "", "", "p", "text"},
		{"no end of JSON", "{\n\"title\": \"T\",\n\"tags\": [\"a\"]\n\ntext\n}\n", "T", "", "a", "p", "text\n}"},
		{"a rule in the text taken for the end", "---\ntitle: T: U\n\ntext\n\n---\n\nmore", "T: U", "", "", "p", "text\n\n---\n\nmore"},
		{"a blank line in the head", "---\ntitle: T: U\n\ndate: 2020-01-02\n---\ntext", "T: U", "2020-01-02", "", "p", "text"},
		{"too long", "---\ntitle: T\n" + strings.Repeat("# padding\n", blog.MaxFrontMatter/10) + "---\ntext", "T", "", "", "p", "text"},
		{"too long JSON", "{\n\"title\": \"T\",\n\"x\": \"" + strings.Repeat("x", blog.MaxFrontMatter) + "\"\n}\ntext", "T", "", "", "p", "text"},
	}
	for _, tt := range tests {
		p, l := one(t, "p.md", tt.in)
		date := ""
		if !p.Date.IsZero() {
			date = p.Date.Format(time.DateOnly)
		}
		got := []string{p.Title, date, strings.Join(p.Tags, " "), p.Slug, p.Body.String()}
		if diff := cmp.Diff([]string{tt.title, tt.date, tt.tags, tt.slug, tt.body}, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
		if want := 1 + strings.Count(tt.in[:strings.LastIndex(tt.in, tt.body)], "\n"); p.BodyLine != want {
			t.Errorf("%s: the body begins on line %d, want %d", tt.name, p.BodyLine, want)
		}
		if ps := l.Problems(); len(ps) != 1 || ps[0].Level != blog.Error {
			t.Errorf("%s: problems %v, want one error", tt.name, ps)
		}
	}
}

func TestTabsThatIndentAreBlanks(t *testing.T) {
	for _, in := range []string{
		"---\ntitle: T\ntags:\n\t- a\n\t- b\n---\ntext",
		"---\ntitle: T\ntags:\n-\ta\n-\tb\n---\ntext",
		"title: T\ntags:\n\t- a\n\t- b\n---\ntext",
		"---\ntitle: T\nextra:\n\ttags:\n\t\t- a\n\t\t- b\n---\ntext",
	} {
		p, l := one(t, "p.md", in)
		if got := p.Title + " " + strings.Join(p.Tags, " "); got != "T a b" || p.Body.String() != "text" || len(l.Problems()) > 0 {
			t.Errorf("%q gives %s, problems %v", in, got, l.Problems())
		}
	}
	p, l := one(t, "p.md", "---\n\ttitle: T\ndate: 2020-01-02\n---\ntext")
	if p.Title != "T" || p.Date.IsZero() || len(l.Problems()) != 1 {
		t.Errorf("where the first key is indented: %q, %v, problems %v", p.Title, p.Date, l.Problems())
	}
	if l := mustLoad(t, files("p.md", "---\nextra:\n\tdraft: true\n---\ntext"), nil); len(l.Posts())+len(l.Problems()) > 0 {
		t.Errorf("a draft is shown, or is a problem: %v", l.Problems())
	}
}

func TestBrokenFrontMatterNeverShowsWhatItHoldsBack(t *testing.T) {
	for _, in := range []string{
		"---\nx: [\ndraft: true\n---\ntext",
		"---\nx: [\nDraft : True\n---\ntext",
		"---\nx: [\n\"draft\": yes\n---\ntext",
		"---\nx: [\n'draft': 'true'\n---\ntext",
		"---\nx: [\ndraft: maybe\n---\ntext",
		"---\nx: [\ndraft:\n  true\n---\ntext",
		"---\nx: [\ndraft:\n---\ntext",
		"---\nx: [\ndraft:true\n---\ntext",
		"---\nx: [\ndraft true\n---\ntext",
		"---\nx: [\ndraft\n---\ntext",
		"---\nx: [\n\tdraft: true\n---\ntext",
		"---\nx: [\ndraft: |\n  true\n---\ntext",
		"---\nx: [\ndraft: {a: b}\n---\ntext",
		"---\nx: [\ndraft: [false]\n---\ntext",
		"---\nx: [\ndraft: false\ndraft: true\n---\ntext",
		"---\nx: [\ndrat: true\n---\ntext",
		"---\n{x: [, draft: true}\n---\ntext",
		"---\nx: [\npublished: false\n---\ntext",
		"---\nx: [\npublished: some day\n---\ntext",
		"---\nx: [\npublished: 2999-01-01\n---\ntext",
		"---\nx: [\nstatus: in review\n---\ntext",
		"---\nx: [\npassword: x\n---\ntext",
		"---\nx: [\nprivate: true\n---\ntext",
		"---\nx: [\ndate: 2999-01-01\n---\ntext",
		"---\ntitle: no end\ndraft: true\ntext",
		"---\ntitle: no end\ndraft: true\n\ntext",
		"---\ntitle: no end\n\nmy key: x\ndraft: true\n\ntext",
		"---\ntitle: a: b\n\ntext\ndraft: true\n\n---\n\nmore",
		"+++\nx = \ndraft = true\n+++\ntext",
		"+++\ntitle = \"no end\"\n\ndraft = true\n\ntext",
		"+++\ntitle=\"no end\"\ndraft=true\n\ntext",
		"title: a\ndraft: true\nno key\n\ntext",
		"title: a\ndraft: true\n" + strings.Repeat("key: a long value of no use\n", blog.MaxFrontMatter/27+2) + "\ntext",
		"{\"draft\": true} text",
		"---\ntitle:x\ndraft:true\n---\ntext",
		"---\ntitle:x\ndraft:true\ntext",
		"{\n\"x\": \"a\" \"b\",\n\"draft\": true\n}\ntext",
		"{\n\"x\": \"y\",\n\"Draft\": true\n\ntext",
		"{\"x\": \"a\" \"b\", \"draft\": true,\n}\ntext",
		"---\ntitle: T\n" + strings.Repeat("# padding\n", blog.MaxFrontMatter/10) + "draft: true\n---\ntext",
		"title: a: b\ndate: 2020-01-01\ndraft: true\n---\ntext",
	} {
		l := mustLoad(t, files("p.md", in), nil)
		if len(l.Posts()) > 0 {
			t.Errorf("%.60q is shown", in)
		}
		isError := func(p blog.Problem) bool { return p.Level == blog.Error }
		if !slices.ContainsFunc(l.Problems(), isError) {
			t.Errorf("%.60q: problems %v, want an error", in, l.Problems())
		}
		good := mustLoad(t, files("p.md", "good"), nil)
		if l := mustLoad(t, files("p.md", in), good); !strings.Contains(in, "2999") && len(l.Posts()) > 0 {
			t.Errorf("%.60q: the last good version stays", in)
		}
	}
	for _, in := range []string{
		"---\nx: [\ndraft: false\npublished: true\nstatus: Published\npassword: \"\"\n---\ntext",
		"---\nx: [\n\"draft\": \"no\", \npublished: 2020-01-01 # long ago\n---\ntext",
		"---\nx: [\ntags:\n  - draft\n---\ntext",
		"---\nx: [\ntitle: The status, published\npermalink: /x\nbuild: y\n---\ntext",
		"{\n\"x\": \"a\" \"b\",\n\"draft\": false,\n\"tags\": [\n\"a\",\n  \"draft\"\n]\n}\ntext",
		"---\ntitle: no end\n\ntext\n\nstatus: in a text",
		"---\n\nSome text, or a draft of it.\n\n---\n\ntext",
		"---\n\nSome text, or\n\nstatus: later\n",
	} {
		if l := mustLoad(t, files("p.md", in), nil); len(l.Posts()) != 1 {
			t.Errorf("%q is held back", in)
		}
	}
}
