package ui

import (
	"fmt"
	"slices"
	"strings"

	"lectern/internal/blog"
	"lectern/internal/text"
)

// maxRelated is how many related posts stand at the end of a post.
const maxRelated = 3

// A neighbour is a post that another one leads to from its end.
type neighbour struct {
	post *blog.Post
	why  string
}

// neighbours are the posts before and behind p in its series, and those that are
// related.
func neighbours(library *blog.Library, p *blog.Post) []neighbour {
	var list []neighbour
	series := library.Series(p)
	if i := slices.IndexFunc(series, func(q *blog.Post) bool { return q.Slug == p.Slug }); i >= 0 {
		if i+1 < len(series) {
			list = append(list, neighbour{series[i+1], "next part"})
		}
		if i > 0 {
			list = append(list, neighbour{series[i-1], "part before"})
		}
	}
	for _, q := range library.Related(p, maxRelated) {
		list = append(list, neighbour{q, "related"})
	}
	return list
}

// part says which part of its series a post is; "" for one that stands alone.
func part(library *blog.Library, p *blog.Post) string {
	series := library.Series(p)
	i := slices.IndexFunc(series, func(q *blog.Post) bool { return q.Slug == p.Slug })
	if i < 0 {
		return ""
	}
	return fmt.Sprintf("Part %d of %d of %s", i+1, len(series), p.Series)
}

// tail is what stands behind the text of a post: its place in a series, and
// where to read on.
func tail(s *stage, p *blog.Post) []string {
	list := neighbours(s.library, p)
	where := part(s.library, p)
	if len(list) == 0 && where == "" {
		return nil
	}
	m, pal := s.measure(), s.palette
	lines := []string{"", pal.MutedStyle.Styled(strings.Repeat("─", min(m, 12)))}
	if where != "" {
		lines = append(lines, pal.MutedStyle.Styled(text.Truncate(where, m)))
	}
	for _, n := range list {
		why := n.why + ": "
		lines = append(lines, pal.MutedStyle.Styled(why)+pal.TextStyle.Styled(text.Truncate(n.post.Title, m-text.Width(why))))
	}
	if len(list) > 0 {
		lines = append(lines, pal.MutedStyle.Styled(text.Truncate("l leads there", m)))
	}
	return lines
}
