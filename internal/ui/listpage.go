package ui

import (
	"fmt"
	"strings"

	"lectern/internal/blog"
	"lectern/internal/text"
	"lectern/internal/theme"
)

// page implements screen.
func (l *list) page(s *stage) page {
	l.fresh(s)
	pg := page{title: s.library.Site().Tagline, body: make([]string, 0, s.rows())}
	if l.tag != "" {
		pg.title = "#" + l.tag
	}
	per := l.perPage(s)
	first := l.selected / per * per
	for i := first; i < min(first+per, len(l.posts)); i++ {
		if l.itemRows(s) > 1 {
			pg.body = append(pg.body, l.yearLine(s, i, first))
		}
		pg.body = l.item(s, pg.body, l.posts[i], i == l.selected)
	}

	switch {
	case len(l.posts) > 0:
		pages := (len(l.posts) + per - 1) / per
		pg.status = fmt.Sprintf("%d of %d", l.selected+1, len(l.posts))
		if pages > 1 && s.measure() >= 40 {
			pg.status += fmt.Sprintf(" · page %d/%d", first/per+1, pages)
		}
	case l.words.value != "":
		pg.body = wrapped(s, "No post matches these words. Press esc to see them all.")
		pg.status = "0"
	default:
		pg.body = wrapped(s, "There are no posts here yet. Please come back another day.")
	}
	if l.typing || l.words.value != "" {
		pg.prompt, pg.cursor = l.words.view("/", s.measure()-text.Width(pg.status)-2)
		pg.typing = l.typing
	}
	return pg
}

// wrapped is a sentence of ours as lines of the body.
func wrapped(s *stage, sentence string) []string {
	return text.Wrap(sentence, s.measure())
}

// item appends the lines of one post: title, summary, and date, time and tags.
// A line for its year stands above, or a blank one.
func (l *list) item(s *stage, lines []string, p *blog.Post, selected bool) []string {
	pal, room := s.palette, s.measure()-2
	mark, title := "  ", titled(pal, p)
	if selected {
		mark, title = pal.AccentStyle.Styled("▌")+" ", pal.AccentStyle.Styled(p.Title)
	}
	title = mark + text.Truncate(title, room)
	if l.itemRows(s) == 1 {
		return append(lines, title)
	}
	return append(lines,
		title,
		blankOr("  ", text.Truncate(p.Summary, room)),
		"  "+pal.MutedStyle.Styled(text.Truncate(byline(p), room)))
}

// yearLine is the line above post i: its year, where another one begins or the
// page does.
func (l *list) yearLine(s *stage, i, first int) string {
	year := yearOf(l.posts[i])
	if i > first && year == yearOf(l.posts[i-1]) {
		return ""
	}
	return s.palette.HeadingStyle.Styled(year)
}

// yearOf is the year of a post as a heading.
func yearOf(p *blog.Post) string {
	if p.Date.IsZero() {
		return "undated"
	}
	return p.Date.Format("2006")
}

// titled is a post's title with what its author set apart in it.
func titled(pal *theme.Palette, p *blog.Post) string {
	if len(p.Marks) == 0 {
		return pal.TitleStyle.Styled(p.Title)
	}
	var b strings.Builder
	plain := func(s string) {
		if s != "" {
			b.WriteString(pal.TitleStyle.Styled(s))
		}
	}
	at := 0
	for _, m := range p.Marks {
		plain(p.Title[at:m.From])
		style := pal.EmphasisStyle
		if m.Code {
			style = pal.CodeStyle
		}
		b.WriteString(style.Styled(p.Title[m.From:m.To]))
		at = m.To
	}
	plain(p.Title[at:])
	return b.String()
}

func blankOr(pad, s string) string {
	if s == "" {
		return ""
	}
	return pad + s
}

// byline is what is known of a post besides its title, on one line.
func byline(p *blog.Post) string {
	parts := make([]string, 0, 3)
	if !p.Date.IsZero() {
		parts = append(parts, p.Date.Format("2006-01-02"))
	}
	parts = append(parts, fmt.Sprintf("%d min", p.Minutes()))
	if len(p.Tags) > 0 {
		parts = append(parts, strings.Join(p.Tags, ", "))
	}
	return strings.Join(parts, " · ")
}
