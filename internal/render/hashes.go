package render

import (
	"bytes"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	gtext "github.com/yuin/goldmark/text"
)

// Hashes read a heading without a blank behind its marks, as "##安装" is
// written by many and taken by what Markdown was before CommonMark. One mark
// alone begins no heading: "#tag" is none.
type hashes struct{}

// Trigger implements parser.BlockParser.
func (hashes) Trigger() []byte { return []byte{'#'} }

// Open implements parser.BlockParser.
func (hashes) Open(_ ast.Node, r gtext.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, segment := r.PeekLine()
	pos := pc.BlockOffset()
	if pos < 0 {
		return nil, parser.NoChildren
	}
	inner := bytes.TrimRight(line[pos:], " \t\n")
	said := bytes.TrimLeft(inner, "#")
	level := len(inner) - len(said)
	if first, _ := utf8.DecodeRune(said); level < 2 || level > 6 || !isWord(first) && !eastern(first) {
		return nil, parser.NoChildren
	}
	if n := len(said) - len(bytes.TrimRight(said, "#")); n == level { // of two signs, so not "C#"
		said = bytes.TrimRight(said[:len(said)-n], " \t")
	}
	start := segment.Start - segment.Padding + pos + level
	h := ast.NewHeading(level)
	h.Lines().Append(gtext.NewSegment(start, start+len(said)))
	return h, parser.NoChildren
}

// Continue implements parser.BlockParser.
func (hashes) Continue(ast.Node, gtext.Reader, parser.Context) parser.State { return parser.Close }

// Close implements parser.BlockParser.
func (hashes) Close(ast.Node, gtext.Reader, parser.Context) {}

// CanInterruptParagraph implements parser.BlockParser.
func (hashes) CanInterruptParagraph() bool { return true }

// CanAcceptIndentedLine implements parser.BlockParser.
func (hashes) CanAcceptIndentedLine() bool { return false }
