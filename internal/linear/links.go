package linear

import (
	"context"
	"strings"

	"lectern/internal/blog"
	"lectern/internal/render"
	"lectern/internal/text"
)

// A link is where a link of a post leads: to a post, to a line of the same post,
// to a note, or else to an address alone.
type link struct {
	address string
	post    *blog.Post
	part    string // of post
	line    int    // in the same post; -1 elsewhere
	note    []string
}

// links lists the links of a post, each address once.
func (d *dialogue) links(ctx context.Context, r *reading) {
	doc, ok := d.document(ctx, r.post)
	if !ok {
		return
	}
	var links []link
	seen := map[string]bool{}
	for _, l := range doc.Links() {
		if !seen[l.URL] {
			seen[l.URL] = true
			links = append(links, linkOf(d.Library(), doc, l))
		}
	}
	if len(links) == 0 {
		d.say("This post has no links.")
		return
	}
	d.enter(ctx, &list{
		title: number(len(links), "link") + ":", count: len(links), size: linesAtATime,
		item:    func(i int) (string, string) { return links[i].label(), links[i].address },
		offer:   "Number to go there",
		means:   "the post or the section; any other address alone, to be copied",
		choose:  func(ctx context.Context, i int) { d.follow(ctx, r, links[i]) },
		further: "pbq",
	})
}

// linkOf finds out where a link leads.
func linkOf(library *blog.Library, doc *render.Document, l render.Link) link {
	found := link{address: text.Line(l.URL), line: -1}
	if strings.HasPrefix(l.URL, "#") {
		line, ok := doc.Anchor(l.URL)
		if !ok {
			return found
		}
		if strings.HasPrefix(l.URL, "#fn:") {
			found.note = blockAt(doc, line)
		} else {
			found.line = line
		}
		return found
	}
	found.post, found.part, _ = library.Linked(l.URL)
	if found.post == nil && l.Target != "" && !strings.Contains(l.URL, ":") {
		found.address = l.Target // a relative one is of no use outside
	}
	return found
}

// blockAt is the text of the block that begins on a line.
func blockAt(doc *render.Document, line int) (lines []string) {
	block := doc.Place(line).Block
	for i := line; i < doc.Len() && doc.Place(i).Block == block && doc.Line(i) != ""; i++ {
		lines = append(lines, doc.Line(i))
	}
	return lines
}

// label is what stands above the address in the list.
func (l link) label() string {
	switch {
	case l.post != nil:
		return "The post " + l.post.Title + ":"
	case l.line >= 0:
		return "A section of this post:"
	case l.note != nil:
		return "A note to this post:"
	}
	return "An address:"
}

// follow goes where a link of a post leads, or prints its address for other
// programs.
func (d *dialogue) follow(ctx context.Context, r *reading, l link) {
	switch {
	case l.post != nil:
		d.read(ctx, l.post, l.part)
	case l.line >= 0:
		d.leaveFor(ctx, r, l.line)
	case l.note != nil:
		for _, line := range l.note {
			d.print(line)
		}
	default:
		d.print(l.address)
	}
}
