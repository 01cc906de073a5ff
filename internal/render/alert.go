package render

import (
	"strings"

	"github.com/yuin/goldmark/ast"
)

// alerts are the kinds of a note that stands out.
var alerts = setOf("note tip important warning caution info danger success attention hint " +
	"error failure bug example question help faq abstract summary tldr todo seealso")

// alert is the kind of note that a quote is, as GitHub marks it in its first
// line ("[!NOTE]"), and what the author calls it; empty for a plain quote. The
// mark is taken out of the quote.
func (l *layout) alert(n *ast.Blockquote) string {
	p, ok := n.FirstChild().(*ast.Paragraph)
	if !ok || p.Lines().Len() == 0 {
		return ""
	}
	first := p.Lines().At(0)
	inner, ok := strings.CutPrefix(strings.TrimSpace(string(first.Value(l.source))), "[!")
	if !ok {
		return ""
	}
	name, title, ok := strings.Cut(inner, "]")
	if !ok || !alerts[strings.ToLower(name)] {
		return ""
	}
	for c := p.FirstChild(); c != nil; {
		next := c.NextSibling()
		t, isText := c.(*ast.Text)
		if isText && t.Segment.Start >= first.Stop {
			break
		}
		p.RemoveChild(p, c)
		c = next
		if isText && (t.SoftLineBreak() || t.HardLineBreak()) {
			break
		}
	}
	if p.FirstChild() == nil {
		n.RemoveChild(n, p)
	}
	if title = strings.TrimSpace(strings.TrimLeft(title, "+-")); title != "" {
		return title
	}
	return strings.ToUpper(name[:1]) + strings.ToLower(name[1:])
}

// quote lays out a quote, or a note with its name above it.
func (l *layout) quote(n *ast.Blockquote, m *margin, depth int) {
	in := m.in("│ ", "│ ", l.rule)
	name := l.alert(n)
	if name != "" {
		title := look{fg: foreground(l.palette.Accent)}
		if l.palette.Attributes() {
			title.attrs = bold
		}
		l.text(plainFlow(name, title), in)
		if n.FirstChild() != nil {
			l.sheet.gap(in)
		}
	}
	l.blocks(n, in, depth+1, false)
}
