package render

import (
	"unicode/utf8"

	emoji "github.com/yuin/goldmark-emoji"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	gtext "github.com/yuin/goldmark/text"
)

// A shortEmoji reads emoji by their short codes (":rocket:") where no letter or
// digit stands beside the colons, so that "root:x:0" is none.
type shortEmoji struct{ parser.InlineParser }

func newShortEmoji() shortEmoji { return shortEmoji{emoji.NewParser()} }

// Parse implements parser.InlineParser.
func (s shortEmoji) Parse(parent ast.Node, r gtext.Reader, pc parser.Context) ast.Node {
	inWord := func(c rune) bool { return isWord(c) && !eastern(c) }
	if inWord(r.PrecendingCharacter()) {
		return nil
	}
	n := s.InlineParser.Parse(parent, r, pc)
	if line, _ := r.PeekLine(); n != nil {
		if after, size := utf8.DecodeRune(line); size > 0 && inWord(after) {
			return nil
		}
	}
	return n
}
