package linear

import (
	"strings"

	"lectern/internal/render"
	"lectern/internal/text"
)

// sectionLines is how many lines of a post without headings are read at a time,
// about, for a section ends at a blank line. There are twice as many at most,
// source code aside.
const sectionLines = 40

// A span is the lines of a document from one up to, not including, another.
type span struct{ from, to int }

// sections takes the text of a document apart: at its headings, or where it has
// none into pieces. A heading that stands right above another is read with it.
func sections(doc *render.Document) []span {
	from := bodyOf(doc)
	headed := map[int]bool{} // blocks that are headings
	for _, h := range doc.Headings() {
		headed[doc.Place(h.Line).Block] = true
	}
	if len(headed) == 0 {
		return pieces(doc, from)
	}
	hasText := func(s span) bool {
		for i := s.from; i < s.to; i++ {
			if doc.Line(i) != "" && !headed[doc.Place(i).Block] {
				return true
			}
		}
		return false
	}
	var spans []span
	for _, h := range doc.Headings() {
		if s := (span{from, h.Line}); h.Line > from && hasText(s) {
			spans = appendText(spans, doc, s)
			from = h.Line
		}
	}
	return appendText(spans, doc, span{from, doc.Len()})
}

// pieces takes the text from a line on apart at blank lines, but not inside
// source code.
func pieces(doc *render.Document, from int) []span {
	var spans []span
	code := doc.Code()
	for i := from; i < doc.Len(); i++ {
		for len(code) > 0 && code[0].End <= i {
			code = code[1:]
		}
		if len(code) > 0 && code[0].Line < i {
			continue
		}
		if n := i - from; n >= 2*sectionLines || n >= sectionLines && doc.Line(i) == "" {
			spans = appendText(spans, doc, span{from, i})
			from = i
		}
	}
	return appendText(spans, doc, span{from, doc.Len()})
}

// bodyOf is the line on which a document's text begins, below the title and
// what stands under it.
func bodyOf(doc *render.Document) int {
	const head = 2 // blocks
	for i := range doc.Len() {
		if doc.Place(i).Block >= head {
			return i
		}
	}
	return doc.Len()
}

// appendText appends a span without the blank lines at its ends, if there is
// anything else in it.
func appendText(spans []span, doc *render.Document, s span) []span {
	for s.from < s.to && doc.Line(s.from) == "" {
		s.from++
	}
	for s.from < s.to && doc.Line(s.to-1) == "" {
		s.to--
	}
	if s.from == s.to {
		return spans
	}
	return append(spans, s)
}

// sectionAt is the section that holds a line, from 0.
func sectionAt(spans []span, line int) int {
	at := 0
	for i, s := range spans {
		if s.from <= line {
			at = i
		}
	}
	return at
}

// text writes a span of a document. Source code is announced, and printed as
// its author wrote it.
func (d *dialogue) text(doc *render.Document, s span) {
	code := doc.Code()
	for i := s.from; i < s.to; i++ {
		for len(code) > 0 && code[0].Line < i {
			code = code[1:]
		}
		if len(code) == 0 || code[0].Line != i {
			d.print(doc.Line(i))
			continue
		}
		d.code(code[0])
		i = max(i, code[0].End-1)
	}
}

// maxLang is how much of a language's name is said, in bytes.
const maxLang = 40

// code writes source code.
func (d *dialogue) code(c render.Code) {
	announced := "code:"
	if lang := text.Field(c.Lang, maxLang); lang != "" {
		announced = "code, " + lang + ":"
	}
	d.say(announced)
	// HTML can bring controls back that the post was cleaned of.
	d.print(strings.TrimSuffix(text.Clean(c.Source), "\n"))
	d.say("end of code")
}
