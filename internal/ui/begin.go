package ui

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"lectern/internal/blog"
	"lectern/internal/text"
)

// begin opens the place that a reader named on the command line:
//
//	SLUG            a post, also by a former slug
//	SLUG#heading    a section of it
//	tag:NAME        the posts with a tag
//	search:WORDS    what a search finds
//
// A name that is none of the blog's opens a card with those that are most alike.
func (r *Root) begin(place string) {
	place = text.Field(strings.TrimSpace(place), maxPrompt)
	if place == "" {
		return
	}
	if name, ok := strings.CutPrefix(place, "tag:"); ok {
		if tag, ok := r.stage.library.Tag(name); ok {
			r.push(newTagged(tag.Name))
			return
		}
	}
	if words, ok := strings.CutPrefix(place, "search:"); ok && r.cfg.Search != nil {
		r.push(newFinding(words))
		return
	}
	slug, part, _ := strings.Cut(place, "#")
	if p, ok := r.stage.library.Post(slug); ok {
		r.open(p.Slug)
		if rd := r.reader(); rd != nil {
			rd.goal = part
		}
		return
	}
	r.push(newGuesses(r.stage.library, place))
}

// maxGuesses is how many posts are offered for a name that no post has.
const maxGuesses = 5

// Guesses are the posts that a reader may have meant.
type guesses struct {
	menu
	asked string
	posts []*blog.Post
}

func newGuesses(library *blog.Library, asked string) *guesses {
	g := &guesses{asked: asked}
	slug, _, _ := strings.Cut(asked, "#")
	for _, near := range library.Near(slug, maxGuesses) {
		if p, ok := library.Post(near); ok {
			g.posts = append(g.posts, p)
			g.entries = append(g.entries, entry{label: p.Title, note: p.Slug})
		}
	}
	g.entries = append(g.entries, entry{label: "All posts"})
	return g
}

// changed implements screen.
func (g *guesses) changed(*stage) {}

// paste implements screen.
func (g *guesses) paste(*stage, string) {}

// keys implements screen.
func (g *guesses) keys() keymap { return menuKeys("open what is selected", "") }

// key implements screen.
func (g *guesses) key(s *stage, k tea.KeyPressMsg) intent {
	switch a := g.keys().find(k); a {
	case choose:
		if g.selected < len(g.posts) {
			return intent{do: choose, slug: g.posts[g.selected].Slug}
		}
		return intent{do: back}
	case back, showHelp, switchTheme:
		return intent{do: a}
	default:
		g.move(s, a)
	}
	return intent{}
}

// page implements screen.
func (g *guesses) page(s *stage) page {
	said := fmt.Sprintf("There is no post called “%s”.", g.asked)
	if tag, ok := strings.CutPrefix(g.asked, "tag:"); ok {
		said = fmt.Sprintf("There is no tag called “%s”.", tag)
	}
	if len(g.posts) > 0 {
		said += " Did you mean one of these?"
	}
	body := wrapped(s, said)
	body = append(body, "")
	return page{body: append(body, g.lines(s)...)}
}
