package render

import (
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// A formula keeps mathematics as it was written: the marks of Markdown
// in it are none.
type formula struct{}

// Trigger implements parser.InlineParser.
func (formula) Trigger() []byte { return []byte{'$'} }

// Parse implements parser.InlineParser.
func (formula) Parse(_ ast.Node, r text.Reader, _ parser.Context) ast.Node {
	line, segment := r.PeekLine()
	window := string(line[:min(len(line), 2*maxTag)])
	size := formulaOf(window)
	if size == 0 || size > len(window) || size == 2 {
		return nil
	}
	if window[1] != '$' && size > 4 && !strings.ContainsAny(window[:size], `\^_={}+`) {
		return nil // two prices
	}
	r.Advance(size)
	return ast.NewRawTextSegment(segment.WithStop(segment.Start + size))
}
