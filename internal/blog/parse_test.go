package blog_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"lectern/internal/blog"
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

func TestATitleIsShownOnce(t *testing.T) {
	tests := []struct {
		name, in, title, body string
		line                  int
	}{
		{"repeated", "---\ntitle: The Title\n---\n\n# The  *Title* #\n\ntext", "The Title", "text", 7},
		{"null", "---\ntitle: null\n---\n# Head\ntext", "Head", "text", 5},
		{"nothing", "---\ntitle:\n---\ntext", "Name", "text", 4},
		{"a number", "---\ntitle: 42\n---\ntext", "42", "text", 4},
		{"a list", "---\ntitle: [a, b]\n---\ntext", "a, b", "text", 4},
		{"a mapping", "---\ntitle: {a: b}\n---\n# Head\ntext", "Head", "text", 5},
		{"another heading", "---\ntitle: The Title\n---\n# Intro\ntext", "The Title", "# Intro\ntext", 4},
		{"underlined", "---\ntitle: The Title\n---\nThe Title\n=========\ntext", "The Title", "text", 6},
		{"only the heading", "# `go` & \\*stars\\* {#id}\ntext", "go & *stars*", "text", 2},
		{"a heading with a class", "# Title {.class #id}\ntext", "Title", "text", 2},
		{"a heading closed behind its id", "# Title {#id} #\ntext", "Title", "text", 2},
		{"a heading closed before its id", "# Title # {: #id data-x=\"a b\"}\ntext", "Title", "text", 2},
		{"a heading with braces", "# The set {a, b}\ntext", "The set {a, b}", "text", 2},
		{"a repeated heading with a class", "---\ntitle: Title\n---\n# Title {.class}\ntext", "Title", "text", 5},
		{"a heading of HTML", "\n<h1 align=\"center\">The <b>title</b></h1>\n\ntext", "The title", "text", 4},
		{"a heading of HTML on lines", "<h1>\n  <img src=\"x\"> The title\n</h1>\ntext", "The title", "text", 4},
		{"a heading of HTML that is an image", "<h1><img src=\"x\"></h1>\n\n# Title", "Title", "<h1><img src=\"x\"></h1>", 1},
		{"a heading of HTML further down", "text\n\n<h1>Head</h1>\n", "Name", "text\n\n<h1>Head</h1>", 1},
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

func TestAKeyGivenTwiceCountsOnceAndIsTold(t *testing.T) {
	p, l := one(t, "p.md", "---\ntitle: a\ndate: 2020-01-01\nTitle: b\n---\nx")
	if p.Title != "b" {
		t.Errorf("title %q, want the last", p.Title)
	}
	wantSaid(t, l, `warning p.md:4: the key "title" is given twice`)
}
