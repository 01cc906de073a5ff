package feed

import (
	"context"
	"flag"
	"testing"
	"testing/fstest"
	"time"

	"github.com/mmcdole/gofeed"

	"lectern/internal/blog"
)

var update = flag.Bool("update", false, "write the golden files anew")

// now is when the blogs of the tests are read.
var now = time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC)

// libraryOf is a blog of files by name.
func libraryOf(t testing.TB, files map[string]string) *blog.Library {
	t.Helper()
	fsys := fstest.MapFS{}
	for name, s := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(s)}
	}
	library, err := blog.Load(fsys, now, nil)
	if err != nil {
		t.Fatal(err)
	}
	return library
}

// feedOf is a feed of a library, as nobody made it before.
func feedOf(t testing.TB, library *blog.Library, kind Kind) []byte {
	t.Helper()
	b, err := New().Feed(context.Background(), library, kind)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// read is what a program that reads feeds makes of one.
func read(t testing.TB, b []byte) *gofeed.Feed {
	t.Helper()
	f, err := gofeed.NewParser().ParseString(string(b))
	if err != nil {
		t.Fatalf("%v\n%.2000s", err, b)
	}
	return f
}

// small is a blog with something of everything.
func small() map[string]string {
	return map[string]string{
		"blog.yaml": "title: Tom & Jerry's <blog>\ntagline: a < b\nauthor: Ada \"A\" Łovelace\nhost: Blog.Example.com:2222\nurl: https://www.example.com/blog/\n",
		"first.md": "---\ntitle: The first\ndate: 2026-01-02\ntags: [Go, \"R&D\", \"<b>\"]\npermalink: /2026/first/\n" +
			"description: It says \"5 < 6 & 7 > 6\".\n---\nSee [the second](second.md#part) and [an address](https://example.com/?a=1&b=2).\n\n```go\nif a < b && c {}\n```\n",
		"second.md":  "---\ntitle: Second ]]> & last\ndate: 2026-03-04T05:06:07+05:30\n---\nBack to [the first](first.md), ![a cat](cat.png).\n",
		"undated.md": "---\ntitle: Undated\n---\nText.\n",
		"draft.md":   "---\ntitle: Draft\ndraft: true\ndate: 2026-01-02\n---\nText.\n",
		"future.md":  "---\ntitle: Future\ndate: 2027-01-02\n---\nText.\n",
	}
}
