package command

import (
	"context"

	"lectern/internal/feed"
)

type feedVerb struct {
	Kind string `arg:"" optional:"" enum:"atom,rss,json" default:"atom" placeholder:"atom|rss|json" help:"its format; atom if it is not said"`
}

// Help implements kong's HelpProvider.
func (feedVerb) Help() string {
	return "The newest posts in full, for programs that tell of new ones: ssh HOST feed > blog.xml. " +
		"The same is in /feed.xml, /rss.xml and /feed.json, for scp and sftp.\n" +
		"With --json: as feed json, which is JSON Feed 1.1 and has a version of its own."
}

func (v *feedVerb) run(ctx context.Context, r *request) error {
	kind := feed.Kind(v.Kind)
	if r.asked.JSON {
		kind = feed.JSON
	}
	b, err := r.Feeds.Feed(ctx, r.Library, kind)
	if err != nil {
		return err
	}
	out := r.page()
	_, _ = out.Write(b)
	return out.end()
}
