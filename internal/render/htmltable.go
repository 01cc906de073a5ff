package render

import (
	"strconv"
	"strings"
)

// A table is one of HTML, as far as it was read.
type table struct {
	rows    [][]flow
	headed  bool // the first row is a head
	open    bool // the last row is
	inHead  bool // the rows are those of the head
	title   []flow
	cell    bool  // text belongs to a cell
	caption bool  // or to the caption
	strong  bool  // the cell is a head
	columns int   // that the cell goes over
	down    int   // rows that it goes over
	below   []int // by column, rows to come that a cell above goes over
	cells   int   // with text of their own
	blanks  int   // cells that stand for a part of another one
	inner   int   // tables that are open in the cell
	first   bool  // the next cell of the inner table is the first of its row
	boxes   []box // that the table stands in
	lists   int   // among them
}

// isTable are the tags that a table is made of.
var isTable = setOf("table thead tbody tfoot tr td th")

// inTable takes a tag that begins a table or stands in one.
func (w *webpage) inTable(t tag) {
	switch {
	case w.table == nil:
		w.paragraph()
		w.table = &table{boxes: w.boxes, lists: w.lists}
		w.boxes, w.lists = nil, 0
		if t.name == "table" {
			return
		}
	case w.table.inner > 0 || t.name == "table" && !t.closes && w.table.cell:
		w.inInner(t)
		return
	}
	now := w.table
	switch t.name {
	case "table":
		w.endTable()
	case "td", "th":
		w.endCell()
		if !t.closes {
			now.begin(t)
		}
	case "tr":
		w.endRow()
	case "thead", "tbody", "tfoot":
		w.endRow()
		now.inHead = t.name == "thead" && !t.closes
	case "caption":
		w.endCell()
		now.caption = !t.closes
	default:
		w.inCell(t)
	}
}

// inInner takes a tag of a table in a cell: its rows are lines of the cell, and
// what stands in them is kept apart.
func (w *webpage) inInner(t tag) {
	now := w.table
	switch t.name {
	case "table":
		now.inner++
		if t.closes {
			now.inner -= 2
		}
		now.first = true
	case "tr":
		now.first = true
	case "td", "th":
		if !t.closes && !now.first {
			w.in().write(bar)
		}
		now.first = now.first && t.closes
		return
	}
	w.inCell(t)
}

// inCell takes a tag that parts what stands in a cell.
func (w *webpage) inCell(t tag) {
	if w.weave != nil {
		w.weave.breaks()
	}
	switch t.name {
	case "ul", "ol":
		if t.closes {
			w.close(t.name)
		} else {
			w.open(t)
		}
	case "li":
		if !t.closes {
			w.in().write(strings.Repeat("\u00a0 ", max(0, w.lists-1)) + w.mark())
		}
	case "pre":
		w.beginPre(t)
	}
}

// begin begins a cell.
func (t *table) begin(by tag) {
	if !t.open {
		t.open = true
		t.rows = append(t.rows, nil)
	}
	t.cell, t.strong = true, t.inHead || by.name == "th"
	t.columns, t.down = span(by, "colspan"), span(by, "rowspan")
	if row := len(t.rows) - 1; row == 0 && t.cells == 0 {
		t.headed = t.strong
	} else if row == 0 {
		t.headed = t.headed && t.strong
	}
}

// span is how many columns or rows a cell goes over.
func span(t tag, name string) int {
	n, err := strconv.Atoi(t.get(name))
	if err != nil {
		return 1
	}
	return min(max(n, 1), maxColumns)
}

// endCell takes the text so far as a cell. What stands in no cell, the caption
// too, comes above the table.
func (w *webpage) endCell() {
	t, k := w.table, w.kind
	if t.cell && t.strong {
		k = inTableHead
	}
	f := w.words(k)
	w.boxes, w.lists = nil, 0
	switch {
	case t.cell:
		t.put(f)
	case t.caption && f.text != "":
		t.title = append(t.title, plainFlow(f.text, w.l.muted))
	case f.text != "":
		t.title = append(t.title, f)
	}
	t.cell, t.caption = false, false
}

// put adds a cell to the row, behind those that come down from above.
func (t *table) put(f flow) {
	row := &t.rows[len(t.rows)-1]
	for t.covered(len(*row)) {
		t.blank(row)
	}
	t.cells++
	for i := range t.columns {
		if i > 0 && !t.blank(row) {
			break
		}
		if i == 0 {
			*row = append(*row, f)
		}
		column := len(*row) - 1
		if t.down > 1 && column < maxColumns {
			for len(t.below) <= column {
				t.below = append(t.below, 0)
			}
			// The end of this row takes one off.
			t.below[column] = t.down
		}
	}
}

// covered reports whether a cell above goes down over a column of this row.
func (t *table) covered(column int) bool {
	return column < len(t.below) && t.below[column] > 0 && t.blanks < 4*t.cells+maxColumns
}

// blank adds a cell that is a part of another one. It reports false when there
// are too many of them: in a table made to be huge they are left out.
func (t *table) blank(row *[]flow) bool {
	if t.blanks >= 4*t.cells+maxColumns {
		return false
	}
	t.blanks++
	*row = append(*row, flow{})
	return true
}

// endRow ends the row.
func (w *webpage) endRow() {
	w.endCell()
	t := w.table
	if !t.open {
		return
	}
	t.open = false
	for i := range t.below {
		t.below[i] = max(0, t.below[i]-1)
	}
}

// endTable lays out the table so far.
func (w *webpage) endTable() {
	t := w.table
	if t == nil {
		return
	}
	w.endRow()
	w.table, w.boxes, w.lists = nil, t.boxes, t.lists
	for _, f := range t.title {
		w.gap()
		w.l.text(f, w.margin())
	}
	if len(t.rows) == 0 {
		return
	}
	widest := 0
	for _, row := range t.rows {
		widest = max(widest, len(row))
	}
	w.gap()
	if widest == 1 && !t.headed || widest > maxColumns || widest*len(t.rows) > 4*(t.cells+t.blanks)+maxColumns {
		w.loose(t.rows)
		return
	}
	for i, row := range t.rows {
		t.rows[i] = append(row, make([]flow, widest-len(row))...)
	}
	if t.headed {
		w.l.grid(t.rows[0], t.rows[1:], nil, w.margin())
	} else {
		w.l.grid(nil, t.rows, nil, w.margin())
	}
}

// loose lays out cells one below the other: those of a table that is there to
// place things, or that has too many columns.
func (w *webpage) loose(rows [][]flow) {
	for i, row := range rows {
		if i > 0 && len(row) == 1 && len(rows[i-1]) == 1 {
			w.l.sheet.gap(w.margin())
		}
		for _, f := range row {
			w.l.text(f, w.margin())
		}
	}
}
