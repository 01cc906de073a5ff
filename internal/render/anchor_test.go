package render

import (
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/charmbracelet/colorprofile"
	"github.com/google/go-cmp/cmp"

	"lectern/internal/blog"
	"lectern/internal/theme"
)

func TestAnchorFindsPlacesByName(t *testing.T) {
	d := Render(postOf(`# Über `+"`go vet`"+`!

a[^x] [back](#named)

## Same

## Same

## Own name {#Chosen}

<h2 id="html-id">By HTML</h2>

<a name="old"></a>

Old place.

一二三

## 第一 章

b <span id="inside">c</span>

[^x]: The note.
`), options(60))
	for name, want := range map[string]string{
		"über-go-vet":            "Über go vet!",
		"#%C3%BCber-go-vet":      "Über go vet!",
		"uber":                   "",
		"same":                   "Same",
		"same-1":                 "Same",
		"Chosen":                 "Own name",
		"own-name":               "Own name",
		"html-id":                "By HTML",
		"byhtml":                 "By HTML",
		"old":                    "Old place.",
		"第一-章":                   "第一 章",
		"inside":                 "b c",
		"fn:1":                   "[1] The note.",
		"":                       "",
		"#":                      "",
		"nowhere":                "",
		strings.Repeat("x", 1e6): "",
	} {
		line, ok := d.Anchor(name)
		got := sequences.ReplaceAllString(d.Line(line), "")
		if ok != (want != "") || ok && got != want {
			t.Errorf("%.20q leads to %q, %t; want %q", name, got, ok, want)
		}
	}
	first, _ := d.Anchor("same")
	if second, _ := d.Anchor("same-1"); second <= first {
		t.Errorf("the second heading of a name is on line %d, the first on %d", second, first)
	}
	want := []Link{{5, "#fn:1", ""}, {5, "#named", ""}}
	if diff := cmp.Diff(want, d.Links()); diff != "" {
		t.Errorf("links (-want +got)\n%s", diff)
	}
}

func TestRelativeLinksLeadToTheBlogOnTheWeb(t *testing.T) {
	post := func(head, file string) *blog.Post {
		l, err := blog.Load(fstest.MapFS{file: {Data: []byte(head + "text\n")}}, time.Now(), nil)
		if err != nil || len(l.Posts()) != 1 {
			t.Fatal(err, l.Problems())
		}
		p := *l.Posts()[0]
		return &p
	}
	const written = "---\npermalink: /2020/01/02/a-post/\n---\n"
	for _, tt := range []struct{ site, head, file, address, want string }{
		{"https://example.com", "", "a.md", "/img/b.png", "https://example.com/img/b.png"},
		{"https://example.com/", "", "a.md", "b.png", "https://example.com/b.png"},
		{"https://example.com", "", "posts/a/index.md", "b c.png", "https://example.com/posts/a/b%20c.png"},
		{"https://example.com/blog/", "", "posts/a.md", "../b.png", "https://example.com/blog/b.png"},
		{"https://example.com", "", "a.md", "../../../b.png", "https://example.com/b.png"},
		{"https://example.com", written, "a.md", "b.png", "https://example.com/2020/01/02/a-post/b.png"},
		{"https://example.com", written, "a.md", "/b?c=d#e", "https://example.com/b?c=d#e"},
		{"https://example.com", "", "a.md", "//other.example/b", "https://other.example/b"},
		{"https://example.com", "", "a.md", "图.png", "https://example.com/%E5%9B%BE.png"},
		{"https://example.com", "", "a.md", "other.md#part", ""},
		{"https://example.com", "", "a.md", "@/other", ""},
		{"https://example.com", "", "a.md", "#part", ""},
		{"https://example.com", "", "a.md", "javascript:x", ""},
		{"", "", "a.md", "/b.png", ""},
	} {
		p := post(tt.head, tt.file)
		body := "[x](<" + tt.address + ">)"
		p.Body = blog.NewBody(body)
		o := options(80)
		o.Site = tt.site
		links := Render(p, o).Links()
		if len(links) != 1 || links[0].Target != tt.want || links[0].URL != tt.address {
			t.Errorf("%q in %s of %q leads to %v, want %q", tt.address, tt.file, tt.site, links, tt.want)
		}
		if tt.want == "" {
			continue
		}
		o = Options{Width: 80, Palette: theme.Plain().For(colorprofile.NoTTY), Site: tt.site}
		if d := Render(p, o); !strings.Contains(d.String(), "x ("+tt.want+")") {
			t.Errorf("%q is written %q, want %q", tt.address, d.String(), tt.want)
		}
	}
}

func TestHeadingsOfOneNameHaveIdsOfTheirOwn(t *testing.T) {
	d := Render(postOf("# A\n\n# A\n\n# A-1\n\n# A\n\n# B {#c}\n\n# C\n\n# 🎉\n\n# ?\n"), options(80))
	var got []string
	for _, h := range d.Headings() {
		got = append(got, h.ID)
		if line, ok := d.Anchor(h.ID); !ok || line != h.Line {
			t.Errorf("%q leads to line %d, %t; want %d", h.ID, line, ok, h.Line)
		}
	}
	if want := "a a-1 a-1-1 a-2 c c-1 section section-1"; strings.Join(got, " ") != want {
		t.Errorf("got %v, want %s", got, want)
	}
}
