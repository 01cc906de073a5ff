package render

import (
	"slices"
	"strings"

	east "github.com/yuin/goldmark/extension/ast"
)

// A table's columns are parted by a bar, its head from its rows by a rule.
const (
	bar      = " │ "
	barCells = 3
)

// table lays out a table in the width that there is: cells are wrapped, and
// where the columns would be too narrow to read, every row becomes a small
// list of its own.
func (l *layout) table(n *east.Table, m *margin) {
	var head []flow
	var rows [][]flow
	for r := n.FirstChild(); r != nil; r = r.NextSibling() {
		k := l.kind(n)
		if r.Kind() == east.KindTableHeader {
			k = inTableHead
		}
		var row []flow
		for c := r.FirstChild(); c != nil; c = c.NextSibling() {
			row = append(row, l.draw(c, k))
		}
		if k == inTableHead {
			head = row
		} else {
			rows = append(rows, row)
		}
	}
	l.grid(head, rows, n.Alignments, m)
}

// grid lays out rows of cells under a head, which may be nil. All have as many
// cells.
func (l *layout) grid(head []flow, rows [][]flow, align []east.Alignment, m *margin) {
	if !slices.ContainsFunc(head, shows) {
		head = nil
	}
	all := rows
	if head != nil {
		all = append([][]flow{head}, rows...)
	}
	if len(all) == 0 || len(all[0]) == 0 {
		return
	}
	widths := columns(all, m.width)
	if widths == nil {
		l.records(head, rows, m)
		return
	}
	l.sheet.block()
	ruled := slices.ContainsFunc(rows, func(row []flow) bool { return tall(row, widths) })
	for i, row := range all {
		if i == 1 && head != nil || i > 0 && ruled {
			l.ruleRow(widths, m)
		}
		l.row(row, widths, align, m)
	}
}

// shows reports whether there is something in a cell.
func shows(f flow) bool { return strings.TrimSpace(f.text) != "" }

// columns are the widths of the columns, nil when there is no room for them.
func columns(rows [][]flow, width int) []int {
	n := len(rows[0])
	room := width - (n-1)*barCells
	if room < n*3 {
		return nil
	}
	wish, least := make([]int, n), make([]int, n)
	for _, row := range rows {
		for i := range min(n, len(row)) {
			line, word := row[i].width()
			wish[i], least[i] = max(wish[i], line, 1), max(least[i], word, 1)
		}
	}
	given := 0
	for i := range least {
		// A word that is wider than its share and this is broken.
		least[i] = min(least[i], max(12, room/n))
		wish[i] = max(wish[i], least[i])
		given += least[i]
	}
	if given > room {
		return nil
	}
	// What is left goes to the narrowest column that wishes for more.
	for ; given < room; given++ {
		k := -1
		for i := range least {
			if least[i] < wish[i] && (k < 0 || least[i] < least[k]) {
				k = i
			}
		}
		if k < 0 {
			break
		}
		least[k]++
	}
	return least
}

// tall reports whether a row takes more than one line.
func tall(row []flow, widths []int) bool {
	for i := range min(len(row), len(widths)) {
		lines := 0
		row[i].lines(widths[i], func(int, int, bool) { lines++ })
		if lines > 1 {
			return true
		}
	}
	return false
}

// row writes one row.
func (l *layout) row(row []flow, widths []int, align []east.Alignment, m *margin) {
	type span struct{ from, to int }
	cells := make([][]span, len(widths))
	height := 1
	for i := range min(len(widths), len(row)) {
		row[i].lines(widths[i], func(from, to int, _ bool) { cells[i] = append(cells[i], span{from, to}) })
		height = max(height, len(cells[i]))
	}
	d := anyway
	if slices.ContainsFunc(row, func(f flow) bool { return runsLeft(f.text) }) {
		d = tabled
	}
	for y := range height {
		l.sheet.begin(m)
		l.sheet.bear(d)
		for x, w := range widths {
			if x > 0 {
				l.sheet.write(bar, l.rule, 0)
			}
			left, right := 0, w
			if y < len(cells[x]) {
				c := cells[x][y]
				right -= cellsOf(row[x].text[c.from:c.to])
				switch {
				case x < len(align) && align[x] == east.AlignRight:
					left, right = right, 0
				case x < len(align) && align[x] == east.AlignCenter:
					left, right = right/2, right-right/2
				}
				l.sheet.write(strings.Repeat(" ", max(0, left)), look{}, 0)
				l.sheet.part(row[x], 0, c.from, c.to)
			}
			l.sheet.write(strings.Repeat(" ", max(0, right)), look{}, 0)
		}
		l.sheet.end(y == height-1)
	}
}

// ruleRow writes a line between rows.
func (l *layout) ruleRow(widths []int, m *margin) {
	l.sheet.begin(m)
	for i, w := range widths {
		if i > 0 {
			l.sheet.write("─┼─", l.rule, 0)
		}
		l.sheet.write(strings.Repeat("─", w), l.rule, 0)
	}
	l.sheet.end(true)
}

// records lays out a table that is too wide: for every row the heads of its
// columns with what stands in them. A head of which nothing stands in any row
// is shown in the first.
func (l *layout) records(head []flow, rows [][]flow, m *margin) {
	if len(rows) == 0 {
		head, rows = nil, [][]flow{head}
	}
	l.sheet.block() // as it is where there is room, so that a place in it is found
	start := l.sheet.len()
	for i, row := range rows {
		if i > 0 && l.sheet.len() > start {
			l.sheet.gap(m)
		}
		for x, cell := range row {
			headed := x < len(head) && shows(head[x])
			switch {
			case shows(cell) && headed:
				cell = join(head[x], plainFlow(": ", l.muted), cell)
			case shows(cell):
			case headed && i == 0 && !slices.ContainsFunc(rows, func(row []flow) bool { return shows(row[x]) }):
				cell = join(head[x], plainFlow(":", l.muted))
			default:
				continue
			}
			l.sheet.flow(m.in("", "  ", look{}), cell)
		}
	}
}

// join is flows one after the other.
func join(flows ...flow) flow {
	var f flow
	for _, g := range flows {
		for _, r := range g.runs {
			r.end += len(f.text)
			f.runs = append(f.runs, r)
		}
		f.text += g.text
	}
	return f
}

// cellsOf is the cells of text without sequences.
func cellsOf(s string) int {
	n := 0
	for i := 0; i < len(s); {
		size, w := cluster(s[i:])
		n += w
		i += size
	}
	return n
}
