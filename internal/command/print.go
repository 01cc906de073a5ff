package command

import (
	"context"
	"math/rand/v2"
	"strings"

	"lectern/internal/blog"
	"lectern/internal/render"
	"lectern/internal/text"
)

type catVerb struct {
	Slug string `arg:"" placeholder:"SLUG[#HEADING]" help:"the post, as ls and search name it, and a section of it, as toc names them"`
}

// Help implements kong's HelpProvider.
func (catVerb) Help() string {
	return "A word that is no verb is a post's name as well: ssh HOST SLUG prints it, and with -t opens it on a screen.\n" +
		"With --json: post, as of ls, and text."
}

func (v *catVerb) run(ctx context.Context, r *request) error {
	slug, part, _ := strings.Cut(v.Slug, "#")
	p, err := r.post(slug)
	if err != nil {
		return err
	}
	return r.print(ctx, p, part)
}

// print prints a post, or the section of it that is called part.
func (r *request) print(ctx context.Context, p *blog.Post, part string) error {
	doc, err := r.document(ctx, p)
	if err != nil {
		return err
	}
	from, end := 0, doc.Len()
	if part != "" {
		if from, end, err = section(doc, p, part); err != nil {
			return err
		}
	}
	r.opened(p)
	if r.asked.JSON {
		var b strings.Builder
		for i := from; i < end; i++ {
			b.WriteString(doc.Line(i) + "\n")
		}
		return r.json(struct {
			Version int      `json:"version"`
			Post    postJSON `json:"post"`
			Text    string   `json:"text"`
		}{jsonVersion, postOf(p), b.String()})
	}
	out := r.page()
	for i := from; i < end; i++ {
		out.line(doc.Line(i))
	}
	return out.end()
}

// section is the lines of a document, from and up to, that a name of a place in
// it means: a heading with what stands below it, or from another place to the
// next heading.
func section(doc *render.Document, p *blog.Post, part string) (from, end int, err error) {
	from, ok := doc.Anchor(part)
	if !ok {
		return 0, 0, fail(NotFound, "no section %q in %s; toc %s lists them", text.Field(part, 80), p.Slug, p.Slug)
	}
	level, end := 6, doc.Len()
	for _, h := range doc.Headings() {
		if h.Line == from {
			level = h.Level
		}
		if h.Line > from && h.Level <= level {
			end = h.Line
			break
		}
	}
	for end > from+1 && doc.Line(end-1) == "" {
		end--
	}
	return from, end, nil
}

type rawVerb struct {
	Slug string `arg:"" placeholder:"SLUG" help:"the post, as ls names it"`
}

// Help implements kong's HelpProvider.
func (rawVerb) Help() string {
	return "It is the file with its front matter, in UTF-8 and without control characters. For its very bytes: scp HOST:/posts/SLUG.md .\n" +
		"With --json: post, as of ls, and source."
}

func (v *rawVerb) run(_ context.Context, r *request) error {
	p, err := r.post(v.Slug)
	if err != nil {
		return err
	}
	if err := r.enter(2 * p.Size()); err != nil { // the file, and what is printed of it
		return err
	}
	decoded, _ := text.Decode(p.Source())
	source := strings.TrimRight(text.Clean(decoded), "\n") + "\n"
	r.opened(p)
	if r.asked.JSON {
		return r.json(struct {
			Version int      `json:"version"`
			Post    postJSON `json:"post"`
			Source  string   `json:"source"`
		}{jsonVersion, postOf(p), source})
	}
	out := r.page()
	_, _ = out.WriteString(source)
	return out.end()
}

type latestVerb struct{}

// Help implements kong's HelpProvider.
func (latestVerb) Help() string { return "As cat prints it." }

func (latestVerb) run(ctx context.Context, r *request) error {
	if len(r.Library.Posts()) == 0 {
		return errNoPosts()
	}
	return r.print(ctx, r.Library.Posts()[0], "")
}

type randomVerb struct{}

// Help implements kong's HelpProvider.
func (randomVerb) Help() string { return "As cat prints it." }

func (randomVerb) run(ctx context.Context, r *request) error {
	posts := r.Library.Posts()
	if len(posts) == 0 {
		return errNoPosts()
	}
	return r.print(ctx, posts[rand.IntN(len(posts))], "")
}

func errNoPosts() error { return fail(NotFound, "there are no posts here yet") }
