package command

import (
	"context"
	"strings"

	"lectern/internal/blog"
	"lectern/internal/linear"
)

type linearVerb struct {
	Place []string `arg:"" optional:"" placeholder:"PLACE" help:"where to begin: SLUG, SLUG#HEADING, tag:TAG or search:WORDS"`
}

// Help implements kong's HelpProvider.
func (linearVerb) Help() string {
	return "It is a dialogue, with ssh -t HOST linear: numbered lists, a post section by section, and after each a prompt that says what can be typed. " +
		"Text is only ever appended: no colours, no cursor that moves. A terminal that cannot redraw gets it without asking."
}

// run holds the dialogue for those who cannot use a screen. See package linear.
func (v *linearVerb) run(ctx context.Context, r *request) error {
	if r.asked.JSON {
		return fail(Usage, "linear is a dialogue and has no JSON; ls and cat have")
	}
	c := linear.Config{
		Library: r.Current,
		Docs:    r.Docs,
		In:      r.In,
		Out:     r.Out,
		Width:   r.width,
		Echo:    r.PTY,
		Place:   strings.Join(v.Place, " "),
		Opened:  r.Opened,
		Search: func(words string) []*blog.Post {
			hits, err := r.Search(ctx, words)
			if err != nil {
				return nil
			}
			var posts []*blog.Post
			for _, h := range hits {
				posts = append(posts, h.Post)
			}
			return posts
		},
	}
	if c.Library == nil {
		c.Library = func() *blog.Library { return r.Library }
	}
	if c.In == nil {
		c.In = strings.NewReader("")
	}
	return linear.Run(ctx, c)
}
