package render

import "strings"

// A mender writes lines, those of a table when it is whole.
type mender struct {
	out  strings.Builder
	last string   // the line before, which may be the head of a table
	rows []string // of the table that is open, from its head
	wide int      // the most cells in a row of it
}

// row takes a line; code says that it is source code.
func (m *mender) row(line string, code bool) {
	switch {
	case m.rows != nil && (code || !strings.Contains(line, "|")):
		m.table()
	case m.rows != nil:
		if partsRows(line) {
			return
		}
		m.rows = append(m.rows, line)
		m.wide = max(m.wide, cellsIn(strings.TrimRight(line, "| \t\n")))
		return
	case !code && isRule(line) && strings.Contains(m.last, "|") && cellsIn(m.last) == cellsIn(line):
		m.rows = []string{m.last, line}
		m.wide, m.last = cellsIn(line), ""
		return
	}
	m.out.WriteString(m.last)
	m.last = line
	if code {
		m.out.WriteString(line)
		m.last = ""
	}
}

// table writes the table so far, its head as wide as its rows: what stands in
// cells beyond the head would be lost.
func (m *mender) table() {
	m.out.WriteString(m.last)
	m.last = ""
	missing := 0
	if m.rows != nil && m.wide <= maxColumns {
		missing = m.wide - cellsIn(m.rows[0])
	}
	for i, row := range m.rows {
		if i < 2 && missing > 0 {
			bare := strings.TrimRight(row, " \t\n")
			cell := " |"
			if i == 1 {
				cell = "-|"
			}
			if !strings.HasSuffix(bare, "|") {
				bare += "|"
			}
			row = bare + strings.Repeat(cell, missing) + "\n"
		}
		m.out.WriteString(row)
	}
	m.rows = nil
}

// isRule reports whether a line parts the head of a table from its rows.
func isRule(line string) bool {
	return strings.Contains(line, "|") && strings.Contains(line, "-") && strings.Trim(line, "|:- \t\n>") == ""
}

// partsRows reports whether a line is a rule between rows, as kramdown has it:
// each of its cells is full of one mark.
func partsRows(line string) bool {
	bare := strings.Trim(line, " \t\n>")
	bare = strings.TrimSuffix(strings.TrimPrefix(bare, "|"), "|")
	mark := strings.TrimLeft(bare, ": ")
	if mark == "" || mark[0] != '-' && mark[0] != '=' {
		return false
	}
	mark = mark[:1]
	for cell := range strings.FieldsFuncSeq(bare, func(r rune) bool { return r == '|' || r == '+' }) {
		cell = strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(cell), ":"), ":")
		if len(cell) < 3 || strings.Trim(cell, mark) != "" {
			return false
		}
	}
	return true
}

// cellsIn is how many cells a row of a table has.
func cellsIn(row string) int {
	row = strings.Trim(row, " \t\n>")
	row = strings.TrimPrefix(row, "|")
	n := 1
	for i := range len(row) - 1 { // not the bar at the end
		if row[i] == '|' && (i == 0 || row[i-1] != '\\') {
			n++
		}
	}
	return n
}
