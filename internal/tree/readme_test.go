package tree_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestTheReadmeSaysWhatIsHereAndHowToFetchIt(t *testing.T) {
	library := load(t, "a.md", "text", "blog.yaml", "title: Letters\ntagline: From a terminal\nauthor: Ada\n"+
		"host: blog.example.com:2222\nurl: https://blog.example.com\nlinks: [{name: Code, url: https://example.com/code}]\n")
	want := `# Letters

From a terminal

By Ada.

This is a blog as files. It is also one that you can read in your terminal:

    ssh -p 2222 blog.example.com
    ssh -t -p 2222 blog.example.com a
    ssh -p 2222 blog.example.com help

## What is here

- ` + "`posts/`" + `: the post, in Markdown, as its author wrote it
- ` + "`tags/`" + `: the same again, in a folder for each tag
- ` + "`feed.xml`" + `: the newest posts

## How to fetch it

All posts, into a folder named posts; one of them; this text:

    scp -r -P 2222 blog.example.com:/posts .
    scp -P 2222 blog.example.com:/posts/a.md .
    scp -P 2222 blog.example.com:/README.md .

A prompt to look around, where ` + "`ls` lists and `get`" + ` fetches:

    sftp -P 2222 blog.example.com

A folder in which they can be read without being fetched:

    mkdir blog
    sshfs -o ro,reconnect -p 2222 blog.example.com:/ blog

## Elsewhere

- <https://blog.example.com>
- Code: <https://example.com/code>
`
	if diff := cmp.Diff(want, read(t, of(library), "README.md")); diff != "" {
		t.Errorf("README.md (-want +got):\n%s", diff)
	}
}

func TestTheReadmeOfABlogWithoutSettings(t *testing.T) {
	want := `# Lectern

This is a blog as files. It is also one that you can read in your terminal:

    ssh HOST
    ssh -t HOST SLUG
    ssh HOST help

## What is here

- ` + "`posts/`" + `: the 0 posts, in Markdown, as their author wrote them
- ` + "`tags/`" + `: the same again, in a folder for each tag
- ` + "`feed.xml`" + `: the newest posts

## How to fetch it

All posts, into a folder named posts; one of them; this text:

    scp -r HOST:/posts .
    scp HOST:/posts/SLUG.md .
    scp HOST:/README.md .

A prompt to look around, where ` + "`ls` lists and `get`" + ` fetches:

    sftp HOST

A folder in which they can be read without being fetched:

    mkdir blog
    sshfs -o ro,reconnect HOST:/ blog
`
	if diff := cmp.Diff(want, read(t, of(load(t)), "README.md")); diff != "" {
		t.Errorf("README.md (-want +got):\n%s", diff)
	}
}

func TestAnAddressOfNumbersIsInBrackets(t *testing.T) {
	got := read(t, of(load(t, "a.md", "text", "blog.yaml", "host: '[2001:db8::1]:2222'\n")), "README.md")
	for _, want := range []string{
		"ssh -p 2222 2001:db8::1\n", "scp -r -P 2222 '[2001:db8::1]:/posts' .\n",
		"sftp -P 2222 '[2001:db8::1]'\n", "sshfs -o ro,reconnect -p 2222 '[2001:db8::1]:/' blog\n",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("there is no %q in\n%s", want, got)
		}
	}
}
