package render

import (
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
)

// A layout puts the blocks of a post on a sheet.
type layout struct {
	*pen
	sheet *sheet
	rule  look // of lines, bars and bullets
	muted look
	code  painter
	parts int // tags of HTML blocks that may still begin or end paragraphs
}

// blocks lays out the children of a node inside m, with a blank line between
// them unless they are tight.
func (l *layout) blocks(parent ast.Node, m *margin, depth int, tight bool) {
	start := l.sheet.len()
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		if !tight && l.sheet.len() > start {
			l.sheet.gap(m)
		}
		l.layBlock(n, m, depth)
	}
}

// layBlock lays out one block.
func (l *layout) layBlock(n ast.Node, m *margin, depth int) {
	if depth > maxDepth {
		l.sheet.block()
		l.sheet.flow(m, plainFlow(flatten(l.plain(n)), look{}))
		return
	}
	switch n := n.(type) {
	case *ast.Heading:
		l.heading(n, m)
	case *ast.Blockquote:
		l.quote(n, m, depth)
	case *ast.List:
		l.list(n, m, depth)
	case *ast.FencedCodeBlock:
		i := info{}
		if n.Info != nil {
			i = infoOf(string(n.Info.Segment.Value(l.source)))
		}
		if i.lang == "math" {
			l.formulaBlock(n, m)
			return
		}
		l.codeBlock(n, i, m)
	case *ast.CodeBlock:
		l.codeBlock(n, info{}, m)
	case *ast.HTMLBlock:
		l.htmlBlock(n, m)
	case *ast.ThematicBreak:
		l.thematicBreak(m)
	case *east.Table:
		l.table(n, m)
	case *east.DefinitionList:
		l.blocks(n, m, depth, true)
	case *east.DefinitionTerm:
		if n.PreviousSibling() != nil {
			l.sheet.gap(m)
		}
		l.text(l.draw(n, inTerm), m)
	case *east.DefinitionDescription:
		l.blocks(n, m.in("    ", "    ", look{}), depth+1, n.IsTight)
	case *east.FootnoteList:
		l.footnotes(n, m, depth)
	default: // a paragraph, or the text of a tight item
		if n.Type() == ast.TypeBlock && n.FirstChild() != nil && n.FirstChild().Type() == ast.TypeBlock {
			l.blocks(n, m, depth+1, false)
			return
		}
		l.text(l.draw(n, l.kind(n)), m)
	}
}

// kind is what a paragraph stands in.
func (l *layout) kind(n ast.Node) kind {
	for p := n.Parent(); p != nil; p = p.Parent() {
		if p.Kind() == ast.KindBlockquote {
			return inQuote
		}
	}
	return inText
}

// text lays out a flow as a block of its own.
func (l *layout) text(f flow, m *margin) {
	if strings.TrimSpace(f.text) == "" {
		return
	}
	l.sheet.block()
	l.sheet.flow(m, f)
}

// heading lays out a heading, and notes where it is.
func (l *layout) heading(n *ast.Heading, m *margin) {
	f := l.draw(n, headKind(n.Level))
	if strings.TrimSpace(f.text) == "" {
		return
	}
	if !l.palette.Attributes() {
		marks := strings.Repeat("#", n.Level) + " "
		m = m.in(marks, strings.Repeat(" ", len(marks)), look{})
	}
	l.sheet.block()
	l.sheet.flow(m, f)
	l.sheet.note(n.Level, flatten(l.plain(n)), idOf(n))
}

// thematicBreak lays out a rule: short and centred, as in a book.
func (l *layout) thematicBreak(m *margin) {
	const sign = "* * *"
	l.sheet.block()
	l.sheet.begin(m)
	l.sheet.write(strings.Repeat(" ", max(0, (m.width-len(sign))/2)), look{}, 0)
	l.sheet.put(sign, l.rule, 0)
	l.sheet.end(true)
}

// footnotes lays out the notes at the end of a post.
func (l *layout) footnotes(n *east.FootnoteList, m *margin, depth int) {
	l.sheet.block()
	l.sheet.begin(m)
	l.sheet.put(strings.Repeat("─", min(m.width, 12)), l.rule, 0)
	l.sheet.end(true)
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if note, ok := c.(*east.Footnote); ok {
			mark := "[" + itoa(note.Index) + "] "
			l.sheet.anchor(noteAnchor(note.Index))
			l.blocks(note, m.in(mark, strings.Repeat(" ", len(mark)), l.muted), depth+1, false)
		}
	}
}

// flatten is text on one line.
func flatten(s string) string { return strings.Join(strings.Fields(s), " ") }
