package linear

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"lectern/internal/blog"
	"lectern/internal/render"
)

// shelf is a library of files.
func shelf(t *testing.T, files map[string]string) *blog.Library {
	t.Helper()
	fsys := fstest.MapFS{}
	for name, data := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(data)}
	}
	library, err := blog.Load(fsys, time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC), nil)
	if err != nil {
		t.Fatal(err)
	}
	return library
}

// three is a blog of three posts: one in sections, one without, one without text.
func three(t *testing.T) *blog.Library {
	return shelf(t, map[string]string{
		"blog.yaml": "title: The Test\ntagline: a tagline\nauthor: An Author\nurl: https://blog.example.com\nlinks: [{name: Code, url: 'https://example.com/code'}]\n",
		"sections.md": `---
title: In sections
date: 2026-10-20
tags: [Go, SSH]
---
It begins. See [plain words](plain.md), [a place](https://example.com/a), [the end](#the-end),
[the other end](plain.md#nowhere) and a note[^1].

# First

## Right below it

Run this:

` + "```go\nfunc main() {\n\tprintln(\"a line that is much wider than forty cells are, as lines of code can be\")\n}\n```" + `

After it.

## The end

Over.

[^1]: The note.
`,
		"plain.md": "---\ntitle: Plain words\ndate: 2026-10-19\ntags: [go]\ndescription: About prose.\n---\nNothing but words.\n",
		"empty.md": "---\ntitle: Empty\n---\n",
	})
}

// talk is what a reader sees who types lines.
func talk(t *testing.T, library *blog.Library, change func(*Config), lines ...string) string {
	t.Helper()
	var out bytes.Buffer
	c := Config{
		Library: func() *blog.Library { return library },
		Docs:    render.NewCache(1<<20, 1),
		In:      strings.NewReader(strings.Join(lines, "\n")),
		Out:     &out,
		Width:   80,
	}
	if change != nil {
		change(&c)
	}
	if err := Run(t.Context(), c); err != nil {
		t.Errorf("Run: %v", err)
	}
	return out.String()
}

// opening is how each dialogue with three begins.
const opening = `The Test
a tagline
3 posts. Type what a prompt names, then Enter; h helps everywhere.

The posts, newest first:
1. In sections, 20 October 2026, 1 minute
2. Plain words, 19 October 2026, 1 minute
3. Empty, 1 minute

Number to read, / and words to search, t for tags, h for help, q to leave: 
`

// sectionsBegin is its first post up to the first prompt.
const sectionsBegin = `In sections
20 October 2026, 1 minute
Tags: Go, SSH

It begins. See plain words, a place (https://example.com/a), the end, the other
end and a note[1].

Enter for more (section 2 of 3), c for contents, l for links, b for the list, q
to leave: 
`

// same compares transcripts.
func same(t *testing.T, got, want string) {
	t.Helper()
	if diff := cmp.Diff(strings.Split(want, "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

func TestAPostIsReadToItsEnd(t *testing.T) {
	same(t, talk(t, three(t), nil, "1", "", "", "", "q"), opening+sectionsBegin+`# First

## Right below it

Run this:
code, go:
func main() {
	println("a line that is much wider than forty cells are, as lines of code can be")
}
end of code

After it.

Enter for more (section 3 of 3), c for contents, l for links, b for the list, q
to leave: 
## The end

Over.

────────────
[1] The note.

End of the post.
c for contents, l for links, b for the list, q to leave: 
This was the end of the post; b goes to the list.
c for contents, l for links, b for the list, q to leave: 
Goodbye.
`)
}

func TestContentsLeadToASection(t *testing.T) {
	same(t, talk(t, three(t), nil, "1", "c", "3", "p"), opening+sectionsBegin+`Contents:
1. First
2. Right below it
3. The end

Number to go there, p to go back, b for the list, q to leave: 
## The end

Over.

────────────
[1] The note.

End of the post.
c for contents, l for links, b for the list, q to leave: 
The posts, newest first:
1. In sections, 20 October 2026, 1 minute
2. Plain words, 19 October 2026, 1 minute
3. Empty, 1 minute

Number to read, / and words to search, t for tags, h for help, q to leave: 
`)
}

func TestLinksLeadToPostsSectionsNotesAndAddresses(t *testing.T) {
	same(t, talk(t, three(t), nil, "1", "l", "1", "p", "2", "5", "3", "p"), opening+sectionsBegin+`5 links:
1. The post Plain words:
plain.md
2. An address:
https://example.com/a
3. A section of this post:
#the-end
4. The post Plain words:
plain.md#nowhere
5. A note to this post:
#fn:1

Number to go there, p to go back, b for the list, q to leave: 
Plain words
19 October 2026, 1 minute
Tags: go

Nothing but words.

End of the post.
b for the list, q to leave: 
5 links:
1. The post Plain words:
plain.md
2. An address:
https://example.com/a
3. A section of this post:
#the-end
4. The post Plain words:
plain.md#nowhere
5. A note to this post:
#fn:1

Number to go there, p to go back, b for the list, q to leave: 
https://example.com/a
Number to go there, p to go back, b for the list, q to leave: 
[1] The note.
Number to go there, p to go back, b for the list, q to leave: 
## The end

Over.

────────────
[1] The note.

End of the post.
c for contents, l for links, b for the list, q to leave: 
The posts, newest first:
1. In sections, 20 October 2026, 1 minute
2. Plain words, 19 October 2026, 1 minute
3. Empty, 1 minute

Number to read, / and words to search, t for tags, h for help, q to leave: 
`)
}

func TestTagsListTheirPosts(t *testing.T) {
	same(t, talk(t, three(t), nil, "t", "1", "2"), opening+`2 tags, the most used first:
1. Go, 2 posts
2. SSH, 1 post

Number for its posts, b for the list, h for help, q to leave: 
2 posts with the tag Go:
1. In sections, 20 October 2026, 1 minute
2. Plain words, 19 October 2026, 1 minute

Number to read, / and words to search, t for tags, b for the list, h for help,
q to leave: 
Plain words
19 October 2026, 1 minute
Tags: go

Nothing but words.

End of the post.
b for the list, q to leave: 
`)
}

func TestSearchListsThePostsThatMatch(t *testing.T) {
	same(t, talk(t, three(t), nil, "/PROSE words", "1", "/nothing like it", "/"), opening+`1 post for “PROSE words”:
1. Plain words, 19 October 2026, 1 minute

Number to read, / and words to search, t for tags, b for the list, h for help,
q to leave: 
Plain words
19 October 2026, 1 minute
Tags: go

Nothing but words.

End of the post.
b for the list, q to leave: 
No post matches “nothing like it”.
b for the list, q to leave: 
Type the words behind the slash, such as /ssh.
b for the list, q to leave: 
`)
}

func TestHelpSaysWhatCanBeTyped(t *testing.T) {
	same(t, talk(t, three(t), nil, "h"), opening+`What can be typed here, with Enter after it:
a number: the post with that number.
n or more or Enter alone: the next lines of the list.
/ and words: the posts with all these words in their title, tags or summary.
t or tags: the tags of the blog.
p or back: the place before this one.
b or list: the list of all posts.
h or help or ?: this help.
q or quit or exit: leave the blog.
The blog is by An Author.
Code:
https://example.com/code

Number to read, / and words to search, t for tags, h for help, q to leave: 
`)
}

func TestWhatIsNotKnownIsAnsweredInASentence(t *testing.T) {
	same(t, talk(t, three(t), nil, "nonsense \x1b[31m\u202e", "", "99", "0", "99999999999999999999999999", "-1", "3", "7", "c", "l", "", "n"), opening+`“nonsense” is not known here; h says what can be typed.
Number to read, / and words to search, t for tags, h for help, q to leave: 
That was the whole list.
Number to read, / and words to search, t for tags, h for help, q to leave: 
There is no number 99; the numbers go from 1 to 3.
Number to read, / and words to search, t for tags, h for help, q to leave: 
There is no number 0; the numbers go from 1 to 3.
Number to read, / and words to search, t for tags, h for help, q to leave: 
There is no number 999999999…; the numbers go from 1 to 3.
Number to read, / and words to search, t for tags, h for help, q to leave: 
“-1” is not known here; h says what can be typed.
Number to read, / and words to search, t for tags, h for help, q to leave: 
Empty
1 minute

End of the post.
b for the list, q to leave: 
“7” is not known here; h says what can be typed.
b for the list, q to leave: 
This post has no headings.
b for the list, q to leave: 
This post has no links.
b for the list, q to leave: 
This was the end of the post; b goes to the list.
b for the list, q to leave: 
This was the end of the post; b goes to the list.
b for the list, q to leave: 
`)
}

func TestANarrowTerminal(t *testing.T) {
	same(t, talk(t, three(t), func(c *Config) { c.Width = 20 }, "3", "q"), `The Test
a tagline
3 posts. Type what a
prompt names, then
Enter; h helps
everywhere.

The posts, newest
first:
1. In sections, 20
October 2026, 1
minute
2. Plain words, 19
October 2026, 1
minute
3. Empty, 1 minute

Number to read, /
and words to
search, t for tags,
h for help, q to
leave: 
Empty
1 minute

End of the post.
b for the list, q
to leave: 
Goodbye.
`)
}

func TestALongListIsShownInParts(t *testing.T) {
	files := map[string]string{"blog.yaml": "title: Long\n"}
	for i := range 25 {
		files[fmt.Sprintf("p%02d.md", i)] = fmt.Sprintf("---\ntitle: Post %d\ndate: 2026-01-%02d\n---\nText.\n", 25-i, 25-i)
	}
	got := talk(t, shelf(t, files), nil, "n", "", "n", "1", "p", "b")
	var shown []string
	for line := range strings.Lines(got) {
		n, rest, ok := strings.Cut(line, ". Post ")
		switch title, _, _ := strings.Cut(rest, ","); {
		case ok:
			shown = append(shown, n+"="+title)
		case strings.Contains(line, "n for more"):
			shown = append(shown, "more?")
		case strings.HasPrefix(line, "That was"):
			shown = append(shown, "no more")
		}
	}
	var want []string
	part := func(from, to int) {
		for i := from; i <= to; i++ {
			want = append(want, fmt.Sprintf("%d=%d", i, 26-i))
		}
	}
	part(1, 10)
	want = append(want, "more?")
	part(11, 20)
	want = append(want, "more?")
	part(21, 25)
	want = append(want, "no more")
	part(21, 25) // back to where the post was chosen
	part(1, 10)
	want = append(want, "more?")
	if diff := cmp.Diff(want, shown); diff != "" {
		t.Error(diff)
	}
}

func TestTheDialogueBeginsAtThePlaceThatWasAskedFor(t *testing.T) {
	for place, want := range map[string]string{
		"plain":             "The Test\n\nPlain words\n19 October 2026",
		"sections#the-end":  "The Test\n\nIn sections\n\n## The end\n",
		"tag:GO":            "The Test\n\n2 posts with the tag Go:\n1. In sections",
		"plian":             "The Test\n\nThere is no post called “plian”.\nDid you mean one of these?\n1. Plain words",
		"zzzzzzzzzz\x1b[2J": "The Test\n\nThere is no post called “zzzzzzzzzz”.\nThe posts, newest first:\n1. In sections",
		"tag:nothing":       "The Test\n\nThere is no tag called “nothing”.\nThe posts",
	} {
		got := talk(t, three(t), func(c *Config) { c.Place = place }, "p")
		if !strings.HasPrefix(got, want) {
			t.Errorf("%q begins with %.200q, want %q", place, got, want)
		}
		if !strings.Contains(got, "The posts, newest first:") {
			t.Errorf("%q: there is no way back to the list: %q", place, got)
		}
	}
}

func TestAnEmptyBlogCanBeLeft(t *testing.T) {
	got := talk(t, shelf(t, nil), nil, "1", "t", "q")
	if !strings.Contains(got, "There are no posts here yet.") || !strings.Contains(got, "No post has a tag.") || !strings.HasSuffix(got, "\nGoodbye.\n") {
		t.Errorf("got %q", got)
	}
}

func TestReadPostsAreTold(t *testing.T) {
	var opened []string
	talk(t, three(t), func(c *Config) { c.Opened = func(slug string) { opened = append(opened, slug) } }, "1", "", "l", "1", "b", "3")
	if diff := cmp.Diff([]string{"sections", "plain", "empty"}, opened); diff != "" {
		t.Error(diff)
	}
}

func TestABetterSearchTakesThePlaceOfOurs(t *testing.T) {
	library := three(t)
	got := talk(t, library, func(c *Config) {
		c.Search = func(words string) []*blog.Post { return library.Posts()[2:] }
	}, "/Of  words")
	if !strings.Contains(got, "1 post for “Of words”:\n1. Empty") {
		t.Errorf("got %q", got)
	}
}

func TestTheListIsTheNewest(t *testing.T) {
	old, fresh := three(t), shelf(t, map[string]string{"new.md": "---\ntitle: Brand new\n---\nText.\n"})
	libraries := []*blog.Library{old, old}
	got := talk(t, nil, func(c *Config) {
		c.Library = func() *blog.Library {
			if len(libraries) == 0 {
				return fresh
			}
			l := libraries[0]
			libraries = libraries[1:]
			return l
		}
	}, "b", "1")
	if !strings.Contains(got, "1. Brand new") || !strings.Contains(got, "Brand new\n1 minute\n\nText.") {
		t.Errorf("got %q", got)
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no more") }

func TestAWriterThatFailsEndsTheDialogue(t *testing.T) {
	library := three(t)
	in := &counter{}
	err := Run(t.Context(), Config{Library: func() *blog.Library { return library }, Docs: render.NewCache(1<<20, 1), In: in, Out: full{}, Width: 80})
	if err == nil || in.reads > 0 {
		t.Errorf("got %v after %d reads", err, in.reads)
	}
}

// A counter is an endless input.
type counter struct{ reads int }

func (c *counter) Read(p []byte) (int, error) {
	c.reads++
	return copy(p, "1\n\n"), nil
}

func TestTheEndOfTheContextEndsTheDialogue(t *testing.T) {
	library := three(t)
	ctx, cancel := context.WithCancel(t.Context())
	in := &counter{}
	err := Run(ctx, Config{
		Library: func() *blog.Library { return library }, Docs: render.NewCache(1<<20, 1), In: in, Out: io.Discard, Width: 80,
		Opened: func(string) { cancel() },
	})
	if err != nil || in.reads > 1 {
		t.Errorf("got %v after %d reads", err, in.reads)
	}
}
