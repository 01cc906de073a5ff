package render

import (
	"regexp"
	"strings"

	"charm.land/glamour/v2/ansi"
	"github.com/yuin/goldmark/ast"
)

// htmlBlock lays out what an HTML block says, without its tags.
func (l *layout) htmlBlock(n *ast.HTMLBlock, m *margin) {
	var b strings.Builder
	for i := range n.Lines().Len() {
		line := n.Lines().At(i)
		b.Write(line.Value(l.source))
	}
	if n.HasClosure() {
		b.Write(n.ClosureLine.Value(l.source))
	}
	l.html -= b.Len()
	if l.html < 0 {
		return
	}
	s := l.paper(inText).SanitizeHTML(lineTags.ReplaceAllString(b.String(), "\n\n$0"), true)
	start := l.sheet.len()
	for part := range strings.SplitSeq(s, "\n\n") {
		if part = flatten(part); part == "" {
			continue
		}
		if l.sheet.len() > start {
			l.sheet.gap(m)
		}
		l.text(l.ink([]ansi.ElementRenderer{&ansi.BaseElement{Token: literal(part)}}, l.kind(n)), m)
	}
}

// lineTags matches the tags that begin a line of their own.
var lineTags = regexp.MustCompile(`(?i)<(?:/?(?:p|div|li|tr|table|ul|ol|h[1-6]|figure|figcaption|pre|blockquote|section)\b|br\b)`)
