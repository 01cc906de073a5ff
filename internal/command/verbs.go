package command

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"strings"

	"lectern/internal/blog"
	"lectern/internal/linear"
	"lectern/internal/render"
	"lectern/internal/text"
)

// help prints the verbs.
func help(_ context.Context, env *Env, _ []string) error {
	const column = 18
	var b strings.Builder
	para := func(s string) {
		for _, l := range text.Wrap(s, env.Width) {
			b.WriteString(l + "\n")
		}
	}
	para("usage: " + env.Library.Site().Command() + " [VERB]")
	b.WriteString("\n")
	for _, v := range verbs() {
		name := "  " + strings.TrimSpace(v.name+" "+v.args)
		if env.Width < 2*column { // no room for two columns
			para(name + ": " + v.summary)
			continue
		}
		for _, l := range text.Wrap(v.summary, env.Width-column) {
			fmt.Fprintf(&b, "%-*s%s\n", column, name, l)
			name = ""
		}
	}
	b.WriteString("\n")
	para("Without a verb: the screens in a terminal, linear in one that cannot show them, the index in a pipe.")
	_, err := io.WriteString(env.Out, b.String())
	return err
}

// ls prints one post a line, for cut and fzf.
func ls(_ context.Context, env *Env, _ []string) error {
	w := bufio.NewWriter(env.Out)
	for _, p := range env.Library.Posts() {
		fmt.Fprintf(w, "%s\t%s\t%s\n", p.Slug, date(p), p.Title)
	}
	return w.Flush()
}

// date is the post's day, or a dash.
func date(p *blog.Post) string {
	if p.Date.IsZero() {
		return "-"
	}
	return p.Date.Format("2006-01-02")
}

// cat prints one post.
func cat(ctx context.Context, env *Env, args []string) error {
	p, ok := env.Library.Post(args[0])
	if !ok {
		asked := text.Field(args[0], 80)
		if near := env.Library.Near(asked, 1); len(near) > 0 {
			return fail(NotFound, "no post %q; did you mean %q?", asked, near[0])
		}
		return fail(NotFound, "no post %q; ls lists them", asked)
	}
	doc, err := env.Docs.Document(ctx, p, render.Options{Width: env.Width, Palette: env.Palette, Links: env.Links, Site: env.Library.Site().URL})
	if err != nil {
		return fmt.Errorf("render %s: %w", p.Slug, err)
	}
	if env.Opened != nil {
		env.Opened(p.Slug)
	}
	w := bufio.NewWriter(env.Out)
	for i := range doc.Len() {
		w.WriteString(doc.Line(i))
		w.WriteByte('\n')
	}
	return w.Flush()
}

// dialogue is the blog for those who cannot use a screen. See package linear.
func dialogue(ctx context.Context, env *Env, args []string) error {
	c := linear.Config{
		Library: env.Current,
		Docs:    env.Docs,
		In:      env.In,
		Out:     env.Out,
		Width:   env.Width,
		Echo:    env.PTY,
		Place:   strings.Join(args, " "),
		Opened:  env.Opened,
		Search:  env.Search,
	}
	if c.Library == nil {
		c.Library = func() *blog.Library { return env.Library }
	}
	if c.In == nil {
		c.In = strings.NewReader("")
	}
	return linear.Run(ctx, c)
}

// index prints the blog's first page for people: what there is, and how to
// read it.
func index(_ context.Context, env *Env, _ []string) error {
	w := bufio.NewWriter(env.Out)
	site, posts, pal := env.Library.Site(), env.Library.Posts(), env.Palette
	para := func(s string, style func(string) string) {
		for _, l := range text.Wrap(s, env.Width) {
			fmt.Fprintln(w, style(l))
		}
	}

	para(site.Title, pal.TitleStyle.Styled)
	if site.Tagline != "" {
		para(site.Tagline, pal.MutedStyle.Styled)
	}
	if site.Author != "" {
		para("by "+site.Author, pal.MutedStyle.Styled)
	}
	for _, l := range site.Links {
		para(l.Name+": "+l.URL, pal.MutedStyle.Styled)
	}
	fmt.Fprintln(w)
	if len(posts) == 0 {
		para("There are no posts here yet.", pal.TextStyle.Styled)
		return w.Flush()
	}
	for _, p := range posts {
		fmt.Fprintln(w, pal.AccentStyle.Styled(text.Truncate(p.Slug, env.Width)))
		for _, l := range text.Wrap(p.Title, max(10, env.Width-2)) {
			fmt.Fprintln(w, "  "+l)
		}
		about := fmt.Sprintf("%d min", p.Minutes())
		if !p.Date.IsZero() {
			about = date(p) + " · " + about
		}
		fmt.Fprintln(w, "  "+pal.MutedStyle.Styled(about))
	}
	fmt.Fprintln(w)
	para(fmt.Sprintf("Read one: %s cat %s", site.Command(), posts[0].Slug), pal.MutedStyle.Styled)
	return w.Flush()
}
