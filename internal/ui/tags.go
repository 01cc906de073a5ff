package ui

import (
	"cmp"
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
	tags []tagCount
}

// A tagCount is a tag, and how many posts have it.
type tagCount struct {
	name  string
	posts int
}

// countTags lists the tags of a library, the most used first. Tags that differ
// in case or accents are one, named as the newest post has it.
func countTags(library *blog.Library) []tagCount {
	at := map[string]int{}
	var tags []tagCount
	for _, p := range library.Posts() {
		for _, tag := range p.Tags {
			key := text.Fold(tag)
			i, ok := at[key]
			if !ok {
				i = len(tags)
				at[key] = i
				tags = append(tags, tagCount{name: tag})
			}
			tags[i].posts++
		}
	}
	slices.SortStableFunc(tags, func(a, b tagCount) int {
		return cmp.Or(cmp.Compare(b.posts, a.posts), cmp.Compare(text.Fold(a.name), text.Fold(b.name)))
	})
	return tags
}

// tagOf is the tag of the library that a reader means, "" for none.
func tagOf(library *blog.Library, name string) string {
	name = text.Fold(name)
	for _, t := range countTags(library) {
		if text.Fold(t.name) == name {
			return t.name
		}
	}
	return ""
}

// hasTag reports whether a post has a tag, which is folded.
func hasTag(p *blog.Post, folded string) bool {
	return slices.ContainsFunc(p.Tags, func(tag string) bool { return text.Fold(tag) == folded })
}

// newTagList lists the tags; post, which may be nil, is the one that is open.
func newTagList(library *blog.Library, post *blog.Post) *tagList {
	t := &tagList{tags: countTags(library)}
	if post != nil {
		slices.SortStableFunc(t.tags, func(a, b tagCount) int {
			return order(hasTag(post, text.Fold(a.name))) - order(hasTag(post, text.Fold(b.name)))
		})
	}
	for _, c := range t.tags {
		e := entry{label: c.name, note: "1 post"}
		if c.posts != 1 {
			e.note = fmt.Sprintf("%d posts", c.posts)
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
	return intent{do: goTag, text: t.tags[t.selected].name}
}

// page implements screen.
func (t *tagList) page(s *stage) page {
	if len(t.entries) == 0 {
		return page{title: "tags", body: wrapped(s, "No post has a tag.")}
	}
	return page{title: "tags", body: t.lines(s), status: fmt.Sprintf("%d of %d", t.selected+1, len(t.entries))}
}
