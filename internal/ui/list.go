package ui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"lectern/internal/blog"
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
		return promptKeys
	case l.words.value != "":
		return filteredKeys
	case l.tag != "":
		return taggedKeys
	}
	return listKeys
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
