package ui

import (
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"lectern/internal/blog"
	"lectern/internal/text"
)

// A tagList is the tags of the blog with how many posts have each; those of the
// post that it was opened from stand first.
type tagList struct {
	menu
	tags []blog.Tag
}

// hasTag reports whether a post has a tag, which is folded.
func hasTag(p *blog.Post, folded string) bool {
	return slices.ContainsFunc(p.Tags, func(tag string) bool { return text.Fold(tag) == folded })
}

// newTagList lists the tags; post, which may be nil, is the one that is open.
func newTagList(library *blog.Library, post *blog.Post) *tagList {
	t := &tagList{tags: slices.Clone(library.Tags())}
	if post != nil {
		slices.SortStableFunc(t.tags, func(a, b blog.Tag) int {
			return order(hasTag(post, text.Fold(a.Name))) - order(hasTag(post, text.Fold(b.Name)))
		})
	}
	for _, c := range t.tags {
		e := entry{label: c.Name, note: "1 post"}
		if c.Posts != 1 {
			e.note = fmt.Sprintf("%d posts", c.Posts)
		}
		t.entries = append(t.entries, e)
	}
	return t
}

func order(first bool) int {
	if first {
		return 0
	}
	return 1
}

// changed implements screen.
func (t *tagList) changed(*stage) {}

// paste implements screen.
func (t *tagList) paste(*stage, string) {}

// keys implements screen.
func (t *tagList) keys() keymap { return menuKeys("show the posts with this tag", "#") }

// key implements screen.
func (t *tagList) key(s *stage, k tea.KeyPressMsg) intent {
	switch a := t.keys().find(k); a {
	case choose:
		return t.chosen()
	case back, showHelp, switchTheme:
		return intent{do: a}
	default:
		t.move(s, a)
	}
	return intent{}
}

// chosen shows the posts with the tag that is selected.
func (t *tagList) chosen() intent {
	if len(t.tags) == 0 {
		return intent{}
	}
	return intent{do: goTag, text: t.tags[t.selected].Name}
}

// page implements screen.
func (t *tagList) page(s *stage) page {
	if len(t.entries) == 0 {
		return page{title: "tags", body: wrapped(s, "No post has a tag.")}
	}
	return page{title: "tags", body: t.lines(s), status: fmt.Sprintf("%d of %d", t.selected+1, len(t.entries))}
}
