package blog

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"lectern/internal/text"
)

// A stub is a file without a text that leads elsewhere. It is no post: its
// slugs find the post that it leads to.
type stub struct {
	slugs []string
	to    string // an address
	line  int    // of the address
}

// held is how many bytes the stub's strings take; nil has none.
func (s *stub) held() int {
	if s == nil {
		return 0
	}
	n := len(s.to)
	for _, slug := range s.slugs {
		n += len(slug)
	}
	return n
}

// readStub makes a stub of the file when it says where to go.
func (p *parser) readStub(all fields) bool {
	f := firstOf(all, "redirect", "redirectto", "redirecturl")
	if len(f.value) == 0 {
		return false
	}
	var post Post
	p.setSlug(&post, readName(p.file), all)
	p.stub = &stub{append([]string{post.Slug}, post.Aliases...), strings.Clone(text.Field(f.value[0], MaxURL)), f.line}
	return true
}

// redirect lets posts be found by the slugs of the stubs that lead to them,
// where these are no post's, and warns of stubs that lead to none that is shown.
func (l *Library) redirect(taken map[string]struct{}) {
	stubs := map[string]*stub{} // by slug
	names := slices.Sorted(maps.Keys(l.entries))
	for _, name := range names {
		if s := l.entries[name].stub; s != nil {
			for _, slug := range s.slugs {
				_, isTaken := taken[slug]
				if stubs[slug] == nil && !isTaken && l.byAlias[slug] == nil {
					stubs[slug] = s
				}
			}
		}
	}
	found := map[string]*Post{}
	for _, name := range names {
		s := l.entries[name].stub
		if s == nil {
			continue
		}
		p := l.destination(s, stubs)
		if p == nil {
			l.problems = append(l.problems, Problem{
				text.Line(name), s.line, Warning,
				fmt.Sprintf("it only leads to %q, where no post of this blog is: it is not served", text.Field(s.to, 100)),
				"mend the address, or write a text that names it",
			})
			continue
		}
		for _, slug := range s.slugs {
			if stubs[slug] == s {
				found[slug] = p
			}
		}
	}
	maps.Copy(l.byAlias, found)
}

// destination is the post that a stub leads to, through a few others; nil for
// an address elsewhere, or a circle.
func (l *Library) destination(s *stub, stubs map[string]*stub) *Post {
	const maxSteps = 4
	for range maxSteps {
		slug := pathSlug(s.to)
		if p, ok := l.Post(slug); ok {
			return p
		}
		if s = stubs[slug]; s == nil {
			break
		}
	}
	return nil
}
