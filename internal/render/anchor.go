package render

import (
	"net/url"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"

	"lectern/internal/text"
)

// Bounds of the names of places in one post.
const (
	maxAnchors    = 2000
	maxAnchorName = 200 // bytes
)

// noteAnchor is the name of the place of footnote n.
func noteAnchor(n int) string { return "fn:" + itoa(n) }

// An anchor is a place in a document that has a name and is no heading.
type anchor struct {
	name string
	line uint32
}

// Anchor is the line of the place that a link "#name" leads to: a heading by
// its id, a footnote, or an id in HTML. A name that no place has in these
// letters leads to the heading that has it but for case and marks, since other
// programs make ids of headings in other ways.
func (d *Document) Anchor(name string) (line int, ok bool) {
	name = strings.TrimPrefix(name, "#")
	if s, err := url.PathUnescape(name); err == nil {
		name = s
	}
	for _, h := range d.headings {
		if h.ID == name {
			return h.Line, true
		}
	}
	for _, a := range d.anchors {
		if a.name == name {
			return int(a.line), true
		}
	}
	same := sameName(name)
	for _, h := range d.headings {
		if s := sameName(h.Text); same != "" && (s == same || sameName(h.ID) == same) {
			return h.Line, true
		}
	}
	return 0, false
}

// anchor gives a name to the block that is written next.
func (s *sheet) anchor(name string) {
	if name != "" && len(name) <= maxAnchorName && len(s.pending)+len(s.doc.anchors) < maxAnchors {
		s.pending = append(s.pending, name)
	}
}

// place puts the names that are due on the line that begins.
func (s *sheet) place() {
	for _, name := range s.pending {
		s.doc.anchors = append(s.doc.anchors, anchor{name, uint32(s.len())})
	}
	s.pending = s.pending[:0]
}

// note notes a heading, with the id that its author wrote or one of its own.
func (s *sheet) note(level int, said, id string) {
	if s.ids == nil {
		s.ids = ids{}
	}
	s.doc.headings = append(s.doc.headings, Heading{Line: s.blockLine(), Level: level, Text: said, ID: s.ids.of(said, id)})
}

// Ids are those that a post has, with the last number behind each to tell it from
// one of the same words.
type ids map[string]int

// of is the id of a heading: as its author wrote it, or one of what it says that
// no heading before it has.
func (i ids) of(said, id string) string {
	if id = text.Field(id, maxAnchorName); id == "" {
		base := slug(said)
		if base == "" {
			base = "section" // it says nothing in letters
		}
		id = base
		for _, taken := i[id]; taken; _, taken = i[id] {
			i[base]++
			id = base + "-" + itoa(i[base])
		}
	}
	if _, there := i[id]; !there {
		i[id] = 0
	}
	return id
}

// idOf is the id that an author gave to a heading.
func idOf(n *ast.Heading) string {
	id, _ := n.AttributeString("id")
	b, _ := id.([]byte)
	return string(b)
}

// slug is the id that GitHub makes of a heading: letters and digits in lower
// case, and a hyphen for each blank.
func slug(heading string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == ' ':
			return '-'
		case r == '-' || r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r):
			return unicode.ToLower(r)
		}
		return -1
	}, text.Field(heading, maxAnchorName))
}
