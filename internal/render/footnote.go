package render

import (
	"slices"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	gtext "github.com/yuin/goldmark/text"
)

// Unasked numbers the footnotes that nothing in the text refers to, after the
// others: goldmark would leave them out, with their links.
type unasked struct{}

// Transform implements parser.ASTTransformer. All footnotes stand in one list,
// in the place of the first.
func (unasked) Transform(doc *ast.Document, _ gtext.Reader, _ parser.Context) {
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		list, ok := n.(*east.FootnoteList)
		if !ok {
			if n.Type() == ast.TypeInline {
				return ast.WalkSkipChildren, nil
			}
			return ast.WalkContinue, nil
		}
		var notes []*east.Footnote
		for c := list.FirstChild(); c != nil; c = c.NextSibling() {
			if note, ok := c.(*east.Footnote); ok {
				notes = append(notes, note)
				if note.Index < 0 {
					list.Count++
					note.Index = list.Count
				}
			}
		}
		// goldmark v1.7.8 sorts them one by one, from the first: in a moment where
		// that is the last, and with the square of their number else.
		slices.SortFunc(notes, func(a, b *east.Footnote) int { return b.Index - a.Index })
		list.RemoveChildren(list)
		for _, note := range notes {
			list.AppendChild(list, note)
		}
		return ast.WalkStop, nil
	})
}
