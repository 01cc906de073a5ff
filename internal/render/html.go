package render

import (
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"

	"lectern/internal/text"
)

// A webpage lays out what an HTML block says, tag by tag.
type webpage struct {
	l      *layout
	base   *margin // of the block
	m      *margin // of what comes next
	kind   kind
	weave  *weave // nil: nothing in it
	start  int    // line on which the block begins
	boxes  []box  // that are open
	lists  int    // among them
	quotes int    // among them
	levels int    // of the heading that is open, 0 for none
	id     string // that it has
	pre    *strings.Builder
	lang   string
	listed bool   // the last paragraph stood in a list
	quoted bool   // and in a quote
	table  *table // that is open
}

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
	w := &webpage{l: l, base: m, m: m, kind: l.kind(n), start: l.sheet.len()}
	s := &scanner{rest: b.String()}
	for {
		words, t, more := s.next()
		switch {
		case !more:
			w.end()
			return
		case t.name != "":
			w.tag(t)
		default:
			w.text(text.Clean(words))
		}
	}
}

// end writes what has not been written yet.
func (w *webpage) end() {
	if w.pre != nil {
		w.endPre()
	}
	w.endTable()
	w.paragraph()
}

// text takes text between tags.
func (w *webpage) text(s string) {
	if w.pre != nil {
		w.pre.WriteString(s)
		return
	}
	flat := flatten(s)
	if flat == "" {
		if s != "" && w.weave != nil {
			w.weave.write(" ")
		}
		return
	}
	if strings.TrimLeftFunc(s, unicode.IsSpace) != s { // as flatten does: &nbsp; too
		flat = " " + flat
	}
	if strings.TrimRightFunc(s, unicode.IsSpace) != s {
		flat += " "
	}
	w.in().write(flat)
}

// in is the weave that text and tags of a line go into.
func (w *webpage) in() *weave {
	if w.weave == nil {
		w.weave = newWeave(w.l.pen)
	}
	return w.weave
}

// words is the text so far, as it is drawn in a kind.
func (w *webpage) words(k kind) flow {
	if w.weave == nil {
		return flow{}
	}
	f := w.l.ink(w.weave.done(), k)
	w.weave = nil
	return f.trim()
}

// parts are the tags that begin or end a paragraph.
var parts = setOf("p div section article aside header footer main nav center figure figcaption details summary " +
	"ul ol li dl dt dd blockquote h1 h2 h3 h4 h5 h6 hr form fieldset address caption table thead tbody tfoot tr td th pre")

// tag takes a tag.
func (w *webpage) tag(t tag) {
	switch {
	case w.pre != nil:
		w.inPre(t)
		return
	case parts[t.name] && w.spent():
		w.in().write(" ")
		return
	case !parts[t.name]:
		if !t.closes || w.weave != nil {
			w.in().tag(t)
		}
		return
	case w.table != nil || isTable[t.name] && !t.closes:
		w.inTable(t)
		return
	}
	w.paragraph()
	w.l.sheet.anchor(t.get("id"))
	switch t.name {
	case "ul", "ol", "li", "blockquote":
		if t.closes {
			w.close(t.name)
		} else {
			w.open(t)
		}
	case "pre":
		w.beginPre(t)
	case "hr":
		w.gap()
		w.l.thematicBreak(w.margin())
	case "h1", "h2", "h3", "h4", "h5", "h6":
		w.levels = 0
		if !t.closes {
			w.levels, w.id = int(t.name[1]-'0'), t.get("id")
		}
	}
	w.m = w.margin()
	if !t.closes {
		switch t.name {
		case "summary":
			w.m = w.m.in("▸ ", "  ", w.l.muted)
		case "dd":
			w.m = w.m.in("    ", "    ", look{})
		}
	}
}

// spent reports whether there is too much HTML for another paragraph.
func (w *webpage) spent() bool {
	w.l.parts--
	return w.l.parts < 0
}

// paragraph writes the text so far as a paragraph or a heading.
func (w *webpage) paragraph() {
	k := w.kind
	if w.quotes > 0 {
		k = inQuote
	}
	if w.levels > 0 {
		k = headKind(w.levels)
	}
	f := w.words(k)
	if f.text == "" {
		return
	}
	w.gap()
	if w.levels > 0 && !w.l.palette.Attributes() {
		marks := strings.Repeat("#", w.levels) + " "
		w.m = w.m.in(marks, strings.Repeat(" ", len(marks)), look{})
	}
	w.l.text(f, w.m)
	w.listed, w.quoted = w.lists > 0, w.quotes > 0
	if w.levels > 0 {
		w.l.sheet.note(w.levels, flatten(f.text), w.id)
	}
}
