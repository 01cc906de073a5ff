package render

import (
	"strings"
	"unicode/utf8"
)

// tablesMended is a body with tables as Markdown takes them: without the rules
// between rows that kramdown has, and without comments, and with what stands in
// cells beyond the head in the last cell of its row, where it would be lost. It
// is asked last: marks of other programs may have bars in them. Source code is
// left as it is.
func tablesMended(body string) string {
	if !strings.Contains(body, "|") {
		return body
	}
	var b strings.Builder
	b.Grow(len(body) + len(body)/16)
	var source verbatim
	last, columns := "", 0 // the line before, and the columns of the table that is open
	for rest := body; rest != ""; {
		line := firstLine(rest)
		code := source.keeps(line, rest)
		rest = rest[len(line):]
		switch {
		case code || !strings.Contains(line, "|"):
			columns = 0
		case columns > 0:
			if partsRows(line) {
				continue
			}
			line = fitted(line, columns)
		case isRule(line) && strings.Contains(last, "|") && cellsIn(last) == cellsIn(line):
			columns = cellsIn(line)
		}
		b.WriteString(line)
		last = line
	}
	return b.String()
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

// fitted is a row with no more cells than there are columns; one of more than
// maxColumns is left. Bars in code are none where they would make it too many.
func fitted(row string, columns int) string {
	row = uncommented(row)
	if n := cellsIn(row); n <= columns || n > maxColumns {
		return row
	}
	bare := strings.TrimRight(row, " \t\n")
	end := row[len(bare):]
	if strings.HasSuffix(bare, "|") {
		bare, end = bare[:len(bare)-1], "|"+end
	}
	from := len(bare) - len(strings.TrimLeft(bare, " \t>"))
	if strings.HasPrefix(bare[from:], "|") {
		from++
	}
	cells := cellsOfRow(bare[from:])
	var b strings.Builder
	b.WriteString(bare[:from])
	for i, cell := range cells {
		switch {
		case i == 0:
		case i < columns:
			b.WriteByte('|')
		case !says(cell):
			continue
		case blankLine(cells[columns-1]):
			cells[columns-1] = cell
		default:
			cell = `\| ` + strings.TrimLeft(cell, " \t")
			if !strings.HasSuffix(b.String(), " ") {
				cell = " " + cell
			}
		}
		b.WriteString(cell)
	}
	b.WriteString(end)
	return b.String()
}

// cellsOfRow are the cells between the bars of a row that stand in no code; those
// that do are escaped.
func cellsOfRow(s string) []string {
	var cells []string
	var b strings.Builder
	for at := 0; at < len(s); {
		size := 1
		switch {
		case s[at] == '\\' && at+1 < len(s):
			size = 2
		case s[at] == '`':
			size = spanOf(s[at:], '`')
			for i := at; i < at+size; i++ {
				if s[i] == '|' && s[i-1] != '\\' {
					b.WriteByte('\\')
				}
				b.WriteByte(s[i])
			}
			at += size
			continue
		case s[at] == '|':
			cells = append(cells, b.String())
			b.Reset()
			at++
			continue
		}
		b.WriteString(s[at : at+size])
		at += size
	}
	return append(cells, b.String())
}

// says reports whether something stands in a cell but marks.
func says(cell string) bool {
	return strings.ContainsFunc(cell, func(r rune) bool { return r >= utf8.RuneSelf || isWord(r) })
}

// uncommented is a row without its comments.
func uncommented(row string) string {
	const opens, closes = "<!--", "-->"
	if !strings.Contains(row, opens) {
		return row
	}
	var b strings.Builder
	from := 0
	for at := 0; at < len(row); {
		switch {
		case row[at] == '\\':
			at += 2
			continue
		case row[at] == '`':
			at += spanOf(row[at:], '`')
			continue
		case !strings.HasPrefix(row[at:], opens):
			at++
			continue
		}
		end := strings.Index(row[at:], closes)
		if end < 0 {
			break
		}
		b.WriteString(row[from:at])
		at += end + len(closes)
		from = at
	}
	b.WriteString(row[from:])
	return b.String()
}
