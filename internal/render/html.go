package render

import (
	"strings"

	"github.com/yuin/goldmark/ast"
	"golang.org/x/net/html"

	"lectern/internal/text"
)

// A webpage lays out what an HTML block says, tag by tag.
type webpage struct {
	l      *layout
	base   *margin // of the block
	m      *margin // of what comes next
	kind   kind
	weave  *weave
	start  int   // line on which the block begins
	lists  []int // open lists: the number of the next item, 0 for bullets
	levels int   // of the heading that is open, 0 for none
	pre    *strings.Builder
	lang   string
	quotes int
	listed bool     // the last paragraph stood in a list
	quoted bool     // and in a quote
	rows   [][]flow // of the table that is open
	cell   bool     // text belongs to a cell
	table  bool
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
	l.html -= b.Len()
	if l.html < 0 {
		return
	}
	w := &webpage{l: l, base: m, m: m, kind: l.kind(n), start: l.sheet.len()}
	w.weave = newWeave(l.pen)
	z := html.NewTokenizer(strings.NewReader(b.String()))
	z.SetMaxBuf(maxHTML)
	for z.Next() != html.ErrorToken {
		k := z.Token()
		switch k.Type {
		case html.TextToken:
			w.text(text.Clean(k.Data))
		case html.StartTagToken, html.EndTagToken, html.SelfClosingTagToken:
			w.tag(tagFrom(k))
		}
	}
	w.endRow()
	w.endTable()
	w.paragraph()
	w.endPre()
}

// text takes text between tags.
func (w *webpage) text(s string) {
	if w.pre != nil {
		w.pre.WriteString(s)
		return
	}
	flat := flatten(s)
	if flat == "" {
		if s != "" {
			w.weave.write(" ")
		}
		return
	}
	if strings.TrimLeft(s, " \t\n") != s {
		flat = " " + flat
	}
	if strings.TrimRight(s, " \t\n") != s {
		flat += " "
	}
	w.weave.write(flat)
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
	case !parts[t.name]:
		w.weave.tag(t)
		return
	case w.table && w.inTable(t):
		return
	}
	w.paragraph()
	switch t.name {
	case "ul", "ol":
		if t.closes {
			w.lists = w.lists[:max(0, len(w.lists)-1)]
		} else if len(w.lists) < maxDepth {
			n := 0
			if t.name == "ol" {
				n = 1
			}
			w.lists = append(w.lists, n)
		}
	case "blockquote":
		if t.closes {
			w.quotes = max(0, w.quotes-1)
		} else {
			w.quotes = min(w.quotes+1, maxDepth)
		}
	case "table":
		w.table = !t.closes
	case "pre":
		if !t.closes {
			w.pre, w.lang = &strings.Builder{}, languageClass(t)
		}
	case "hr":
		w.gap()
		w.l.thematicBreak(w.margin())
	case "h1", "h2", "h3", "h4", "h5", "h6":
		w.levels = 0
		if !t.closes {
			w.levels = int(t.name[1] - '0')
		}
	}
	w.m = w.margin()
	switch {
	case t.closes:
	case t.name == "li":
		mark := "• "
		if k := len(w.lists) - 1; k >= 0 && w.lists[k] > 0 {
			mark = itoa(w.lists[k]) + ". "
			w.lists[k]++
		}
		w.m = w.m.in(mark, strings.Repeat(" ", cellsOf(mark)), w.l.muted)
	case t.name == "summary":
		w.m = w.m.in("▸ ", "  ", w.l.muted)
	case t.name == "dd":
		w.m = w.m.in("    ", "    ", look{})
	}
}

// margin is where a paragraph stands that has no mark of its own.
func (w *webpage) margin() *margin {
	m := w.base
	for range w.quotes {
		m = m.in("│ ", "│ ", w.l.rule)
	}
	for range max(0, len(w.lists)-1) {
		m = m.in("  ", "  ", look{})
	}
	return m
}

// gap parts what comes next from what stands before it in the block. Items of a
// list stand close.
func (w *webpage) gap() {
	if w.l.sheet.len() == w.start || len(w.lists) > 0 && w.listed {
		return
	}
	m := w.base
	if w.quotes > 0 && w.quoted {
		m = w.margin()
	}
	w.l.sheet.gap(m)
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
	f := w.l.ink(w.weave.done(), k)
	w.weave = newWeave(w.l.pen)
	f = f.trim()
	if f.text == "" {
		return
	}
	w.gap()
	if w.levels > 0 && !w.l.palette.Attributes() {
		marks := strings.Repeat("#", w.levels) + " "
		w.m = w.m.in(marks, strings.Repeat(" ", len(marks)), look{})
	}
	w.l.text(f, w.m)
	w.listed, w.quoted = len(w.lists) > 0, w.quotes > 0
	if w.levels > 0 {
		w.l.sheet.doc.headings = append(w.l.sheet.doc.headings, Heading{
			Line: w.l.sheet.blockLine(), Level: w.levels, Text: flatten(f.text),
		})
	}
}

// inPre takes a tag inside source code: only the end of it counts.
func (w *webpage) inPre(t tag) {
	switch {
	case t.name == "pre" && t.closes:
		w.endPre()
	case t.name == "code" && w.lang == "":
		w.lang = languageClass(t)
	case t.name == "br":
		w.pre.WriteByte('\n')
	}
}

// endPre writes the source code so far.
func (w *webpage) endPre() {
	if w.pre == nil {
		return
	}
	source := strings.Trim(w.pre.String(), "\n")
	w.pre = nil
	if strings.TrimSpace(source) == "" {
		return
	}
	w.gap()
	w.l.showCode(source+"\n", w.lang, w.margin())
}

// languageClass is the language that a class names: language-go, lang-go.
func languageClass(t tag) string {
	for class := range strings.FieldsSeq(t.get("class")) {
		for _, prefix := range []string{"language-", "lang-", "brush:"} {
			if name, ok := strings.CutPrefix(class, prefix); ok {
				return language([]byte(name))
			}
		}
	}
	if lang := t.get("lang"); lang != "" {
		return language([]byte(lang))
	}
	return ""
}

// inTable takes a tag inside a table, and reports whether it was one for it.
func (w *webpage) inTable(t tag) bool {
	switch t.name {
	case "td", "th":
		w.endCell()
		w.cell = !t.closes
		if w.cell && len(w.rows) == 0 {
			w.rows = append(w.rows, nil)
		}
	case "tr":
		w.endRow()
		if !t.closes {
			w.rows = append(w.rows, nil)
		}
	case "table":
		if !t.closes {
			return true // a table in a table is a part of it
		}
		w.endRow()
		w.endTable()
		w.table = false
	case "thead", "tbody", "tfoot", "caption", "pre":
	default: // a paragraph, a list or an item in a cell
		w.weave.write("\n")
	}
	return true
}

// endCell takes the text so far as a cell.
func (w *webpage) endCell() {
	if !w.cell {
		return
	}
	w.cell = false
	k := w.kind
	if len(w.rows) == 1 {
		k = inTableHead
	}
	row := &w.rows[len(w.rows)-1]
	*row = append(*row, w.l.ink(w.weave.done(), k).trim())
	w.weave = newWeave(w.l.pen)
}

func (w *webpage) endRow() {
	w.endCell()
	if n := len(w.rows); n > 0 && len(w.rows[n-1]) == 0 {
		w.rows = w.rows[:n-1]
	}
}

// endTable lays out the table so far.
func (w *webpage) endTable() {
	rows := w.rows
	w.rows = nil
	if len(rows) == 0 {
		return
	}
	widest, cells := 0, 0
	for _, row := range rows {
		widest, cells = max(widest, len(row)), cells+len(row)
	}
	w.gap()
	if widest > maxColumns || widest*len(rows) > 4*cells+maxColumns {
		for _, row := range rows {
			for _, f := range row {
				w.l.text(f, w.m)
			}
		}
		return
	}
	for i := range rows {
		for len(rows[i]) < widest {
			rows[i] = append(rows[i], flow{})
		}
	}
	w.l.grid(rows, nil, w.margin())
}
