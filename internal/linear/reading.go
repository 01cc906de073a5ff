package linear

import (
	"context"
	"fmt"
	"strings"

	"github.com/charmbracelet/colorprofile"

	"lectern/internal/blog"
	"lectern/internal/render"
	"lectern/internal/theme"
)

// A reading is a post that is read section by section. It holds no document:
// those are large, and the cache has them.
type reading struct {
	post     *blog.Post
	sections []span
	at       int  // the section that was read last, from 0
	contents bool // there are headings
	links    bool
}

// document is a post in the width, or an apology.
func (d *dialogue) document(ctx context.Context, p *blog.Post) (*render.Document, bool) {
	doc, err := d.Docs.Document(ctx, p, render.Options{
		Width: d.Width, Palette: theme.Plain().For(colorprofile.NoTTY), Site: d.Library().Site().URL,
	})
	if err != nil {
		d.say("This post cannot be shown just now.")
		return nil, false
	}
	return doc, true
}

// read opens a post, at the section with the name part if it has one.
func (d *dialogue) read(ctx context.Context, p *blog.Post, part string) {
	doc, ok := d.document(ctx, p)
	if !ok {
		return
	}
	if d.Opened != nil {
		d.Opened(p.Slug)
	}
	r := &reading{post: p, sections: sections(doc), contents: len(doc.Headings()) > 0, links: len(doc.Links()) > 0}
	if line, ok := doc.Anchor(part); part != "" && ok {
		r.at = sectionAt(r.sections, line)
	}
	d.enter(ctx, r)
}

// show implements place.
func (r *reading) show(ctx context.Context, d *dialogue) {
	d.say(r.post.Title)
	if r.at == 0 {
		d.say(about(r.post))
		if len(r.post.Tags) > 0 {
			d.say("Tags: " + strings.Join(r.post.Tags, ", "))
		}
	}
	d.print("")
	r.section(ctx, d)
}

// section writes the section that the reader is in.
func (r *reading) section(ctx context.Context, d *dialogue) {
	doc, ok := d.document(ctx, r.post)
	if !ok {
		return
	}
	if r.at < len(r.sections) {
		d.text(doc, r.sections[r.at])
		d.print("")
	}
	if r.last() {
		d.say("End of the post.")
	}
}

// last reports whether there is no section behind this one.
func (r *reading) last() bool { return r.at+1 >= len(r.sections) }

// offers implements place.
func (r *reading) offers() string { return "bq" }

// options implements place.
func (r *reading) options(d *dialogue) []option {
	more := option{words: []string{enterAlone, "n", "more"}, means: "the next section", do: func(ctx context.Context, _ string) {
		if r.last() {
			d.say("This was the end of the post; b goes to the list.")
			return
		}
		r.at++
		r.section(ctx, d)
	}}
	contents := option{words: []string{"c", "contents"}, means: "the headings of the post", do: func(ctx context.Context, _ string) { d.contents(ctx, r) }}
	links := option{words: []string{"l", "links"}, means: "the links of the post", do: func(ctx context.Context, _ string) { d.links(ctx, r) }}
	if !r.last() {
		more.offer = fmt.Sprintf("Enter for more (section %d of %d)", r.at+2, len(r.sections))
	}
	if r.contents {
		contents.offer = "c for contents"
	}
	if r.links {
		links.offer = "l for links"
	}
	return []option{
		more, contents, links,
		{words: []string{"r", "again"}, means: "this section once more", do: func(ctx context.Context, _ string) { r.section(ctx, d) }},
	}
}

// contents lists the headings of a post.
func (d *dialogue) contents(ctx context.Context, r *reading) {
	doc, ok := d.document(ctx, r.post)
	if !ok {
		return
	}
	headings := doc.Headings()
	if len(headings) == 0 {
		d.say("This post has no headings.")
		return
	}
	d.enter(ctx, &list{
		title: "Contents:", count: len(headings), size: linesAtATime,
		item:    func(i int) (string, string) { return headings[i].Text, "" },
		offer:   "Number to go there",
		means:   "the section with that heading",
		choose:  func(ctx context.Context, i int) { d.leaveFor(ctx, r, headings[i].Line) },
		further: "pbq",
	})
}

// leaveFor leaves a list that was opened from a post for the section of the post
// that holds a line.
func (d *dialogue) leaveFor(ctx context.Context, r *reading, line int) {
	r.at = sectionAt(r.sections, line)
	d.trail = d.trail[:len(d.trail)-1]
	r.section(ctx, d)
}
