package blog_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"lectern/internal/blog"
	"lectern/internal/text"
)

// one loads a single post.
func one(t *testing.T, name, content string) (*blog.Post, *blog.Library) {
	t.Helper()
	l := mustLoad(t, files(name, content), nil)
	if len(l.Posts()) != 1 {
		t.Fatalf("%s: %d posts, problems %v", name, len(l.Posts()), l.Problems())
	}
	return l.Posts()[0], l
}

func TestFrontMatterIsReadInTheFormsThatAuthorsWrite(t *testing.T) {
	p, l := one(t, "2020-01-02-file.md", "---\r\nTITLE: 2024\r\nDate: 2024-3-5 7:08\r\nDescription: >\r\n  two\r\n  lines\r\ntags: Go, ssh , go,,\r\nSlug: My Post\r\nparams:\r\n  a: 1\r\n---\r\n\r\n\r\nText\r\n")
	got := []any{p.Title, p.Date.Format(time.RFC3339), p.Summary, p.Tags, p.Slug, p.Body.String(), p.BodyLine}
	want := []any{"2024", "2024-03-05T07:08:00Z", "two lines", []string{"Go", "ssh"}, "my-post", "Text", 14}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	wantSaid(t, l, `warning 2020-01-02-file.md:8: the slug "My Post" is served as "my-post"`)
}

func TestTagsAreAListOrAString(t *testing.T) {
	for in, want := range map[string]string{
		"[a, b]": "a|b", "[[a, B], c]": "a|B|c", "[1, 2.5, true]": "1|2.5|true", "a": "a",
		"a, b": "a|b", "": "", "null": "", "{a: b}": "", `["x\e[2Jy"]`: "xy", "[a, a, A]": "a",
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

func TestDatesAreReadInEveryForm(t *testing.T) {
	for in, want := range map[string]string{
		"2020-01-02":                      "2020-01-02T00:00:00Z",
		"2020-1-2":                        "2020-01-02T00:00:00Z",
		"'2020-01-02'":                    "2020-01-02T00:00:00Z",
		"2020-01-02 3:04:05 +0000":        "2020-01-02T03:04:05Z",
		"2020-01-02 03:04":                "2020-01-02T03:04:00Z",
		"2020-01-02T03:04:05Z":            "2020-01-02T03:04:05Z",
		"2020-01-02T03:04:05.678Z":        "2020-01-02T03:04:05Z",
		"2020-01-02T03:04:05+02:00":       "2020-01-02T01:04:05Z",
		"2020-01-02 03:04:05-0800":        "2020-01-02T11:04:05Z",
		"2020-01-02 03:04:05 -08:00":      "2020-01-02T11:04:05Z",
		"2020/01/02":                      "2020-01-02T00:00:00Z",
		"2020/1/2 3:04":                   "2020-01-02T03:04:00Z",
		"Jan 2, 2020":                     "2020-01-02T00:00:00Z",
		"2 January 2020":                  "2020-01-02T00:00:00Z",
		"Thu, 02 Jan 2020 03:04:05 +0100": "2020-01-02T02:04:05Z",
		"20200102":                        "2020-01-02T00:00:00Z",
		"2020-01-02 03:04:05 UTC":         "2020-01-02T03:04:05Z",
		"2020-01-02 3:04 PM":              "2020-01-02T15:04:00Z",
	} {
		p, l := one(t, "p.md", "---\ndate: "+in+"\n---\nx")
		if got := p.Date.Truncate(time.Second).Format(time.RFC3339); got != want || len(l.Problems()) > 0 {
			t.Errorf("date: %s gives %s, want %s; problems %v", in, got, want, l.Problems())
		}
	}
	for _, in := range []string{"2020-13-01", "2020-02-30", "soon", "12", "'0000-01-01'", "[1]", "2020-01-02 25:00", strings.Repeat("9", 500)} {
		p, l := one(t, "2019-05-06-p.md", "---\ntitle: T\ndate: "+in+"\n---\nx")
		if got := p.Date.Format(time.DateOnly); got != "2019-05-06" {
			t.Errorf("date: %.20s gives %s, want the file name's", in, got)
		}
		if ps := l.Problems(); len(ps) != 1 || ps[0].Line != 3 || ps[0].Level != blog.Error {
			t.Errorf("date: %.20s gives problems %v, want an error on line 3", in, ps)
		}
	}
}

func TestNamesComeFromFilesWhereNothingElseSays(t *testing.T) {
	tests := []struct{ file, slug, title, date string }{
		{"hello-world.md", "hello-world", "Hello world", ""},
		{"2020-01-02-my_post.md", "my_post", "My post", "2020-01-02"},
		{"2020-1-2-x.md", "x", "X", "2020-01-02"},
		{"2020-01-02.md", "2020-01-02", "2020-01-02", "2020-01-02"},
		{"2020-13-40-x.md", "2020-13-40-x", "2020 13 40 x", ""},
		{"2020-01-02-bundle/index.md", "bundle", "Bundle", "2020-01-02"},
		{"bundle/index.fa.md", "bundle-fa", "Bundle fa", ""},
		{"index.md", "index", "Index", ""},
		{"Ünïcode & Söße's.md", "unicode-sosses", "Ünïcode & Söße's", ""},
		{"a  b--c.md", "a-b-c", "A b c", ""},
		{"你好.md", "post-670d9743", "你好", ""},
		{"%2e%2e.md", "2e-2e", "%2e%2e", ""},
		{strings.Repeat("x", 200) + ".md", strings.Repeat("x", blog.MaxSlug), "X" + strings.Repeat("x", 199), ""},
		{"---.md", "post-cb3f91d5", "---", ""},
		{"a\u202eb\x1b[2J.md", "a-b-2j", "A<U+202E>b", ""},
	}
	for _, tt := range tests {
		p, _ := one(t, tt.file, "text")
		if p.File != text.Line(tt.file) {
			t.Errorf("the file is named %q", p.File)
		}
		date := ""
		if !p.Date.IsZero() {
			date = p.Date.Format(time.DateOnly)
		}
		if p.Slug != tt.slug || p.Title != tt.title || date != tt.date {
			t.Errorf("%q: slug %q, title %q, date %q\nwant %q, %q, %q", tt.file, p.Slug, p.Title, date, tt.slug, tt.title, tt.date)
		}
	}
}

func TestATitleIsShownOnce(t *testing.T) {
	tests := []struct {
		name, in, title, body string
		line                  int
	}{
		{"repeated", "---\ntitle: The Title\n---\n\n# The  *Title* #\n\ntext", "The Title", "text", 7},
		{"another heading", "---\ntitle: The Title\n---\n# Intro\ntext", "The Title", "# Intro\ntext", 4},
		{"underlined", "---\ntitle: The Title\n---\nThe Title\n=========\ntext", "The Title", "text", 6},
		{"only the heading", "# `go` & \\*stars\\* {#id}\ntext", "go & *stars*", "text", 2},
		{"heading further down", "intro\n\n# Title\n\ntext", "Title", "intro\n\n\n\ntext", 1},
		{"in code", "```\n# not this\n```\n\n    # nor this\n\n~~~~\n```\n# nor\n~~~~\n# Title\n", "Title", "```\n# not this\n```\n\n    # nor this\n\n~~~~\n```\n# nor\n~~~~", 1},
		{"repeated later", "---\ntitle: T\n---\ntext\n\n# T\nmore", "T", "text\n\n# T\nmore", 4},
		{"no heading", "text\n## second level\n#hashtag", "Name", "text\n## second level\n#hashtag", 1},
		{"nothing but the heading", "# T\n", "T", "", 2},
		{"a colour in the title", "---\ntitle: \"a\\e[31mb\\u202e\\x07\"\n---\nx", "ab<U+202E>", "x", 4},
		{"rules are no front matter", "---\n\nwords and more words\n\n---\n\ntext", "Name", "---\n\nwords and more words\n\n---\n\ntext", 1},
		{"a rule at the start", "---\n\ntext", "Name", "---\n\ntext", 1},
		{"nothing in it", "---\n---\ntext", "Name", "text", 3},
		{"ended by dots", "---\ntitle: T\n...\ntext", "T", "text", 4},
		{"blank lines before", "\n\n---\ntitle: T\n---\ntext", "T", "text", 6},
		{"a mark of byte order", "\ufeff---\ntitle: T\n---\ntext", "T", "text", 4},
		{"returns for line ends", "---\rtitle: T\r---\r\rtext\rmore", "T", "text\nmore", 5},
		{"TOML", "+++\ntitle = \"The Title\"\n+++\n# The Title\ntext", "The Title", "text", 5},
		{"JSON", "{\n  \"Title\": \"x \\/ y\"\n}\n\ntext", "x / y", "text", 5},
		{"JSON with a comma too many", "{\n  \"title\": \"x\",\n}\n\ntext", "x", "text", 5},
		{"a brace is no JSON", "{% raw %}\ntext", "Name", "{% raw %}\ntext", 1},
		{"TOML without an end", "+++\n\ntext", "Name", "+++\n\ntext", 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p, _ := one(t, "name.md", tt.in)
			if p.Title != tt.title || p.Body.String() != tt.body || p.BodyLine != tt.line {
				t.Errorf("title %q, body %q from line %d\nwant  %q,      %q from line %d", p.Title, p.Body.String(), p.BodyLine, tt.title, tt.body, tt.line)
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
		if len(ps) != 1 || ps[0].Level != blog.Error || ps[0].Mend == "" || len(l.Posts()) > 0 {
			t.Errorf("%.60q: problems %v, want one error", tt.in, ps)
			continue
		}
		if ps[0].Line != tt.line {
			t.Errorf("%.60q: %v, want line %d", tt.in, ps[0], tt.line)
		}
	}
}

func TestAKeyGivenTwiceCountsOnceAndIsTold(t *testing.T) {
	p, l := one(t, "p.md", "---\ntitle: a\ndate: 2020-01-01\nTitle: b\n---\nx")
	if p.Title != "b" {
		t.Errorf("title %q, want the last", p.Title)
	}
	wantSaid(t, l, `warning p.md:4: the key "title" is given twice`)
}

func TestBombsInFrontMatterAreHarmless(t *testing.T) {
	var aliases strings.Builder
	aliases.WriteString("---\ntitle: T\na0: &a0 [x,x,x,x,x,x,x,x,x,x]\n")
	for i := 1; i < 12; i++ {
		fmt.Fprintf(&aliases, "a%d: &a%d [%s]\n", i, i, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d,", i-1), 10), ","))
	}
	aliases.WriteString("tags: *a11\n---\nbody")
	for name, in := range map[string]string{
		"aliases": aliases.String(),
		"empty": "---\na: &a []\nb: &b [" + strings.Repeat("*a,", 4000) + "]\nc: &c [" + strings.Repeat("*b,", 4000) +
			"]\nd: &d [" + strings.Repeat("*c,", 4000) + "]\ntags: [" + strings.Repeat("*d,", 4000) + "]\n---\nbody",
		"itself":     "---\ntags: &t [*t, *t]\n---\nbody",
		"merge":      "---\na: &a {<<: *a}\n---\nbody",
		"depth":      "---\ntags: " + strings.Repeat("[", 30000) + "\n---\nbody",
		"closed":     "---\ntags: " + strings.Repeat("[", 9000) + strings.Repeat("]", 9000) + "\n---\nbody",
		"braces":     "---\ntags: " + strings.Repeat("{a: ", 15000) + "\n---\nbody",
		"indent":     "---\n" + strings.Repeat("- ", 30000) + "\n---\nbody",
		"keys":       "---\n" + strings.Repeat("? ", 30000) + "\n---\nbody",
		"tags":       "---\ntitle: !!binary |\n  ////\ndate: !!float x\n---\nbody",
		"odd keys":   "---\n{a: b}: c\n[x]: y\n? \n: z\n~: 1\n---\nbody",
		"directives": "---\n%YAML 9.9\n---\nbody",
	} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			l := mustLoad(t, files("p.md", in), nil)
			if len(l.Posts())+len(l.Problems()) == 0 {
				t.Error("neither a post nor a problem")
			}
			for _, p := range l.Posts() {
				checkPost(t, p)
			}
			if took := time.Since(start); took > 2*time.Second {
				t.Errorf("it took %v", took)
			}
		})
	}
}

func TestBinaryAndHugeFilesAreRefusedWithAReason(t *testing.T) {
	random := make([]byte, 4096)
	for i := range random {
		random[i] = byte(i*7919>>3) | 1
	}
	fsys := files(
		"big.md", strings.Repeat("word ", 2<<20),
		"png.md", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00",
		"random.md", string(random),
		"limit.md", "# Limit\n"+strings.Repeat("x", blog.MaxPost-8),
		"latin.md", "# Caf\xe9\n\nUn caf\xe9 noir, s'il vous pla\xeet, et un autre pour mon ami.",
		"stray.md", "# Stray\n\n"+strings.Repeat("words and words\n", 100)+"a\x00b",
	)
	l := mustLoad(t, fsys, nil)
	if diff := cmp.Diff([]string{"latin", "limit", "stray"}, slugs(l)); diff != "" {
		t.Errorf("slugs (-want +got):\n%s", diff)
	}
	for i, want := range []string{
		"error big.md: the file has 10.0 MiB (10485760 bytes), more than the 1048576 bytes that are read",
		"warning latin.md:1: the file is Windows-1252, not UTF-8; it is read as such",
		"error png.md: a binary file: 5 of its 18 bytes are NUL",
		"error random.md: a binary file",
		"warning stray.md:103: a NUL byte is left out",
	} {
		if got := said(l); i >= len(got) || !strings.HasPrefix(got[i], want) {
			t.Errorf("problem %d of %q, want %q", i, got, want)
		}
	}
}

func TestHashTellsDrawingsApart(t *testing.T) {
	base := "---\ntitle: T\ndate: 2020-01-01\ntags: [a, b]\ndescription: d\n---\nbody"
	p, _ := one(t, "a.md", base)
	same, _ := one(t, "other/b.md", base)
	if p.Hash != same.Hash {
		t.Error("equal posts in other files have other hashes")
	}
	for _, change := range [][2]string{{"title: T", "title: U"}, {"2020", "2021"}, {"[a, b]", "[ab]"}, {"[a, b]", "[a]"}, {"n: d", "n: e"}, {"body", "body."}} {
		q, _ := one(t, "a.md", strings.Replace(base, change[0], change[1], 1))
		if q.Hash == p.Hash {
			t.Errorf("%s for %s has the same hash", change[1], change[0])
		}
	}
}

func TestMinutesAreAtLeastOneAndCountChinese(t *testing.T) {
	for _, tt := range []struct {
		body string
		want int
	}{
		{"", 1},
		{strings.Repeat("word ", 220), 1},
		{strings.Repeat("word, ", 221), 2},
		{strings.Repeat("don't - stop ", 110), 1},
		{strings.Repeat("你好，", 220), 1},
		{strings.Repeat("你好", 221), 2},
	} {
		p, _ := one(t, "p.md", "---\ntitle: T\n---\n"+tt.body)
		if got := p.Minutes(); got != tt.want {
			t.Errorf("%.20q…: %d minutes, want %d (%d words)", tt.body, got, tt.want, p.Words)
		}
	}
}

func TestSummaryIsTheDescriptionOrTheFirstParagraph(t *testing.T) {
	long := strings.Repeat("seven w ", 40)
	tests := []struct{ name, in, want string }{
		{"description", "---\ndescription: said *so*\n---\ntext", "said *so*"},
		{"plain", "One line\nand another.\n\nSecond.", "One line and another."},
		{"marks", "Some **bold**, *slanted*, `code *x*`, ~~gone~~ and [a **link**](http://x/(y)) ![img](z.png) here[^1].", "Some bold, slanted, code *x*, gone and a link here."},
		{"signs", "2 * 3 = 6, snake_case_name, ~5, a < b, 1 [x] \\* \\_ &amp; &lt;", "2 * 3 = 6, snake_case_name, ~5, a < b, 1 x * _ & <"},
		{"entity in code", "`&amp;` stays", "&amp; stays"},
		{"an escape by entity", "a&#27;[31mb&#x202e;c", "ab<U+202E>c"},
		{"what is no prose", "## Head\n\n![img](x)\n\n<div>\nraw\n</div>\n\n| a | b |\n\n```\ncode\n```\n\n{% include x %}\n\n---\n\nHead\n----\n\n[ref]: http://x\n\n    indented\n\nThe text.", "The text."},
		{"a list when there is nothing else", "# T\n\n- first **thing**\n- second", "first thing"},
		{"a quote when there is nothing else", "> quoted", "quoted"},
		{"prose before a quote", "> quoted\n\nsaid.", "said."},
		{"tags and comments", "A <b>bold</b> word<!-- no --> <https://x.y> and a<br/>b", "A bold word https://x.y and ab"},
		{"templates", "See {{< ref \"x\" >}}this {% x %}.", "See this ."},
		{"none", "```\ncode\n```", ""},
		{"long", long, strings.TrimSpace(strings.Repeat("seven w ", 24)) + " seven…"},
		{"long Chinese", strings.Repeat("你", 300), strings.Repeat("你", 199) + "…"},
		{"unclosed", "a [b `c *d <e {{f", "a [b `c d <e {{f"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p, _ := one(t, "p.md", tt.in)
			if p.Summary != tt.want {
				t.Errorf("got  %q\nwant %q", p.Summary, tt.want)
			}
		})
	}
}

func TestMarksInARowDoNotTakeLong(t *testing.T) {
	for _, unit := range []string{"[", "![", "`", "``x", "<", "<!--", "{{", "*", "_a", "\\", "[a](", "# ", "> ", "- ", "<a ", "&", "|"} {
		start := time.Now()
		one(t, "p.md", "x\n\n# "+strings.Repeat(unit, 400_000/len(unit)))
		one(t, "p.md", "---\ntitle: T\n---\n"+strings.Repeat(unit, 400_000/len(unit)))
		if took := time.Since(start); took > 2*time.Second {
			t.Errorf("a row of %q took %v", unit, took)
		}
	}
}

func FuzzLoad(f *testing.F) {
	f.Fuzz(func(t *testing.T, content []byte) {
		l, err := blog.Load(files("p.md", string(content), "blog.yaml", string(content)), noon, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range l.Posts() {
			checkPost(t, p)
		}
		for _, p := range l.Problems() {
			if strings.Contains(p.Message, "please report") || strings.Contains(p.Message, "runtime error") {
				t.Errorf("a parser panicked: %v", p)
			}
		}
	})
}

func TestTOMLAndJSONSayWhatYAMLDoes(t *testing.T) {
	for name, in := range map[string]string{
		"TOML":             "+++\ntitle = \"T\"\ndate = 2025-03-04T05:06:07Z\ntags = [\"a\", [\"b\", 3]]\ndescription = \"D\"\nslug = \"s\"\n+++\nx",
		"TOML, local time": "+++\ntitle = \"T\"\ndate = 2025-03-04T05:06:07\ntags = [\"a\", \"b\", \"3\"]\ndescription = \"D\"\nslug = \"s\"\n+++\nx",
		"TOML, tables":     "+++\nTitle = \"T\"\ndate = \"2025-03-04 05:06:07\"\nslug = \"s\"\n[taxonomies]\ntags = [\"a\", \"b\", \"3\"]\n[extra]\ndescription = \"D\"\ntitle = \"not this\"\n+++\nx",
		"JSON":             "{\n\t\"Title\": \"T\",\n\t\"Pubdate\": \"2025-03-04 05:06:07\",\n\t\"Tags\": [\"a\", [\"b\", 3], null],\n\t\"Description\": \"D\",\n\t\"Slug\": \"s\"\n}\nx",
	} {
		p, l := one(t, "name.md", in)
		date := time.Date(2025, 3, 4, 5, 6, 7, 0, time.UTC)
		if p.Title != "T" || !p.Date.Equal(date) || strings.Join(p.Tags, " ") != "a b 3" || p.Summary != "D" || p.Slug != "s" || len(l.Problems()) > 0 {
			t.Errorf("%s: %q %v %q %q %q, problems %v", name, p.Title, p.Date, p.Tags, p.Summary, p.Slug, l.Problems())
		}
	}
}

func TestADateInThePathAndOtherNamesForTagsCount(t *testing.T) {
	for in, want := range map[string]string{
		"+++\npath = \"2015/5/6/a-post\"\n[taxonomies]\ncategories = [\"c\"]\n+++\nx": "2015-05-06 c",
		"---\npath: /about/us/now\ncategory: one\n---\nx":                             "0001-01-01 one",
		"---\ndate: 2020-01-02\npath: /2015/05/06\nkeywords: a, b\n---\nx":            "2020-01-02 a b",
		"---\ncreated: 2020-01-02\ntags: [t]\ncategories: [c]\n---\nx":                "2020-01-02 t",
	} {
		p, _ := one(t, "name.md", in)
		if got := p.Date.Format(time.DateOnly) + " " + strings.Join(p.Tags, " "); got != want {
			t.Errorf("%q: %s, want %s", in, got, want)
		}
	}
}

func TestDraftsAndFaultsInTOMLAndJSON(t *testing.T) {
	l := mustLoad(t, files(
		"toml.md", "+++\ntitle = \"T\"\ndraft = true\n+++\nx",
		"json.md", "{\n\"title\": \"T\",\n\"draft\": true\n}\nx",
		"badtoml.md", "+++\ntitle = \"T\"\ndate = tomorrow\n+++\nx",
		"badjson.md", "{\n\"title\": \"T\",\n\"tags\": [\"a\" \"b\"]\n}\nx",
		"day.md", "+++\ntitle = \"Day\"\ndate = 2025-03-04\n+++\nx"), nil)
	if drafts, _ := l.Held(); drafts != 2 || len(l.Posts()) != 1 || !l.Posts()[0].Date.Equal(time.Date(2025, 3, 4, 0, 0, 0, 0, time.UTC)) {
		t.Errorf("%d drafts, posts %v", drafts, l.Posts())
	}
	for i, want := range []string{"badjson.md:3: not JSON", "badtoml.md:3: not TOML"} {
		if ps := l.Problems(); len(ps) != 2 || !strings.HasPrefix(ps[i].String(), want) {
			t.Errorf("problems %v, want %s first in its place", ps, want)
		}
	}
}
