package ui

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"lectern/internal/blog"
	"lectern/internal/text"
	"lectern/internal/theme"
)

// A list is the home screen: the posts, newest first, in pages. It keeps its
// selection by slug, so that a reload or a filter moves it as little as it can.
type list struct {
	posts    []*blog.Post // those that pass the filter, see fresh
	selected int          // index into posts
	tag      string       // all posts have it; "" for a list of all
	words    prompt       // the filter
	typing   bool         // keys go to the filter
	moved    bool         // the selection was moved while typing
	stale    bool         // posts must be chosen anew
	body     []string     // of the last page; its room is used again
}

func newList() *list { return &list{stale: true} }

// newTagged lists the posts with a tag.
func newTagged(tag string) *list { return &list{stale: true, tag: tag} }

// changed implements screen.
func (l *list) changed(*stage) { l.stale = true }

// fresh chooses the posts that pass the filter. It is called when they are
// needed and not for each key, so that a flood of keys on a large blog costs no
// more than the frames that are drawn.
func (l *list) fresh(s *stage) {
	if !l.stale {
		return
	}
	l.stale = false
	slug := ""
	if l.selected < len(l.posts) {
		slug = l.posts[l.selected].Slug
	}
	all := s.library.Posts()
	if l.tag != "" {
		all = s.library.Tagged(l.tag)
	}
	l.posts = all
	if l.words.value != "" {
		l.posts = s.matching(all, l.words.value)
	}
	l.selected = min(l.selected, max(0, len(l.posts)-1))
	l.selectSlug(s, slug)
}

// selectSlug moves the selection to a post, where the filter shows it.
func (l *list) selectSlug(s *stage, slug string) {
	l.fresh(s)
	if i := slices.IndexFunc(l.posts, func(p *blog.Post) bool { return p.Slug == slug }); i >= 0 {
		l.selected = i
	}
}

// neighbour returns the slug of the post that is step places further down from
// p, or nothing at the ends. A post that the list does not show stands where its
// date puts it.
func (l *list) neighbour(s *stage, p *blog.Post, step int) string {
	l.fresh(s)
	i, shown := slices.BinarySearchFunc(l.posts, p, blog.ComparePosts)
	if !shown && step > 0 {
		step-- // i is the next one already
	}
	if i += step; i < 0 || i >= len(l.posts) {
		return ""
	}
	return l.posts[i].Slug
}

// keys implements screen.
func (l *list) keys() keymap {
	switch {
	case l.typing:
		return promptKeys()
	case l.words.value != "":
		return filteredKeys()
	case l.tag != "":
		return taggedKeys()
	}
	return listKeys()
}

// key implements screen.
func (l *list) key(s *stage, k tea.KeyPressMsg) intent {
	a := l.keys().find(k)
	if l.typing && l.typed(s, a, k) {
		return intent{}
	}
	switch a {
	case filter:
		l.typing, l.moved = true, false
	case back:
		if l.tag != "" && l.words.value == "" {
			return intent{do: back}
		}
		l.showAll()
	case choose:
		if l.fresh(s); l.selected < len(l.posts) {
			return intent{do: choose, slug: l.posts[l.selected].Slug}
		}
	case quit, showHelp, switchTheme, showTags, showSearch, narrower, wider, toggleMouse:
		return intent{do: a}
	default:
		l.fresh(s)
		l.move(a, l.perPage(s))
		l.moved = true
	}
	return intent{}
}

// typed takes a key while the filter is typed, and reports whether that was all
// that the key asked for.
func (l *list) typed(s *stage, a action, k tea.KeyPressMsg) bool {
	switch {
	case a == choose:
		l.typing = false
		l.fresh(s)
		return !l.moved && len(l.posts) != 1
	case a != noAction:
		return false
	case l.words.value == "" && k.String() == "backspace":
		l.showAll()
	case l.words.key(k):
		l.stale, l.moved = true, false
	}
	return true
}

// paste implements screen.
func (l *list) paste(_ *stage, pasted string) {
	if l.typing {
		l.words.insert(pasted)
		l.stale = true
	}
}

func (l *list) showAll() {
	l.typing, l.words, l.stale = false, prompt{}, true
}

func (l *list) move(a action, page int) {
	last := max(0, len(l.posts)-1)
	switch a {
	case up:
		l.selected--
	case down:
		l.selected++
	case pageUp:
		l.selected = (l.selected/page - 1) * page
	case pageDown:
		if next := (l.selected/page + 1) * page; next <= last {
			l.selected = next
		} else {
			l.selected = last
		}
	case halfUp:
		l.selected -= max(1, page/2)
	case halfDown:
		l.selected += max(1, page/2)
	case top:
		l.selected = 0
	case bottom:
		l.selected = last
	}
	l.selected = min(max(l.selected, 0), last)
}

// itemRows is how many lines one post takes, its blank line included.
func (l *list) itemRows(s *stage) int {
	if s.rows() < 8 {
		return 1
	}
	return 4
}

// perPage is how many posts one page holds.
func (l *list) perPage(s *stage) int {
	if n := l.itemRows(s); n > 1 {
		return max(1, s.rows()/n)
	}
	return max(1, s.rows())
}

// page implements screen.
func (l *list) page(s *stage) page {
	l.fresh(s)
	pg := page{title: s.library.Site().Tagline, body: l.body[:0]}
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
	l.body = pg.body

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
