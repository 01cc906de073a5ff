package blog

import (
	"fmt"
	"slices"
	"time"

	"lectern/internal/text"
)

// name gives each post a slug of its own. In the order of the file names the
// first that asks for a slug gets it; the next gets the first of its spares that
// is free, or else -2, and so on, but never what another file asks for.
func (l *Library) name(names []string, last *Library) {
	asked := map[string]string{} // by slug, the first file that asks for it
	for _, name := range names {
		if e := l.entries[name]; e != nil && e.post != nil {
			if _, ok := asked[e.post.Slug]; !ok {
				asked[e.post.Slug] = name
			}
		}
	}
	number := map[string]int{}
	l.renamed = map[string]*Post{}
	for _, name := range names {
		e := l.entries[name]
		if e == nil || e.post == nil {
			continue
		}
		want := e.post.Slug
		first := asked[want]
		if first == name {
			continue
		}
		isSpare := false
		slug := ""
		for _, spare := range e.spares {
			if slug = spare; asked[spare] == "" {
				isSpare = true
				break
			}
		}
		if !isSpare {
			n := max(2, number[want])
			slug = fmt.Sprintf("%s-%d", want, n)
			for ; asked[slug] != ""; slug = fmt.Sprintf("%s-%d", want, n) {
				n++
			}
			number[want] = n + 1
		}
		asked[slug] = name
		renamed := last.renamed[name]
		if renamed == nil || renamed.Slug != slug || last.entries[name].post != e.post {
			again := *e.post
			again.Slug = slug
			renamed = &again
		}
		l.renamed[name] = renamed
		if isSpare {
			continue
		}
		level := Warning // a number changes when a file that sorts before is added
		if e.named {
			level = Error
		}
		l.problems = append(l.problems, Problem{
			text.Line(name), 0, level,
			fmt.Sprintf("the slug %q is that of %s already; this one is served as %q", want, text.Line(first), slug),
			"give one of them another slug",
		})
	}
}

// shown is the post of a file under the slug that it has here; nil for none.
func (l *Library) shown(name string) *Post {
	if p, ok := l.renamed[name]; ok {
		return p
	}
	return l.entries[name].post
}

// show lists the posts whose time has come.
func (l *Library) show(now time.Time) {
	l.bySlug = make(map[string]*Post, len(l.entries))
	for name, e := range l.entries {
		p := l.shown(name)
		switch {
		case e.hidden:
			l.drafts++
		case p == nil:
		case e.isExpired(now): // as its author wants it
			l.drafts++
		case e.from.After(now):
			l.scheduled++
			l.problems = append(l.problems, scheduled(p, e.from))
			l.wake(e.from)
		default:
			l.wake(e.until)
			l.posts = append(l.posts, p)
			l.bySlug[p.Slug] = p
		}
	}
	slices.SortFunc(l.posts, ComparePosts)
	l.alias()
}

// wake notes a time at which another post is to be shown, or one no more.
func (l *Library) wake(when time.Time) {
	if !when.IsZero() && (l.next.IsZero() || when.Before(l.next)) {
		l.next = when
	}
}

// scheduled warns of a post that is held back until its time comes.
func scheduled(p *Post, when time.Time) Problem {
	return Problem{p.File, 0, Warning, fmt.Sprintf("the post is dated %s and appears then", day(when)), "mend the date if that is not meant"}
}

// day is a date as an author reads it, with its time of day unless that is midnight.
func day(date time.Time) string {
	if h, m, s := date.Clock(); h+m+s > 0 {
		return date.Format("2006-01-02 15:04 MST")
	}
	return date.Format(time.DateOnly)
}

// alias lets posts be found by their former slugs. One that two posts had
// leads to the newer, and none leads past a post that is yet to appear.
func (l *Library) alias() {
	own := make(map[string]struct{}, len(l.entries))
	for name := range l.entries {
		if p := l.shown(name); p != nil {
			own[p.Slug] = struct{}{}
		}
	}
	l.byAlias = map[string]*Post{}
	for _, p := range l.posts {
		for _, slug := range p.Aliases {
			_, isOwn := own[slug]
			if _, taken := l.byAlias[slug]; !taken && !isOwn {
				l.byAlias[slug] = p
			}
		}
	}
	l.redirect(own)
}
