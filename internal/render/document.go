// Package render turns a post into a document: lines ready for one kind of
// terminal at one width, and where in them the headings, links and code are.
//
// goldmark parses the Markdown. The blocks are laid out here, from the outside
// in, each in the width that the blocks around it leave; what stands inside a
// paragraph, a heading or a cell is drawn by glamour's elements in a style
// configuration of ours, and broken into lines here. See [Render].
package render

import (
	"slices"
	"strings"
)

// A Heading is where a section begins.
type Heading struct {
	Line  int // first line of the heading
	Level int // 1 to 6
	Text  string
	ID    string // as the author wrote it, or as GitHub makes it of Text; unique as far as the author's are
}

// A Link is a place in the document that points elsewhere.
type Link struct {
	Line int    // line on which the link begins
	URL  string // as the author wrote it; "#name" leads to an [Document.Anchor]
	// Target is where it leads on the web, in ASCII. It is empty for a place in
	// the blog and for what a terminal has no use for.
	Target string
}

// A Code is a block of source code: the lines from Line up to, not including, End.
type Code struct {
	Line, End int
	Lang      string // as the author named it, may be empty
	Source    string // exactly what the author wrote, with tabs and long lines
}

// A Place is a place in a post that survives another width or theme: a block,
// and how far into its letters. The zero Place is the beginning.
type Place struct {
	Block  int
	Offset int
}

// A Document is a post drawn for one kind of terminal. It is immutable and
// shared by all who read the post.
type Document struct {
	text     string
	ends     []uint32 // where each line ends in text; the next begins a byte later
	blocks   []uint32 // first line of each block
	offsets  []uint32 // of each line: letters of its block that stand before it
	headings []Heading
	links    []Link
	code     []Code
	anchors  []anchor // in the order of lines
}

// Len is how many lines the document has.
func (d *Document) Len() int { return len(d.ends) }

// Line is line i, from 0. It has no more cells than the width that was asked
// for and stands for itself: it begins and ends with no attribute set and no
// link open, and has no trailing blanks. A line that is not there is empty.
func (d *Document) Line(i int) string {
	if i < 0 || i >= len(d.ends) {
		return ""
	}
	from := uint32(0)
	if i > 0 {
		from = d.ends[i-1] + 1
	}
	return d.text[from:d.ends[i]]
}

// Headings lists the headings of the body in order. Do not modify.
func (d *Document) Headings() []Heading { return d.headings }

// Links lists the links in order. Do not modify.
func (d *Document) Links() []Link { return d.links }

// Code lists the code blocks in order. Do not modify.
func (d *Document) Code() []Code { return d.code }

// Place tells which place in the post stands on a line.
func (d *Document) Place(line int) Place {
	if line <= 0 || len(d.ends) == 0 {
		return Place{}
	}
	line = min(line, len(d.ends)-1)
	i, found := slices.BinarySearch(d.blocks, uint32(line))
	if !found {
		i--
	}
	return Place{Block: i, Offset: int(d.offsets[line])}
}

// Find is the line on which a place stands, whatever document of the post the
// place was taken from. Find(Place(i)) is i.
func (d *Document) Find(p Place) int {
	if p.Block < 0 || len(d.blocks) == 0 {
		return 0
	}
	if p.Block >= len(d.blocks) {
		return max(0, len(d.ends)-1)
	}
	first, end := int(d.blocks[p.Block]), len(d.ends)
	if p.Block+1 < len(d.blocks) {
		end = int(d.blocks[p.Block+1])
	}
	i, found := slices.BinarySearch(d.offsets[first:end], uint32(max(0, p.Offset)))
	if !found && i > 0 {
		i--
	}
	return first + i
}

// Size is about how many bytes the document holds on to.
func (d *Document) Size() int64 {
	const fixed = 512
	n := fixed + len(d.text) + 4*(cap(d.ends)+cap(d.blocks)+cap(d.offsets))
	for _, h := range d.headings {
		n += 56 + len(h.Text) + len(h.ID)
	}
	for _, l := range d.links {
		n += 40 + len(l.URL) + len(l.Target)
	}
	for _, a := range d.anchors {
		n += 24 + len(a.name)
	}
	for _, c := range d.code {
		n += 56 + len(c.Lang) + len(c.Source)
	}
	return int64(n)
}

// String is the whole document, each line with its end.
func (d *Document) String() string {
	if d.text == "" {
		return ""
	}
	return strings.TrimRight(d.text, "\n") + "\n"
}
