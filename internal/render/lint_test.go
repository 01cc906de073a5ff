package render

import (
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"lectern/internal/blog"
)

// described is front matter that leaves nothing to warn of; the body of a post
// begins on line 5.
const described = "---\ntitle: A post\ndescription: One line.\n---\n"

// checked is what a check says of one file in a folder, as "line: message".
func checked(t *testing.T, files map[string]string, file string) []string {
	t.Helper()
	fsys := fstest.MapFS{}
	for name, data := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(data)}
		if to, ok := strings.CutPrefix(data, "link:"); ok {
			fsys[name] = &fstest.MapFile{Data: []byte(to), Mode: fs.ModeSymlink}
		}
	}
	library, err := blog.Load(fsys, time.Now(), nil)
	if err != nil {
		t.Fatal(err)
	}
	c := NewChecker(fsys, library)
	var got []string
	found := false
	for _, post := range library.Posts() {
		if post.File != file {
			continue
		}
		found = true
		for _, p := range c.Check(post) {
			if p.File != file || p.Level != blog.Warning || p.Mend == "" {
				t.Errorf("problem %+v: want a warning of %s with a mend", p, file)
			}
			got = append(got, fmt.Sprintf("%d: %s", p.Line, p.Message))
		}
	}
	if !found {
		t.Fatalf("%s is not shown", file)
	}
	return got
}

func TestCheckNamesLinksThatLeadNowhere(t *testing.T) {
	const nowhere = `5: the link %q leads nowhere: there is no such post and no such file`
	for _, tc := range []struct {
		name, body, want string
	}{
		{"picture", "![p](pic/gone.png)", `5: the picture "pic/gone.png" is not there`},
		{"picture with title", `![p](gone.png "A title")`, `5: the picture "gone.png" is not there`},
		{"picture in HTML", `<p><img src="gone.png"></p>`, `5: the picture "gone.png" is not there`},
		{"picture in a line of HTML", `See <img src="gone.png" /> here.`, `5: the picture "gone.png" is not there`},
		{"picture of another case", "![p](pic/There.png)", `5: the picture "pic/There.png" is not there`},
		{"film", `<video src="gone.mp4"></video>`, `5: the file "gone.mp4" is not there`},
		{"file", "[f](code/gone.go)", `5: the file "code/gone.go" is not there`},
		{"post beside", "[l](gone.md)", fmt.Sprintf(nowhere, "gone.md")},
		{"post by its slug", "[l](../gone)", fmt.Sprintf(nowhere, "../gone")},
		{"post on the web", "[l](/blog/gone)", fmt.Sprintf(nowhere, "/blog/gone")},
		{"post below a date", "[l](/2020/01/02/gone.html)", fmt.Sprintf(nowhere, "/2020/01/02/gone.html")},
		{"post in a folder of posts", "[l](/notes/gone/)", fmt.Sprintf(nowhere, "/notes/gone/")},
		{"post by Zola's path", "[l](@/notes/gone.md)", fmt.Sprintf(nowhere, "@/notes/gone.md")},
		{"post by Hugo's ref", `[l]({{< ref "gone.md" >}})`, fmt.Sprintf(nowhere, "gone.md")},
		{"post by Jekyll's tag", "[l]({% post_url 2020-01-02-gone %})", fmt.Sprintf(nowhere, "2020-01-02-gone")},
		{"link in HTML", `<a href="gone.html">x</a>`, fmt.Sprintf(nowhere, "gone.html")},
		{"reference", "[l][r]\n\n[r]: gone.md", strings.Replace(fmt.Sprintf(nowhere, "gone.md"), "5:", "7:", 1)},
		{"as in source code above", "```\n[l](gone.md)\n```\n\nSee agone.md [l](gone.md)", strings.Replace(fmt.Sprintf(nowhere, "gone.md"), "5:", "9:", 1)},
		{"no scheme", "[l](github.com/someone)", `5: the address "github.com/someone" has no https:// and is taken for a file of the blog`},
		{"mail", "[l](me@example.com)", `5: the address "me@example.com" has no mailto: and is taken for a file of the blog`},
		{"half a scheme", "[l](ttps://example.com)", `5: the address "ttps://example.com" begins with "ttps"`},
		{"no address", "[the docs]()", `5: the link "the docs" has no address`},
		{"fragment", "[l](#gone)\n\n## Here", `5: the link "#gone" leads nowhere: no heading of this post is called that`},
		{"fragment of another case", "[l](#NOTE)\n\n<a name=\"note\"></a>", `5: the link "#NOTE" leads nowhere: no heading of this post is called that`},

		{"a file", "![p](pic/there.png) [f](pic)", ""},
		{"a file with a blank", "![p](<pic/a b.png>) ![p](pic/a%20b.png)", ""},
		{"a file with a query", "![p](pic/there.png?raw=true#gh-dark-mode-only)", ""},
		{"a file in the post's folder", "![p](own.png)", ""},
		{"a file below static", "![p](/logo.png) ![p](logo.png)", ""},
		{"out of the folder", "[l](../../elsewhere.md) ![p](../../x.png)", ""},
		{"another site", "[a](https://example.com/x.md) [b](//example.com/x) [c](mailto:a@example.com) [d](tel:1)", ""},
		{"posts", "[a](other.md) [b](other) [c](./other/) [d](/blog/other) [e](/2020/01/02/other.html) [f](@/notes/other.md#x)", ""},
		{"posts by tags", `[a]({{< ref "other.md" >}}) [b]({% post_url 2020-01-02-other %}) [c]({{ site.baseurl }}{% link notes/other.md %})`, ""},
		{"a former slug", "[a](/blog/former) [b](former)", ""},
		{"a draft", "[a](held.md) [b](/blog/held)", ""},
		{"pages of the web site", "[a](/about) [b](/notes/) [c](/notes/tags) [d](/notes/page/2) [e](/doc/go1.21) [f](/img/x.png) [g](/) [h](/blog/feed.xml) [i](/notes/2)", ""},
		{"template", `![p]({{ page.pic }}) ![p]({{ site.cdn }}x.png) ![p]({{ 'x.png' | asset }}) {{< figure src="x.png" >}} [l]({{ page.url }})`, ""},
		{"behind a link", "![p](away/x.png)", ""},
		{"lists and languages", "[a](/tags/go) [b](/en/contact)", ""},
		{"other programs' paths", "![p]({static}/x.png) ![p](@site/static/x.png)", ""},
		{"source code", "```\n![p](gone.png)\n```\n\n`[l](gone.md)`", ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got := checked(t, map[string]string{
				"notes/post.md":             described + tc.body + "\n",
				"notes/2020-01-02-other.md": "---\ntitle: Other\nslug: other\naliases: [/old/former/]\n---\nText.\n",
				"notes/held.md":             "---\ndraft: true\n---\nText.\n",
				"notes/pic/there.png":       "",
				"notes/pic/a b.png":         "",
				"notes/post/own.png":        "",
				"notes/away":                "link:../../elsewhere",
				"tags/_index.md":            "Tags",
				"en/post.md":                "Text.",
				"static/logo.png":           "",
			}, "notes/post.md")
			if diff := cmp.Diff(tc.want, strings.Join(got, "\n")); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

func TestCheckFindsHeadingsAsProgramsNameThem(t *testing.T) {
	for heading, fragment := range map[string]string{
		"## Use `go vet`, always!":         "use-go-vet-always",
		"## What's new":                    "whats-new",
		"## 2. The plan":                   "the-plan",
		"## A plan":                        "a-plan-1",
		"## Crabs 🦀 & friends":             "crabs-crab-friends",
		"## Crabs :crab:":                  "crabs-crab",
		"## Über uns":                      "%C3%BCber-uns",
		"## Named {#other-name}":           "other-name",
		"Underlined\n----------":           "underlined",
		"Text.\n{: #para}":                 "para",
		`<div id="box">`:                   "box",
		"A note.[^1]\n\n[^1]: What it is.": "fn:1",
		"Nothing.":                         "top",
		"More nothing.":                    "a-post",
	} {
		got := checked(t, map[string]string{"post.md": described + "[l](#" + fragment + ")\n\n" + heading + "\n"}, "post.md")
		if len(got) > 0 {
			t.Errorf("%q under #%s: %q, want no warning", heading, fragment, got)
		}
	}
}

func TestCheckNamesLanguagesOnce(t *testing.T) {
	body := "Of pyhton.\n\n- x\n\n  ```pyhton {1}\n  x\n  ```\n\n```Pyhton\n```\n\n" +
		"```go\n```\n```text\n```\n```mermaid\n```\n```title=\"x\"\n```\n```{.js}\n```\n```\n```\n"
	got := checked(t, map[string]string{"post.md": described + body}, "post.md")
	want := []string{`9: source code in "pyhton" is shown without colours: no such language is known`}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

func TestCheckNamesTablesThatDoNotFit(t *testing.T) {
	row := func(n int, cell string) string { return "|" + strings.Repeat(" "+cell+" |", n) + "\n" }
	fits := row(4, "word") + row(4, "---") + row(4, strings.Repeat("word ", 40))
	wide := row(8, "head") + row(8, "---") + row(8, "incomprehensible")
	got := checked(t, map[string]string{"post.md": described + "Text.\n\n" + fits + "\n" + wide}, "post.md")
	want := []string{"11: the table is too wide for 80 cells: its rows are shown as lists"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

func TestCheckTellsWhatPostsHaveInCommonAtOnce(t *testing.T) {
	check := func(posts int, more string) (told int, rest []string) {
		fsys := fstest.MapFS{more: &fstest.MapFile{}}
		for i := range posts {
			fsys[fmt.Sprintf("p%02d.md", i)] = &fstest.MapFile{Data: fmt.Appendf(nil, "---\ntitle: T%d\n---\nText. ![p](a.png) ![p](b.png)\n", i)}
		}
		library, err := blog.Load(fsys, time.Now(), nil)
		if err != nil {
			t.Fatal(err)
		}
		c := NewChecker(fsys, library)
		for _, p := range library.Posts() {
			told += len(c.Check(p))
		}
		for _, p := range c.Rest() {
			rest = append(rest, p.File+": "+p.Message)
		}
		return told, rest
	}
	if told, rest := check(5, "x.txt"); told != 15 || rest != nil {
		t.Errorf("5 posts: %d warnings and %q, want 15 and none", told, rest)
	}
	if told, rest := check(11, "x.png"); told != 22 || len(rest) != 1 {
		t.Errorf("11 posts and a picture: %d warnings and %q, want 22 and one", told, rest)
	}
	told, rest := check(11, "x.txt")
	want := []string{
		".: 11 of 11 posts have no description, such as p00.md, p01.md, p02.md: the list shows how they begin",
		".: 12 more pictures and films in 6 posts are not there: this folder holds none",
	}
	if diff := cmp.Diff(want, rest); told != 10 || diff != "" {
		t.Errorf("11 posts: %d warnings, want 10; -want +got\n%s", told, diff)
	}
}

func TestCheckSaysWhatTheListShowsWithoutADescription(t *testing.T) {
	got := checked(t, map[string]string{"post.md": "---\ntitle: A post\n---\nHow it *begins*.\n\n![p](gone.png)\n"}, "post.md")
	want := []string{
		`0: there is no description: the list shows "How it begins."`,
		`6: the picture "gone.png" is not there`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

func TestCheckIsBounded(t *testing.T) {
	measures(t)
	var targets, nested, fragments strings.Builder
	for i := range 20_000 / slowness {
		fmt.Fprintf(&targets, "[x](a/b/c/%d.md)\n\n", i)
	}
	for i := range 1000 {
		fmt.Fprintf(&nested, "[x](%s)\n\n", strings.Repeat("a", 1000-i))
		fmt.Fprintf(&fragments, "[x](#%s%d)\n\n", strings.Repeat("a", 300), i)
	}
	bodies := hostile()
	bodies["20000 targets"] = targets.String()
	bodies["targets in targets"] = nested.String()
	bodies["fragments and headings"] = fragments.String() + strings.Repeat("# éz\n", 35_000)
	c := NewChecker(fstest.MapFS{"a/b/post.md": &fstest.MapFile{}}, &blog.Library{})
	for name, body := range bodies {
		begin := time.Now()
		post := postOf(body)
		post.File = "a/b/post.md"
		got := c.Check(post)
		if took := time.Since(begin); took > 2*time.Second*slowness {
			t.Errorf("%s: took %v", name, took)
		}
		if len(got) > maxFaults {
			t.Errorf("%s: %d warnings, want at most %d", name, len(got), maxFaults)
		}
	}
}

func TestCheckLooksForSoManyTargetsOnly(t *testing.T) {
	var body strings.Builder
	for i := range maxTargets {
		fmt.Fprintf(&body, "[x](/q/%d)\n\n", i)
	}
	body.WriteString("[x](gone.md)\n")
	if got := checked(t, map[string]string{"post.md": described + body.String()}, "post.md"); got != nil {
		t.Errorf("got %q, want nothing of what is beyond", got)
	}
}

func TestCheckTellsOfAPostThatIsNotDrawn(t *testing.T) {
	got := checked(t, map[string]string{"post.md": described + strings.Repeat("> ", 1000) + "[x](gone.md)\n"}, "post.md")
	want := []string{"0: the post is too long or too tangled to be drawn: it is shown as it is written"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

func TestCheckFindsHeadingsBehindAnOddFormula(t *testing.T) {
	got := checked(t, map[string]string{"post.md": described + "[l](#here)\n\nSay $$ x\n$$\n\n## Here\n\n$$\ny\n$$\n"}, "post.md")
	if got != nil {
		t.Errorf("got %q, want no warning", got)
	}
}

func TestCheckDoesNotJudgePathsInAFolderThatHasAnotherName(t *testing.T) {
	got := checked(t, map[string]string{"my  posts/post.md": described + "![p](x.png)\n", "my  posts/x.png": ""}, "my posts/post.md")
	if got != nil {
		t.Errorf("got %q, want no warning", got)
	}
}

func TestCheckDoesNotJudgePathsInAFolderTooLarge(t *testing.T) {
	fsys := fstest.MapFS{}
	for i := range blog.MaxFiles + 1 {
		fsys[itoa(i)] = &fstest.MapFile{}
	}
	f := lookOver(fsys)
	if len(f.names) > blog.MaxFiles || !f.holds("any.png") {
		t.Errorf("%d names, any.png there: %t; want at most %d, true", len(f.names), f.holds("any.png"), blog.MaxFiles)
	}
}

func TestCheckSurvivesAPanic(t *testing.T) {
	c := &Checker{} // without a folder to look in
	got := c.Check(postOf("[x](y.md)"))
	if len(got) != 1 || got[0].Level != blog.Warning {
		t.Errorf("got %+v, want one warning", got)
	}
}
