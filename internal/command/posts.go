package command

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"lectern/internal/blog"
	"lectern/internal/search"
	"lectern/internal/text"
)

type lsVerb struct {
	Tag   *string `placeholder:"TAG" help:"only posts with this tag"`
	Year  count   `placeholder:"YEAR" help:"only posts of this year"`
	Since day     `placeholder:"DATE" help:"only posts since a day, as 2026-11-20, a month or a year"`
	Limit count   `placeholder:"N" help:"the newest N of them at most"`
}

// Help implements kong's HelpProvider.
func (lsVerb) Help() string {
	return "The newest posts are first, undated ones last with - for their date. No post is no error; a tag that no post has is one.\n" +
		"With --json: posts, a list of slug, title, date, tags, series, summary, minutes, words, aliases, file and modified; " +
		"what a post does not have is left out."
}

func (v *lsVerb) run(_ context.Context, r *request) error {
	posts := r.Library.Posts()
	if v.Tag != nil {
		if strings.TrimSpace(*v.Tag) == "" { // a script whose variable is empty does not mean all posts
			return fail(Usage, "no tag is named; tags lists them")
		}
		tag, ok := r.Library.Tag(*v.Tag)
		if !ok {
			return fail(NotFound, "no tag %q; tags lists them", text.Field(*v.Tag, 80))
		}
		posts = r.Library.Tagged(tag.Name)
	}
	var chosen []*blog.Post
	for _, p := range posts {
		if v.Limit.n != nil && len(chosen) >= *v.Limit.n {
			break
		}
		if v.has(p) {
			chosen = append(chosen, p)
		}
	}
	if r.asked.JSON {
		return r.jsonList("posts", len(chosen), func(i int) any { return postOf(chosen[i]) })
	}
	out := r.page()
	for _, p := range chosen {
		out.record(p.Slug, dateOf(p), p.Title)
	}
	return out.end()
}

// has reports whether a post is of the time that was asked for. An undated one is
// of none.
func (v *lsVerb) has(p *blog.Post) bool {
	switch {
	case v.Year.n == nil && v.Since.IsZero():
		return true
	case p.Date.IsZero():
		return false
	case v.Year.n != nil && p.Date.Year() != *v.Year.n:
		return false
	}
	return !p.Date.Before(v.Since.Time)
}

// dateOf is the post's day, or a dash.
func dateOf(p *blog.Post) string {
	if p.Date.IsZero() {
		return "-"
	}
	return p.Date.Format("2006-01-02")
}

type searchVerb struct {
	Words []string `arg:"" placeholder:"WORDS" help:"words that the post has, all of them; \"in quotes\" as they follow"`
	Limit count    `placeholder:"N" help:"the best N of them at most"`
}

// Help implements kong's HelpProvider.
func (searchVerb) Help() string {
	return "The best are first. The last field is a line of the post that has the words, of a long one the part around them. Nothing found is exit status 1. " +
		"In a terminal it opens a screen; without ssh -t, and with any flag, it prints.\n" +
		"With --json: posts, as of ls, each with lines, a list of text."
}

func (v *searchVerb) run(ctx context.Context, r *request) error {
	return v.find(ctx, r, query(v.Words))
}

// query is the words of a search as one line. A word with a blank in it stood in
// quotes, and is sought as it is.
func query(words []string) string {
	var b strings.Builder
	for i, w := range words {
		if i > 0 {
			b.WriteByte(' ')
		}
		if strings.Contains(w, " ") {
			w = `"` + w + `"`
		}
		b.WriteString(w)
	}
	return b.String()
}

func (v *searchVerb) find(ctx context.Context, r *request, words string) error {
	words = text.Line(words)
	hits, err := r.Search(ctx, words)
	if err != nil {
		return err
	}
	if len(hits) == 0 {
		return fail(NotFound, "nothing found for %q", text.Field(words, 80))
	}
	if v.Limit.n != nil {
		hits = hits[:min(len(hits), *v.Limit.n)]
	}
	if r.asked.JSON {
		return r.jsonList("posts", len(hits), func(i int) any { return foundOf(hits[i]) })
	}
	out := r.page()
	for _, h := range hits {
		out.record(h.Post.Slug, dateOf(h.Post), h.Post.Title, bestLine(h))
	}
	return out.end()
}

// bestLine is the line of a found post that has the words most often, or else what
// the post is about.
func bestLine(h search.Hit) string {
	if len(h.Lines) == 0 {
		return h.Post.Summary
	}
	return slices.MaxFunc(h.Lines, func(a, b search.Line) int { return cmp.Compare(len(a.Marks), len(b.Marks)) }).Text
}

// foundOf is a found post as JSON has it.
func foundOf(h search.Hit) any {
	found := struct {
		postJSON
		Lines []string `json:"lines"`
	}{postOf(h.Post), []string{}}
	for _, l := range h.Lines {
		found.Lines = append(found.Lines, l.Text)
	}
	return found
}

type tagsVerb struct{}

// Help implements kong's HelpProvider.
func (tagsVerb) Help() string {
	return "The most used are first. ls --tag TAG lists the posts of one, however it is spelt.\nWith --json: tags, a list of name and posts."
}

func (tagsVerb) run(_ context.Context, r *request) error {
	tags := r.Library.Tags()
	if r.asked.JSON {
		return r.jsonList("tags", len(tags), func(i int) any { return tagJSON{tags[i].Name, tags[i].Posts} })
	}
	out := r.page()
	for _, t := range tags {
		out.record(t.Name, strconv.Itoa(t.Posts))
	}
	return out.end()
}
