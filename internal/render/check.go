package render

import (
	"cmp"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/charmbracelet/colorprofile"
	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"

	"lectern/internal/blog"
	"lectern/internal/text"
	"lectern/internal/theme"
)

// Bounds of a check.
const (
	maxFaults   = 1000 // warnings of one post
	maxTargets  = 5000 // addresses of one post that are looked for
	maxSpelled  = 200  // headings of one post that may be spelled out
	maxPlaces   = 1000 // places of the body at which an address may stand
	maxAlike    = 10   // posts without a description, or pictures, told one by one
	maxExamples = 3    // of them named in a warning of the whole folder
)

// checkWidth is the screen that tables are to fit, in cells.
const checkWidth = 80

// A Checker looks in posts for what their author would want to know before a
// reader finds it. It is for one library and the folder that this was loaded
// from, and for one goroutine.
type Checker struct {
	library *blog.Library
	folder  *folder
	bare    []string // files of posts without a description
	missing int      // pictures and films that are not there
	lacking int      // posts that they stand in, of those not told one by one
}

// NewChecker reads the names in the content folder.
func NewChecker(fsys fs.FS, library *blog.Library) *Checker {
	c := &Checker{library: library, folder: lookOver(fsys)}
	for _, post := range library.Posts() {
		if isBare(post) {
			c.bare = append(c.bare, post.File)
		}
	}
	slices.Sort(c.bare)
	return c
}

// isBare reports whether the list shows the beginning of a post for want of a
// description.
func isBare(post *blog.Post) bool { return post.Excerpt && post.Body.Len() > 0 }

// Check looks through one post and warns, in the order of lines, of
//
//   - pictures and links that lead nowhere; the rule stands at nowhere;
//   - source code in a language that it cannot colour, once for each language;
//   - tables that are too wide for 80 cells, so that their rows become lists;
//   - a post that is not drawn, but shown as it is written;
//   - a post without a description.
//
// Of what many posts have in common [Checker.Rest] tells. Check is bounded as
// [Render] is, and never panics.
func (c *Checker) Check(post *blog.Post) []blog.Problem {
	faults := c.inside(post)
	if isBare(post) && len(c.bare) <= maxAlike {
		shown := "nothing"
		if post.Summary != "" {
			shown = fmt.Sprintf("%q", text.Field(post.Summary, 60))
		}
		faults = append(faults, warning(post.File, 0, "there is no description: the list shows "+shown,
			"write description: and one line in the front matter"))
	}
	slices.SortStableFunc(faults, func(a, b blog.Problem) int { return cmp.Compare(a.Line, b.Line) })
	return faults
}

// Rest is what Check has not told of the posts so far one by one: most blogs
// have no descriptions at all, and a folder without a single picture is one
// whose pictures are kept elsewhere.
func (c *Checker) Rest() []blog.Problem {
	var rest []blog.Problem
	if n := len(c.bare); n > maxAlike {
		rest = append(rest, warning(".", 0,
			fmt.Sprintf("%d of %d posts have no description, such as %s: the list shows how they begin",
				n, len(c.library.Posts()), strings.Join(c.bare[:maxExamples], ", ")),
			"write description: and one line in their front matter"))
	}
	if c.lacking > 0 {
		rest = append(rest, warning(".", 0,
			fmt.Sprintf("%d more pictures and films in %d posts are not there: this folder holds none", c.missing-maxAlike, c.lacking),
			"put them beside the posts, or give them addresses that begin with https://"))
	}
	return rest
}

func warning(file string, line int, message, mend string) blog.Problem {
	return blog.Problem{File: file, Line: line, Level: blog.Warning, Message: message, Mend: mend}
}

// inside looks at what stands in a post.
func (c *Checker) inside(post *blog.Post) (faults []blog.Problem) {
	plain := []blog.Problem{warning(post.File, 0, "the post is too long or too tangled to be drawn: it is shown as it is written",
		"split it, or take out what is nested deeply")}
	defer func() {
		if recover() != nil {
			faults = plain
		}
	}()
	written := post.Body.String()
	body := prepared(written)
	ok, tables := tame(body)
	if !ok {
		return plain
	}
	source := []byte(body)
	o := Options{Width: checkWidth, Palette: theme.Plain().For(colorprofile.NoTTY), Links: true}
	k := &check{
		Checker: c, post: post, written: unfenced(written),
		layout: newLayout(source, o, &sheet{}),
		seen:   map[string]bool{}, names: map[string]bool{},
	}
	root := parse(source, tables)
	k.headings(root)
	k.walk(root, k.look)
	if k.lacks {
		c.lacking++
	}
	return k.faults
}

// A check is the look through one post.
type check struct {
	*Checker
	*layout
	post    *blog.Post
	written string          // the body as in the file, without source code
	names   map[string]bool // what a fragment may name, as sameName has it
	spelled []string        // of headings that a program may spell out in its own letters, what it keeps
	seen    map[string]bool // what was looked at already
	targets int             // addresses that were looked for
	lacks   bool            // a picture, that was counted and not told
	faults  []blog.Problem
}

// walk visits every node until there are too many faults.
func (k *check) walk(root ast.Node, visit func(ast.Node)) {
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if len(k.faults) >= maxFaults {
			return ast.WalkStop, nil
		}
		if entering {
			visit(n)
		}
		return ast.WalkContinue, nil
	})
}

func (k *check) warn(line int, message, mend string) {
	k.faults = append(k.faults, warning(k.post.File, line, message, mend))
}

// once reports whether this is the first time that it is asked about s.
func (k *check) once(s string) bool {
	first := !k.seen[s]
	k.seen[s] = true
	return first
}

// look looks at one node.
func (k *check) look(n ast.Node) {
	switch n := n.(type) {
	case *ast.Link:
		if len(n.Destination) == 0 {
			k.unaddressed(k.plain(n))
		}
		k.target(string(n.Destination), false)
	case *ast.Image:
		k.target(string(n.Destination), true)
	case *ast.RawHTML:
		k.tag(tagOf(string(n.Segments.Value(k.source))))
	case *ast.HTMLBlock:
		k.tags(string(n.Lines().Value(k.source)))
	case *ast.FencedCodeBlock:
		if n.Info != nil {
			k.language(string(n.Info.Segment.Value(k.source)))
		}
	case *east.Table:
		k.fit(n)
	}
}

// tags goes through the tags of an HTML block.
func (k *check) tags(raw string) {
	s := &scanner{rest: raw}
	for {
		_, t, more := s.next()
		if !more {
			return
		}
		k.tag(t)
	}
}

// tag looks at where a tag of HTML leads.
func (k *check) tag(t tag) {
	switch {
	case t.closes:
	case t.name == "a":
		k.target(t.get("href"), false)
	case t.name == "img":
		k.target(t.get("src"), true)
	case t.name == "video" || t.name == "audio" || t.name == "source":
		k.target(t.get("src"), false)
	}
}

// uncoloured are names of what has no colours and needs none.
var uncoloured = setOf("text txt plain plaintext none nohighlight output stdout stderr log logs console terminal " +
	"screen result results csv tsv tree math mermaid ascii ditaa plantuml dot graphviz svgbob vega")

// language warns of source code in a language that is not known.
func (k *check) language(line string) {
	name := infoOf(line).lang
	lower := strings.ToLower(name)
	if lower == "" || uncoloured[lower] || languages()[lower] != nil || strings.Contains(line, name+"=") || !k.once("code "+lower) {
		return
	}
	k.warn(k.fenceLine(name), fmt.Sprintf("source code in %q is shown without colours: no such language is known", name),
		"mend the name, or leave it out")
}

// fit warns of a table that does not fit the screen.
func (k *check) fit(n *east.Table) {
	var rows [][]flow
	for r := n.FirstChild(); r != nil; r = r.NextSibling() {
		var row []flow
		for c := r.FirstChild(); c != nil; c = c.NextSibling() {
			row = append(row, k.draw(c, inText))
		}
		rows = append(rows, row)
	}
	if len(rows) == 0 || len(rows[0]) == 0 || columns(rows, checkWidth) != nil {
		return
	}
	k.warn(k.tableLine(n), fmt.Sprintf("the table is too wide for %d cells: its rows are shown as lists", checkWidth),
		"use fewer columns or shorter words")
}
