package command

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/charmbracelet/colorprofile"

	"lectern/internal/blog"
	"lectern/internal/render"
	"lectern/internal/text"
	"lectern/internal/theme"
)

// A request is a command line that was understood.
type request struct {
	*Env
	verb    runner
	name    string // of the verb, in the grammar
	asked   Options
	width   int  // cells of text
	cut     bool // records are cut to the width
	palette *theme.Palette
	links   bool
	taken   int64 // bytes of Room
}

func newRequest(env *Env, asked Options, verb runner) *request {
	r := &request{Env: env, verb: verb, asked: asked, width: env.Width, cut: env.PTY || asked.Width > 0}
	if asked.Width > 0 {
		r.width = asked.Width
	}
	profile := env.Profile
	if !env.PTY {
		profile = colorprofile.NoTTY
	}
	chosen := theme.Plain()
	switch asked.Color {
	case "never":
		profile = colorprofile.NoTTY
	case "always":
		// Whoever asks for colours gets some, and most people's terminals are dark.
		profile, chosen = max(profile, colorprofile.ANSI256), theme.Dark()
	}
	for _, t := range theme.All() {
		if t.Name == asked.Theme {
			chosen = t
		}
	}
	r.palette = chosen.For(profile)
	r.links = env.Links && env.PTY && asked.Color != "never"
	return r
}

// document draws a post for the reader.
func (r *request) document(ctx context.Context, p *blog.Post) (*render.Document, error) {
	doc, err := r.Docs.Document(ctx, p, render.Options{Width: r.width, Palette: r.palette, Links: r.links, Site: r.Library.Site().URL})
	if errors.Is(err, render.ErrFull) {
		return nil, fail(Failed, crowded)
	}
	if err != nil {
		return nil, fmt.Errorf("render %s: %w", p.Slug, err)
	}
	if r.asked.JSON {
		return doc, r.enter(doc.Size())
	}
	return doc, nil // the cache counts it, once for all who have it
}

// post finds a post by the slug that a reader typed.
func (r *request) post(slug string) (*blog.Post, error) {
	if p, ok := r.Library.Post(slug); ok {
		return p, nil
	}
	asked := text.Field(slug, 80)
	if near := r.Library.Near(asked, 1); len(near) > 0 {
		return nil, fail(NotFound, "no post %q; did you mean %q?", asked, near[0])
	}
	return nil, fail(NotFound, "no post %q; ls lists them", asked)
}

// opened tells that a post was printed.
func (r *request) opened(p *blog.Post) {
	if r.Opened != nil {
		r.Opened(p.Slug)
	}
}

// A page is output that is written as it is made, through a buffer. Its first
// error stays, and end gives it.
type page struct {
	*bufio.Writer
	r *request
}

func (r *request) page() page { return page{bufio.NewWriter(r.Out), r} }

func (p page) end() error {
	if err := p.Flush(); err != nil {
		return fmt.Errorf("%w: %w", errWrite, err)
	}
	return nil
}

// line writes one line as it is.
func (p page) line(s string) {
	_, _ = p.WriteString(s)
	_ = p.WriteByte('\n')
}

// para writes text, wrapped.
func (p page) para(s string, style func(string) string) {
	for _, l := range text.Wrap(s, p.r.width) {
		p.line(style(l))
	}
}

// entry writes a name and, beside it where there is room or else below, what it
// means. column is where the latter begins.
func (p page) entry(name, means string, column int) {
	if p.r.width < 2*column {
		for _, l := range text.Wrap(name, p.r.width) {
			p.line(l)
		}
		for _, l := range text.Wrap(means, p.r.width-4) {
			p.line("    " + l)
		}
		return
	}
	if text.Width(name) >= column-1 {
		p.line(text.Truncate(name, p.r.width))
		name = ""
	}
	for _, l := range text.Wrap(means, p.r.width-column) {
		p.line(name + strings.Repeat(" ", column-text.Width(name)) + l)
		name = ""
	}
}

// tabStop is where a terminal's tabs lead: to the next column that is a multiple.
const tabStop = 8

// record writes fields parted by tabs, cut to the width where that is wanted. The
// fields are single lines.
func (p page) record(fields ...string) {
	at := 0
	for i, f := range fields {
		if i > 0 {
			if at = (at/tabStop + 1) * tabStop; p.r.cut && at >= p.r.width {
				break
			}
			_ = p.WriteByte('\t')
		}
		if p.r.cut {
			f = text.Truncate(f, p.r.width-at)
			at += text.Width(f)
		}
		switch i {
		case 0:
			f = p.r.palette.KeyStyle.Styled(f)
		case 1:
			f = p.r.palette.MutedStyle.Styled(f)
		}
		_, _ = p.WriteString(f)
	}
	_ = p.WriteByte('\n')
}
