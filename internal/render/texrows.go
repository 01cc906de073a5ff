package render

import (
	"strings"
)

// maxFormulaRows is how many rows a part of a formula may have.
const maxFormulaRows = 100

// A texRow is the cells of a row, each of atoms.
type texRow [][]atom

// table reads rows of cells up to the end of an environment, or of all there is.
func (t *texReader) table(name string) []texRow {
	rows := []texRow{{}}
	for {
		cell := t.sequence()
		last := &rows[len(rows)-1]
		*last = append(*last, cell)
		switch s := t.next(); s {
		case "&":
			if len(*last) > maxFormulaRows {
				t.fail()
				return nil
			}
		case `\\`, `\cr`, `\newline`:
			if t.peek() == "*" {
				t.next()
			}
			if t.at < len(t.s) && t.s[t.at] == '[' {
				t.bracket() // how much room
			}
			if len(rows) > maxFormulaRows {
				t.fail()
				return nil
			}
			rows = append(rows, texRow{})
		case `\end`:
			if name == "" || t.raw() != name {
				t.fail()
			}
			return trimRows(rows)
		case "":
			if name != "" {
				t.fail()
			}
			return trimRows(rows)
		default:
			t.fail()
			return nil
		}
	}
}

// trimRows is rows without the empty one behind a last row end.
func trimRows(rows []texRow) []texRow {
	if n := len(rows); n > 1 && len(rows[n-1]) == 1 && len(rows[n-1][0]) == 0 {
		rows = rows[:n-1]
	}
	return rows
}

// environment reads what stands between \begin and \end.
func (t *texReader) environment() []atom {
	if t.depth++; t.depth > maxFormulaDepth {
		t.fail()
		return nil
	}
	defer func() { t.depth-- }()
	name := t.raw()
	left, right := "", ""
	tall := t.tall && !t.tight
	t.tall = tall && (strings.HasPrefix(name, "equation") || name == "displaymath" || name == "math")
	defer func() { t.tall = tall || t.tall }()
	plain := strings.TrimSuffix(name, "*")
	switch plain {
	case "equation", "displaymath", "math", "subequations":
		rows := t.table(name)
		if len(rows) == 1 && len(rows[0]) == 1 {
			return rows[0][0]
		}
		return []atom{{text: onOneLine(rows, " ", "; "), rows: aligned(rows)}}
	case "alignat", "alignedat", "xalignat":
		t.raw()
		fallthrough
	case "aligned", "align", "split", "gather", "gathered", "eqnarray", "multline", "flalign", "multlined":
		t.bracket()
		rows := t.table(name)
		return []atom{{text: onOneLine(rows, "", "; "), rows: aligned(rows)}}
	case "array", "subarray":
		t.bracket()
		t.raw()
	case "matrix", "smallmatrix":
	case "pmatrix", "psmallmatrix":
		left, right = "(", ")"
	case "bmatrix", "bsmallmatrix":
		left, right = "[", "]"
	case "Bmatrix":
		left, right = "{", "}"
	case "vmatrix":
		left, right = "|", "|"
	case "Vmatrix":
		left, right = "‖", "‖"
	case "cases", "dcases":
		left = "{"
	case "rcases":
		right = "}"
	default:
		t.fail()
		return nil
	}
	rows := t.table(name)
	a := atom{text: left + onOneLine(rows, " ", "; ") + right, class: fence}
	if plain == "cases" || plain == "dcases" {
		a.text = left + " " + onOneLine(rows, "  ", "; ")
	}
	if tall {
		a.rows = walled(squared(rows), left, right)
	}
	return []atom{a}
}
