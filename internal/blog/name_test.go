package blog_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"lectern/internal/blog"
	"lectern/internal/text"
)

func TestNamesComeFromFilesWhereNothingElseSays(t *testing.T) {
	tests := []struct{ file, slug, title, date string }{
		{"hello-world.md", "hello-world", "Hello world", ""},
		{"2020-01-02-my_post.md", "my_post", "My post", "2020-01-02"},
		{"2020-1-2-x.md", "x", "X", "2020-01-02"},
		{"2020-01-02.md", "2020-01-02", "2020-01-02", "2020-01-02"},
		{"2020-13-40-x.md", "2020-13-40-x", "2020 13 40 x", ""},
		{"2020-01-02-bundle/index.md", "bundle", "Bundle", "2020-01-02"},
		{"bundle/index.fa.md", "bundle-fa", "Bundle fa", ""},
		{"posts/2020/01/06/slugged/index.md", "slugged", "Slugged", "2020-01-06"},
		{"2020/1/6/index.md", "6", "6", "2020-01-06"},
		{"2019/12/31/new-year.md", "new-year", "New year", "2019-12-31"},
		{"2021/01-03-other.md", "other", "Other", "2021-01-03"},
		{"2021/01-03-other/index.md", "other", "Other", "2021-01-03"},
		{"2017/12-14-introducing.mdx", "introducing", "Introducing", "2017-12-14"},
		{"2021-01-02/my-post.md", "my-post", "My post", "2021-01-02"},
		{"2021-01-02/2021-01-05-my-post.md", "my-post", "My post", "2021-01-05"},
		{"2021/13-40-other.md", "13-40-other", "13 40 other", ""},
		{"2021/02/31/x.md", "x", "X", ""},
		{"2021/a/b/01-03-other.md", "01-03-other", "01 03 other", ""},
		{"bundle/post.mdx", "post", "Post", ""},
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

func TestAReadmeWithFrontMatterIsTheIndexOfItsFolder(t *testing.T) {
	l := mustLoad(t, files(
		"README.md", "---\ntitle: The repository\n---\nx",
		"README.zh.md", "---\ntitle: The repository\n---\nx",
		"plain/README.md", "# About these files\n\nx",
		"plain/readme.zh.md", "x",
		"empty/README.md", "",
		"binary/README.md", "\x89PNG\x00\x00\x00\x00",
		"titled/README.md", "---\ntitle: A post\n---\nx",
		"titled/README.zh.md", "---\ntitle: A post\n---\nx",
		"2020-01-02-dated/readme.md", "---\ndate: 2020-01-02\n---\nx",
		"held/README.md", "---\ntitle: A post\ndraft: true\n---\nx",
	), nil)
	if diff := cmp.Diff([]string{"dated", "titled", "titled-zh"}, slugs(l)); diff != "" {
		t.Errorf("slugs (-want +got):\n%s", diff)
	}
	wantSaid(t, l)
}
