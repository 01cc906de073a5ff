package render

import (
	"bytes"
	"html"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"

	"lectern/internal/text"
)

// words writes what a text node says, with its line break.
func (p *pen) words(w *strings.Builder, n *ast.Text) {
	value := n.Segment.Value(p.source)
	if n.IsRaw() {
		w.WriteString(strings.ReplaceAll(string(value), "\t", " "))
	} else {
		unescape(w, value)
	}
	switch {
	case n.HardLineBreak():
		w.WriteByte('\n')
	case n.SoftLineBreak():
		// A line that ends in Chinese or Japanese goes on without a blank.
		before, _ := utf8.DecodeLastRune(value)
		if len(value) == 0 {
			before = p.beside(n, false)
		}
		if !unspaced(before) || !unspaced(p.beside(n, true)) {
			w.WriteByte(' ')
		}
	}
}

// beside is the letter that stands after a node, or before it, in the same line;
// 0 where it is not one of text, code, emphasis or a link. It looks no further
// than through maxInline nodes.
func (p *pen) beside(n ast.Node, after bool) rune {
	inside := false
	for range maxInline {
		var next ast.Node
		switch {
		case inside && after:
			next = n.FirstChild()
		case inside:
			next = n.LastChild()
		case after:
			next = n.NextSibling()
		default:
			next = n.PreviousSibling()
		}
		if next == nil {
			if inside || n.Parent() == nil || n.Parent().Type() != ast.TypeInline {
				return 0
			}
			n = n.Parent()
			continue
		}
		n, inside = next, false
		var value []byte
		switch n := n.(type) {
		case *ast.Text:
			value = n.Segment.Value(p.source)
			if len(value) == 0 && (n.SoftLineBreak() || n.HardLineBreak()) {
				return 0
			}
		case *ast.String:
			value = n.Value
		case *ast.CodeSpan, *ast.Emphasis, *ast.Link, *east.Strikethrough:
			inside = true
		default:
			return 0
		}
		if len(value) == 0 {
			continue
		}
		r, _ := utf8.DecodeRune(value)
		if !after {
			r, _ = utf8.DecodeLastRune(value)
		}
		return r
	}
	return 0
}

// unescape writes Markdown text with its backslash escapes and entities
// resolved.
func unescape(w *strings.Builder, s []byte) {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\\' && i+1 < len(s) && strings.IndexByte("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", s[i+1]) >= 0:
			i++
			w.WriteByte(s[i])
		case c == '&':
			end := bytes.IndexByte(s[i:min(len(s), i+40)], ';')
			if end < 0 {
				w.WriteByte(c)
				continue
			}
			// An entity may stand for a control character.
			w.WriteString(text.Clean(html.UnescapeString(string(s[i : i+end+1]))))
			i += end
		case c == '\t' || c == ' ': // of blanks in a row one is shown, as on the web
			if !strings.HasSuffix(w.String(), " ") {
				w.WriteByte(' ')
			}
		default:
			w.WriteByte(c)
		}
	}
}
