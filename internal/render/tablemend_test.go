package render

import (
	"strings"
	"testing"
)

func TestTablesMended(t *testing.T) {
	const head = "|a|b|\n|-|-|\n"
	for _, tt := range []struct{ name, body, want string }{
		{"cells beyond the head", head + "|c|d|e|f|\n", head + "|c|d \\| e \\| f|\n"},
		{"without bars around it", "x\n\na|b\n-|-\nc | d | e\n\ny\n", "x\n\na|b\n-|-\nc | d \\| e\n\ny\n"},
		{"in a quote", "> |a|\n> |-|\n> |c|d|\nx\n", "> |a|\n> |-|\n> |c \\| d|\nx\n"},
		{"behind an empty cell", head + "|c| |e|\n", head + "|c| e|\n"},
		{"empty cells beyond the head", head + "|c|d| |-|\n", head + "|c|d|\n"},
		{"an escaped bar", head + "|c|d\\|e|\n", head + "|c|d\\|e|\n"},
		{"bars in code that are none", head + "|`c||d`|e|\n", head + "|`c\\|\\|d`|e|\n"},
		{"bars in code that part cells", head + "|`c|d`|\n", head + "|`c|d`|\n"},
		{"a comment", head + "|c|d| <!-- e | f -->\n", head + "|c|d| \n"},
		{"a comment in a cell", head + "|c<!-- e | f -->|d|\n", head + "|c|d|\n"},
		{"a comment in code", head + "|c|`<!-- e -->`|\n", head + "|c|`<!-- e -->`|\n"},
		{"a comment that is not closed", head + "|c|d <!-- e|\n", head + "|c|d <!-- e|\n"},
		{"rules between rows", head + "|c|d|\n|---|:---:|\n|e|f|\n|===+===|\n|---\n|g|h|\n", head + "|c|d|\n|e|f|\n|g|h|\n"},
		{"a row of dashes", head + "|-|-|\n|-|---|\n|--|---|\n", head + "|-|-|\n|-|---|\n|--|---|\n"},
		{"a row of operators", head + "|==|===|\n|---|===|\n|---| |\n", head + "|==|===|\n|---|===|\n|---| |\n"},
		{"no table", "a|b\nc|d|e\n\n|-|\n", "a|b\nc|d|e\n\n|-|\n"},
		{"two tables", head + "\n" + head + "|c|d|e|\n", head + "\n" + head + "|c|d \\| e|\n"},
		{"in code", "```\n" + head + "|---|---|\n|c|d|e|\n```\n", "```\n" + head + "|---|---|\n|c|d|e|\n```\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := tablesMended(tt.body); got != tt.want {
				t.Errorf("\n got %q\nwant %q", got, tt.want)
			}
		})
	}
}

func TestTablesKeepTheirColumnsAndTheirWords(t *testing.T) {
	for _, tt := range []struct{ name, body, want string }{
		{"a link of a wiki", "| [[n|l]] | x |", "l │ x"},
		{"a picture of a wiki", "| ![[p.png|100]] | x |", "[image: p.png] │ x"},
		{"a comment behind the row", "| 1 | 2 | <!-- c | x -->", "1 │ 2"},
		{"a word behind the row", "| 1 | 2 | 3 |", "1 │ 2 | 3"},
		{"a word behind code", "| 1 | `2` | 3 |", "1 │ `2` | 3"},
		{"operators", "| == | === |", "== │ ==="},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := cellsDrawn(proseOf(t, "| a | b |\n|---|---|\n"+tt.body)); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

// cellsDrawn is the last line of a table with one blank where it has more.
func cellsDrawn(table string) string {
	return strings.Join(strings.Fields(table[strings.LastIndexByte(table, '\n')+1:]), " ")
}
