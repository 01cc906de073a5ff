package tree

import (
	"fmt"
	"strings"

	"lectern/internal/blog"
)

// newReadme is the file that says what this is.
func newReadme(library *blog.Library, extra []File, modified uint32) *node {
	text := []byte(readme(library, extra))
	return &node{name: "README.md", modified: modified, made: func() ([]byte, error) { return text, nil }}
}

// readme is the README in Markdown, to be read as it is.
func readme(library *blog.Library, extra []File) string {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	site, posts := library.Site(), library.Posts()
	slug := "SLUG"
	if len(posts) > 0 {
		slug = posts[0].Slug
	}

	line("# %s\n", site.Title)
	if site.Tagline != "" {
		line("%s\n", site.Tagline)
	}
	if site.Author != "" {
		line("By %s.\n", site.Author)
	}
	line("This is a blog as files. It is also one that you can read in your terminal:\n")
	line("    %s", site.Command())
	line("    %s", site.CommandFor(slug))
	line("    %s help\n", site.Command())

	line("## What is here\n")
	if len(posts) == 1 {
		line("- `posts/`: the post, in Markdown, as its author wrote it")
	} else {
		line("- `posts/`: the %d posts, in Markdown, as their author wrote them", len(posts))
	}
	line("- `tags/`: the same again, in a folder for each tag")
	for _, f := range extra {
		line("- `%s`: %s", f.Name, f.About)
	}

	host, port := site.Address()
	small, capital := "", "" // scp and sftp have -P for what is -p to ssh
	if port != "" {
		small, capital = "-p "+port+" ", "-P "+port+" "
	}
	// The brackets of an IPv6 address are a pattern to shells, and zsh refuses one
	// that matches no file.
	at := func(path string) string {
		if strings.Contains(host, ":") {
			return "'[" + host + "]" + path + "'"
		}
		return host + path
	}
	line("\n## How to fetch it\n")
	line("All posts, into a folder named posts; one of them; this text:\n")
	line("    scp -r %s%s .", capital, at(":/posts"))
	line("    scp %s%s .", capital, at(":/posts/"+slug+".md"))
	line("    scp %s%s .\n", capital, at(":/README.md"))
	line("A prompt to look around, where `ls` lists and `get` fetches:\n")
	line("    sftp %s%s\n", capital, at(""))
	line("A folder in which they can be read without being fetched:\n")
	line("    mkdir blog")
	line("    sshfs -o ro,reconnect %s%s blog", small, at(":/"))

	if site.URL != "" || len(site.Links) > 0 {
		line("\n## Elsewhere\n")
	}
	if site.URL != "" {
		line("- <%s>", site.URL)
	}
	for _, l := range site.Links {
		line("- %s: <%s>", l.Name, l.URL)
	}
	return b.String()
}
