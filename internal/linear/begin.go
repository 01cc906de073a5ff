package linear

import (
	"context"
	"fmt"
	"strings"

	"lectern/internal/blog"
	"lectern/internal/text"
)

// maxGuesses is how many posts are offered for a name that no post has.
const maxGuesses = 5

// begin greets the reader, and goes to the place that was asked for.
func (d *dialogue) begin(ctx context.Context) {
	library := d.Library()
	site := library.Site()
	d.say(site.Title)
	asked := text.Field(d.Place, maxLine)
	if asked == "" {
		if site.Tagline != "" {
			d.say(site.Tagline)
		}
		d.say(number(len(library.Posts()), "post") + ". Type what a prompt names, then Enter; h helps everywhere.")
		d.print("")
		d.home(ctx)
		return
	}
	d.print("")
	d.trail = []place{d.all()}
	if name, ok := strings.CutPrefix(asked, "tag:"); ok {
		if t, ok := library.Tag(name); ok {
			d.enter(ctx, d.tagged(t))
			return
		}
		d.say(fmt.Sprintf("There is no tag called “%s”.", name))
		d.home(ctx)
		return
	}
	if words, ok := strings.CutPrefix(asked, "search:"); ok {
		if words = strings.TrimSpace(words); words != "" {
			d.search(ctx, words)
		}
		if len(d.trail) == 1 { // nothing was found
			d.home(ctx)
		}
		return
	}
	slug, part, _ := strings.Cut(asked, "#")
	if p, ok := library.Post(slug); ok {
		d.read(ctx, p, part)
		return
	}
	d.say(fmt.Sprintf("There is no post called “%s”.", asked))
	var near []*blog.Post
	for _, slug := range library.Near(slug, maxGuesses) {
		if p, ok := library.Post(slug); ok {
			near = append(near, p)
		}
	}
	if len(near) == 0 {
		d.home(ctx)
		return
	}
	d.enter(ctx, d.postList("Did you mean one of these?", near))
}
