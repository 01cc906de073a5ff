package feed

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/mmcdole/gofeed"

	"lectern/internal/blog"
	"lectern/internal/text"
)

// A told is what a feed tells of a post.
type told struct {
	ID, Link, Title, Summary, Content, Author string
	Published, Updated                        time.Time
	Tags                                      []string
}

// readsBack checks that another program reads from a feed what the library has.
func readsBack(t *testing.T, library *blog.Library, list []entry, b []byte, kind Kind) {
	t.Helper()
	site := library.Site()
	f := read(t, b)
	if f.Title != site.Title {
		t.Errorf("%s: title %q, want %q", kind, f.Title, site.Title)
	}
	description := site.Tagline
	if kind == RSS {
		if description == "" {
			description = site.Title
		}
		description = asHTML.Replace(description)
	}
	if f.Description != description {
		t.Errorf("%s: description %q, want %q", kind, f.Description, description)
	}
	if home := text.PercentEncode(site.URL); home != "" && f.Link != home {
		t.Errorf("%s: link %q, want %q", kind, f.Link, home)
	}
	if want := addressOf(site).link(kind.File()); f.FeedLink != want {
		t.Errorf("%s: link to itself %q, want %q", kind, f.FeedLink, want)
	}
	if kind != JSON && (f.UpdatedParsed == nil || !f.UpdatedParsed.Equal(updated(list))) {
		t.Errorf("%s: updated %v, want %v", kind, f.UpdatedParsed, updated(list))
	}
	var got, want []told
	for _, i := range f.Items {
		got = append(got, toldBy(t, i))
	}
	for _, e := range list {
		w := told{e.id, e.link, e.Title, e.Summary, e.content, site.Author, e.Date.Truncate(time.Second), e.Date.Truncate(time.Second), e.Tags}
		switch kind {
		case Atom:
			if e.Date.IsZero() {
				w.Updated = updated(list)
				w.Published = w.Updated // gofeed takes it for both
			}
		case RSS:
			w.Summary = asHTML.Replace(w.Summary)
			w.Updated = time.Time{} // it has no such thing
		case JSON:
			if w.Content == "" {
				if w.Content = w.Summary; w.Content == "" {
					w.Content = w.Title
				}
			}
		}
		if kind == Atom && site.Author == "" {
			w.Author = "" // the feed has one for all
		}
		w.Content = strings.TrimSpace(w.Content)
		want = append(want, w)
	}
	if diff := cmp.Diff(want, got, cmp.Comparer(func(a, b time.Time) bool {
		_, x := a.Zone()
		_, y := b.Zone()
		return a.Equal(b) && x == y
	}), cmp.Comparer(func(a, b []string) bool { return strings.Join(a, "\n") == strings.Join(b, "\n") })); diff != "" {
		t.Errorf("%s: (-want +got):\n%.3000s", kind, diff)
	}
}

func toldBy(t *testing.T, i *gofeed.Item) told {
	t.Helper()
	w := told{ID: i.GUID, Link: i.Link, Title: i.Title, Summary: i.Description, Content: strings.TrimSpace(i.Content), Tags: i.Categories}
	if len(i.Authors) > 0 {
		w.Author = i.Authors[0].Name
	}
	w.Published, w.Updated = dateOf(t, i.Published), dateOf(t, i.Updated)
	return w
}

// dateOf is a date in the zone it was written with, which gofeed v1.4.2 does not
// keep.
func dateOf(t *testing.T, s string) time.Time {
	t.Helper()
	if s == "" {
		return time.Time{}
	}
	date, err := time.Parse(time.RFC3339, s)
	if err != nil {
		date, err = time.Parse(time.RFC1123Z, s)
	}
	if err != nil {
		t.Error(err)
	}
	return date.Truncate(time.Second)
}

func TestFeedsTellWhatABlogHas(t *testing.T) {
	checkFeeds(t, libraryOf(t, small()))
}

func TestTheSameLibraryMakesTheSameBytes(t *testing.T) {
	for _, kind := range Kinds() {
		for _, files := range []map[string]string{small(), {}, {"undated.md": "a\n"}} {
			first, second := feedOf(t, libraryOf(t, files), kind), feedOf(t, libraryOf(t, files), kind)
			if !bytes.Equal(first, second) {
				t.Errorf("%s: made twice it differs:\n%s\n%s", kind, first, second)
			}
		}
	}
}

func TestFeedsOfOddBlogsAreValid(t *testing.T) {
	hostile := `<script>alert("1")</script> ]]> & &amp; <!-- 'x' --> \u2028 🚀 é`
	post := func(front string) string { return "---\n" + front + "\n---\n" + hostile + "\n\n```\n]]>\n```\n" }
	for name, files := range map[string]map[string]string{
		"nothing":            {},
		"only settings":      {"blog.yaml": "title: A\nurl: https://a.b/\n"},
		"no settings":        {"a.md": post("date: 2026-01-01")},
		"an empty post":      {"a.md": "---\ndate: 2026-01-01\n---\n"},
		"no date":            {"a.md": post("title: a"), "b.md": post("title: b")},
		"hostile words":      {"blog.yaml": "title: '" + strings.ReplaceAll(hostile, "'", "''") + "'\ntagline: ']]>'\nauthor: '<&>'\n", "a.md": post("title: |\n  " + hostile + "\ndate: 2026-01-01\ntags: ['<a>', ']]>', '\"&\"', ' ']\ndescription: |\n  " + hostile)},
		"controls":           {"a.md": "---\ntitle: \"a\\x01\\u202e\\ufffe\"\ndate: 2026-01-01\n---\na\x00b\x1b[31m &#1; &#xFFFF; \xff\n"},
		"old and odd dates":  {"a.md": post("date: 1970-01-01"), "b.md": post("date: 0999-12-31"), "c.md": post("date: 2020-02-03 04:05:06 -0330"), "d.md": post("date: 2020-02-03T04:05:06.789+14:00")},
		"a page of hostile":  {"blog.yaml": "url: https://a.b/c d/?e#f\n", "a.md": post("date: 2026-01-01\nurl: '/a b/\"><c>/é/%zz/'")},
		"links to posts":     {"blog.yaml": "url: https://a.b/\n", "a.md": "---\ndate: 2026-01-01\nurl: /x/\n---\n[b](b.md) [c](../c/#d) [e](/e)\n", "b.md": post("date: 2026-01-02\nurl: /y/")},
		"two of one address": {"a.md": post("slug: a\ndate: 2026-01-01"), "b.md": post("slug: a\ndate: 2026-01-02")},
	} {
		t.Run(name, func(t *testing.T) { checkFeeds(t, libraryOf(t, files)) })
	}
}

func TestFeedsOfAnyHostAreValid(t *testing.T) {
	for _, test := range []struct{ host, id, self string }{
		{"", "ssh://localhost/", "ssh://localhost/feed.xml"},
		{"blog.example.com", "ssh://blog.example.com/", "ssh://blog.example.com/feed.xml"},
		{"Blog.Example.com:22", "ssh://blog.example.com/", "ssh://blog.example.com/feed.xml"},
		{"blog.example.com:2222", "ssh://blog.example.com/", "ssh://blog.example.com:2222/feed.xml"},
		{"192.0.2.1:2222", "ssh://192.0.2.1/", "ssh://192.0.2.1:2222/feed.xml"},
		{"[2001:db8::1]:2222", "ssh://[2001:db8::1]/", "ssh://[2001:db8::1]:2222/feed.xml"},
		{"[2001:DB8::1]", "ssh://[2001:db8::1]/", "ssh://[2001:db8::1]/feed.xml"},
		{"2001:db8:0::1", "ssh://[2001:db8::1]/", "ssh://[2001:db8::1]/feed.xml"},
		{"fe80::1%eth0", "ssh://localhost/", "ssh://localhost/feed.xml"},
		{"bücher.example", "ssh://xn--bcher-kva.example/", "ssh://xn--bcher-kva.example/feed.xml"},
		{"a b/c", "ssh://localhost/", "ssh://localhost/feed.xml"},
		{"me@a.example:70x", "ssh://localhost/", "ssh://localhost/feed.xml"},
	} {
		library := libraryOf(t, map[string]string{"blog.yaml": fmt.Sprintf("host: %q\n", test.host), "a.md": "---\ndate: 2026-01-01\n---\na\n"})
		at := addressOf(library.Site())
		if id, self := at.id(""), at.link("feed.xml"); id != test.id || self != test.self {
			t.Errorf("%q: got %s and %s, want %s and %s", test.host, id, self, test.id, test.self)
		}
		checkFeeds(t, library)
	}
}

func TestIDsDoNotChangeWithWhatIsWritten(t *testing.T) {
	ids := func(files map[string]string) []string {
		var all []string
		for _, kind := range Kinds() {
			for _, i := range read(t, feedOf(t, libraryOf(t, files), kind)).Items {
				all = append(all, i.GUID)
			}
		}
		return all
	}
	want := ids(small())
	for name, change := range map[string][3]string{
		"title": {"first.md", "title: The first", "title: Another"},
		"date":  {"first.md", "2026-01-02", "2026-01-03"},
		"body":  {"first.md", "See", "Look at"},
		"url":   {"blog.yaml", "https://www.example.com/blog/", "http://elsewhere.example/"},
		"page":  {"first.md", "/2026/first/", "/2027/first/"},
		"port":  {"blog.yaml", ":2222", ":22"},
	} {
		files := maps.Clone(small())
		// Where the page names the slug, the slug is written down first.
		files["first.md"] = strings.Replace(files["first.md"], "---\n", "---\nslug: first\n", 1)
		changed := strings.Replace(files[change[0]], change[1], change[2], 1)
		if changed == files[change[0]] {
			t.Fatalf("%s: nothing changed", name)
		}
		files[change[0]] = changed
		if diff := cmp.Diff(want, ids(files)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestLinksBetweenPostsLeadToTheirPages(t *testing.T) {
	library := libraryOf(t, map[string]string{
		"blog.yaml": "url: https://a.example/blog/\n",
		"a.md":      "---\ndate: 2026-01-01\n---\n[1](b.md) [2](../../b/#part) [3](https://a.example/blog/old/b) [4](c.md) [5](/c/)\n",
		"b.md":      "---\ndate: 2025-01-02\nurl: /2025/b/\n---\nb\n",
		"c.md":      "---\ndate: 2025-01-01\n---\nc\n",
	})
	want := `<p><a href="https://a.example/blog/2025/b/">1</a> <a href="https://a.example/blog/2025/b/#part">2</a> ` +
		`<a href="https://a.example/blog/old/b">3</a> 4 <a href="https://a.example/c/">5</a></p>`
	if got := read(t, feedOf(t, library, RSS)).Items[0].Content; strings.TrimSpace(got) != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestFeedsHaveTheNewestPosts(t *testing.T) {
	files := map[string]string{"undated.md": "a\n"}
	for i := range 60 {
		files[fmt.Sprintf("p%02d.md", i)] = fmt.Sprintf("---\ntitle: P%d\ndate: %s\n---\na\n", i, now.AddDate(0, 0, i-60).Format(time.DateOnly))
	}
	for _, kind := range Kinds() {
		f := read(t, feedOf(t, libraryOf(t, files), kind))
		if len(f.Items) != maxEntries || f.Items[0].Title != "P59" || f.Items[maxEntries-1].Title != "P10" {
			t.Errorf("%s: %d posts from %s to %s, want %d from P59 to P10", kind, len(f.Items), f.Items[0].Title, f.Items[len(f.Items)-1].Title, maxEntries)
		}
	}
}

func TestPostsBeyondTheBoundHaveTheirSummary(t *testing.T) {
	body := strings.Repeat(strings.Repeat("a \"b\" & 'c' <d>\t", 50)+"\n\n", 450) // some times as long in XML
	files := map[string]string{"small.md": "---\ndate: 2026-01-01\n---\nSmall *text*.\n"}
	for i := range 9 {
		files[fmt.Sprintf("p%d.md", i)] = fmt.Sprintf("---\ndate: 2026-02-%02d\ndescription: D%d\n---\n%s", i+1, i, body)
	}
	library := libraryOf(t, files)
	full, size := 0, 0
	for _, e := range entries(library) {
		if e.content != "" {
			full++
		}
		size += written(e.content)
	}
	if size > maxContent {
		t.Errorf("they take %d bytes, want at most %d", size, maxContent)
	}
	if full == 0 || full == len(files) {
		t.Errorf("%d of %d posts are there in full, want some", full, len(files))
	}
	checkFeeds(t, library)
}

// corpus is where real posts lie, beside the repository.
const corpus = "../../../shared/corpus"

func TestFeedsOfRealPostsAreValid(t *testing.T) {
	if _, err := os.Stat(corpus); err != nil {
		if os.Getenv("LECTERN_TEST_ALL") != "" {
			t.Fatal(err)
		}
		t.Skipf("no real posts to try: %v", err)
	}
	names, err := os.ReadDir(corpus)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range append([]string{"."}, dirs(names)...) {
		root, err := os.OpenRoot(corpus)
		if err != nil {
			t.Fatal(err)
		}
		defer root.Close()
		sub, err := root.OpenRoot(name)
		if err != nil {
			t.Fatal(err)
		}
		defer sub.Close()
		library, err := blog.Load(sub.FS(), now, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, kind := range Kinds() {
			begin := time.Now()
			b := feedOf(t, library, kind)
			t.Logf("%s, %s: %v, %d bytes of %d posts", name, kind, time.Since(begin).Round(time.Millisecond), len(b), len(library.Posts()))
			for _, bad := range []string{"<script", "<style", "<iframe", "<form"} {
				if kind != Atom && bytes.Contains(b, []byte(bad)) || kind == Atom && bytes.Contains(b, []byte("&lt;"+bad[1:])) {
					t.Errorf("%s: there is %s in it", kind, bad)
				}
			}
		}
		checkFeeds(t, library)
	}
}

func dirs(entries []os.DirEntry) []string {
	var names []string
	for _, e := range entries {
		if e.IsDir() {
			names = append(names, e.Name())
		}
	}
	return names
}
