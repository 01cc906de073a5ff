package command

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"lectern/internal/blog"
	"lectern/internal/text"
)

type aboutVerb struct{}

// Help implements kong's HelpProvider.
func (aboutVerb) Help() string {
	return "With --json: title, tagline, author, host, url and links, and the numbers of posts and tags."
}

func (aboutVerb) run(_ context.Context, r *request) error {
	site, posts := r.Library.Site(), r.Library.Posts()
	if r.asked.JSON {
		type link struct {
			Name string `json:"name"`
			URL  string `json:"url"`
		}
		links := []link{}
		for _, l := range site.Links {
			links = append(links, link(l))
		}
		return r.json(struct {
			Version int    `json:"version"`
			Title   string `json:"title"`
			Tagline string `json:"tagline,omitempty"`
			Author  string `json:"author,omitempty"`
			Host    string `json:"host,omitempty"`
			URL     string `json:"url,omitempty"`
			Links   []link `json:"links"`
			Posts   int    `json:"posts"`
			Tags    int    `json:"tags"`
		}{jsonVersion, site.Title, site.Tagline, site.Author, site.Host, site.URL, links, len(posts), len(r.Library.Tags())})
	}
	out := r.page()
	out.heading(site)
	out.line("")
	out.para(counted(len(posts), "post")+", "+counted(len(r.Library.Tags()), "tag")+".", plainly)
	out.para("Read: "+site.Command(), plainly)
	out.para("Ask: "+site.Command()+" help", plainly)
	return out.end()
}

func plainly(s string) string { return s }

// counted is a number with what it counts.
func counted(n int, what string) string {
	if n != 1 {
		what += "s"
	}
	return fmt.Sprintf("%d %s", n, what)
}

// heading says what the blog is.
func (p page) heading(site blog.Site) {
	pal := p.r.palette
	p.para(site.Title, pal.TitleStyle.Styled)
	if site.Tagline != "" {
		p.para(site.Tagline, pal.MutedStyle.Styled)
	}
	if site.Author != "" {
		p.para("by "+site.Author, pal.MutedStyle.Styled)
	}
	if site.URL != "" {
		p.para(site.URL, pal.MutedStyle.Styled)
	}
	for _, l := range site.Links {
		p.para(l.Name+": "+l.URL, pal.MutedStyle.Styled)
	}
}

// index prints the blog's first page for people: what there is, and how to
// read it.
func (r *request) index() error {
	if r.asked.JSON {
		return (&lsVerb{}).run(context.Background(), r)
	}
	out := r.page()
	site, posts, pal := r.Library.Site(), r.Library.Posts(), r.palette
	out.heading(site)
	out.line("")
	if len(posts) == 0 {
		out.para("There are no posts here yet.", plainly)
		return out.end()
	}
	for _, p := range posts {
		out.line(pal.AccentStyle.Styled(text.Truncate(p.Slug, r.width)))
		for _, l := range text.Wrap(p.Title, max(10, r.width-2)) {
			out.line("  " + l)
		}
		about := fmt.Sprintf("%d min", p.Minutes())
		if !p.Date.IsZero() {
			about = dateOf(p) + " · " + about
		}
		out.line("  " + pal.MutedStyle.Styled(about))
	}
	out.line("")
	out.para(fmt.Sprintf("Read one: %s %s", site.Command(), posts[0].Slug), pal.MutedStyle.Styled)
	out.para(fmt.Sprintf("More: %s help", site.Command()), pal.MutedStyle.Styled)
	return out.end()
}

type whoamiVerb struct{}

// Help implements kong's HelpProvider.
func (whoamiVerb) Help() string {
	return "It is what your ssh sent by itself, and where you connect from. The server's log has a line of it for each session, " +
		"an IPv6 address without its last half; nothing else is kept, and nobody is asked who they are.\n" +
		"With --json: address, user, client, term, width, height and variables."
}

func (whoamiVerb) run(_ context.Context, r *request) error {
	v := r.Visitor
	address := ""
	if v.Address.IsValid() {
		address = v.Address.String()
	}
	if r.asked.JSON {
		return r.json(struct {
			Version   int               `json:"version"`
			Address   string            `json:"address,omitempty"`
			User      string            `json:"user"`
			Client    string            `json:"client"`
			Term      string            `json:"term,omitempty"`
			Width     int               `json:"width,omitempty"`
			Height    int               `json:"height,omitempty"`
			Variables map[string]string `json:"variables,omitempty"`
		}{jsonVersion, address, v.User, v.Client, v.Term, v.Width, v.Height, v.Variables})
	}
	terminal := "none"
	if r.PTY {
		terminal = strings.TrimSpace(fmt.Sprintf("%s %d×%d", v.Term, v.Width, v.Height))
	}
	out := r.page()
	const column = 12
	out.entry("address", address, column)
	out.entry("user", v.User, column)
	out.entry("client", v.Client, column)
	out.entry("terminal", terminal, column)
	for _, name := range slices.Sorted(maps.Keys(v.Variables)) {
		out.entry(name, v.Variables[name], column)
	}
	return out.end()
}

type versionVerb struct{}

// Help implements kong's HelpProvider.
func (versionVerb) Help() string { return "With --json: program." }

func (versionVerb) run(_ context.Context, r *request) error {
	if r.asked.JSON {
		return r.json(struct {
			Version int    `json:"version"`
			Program string `json:"program"`
		}{jsonVersion, r.Version})
	}
	out := r.page()
	out.para("lectern "+r.Version, plainly)
	return out.end()
}
