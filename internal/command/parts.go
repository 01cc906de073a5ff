package command

import (
	"context"
	"strconv"
	"strings"

	"lectern/internal/blog"
	"lectern/internal/render"
	"lectern/internal/text"
)

// A postArg is the argument of verbs that are about one post.
type postArg struct {
	Slug string `arg:"" placeholder:"SLUG" help:"the post, as ls names it"`
}

// find finds the post and draws it.
func (a *postArg) find(ctx context.Context, r *request) (*blog.Post, *render.Document, error) {
	p, err := r.post(a.Slug)
	if err != nil {
		return nil, nil, err
	}
	doc, err := r.document(ctx, p)
	return p, doc, err
}

type tocVerb struct{ postArg }

// Help implements kong's HelpProvider.
func (tocVerb) Help() string {
	return "cat PLACE prints one of them.\nWith --json: slug, and sections, a list of place, level and title."
}

func (v *tocVerb) run(ctx context.Context, r *request) error {
	p, doc, err := v.find(ctx, r)
	if err != nil {
		return err
	}
	headings := doc.Headings()
	place := func(h render.Heading) string { return p.Slug + "#" + h.ID }
	if r.asked.JSON {
		list := []sectionJSON{}
		for _, h := range headings {
			list = append(list, sectionJSON{place(h), h.Level, h.Text})
		}
		return r.json(struct {
			Version  int           `json:"version"`
			Slug     string        `json:"slug"`
			Sections []sectionJSON `json:"sections"`
		}{jsonVersion, p.Slug, list})
	}
	out := r.page()
	for _, h := range headings {
		out.record(place(h), strconv.Itoa(h.Level), h.Text)
	}
	return out.end()
}

type linksVerb struct{ postArg }

// Help implements kong's HelpProvider.
func (linksVerb) Help() string {
	return "One a line, each once: an address, or the place of another post or of a section, which cat prints.\n" +
		"With --json: slug, and links, a list of to and of kind, which is address or place."
}

func (v *linksVerb) run(ctx context.Context, r *request) error {
	p, doc, err := v.find(ctx, r)
	if err != nil {
		return err
	}
	links := []linkJSON{}
	seen := map[string]bool{}
	for _, l := range doc.Links() {
		to := r.leads(p, l)
		if !seen[to.To] {
			seen[to.To] = true
			links = append(links, to)
		}
	}
	if r.asked.JSON {
		return r.json(struct {
			Version int        `json:"version"`
			Slug    string     `json:"slug"`
			Links   []linkJSON `json:"links"`
		}{jsonVersion, p.Slug, links})
	}
	out := r.page()
	for _, l := range links {
		out.record(l.To)
	}
	return out.end()
}

// leads is where a link of a post leads.
func (r *request) leads(p *blog.Post, l render.Link) linkJSON {
	if part, ok := strings.CutPrefix(l.URL, "#"); ok {
		return linkJSON{p.Slug + "#" + text.Line(part), "place"}
	}
	if other, part, ok := r.Library.Linked(l.URL); ok {
		place := other.Slug
		if part != "" {
			place += "#" + text.Line(part)
		}
		return linkJSON{place, "place"}
	}
	if l.Target != "" {
		return linkJSON{l.Target, "address"}
	}
	return linkJSON{text.Line(l.URL), "address"}
}

type codeVerb struct {
	postArg
	N count `arg:"" optional:"" placeholder:"N" help:"which block to print, from 1; without it they are listed: number, language, lines, first line"`
}

// Help implements kong's HelpProvider.
func (codeVerb) Help() string {
	return "A block is printed as its author wrote it, to be run or saved.\n" +
		"With --json: slug, and blocks, a list of n, language, lines and source; or with N that block alone."
}

func (v *codeVerb) run(ctx context.Context, r *request) error {
	p, doc, err := v.find(ctx, r)
	if err != nil {
		return err
	}
	blocks := doc.Code()
	first := 0
	if v.N.n != nil {
		n := *v.N.n
		if n < 1 || n > len(blocks) {
			return fail(NotFound, "no code block %d in %s; it has %d", n, p.Slug, len(blocks))
		}
		blocks, first = blocks[n-1:n], n-1
	}
	switch {
	case r.asked.JSON:
		list := []blockJSON{}
		for i, b := range blocks {
			list = append(list, blockJSON{first + i + 1, b.Lang, linesOf(b), b.Source})
		}
		return r.json(struct {
			Version int         `json:"version"`
			Slug    string      `json:"slug"`
			Blocks  []blockJSON `json:"blocks"`
		}{jsonVersion, p.Slug, list})
	case v.N.n != nil:
		out := r.page()
		out.line(strings.TrimSuffix(blocks[0].Source, "\n"))
		return out.end()
	}
	out := r.page()
	for i, b := range blocks {
		line, _, _ := strings.Cut(strings.TrimLeft(b.Source, "\n"), "\n")
		lang := b.Lang
		if lang == "" {
			lang = "-"
		}
		out.record(strconv.Itoa(i+1), lang, strconv.Itoa(linesOf(b)), text.Line(line))
	}
	return out.end()
}

// linesOf is how many lines a code block has.
func linesOf(b render.Code) int {
	return strings.Count(strings.TrimSuffix(b.Source, "\n"), "\n") + 1
}
