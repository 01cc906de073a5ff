package render

import "strings"

// onOneLine is rows on one line.
func onOneLine(rows []texRow, cell, row string) string {
	var lines []string
	for _, r := range rows {
		if s := lineOf(r, cell); s != "" {
			lines = append(lines, s)
		}
	}
	return strings.Join(lines, row)
}

// lineOf is the cells of a row on one line; a cell that goes on with what was
// begun in the cell before takes the blank that its first sign asks for.
func lineOf(r texRow, between string) string {
	if between == "" {
		var all []atom
		for _, cell := range r {
			all = append(all, cell...)
		}
		return typeset(all, false)
	}
	var cells []string
	for _, cell := range r {
		cells = append(cells, typeset(cell, false))
	}
	return strings.TrimSpace(strings.Join(cells, between))
}

// maxAligned is the most cells that a first column takes for the others to be
// put in line behind it.
const maxAligned = 24

// aligned is rows as lines, the signs that were marked for it under one another.
func aligned(rows []texRow) []string {
	first := make([]string, len(rows))
	column := 0
	for i, r := range rows {
		if len(r) > 1 {
			first[i] = typeset(r[0], false)
			column = max(column, cellsOf(first[i]))
		}
	}
	if column > maxAligned {
		column = 4
	}
	var lines []string
	for i, r := range rows {
		if len(r) == 1 {
			lines = append(lines, across(r[0])...)
			continue
		}
		lead := strings.Repeat(" ", max(0, column-cellsOf(first[i]))) + first[i]
		if first[i] == "" {
			lead = strings.Repeat(" ", column)
		}
		rest := []atom{{text: "\u200b", class: ordinary}} // what a sign before it is measured by
		for k, cell := range r[1:] {
			if k > 0 && k%2 == 1 {
				rest = append(rest, atom{text: "  "})
			}
			rest = append(rest, cell...)
		}
		whole := across(rest)
		for k, line := range whole {
			line = strings.Replace(line, "\u200b", "", 1)
			if k == (len(whole)-1)/2 {
				line = lead + line
			} else {
				line = strings.Repeat(" ", cellsOf(lead)) + line
			}
			lines = append(lines, line)
		}
	}
	return lines
}

// squared is rows as lines with their columns under one another.
func squared(rows []texRow) []string {
	var widths []int
	cells := make([][]string, len(rows))
	for i, r := range rows {
		for k, c := range r {
			s := typeset(c, false)
			cells[i] = append(cells[i], s)
			if k == len(widths) {
				widths = append(widths, 0)
			}
			widths[k] = max(widths[k], cellsOf(s))
		}
	}
	lines := make([]string, len(rows))
	for i, r := range cells {
		for k, s := range r {
			if k > 0 {
				lines[i] += "  "
			}
			lines[i] += s + strings.Repeat(" ", widths[k]-cellsOf(s))
		}
	}
	return lines
}

// across is atoms beside one another, those that take several lines too.
func across(atoms []atom) []string {
	height := 1
	for _, a := range atoms {
		height = max(height, len(a.rows))
	}
	if height == 1 {
		return []string{typeset(atoms, false)}
	}
	if len(atoms) == 1 {
		return atoms[0].rows
	}
	lines := make([]string, height)
	add := func(rows []string) {
		wide := 0
		for _, row := range rows {
			wide = max(wide, cellsOf(row))
		}
		top := (height - len(rows)) / 2
		for i := range lines {
			row := ""
			if k := i - top; k >= 0 && k < len(rows) {
				row = rows[k]
			}
			lines[i] += row + strings.Repeat(" ", wide-cellsOf(row))
		}
	}
	from := 0
	for i := range atoms {
		if atoms[i].rows == nil {
			continue
		}
		if from < i {
			add([]string{typeset(atoms[from:i], false) + " "})
		}
		add(atoms[i].rows)
		from = i + 1
	}
	if from < len(atoms) {
		add([]string{" " + typeset(atoms[from:], false)})
	}
	return lines
}

// brackets are how brackets that go over several lines are put together: at the
// top, in between, in the middle and at the bottom.
var brackets = map[string][4]string{
	"(": {"⎛", "⎜", "⎜", "⎝"}, ")": {"⎞", "⎟", "⎟", "⎠"}, "[": {"⎡", "⎢", "⎢", "⎣"}, "]": {"⎤", "⎥", "⎥", "⎦"},
	"{": {"⎧", "⎪", "⎨", "⎩"}, "}": {"⎫", "⎪", "⎬", "⎭"}, "|": {"│", "│", "│", "│"}, "‖": {"║", "║", "║", "║"},
}

// walled is lines between brackets that go over all of them.
func walled(rows []string, left, right string) []string {
	wide := 0
	for _, row := range rows {
		wide = max(wide, cellsOf(row))
	}
	out := make([]string, len(rows))
	for i, row := range rows {
		row += strings.Repeat(" ", wide-cellsOf(row))
		if left != "" {
			row = piece(left, i, len(rows)) + " " + row
		}
		if right != "" {
			row += " " + piece(right, i, len(rows))
		}
		out[i] = row
	}
	return out
}

// piece is the part of a bracket on line i of n.
func piece(bracket string, i, n int) string {
	parts, ok := brackets[bracket]
	switch {
	case n == 1, !ok && i == (n-1)/2:
		return bracket
	case !ok:
		return strings.Repeat(" ", cellsOf(bracket))
	case i == 0:
		return parts[0]
	case i == n-1:
		return parts[3]
	case i == n/2:
		return parts[2]
	}
	return parts[1]
}
