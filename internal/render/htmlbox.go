package render

import (
	"slices"
	"strconv"
	"strings"
)

// A box is a list, an item of one or a quote that is open in HTML.
type box struct {
	name string  // ul, ol, li or blockquote
	next int     // number of the next item of a list, 0 for bullets
	m    *margin // of what stands in it
}

// maxBoxes is how many boxes stand in each other, of which maxDepth may be lists
// and as many quotes; what is deeper stands where they do.
const maxBoxes = 2 * maxDepth

// open opens a box. An item ends the one before it.
func (w *webpage) open(t tag) {
	if t.name == "li" {
		w.close("li")
	}
	if len(w.boxes) >= maxBoxes || isList(t.name) && w.lists >= maxDepth || t.name == "blockquote" && w.quotes >= maxDepth {
		return
	}
	b := box{name: t.name, m: w.margin()}
	switch t.name {
	case "blockquote":
		b.m = b.m.in("│ ", "│ ", w.l.rule)
		w.quotes++
	case "li":
		mark := w.mark()
		b.m = b.m.in(mark, strings.Repeat(" ", cellsOf(mark)), w.l.muted)
	case "ol":
		first, err := strconv.Atoi(t.get("start"))
		if err != nil || first < 1 || first > 1e9 {
			first = 1
		}
		b.next = first
		fallthrough
	default:
		b.m = w.indented()
		w.lists++
	}
	w.boxes = append(w.boxes, b)
}

// indented is where a list stands: in another one it is indented, whether or
// not its item has shown its mark.
func (w *webpage) indented() *margin {
	if n := len(w.boxes); n > 1 && w.boxes[n-1].name == "li" && isList(w.boxes[n-2].name) {
		return w.boxes[n-2].m.in("  ", "  ", look{})
	}
	if n := len(w.boxes); n > 0 && isList(w.boxes[n-1].name) {
		return w.margin().in("  ", "  ", look{})
	}
	return w.margin()
}

// close closes a box, and those in it that are still open. An item is one of
// the list that was opened last.
func (w *webpage) close(name string) {
	for i, b := range slices.Backward(w.boxes) {
		if name == "li" && isList(b.name) {
			return
		}
		if b.name != name && !(isList(name) && isList(b.name)) {
			continue
		}
		for _, inner := range w.boxes[i:] {
			switch {
			case isList(inner.name):
				w.lists--
			case inner.name == "blockquote":
				w.quotes--
			}
		}
		w.boxes = w.boxes[:i]
		return
	}
}

func isList(name string) bool { return name == "ul" || name == "ol" }

// mark is what stands before the next item of a list.
func (w *webpage) mark() string {
	for i, b := range slices.Backward(w.boxes) {
		if isList(b.name) && b.next > 0 {
			w.boxes[i].next++
			return itoa(b.next) + ". "
		}
		if isList(b.name) {
			break
		}
	}
	return "• "
}

// margin is where a paragraph stands: after the mark of its item, or below it
// where that is written.
func (w *webpage) margin() *margin {
	if n := len(w.boxes); n > 0 {
		return w.boxes[n-1].m
	}
	return w.base
}

// gap parts what comes next from what stands before it in the block. Items of a
// list stand close.
func (w *webpage) gap() {
	if w.l.sheet.len() == w.start || w.lists > 0 && w.listed {
		return
	}
	m := w.base
	if w.quotes > 0 && w.quoted {
		m = w.margin()
		for at := m; at != w.base; at = at.parent {
			if !at.used && at.first != at.rest {
				m = at.parent // a mark is not for a blank line
			}
		}
	}
	w.l.sheet.gap(m)
}
