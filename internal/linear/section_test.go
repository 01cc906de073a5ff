package linear

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lectern/internal/render"
	"lectern/internal/text"
)

// draw renders the body of a post.
func draw(t *testing.T, body string) *render.Document {
	t.Helper()
	library := shelf(t, map[string]string{"post.md": "---\ntitle: A title that takes more than one line of so narrow a terminal\n---\n" + body})
	return render.Render(library.Posts()[0], render.Options{Width: 40})
}

func TestSectionsBeginAtHeadings(t *testing.T) {
	for _, tt := range []struct {
		name, body string
		want       []string // first and last line of each
	}{
		{"none", "", nil},
		{"one", "Text.\n", []string{"Text. Text."}},
		{"text before the first heading", "Text.\n\n# One\n\nUnder it.\n", []string{"Text. Text.", "# One Under it."}},
		{"no text before it", "# One\n\nUnder it.\n\n## Two\n\nThere.\n", []string{"# One Under it.", "## Two There."}},
		{"headings in a row", "# One\n\n## Two\n\n### A third heading, which is so long that it needs two lines\n\nText.\n\n# Four\n\nMore.\n", []string{"# One Text.", "# Four More."}},
		{"headings at the end", "# One\n\nText.\n\n# Two\n\n# Three\n", []string{"# One Text.", "# Two # Three"}},
		{"nothing but a heading", "# One\n", []string{"# One # One"}},
	} {
		doc := draw(t, tt.body)
		var got []string
		for _, s := range sections(doc) {
			got = append(got, doc.Line(s.from)+" "+doc.Line(s.to-1))
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s: %s", tt.name, diff)
		}
	}
}

func TestAPostWithoutHeadingsIsReadInPieces(t *testing.T) {
	paragraphs := strings.Repeat("A paragraph of prose that has a length of some lines, as they have in most of the posts.\n\n", 40)
	code := "```\n" + strings.Repeat("x\n\n", 100) + "```\n\n"
	for name, tt := range map[string]struct {
		body  string
		least int
	}{
		"paragraphs":      {paragraphs, 3},
		"one paragraph":   {strings.Repeat("word ", 2000), 3},
		"code":            {code, 1},
		"code in a list":  {"- item\n\n  " + strings.ReplaceAll(code, "\n", "\n  ") + "\n" + paragraphs, 2},
		"code after text": {paragraphs + code + paragraphs, 5},
	} {
		doc := draw(t, tt.body)
		spans := sections(doc)
		if len(spans) < tt.least {
			t.Errorf("%s: %d pieces, want %d at least", name, len(spans), tt.least)
		}
		at := bodyOf(doc)
		for _, s := range spans {
			for ; at < s.from; at++ {
				if doc.Line(at) != "" {
					t.Errorf("%s: line %d is in no piece: %q", name, at, doc.Line(at))
				}
			}
			for _, c := range doc.Code() {
				if s.from > c.Line && s.from < c.End {
					t.Errorf("%s: a piece begins inside source code", name)
				}
			}
			if n := s.to - s.from; n > 2*sectionLines && len(doc.Code()) == 0 {
				t.Errorf("%s: a piece has %d lines", name, n)
			}
			at = s.to
		}
		for ; at < doc.Len(); at++ {
			if doc.Line(at) != "" {
				t.Errorf("%s: line %d is in no piece: %q", name, at, doc.Line(at))
			}
		}
	}
}

func TestSourceCodeIsPrintedAsItWasWritten(t *testing.T) {
	source := "if x {\n\t" + strings.Repeat("long ", 30) + "\n\n}"
	body := "Text.\n\n```go\n" + source + "\n```\n\n- in a list:\n\n  ```\n  a\n  b\n  ```\n\n> ```sh\n> ls\n> ```\n\n<pre>&#27;[31mred</pre>\n\nAfter.\n"
	library := shelf(t, map[string]string{"post.md": "---\ntitle: Code\n---\n" + body})
	got := talk(t, library, nil, "1", "")
	for _, want := range []string{
		"Text.\ncode, go:\n" + source + "\nend of code\n",
		"• in a list:\n\ncode:\na\nb\nend of code\n",
		"code, sh:\nls\nend of code\n",
		"\nAfter.\n",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in %s", want, got)
		}
	}
	if strings.Contains(got, "\x1b") {
		t.Errorf("an escape sequence: %q", got)
	}
}

func TestLinesFitTheWidth(t *testing.T) {
	library := three(t)
	for _, width := range []int{20, 21, 33, 80, 100} {
		got := talk(t, library, func(c *Config) { c.Width = width }, "h", "1", "c", "3", "t", "1", "/words", "2", "b", "nonsense")
		for line := range strings.Lines(got) {
			if w := text.Width(strings.TrimSuffix(line, "\n")); w > width && !strings.Contains(line, "https://") {
				t.Errorf("at %d a line has %d cells: %q", width, w, line)
			}
		}
	}
}

func TestALinkToTheBlogIsOneToAPost(t *testing.T) {
	library := three(t)
	for address, want := range map[string]string{
		"plain.md":                           "plain ",
		"/2026/plain/":                       "plain ",
		"../plain?x=1#part":                  "plain part",
		"https://blog.example.com/p/plain/":  "plain ",
		"https://other.example.com/p/plain/": "none",
		"//other.example.com/plain":          "none",
		"plain.png":                          "none",
		"mailto:plain":                       "none",
		"#plain":                             "none",
		"%zz":                                "none",
	} {
		got := "none"
		if p, part, _ := library.Linked(address); p != nil {
			got = fmt.Sprintf("%s %s", p.Slug, part)
		}
		if got != want {
			t.Errorf("%q leads to %q, want %q", address, got, want)
		}
	}
}
