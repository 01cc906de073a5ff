package ui

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"lectern/internal/blog"
	"lectern/internal/render"
	"lectern/internal/text"
)

// A linkList is the links and notes of a post, each address once, and the posts
// that it leads to from its end.
type linkList struct {
	menu
	title string
	links []render.Link
}

// newLinkList lists the links of a document. line is the first one on the
// screen: the selection begins at the first link from there on.
func newLinkList(s *stage, post *blog.Post, doc *render.Document, line int) *linkList {
	l := &linkList{title: post.Title}
	seen := map[string]bool{}
	chosen := false
	for _, link := range doc.Links() {
		if seen[link.URL] {
			continue
		}
		seen[link.URL] = true
		l.links = append(l.links, link)
		if !chosen && link.Line >= line {
			l.selected, chosen = len(l.links)-1, true
		}
	}
	near := neighbours(s.library, post)
	for _, n := range near {
		l.links = append(l.links, render.Link{URL: n.post.Slug})
	}
	digits := len(fmt.Sprint(len(l.links)))
	for i, link := range l.links {
		label, note := describe(s.library, doc, link)
		if k := i - (len(l.links) - len(near)); k >= 0 {
			note = near[k].why
		}
		l.entries = append(l.entries, entry{label: fmt.Sprintf("%*d  %s", digits, i+1, label), note: note})
	}
	return l
}

// describe says where a link leads.
func describe(library *blog.Library, doc *render.Document, link render.Link) (label, note string) {
	if strings.HasPrefix(link.URL, "#fn:") {
		if line, ok := doc.Anchor(link.URL); ok {
			return text.Line(doc.Line(line)), "note"
		}
	}
	if strings.HasPrefix(link.URL, "#") {
		return link.URL, "in this post"
	}
	if p, _, ok := library.Linked(link.URL); ok {
		return p.Title, "post"
	}
	return shown(link), ""
}

// shown is an address as readers read it.
func shown(link render.Link) string {
	if link.Target == "" || strings.Contains(link.URL, ":") {
		return link.URL
	}
	return link.Target
}

// changed implements screen.
func (l *linkList) changed(*stage) {}

// paste implements screen.
func (l *linkList) paste(*stage, string) {}

// keys implements screen.
func (l *linkList) keys() keymap {
	return menuKeys("open the post, the note, or the address; a number selects one", "l")
}

// key implements screen.
func (l *linkList) key(s *stage, k tea.KeyPressMsg) intent {
	if l.digit(k.String()) {
		return intent{}
	}
	switch a := l.keys().find(k); a {
	case choose:
		return l.chosen()
	case back, showHelp, switchTheme:
		return intent{do: a}
	default:
		l.move(s, a)
	}
	return intent{}
}

// chosen goes where the link leads that is selected.
func (l *linkList) chosen() intent {
	if len(l.links) == 0 {
		return intent{}
	}
	return intent{do: goLink, link: l.links[l.selected]}
}

// page implements screen.
func (l *linkList) page(s *stage) page {
	if len(l.entries) == 0 {
		return page{title: l.title, body: wrapped(s, "This post has no links.")}
	}
	return page{title: l.title + " · links", body: l.lines(s), status: fmt.Sprintf("%d of %d", l.selected+1, len(l.entries))}
}
