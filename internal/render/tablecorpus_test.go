package render

import (
	"html"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/charmbracelet/x/ansi"
	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
)

// TestNoLetterOfARealTableIsLost lays out every table of the real posts, by
// itself, and reads the cells back: from the columns, or from the records.
func TestNoLetterOfARealTableIsLost(t *testing.T) {
	tables, lost := map[string]int{}, 0
	for path, body := range realPosts(t) {
		source := []byte(untemplated(fenced(body)))
		tame, columns := tame(string(source))
		if !tame || !columns {
			t.Errorf("%s is taken for hostile", path)
		}
		_ = ast.Walk(parse(source, true), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
			if !entering {
				return ast.WalkContinue, nil
			}
			var rows [][]string
			headed, kind := true, "Markdown"
			switch n := n.(type) {
			case *east.Table:
				rows = cellsOfMarkdown(n, source)
			case *ast.HTMLBlock:
				if rows, headed = cellsOfHTML(n, source); len(rows) == 0 {
					return ast.WalkContinue, nil
				}
				kind = "HTML"
			default:
				return ast.WalkContinue, nil
			}
			tables[kind]++
			for _, width := range []int{minInner, 20, 40, 80, 100} {
				s := &sheet{osc8: maxAddresses, repeats: maxAddresses}
				l := newLayout(source, Options{Width: width, Palette: options(width).Palette, Links: true}, s)
				l.layBlock(n, &margin{width: width}, 0)
				got := s.document(width).String()
				missing := missing(got, rows, headed)
				if lost += len([]rune(missing)); missing != "" && lost < 400 {
					t.Errorf("%s: at %d cells %q is lost of %q in\n%s", path, width, missing, rows, ansi.Strip(got))
				}
			}
			return ast.WalkSkipChildren, nil
		})
	}
	t.Logf("%v tables, %d letters lost", tables, lost)
	if tables["Markdown"] == 0 || tables["HTML"] == 0 {
		t.Errorf("got %v tables, want some of both", slices.Collect(maps.Keys(tables)))
	}
}

// lettersOf are the letters and digits of text.
func lettersOf(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, s)
}

// cellsOfMarkdown are the letters of each cell, the head's first.
func cellsOfMarkdown(n *east.Table, source []byte) [][]string {
	var rows [][]string
	for r := n.FirstChild(); r != nil; r = r.NextSibling() {
		var row []string
		for c := r.FirstChild(); c != nil; c = c.NextSibling() {
			var b strings.Builder
			_ = ast.Walk(c, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
				if !entering {
					return ast.WalkContinue, nil
				}
				switch n := n.(type) {
				case *ast.Text:
					s := string(n.Segment.Value(source))
					if n.Parent().Kind() != ast.KindCodeSpan {
						s = html.UnescapeString(s)
					}
					b.WriteString(s)
				case *ast.String: // a formula, as it is drawn
					b.Write(n.Value)
				case *ast.AutoLink:
					b.Write(n.Label(source))
				case *east.FootnoteLink:
					b.WriteString(itoa(n.Index))
				case *ast.Image:
					b.WriteString("image")
					if n.FirstChild() == nil {
						b.WriteString(shortAddress(string(n.Destination)))
					}
				}
				return ast.WalkContinue, nil
			})
			row = append(row, lettersOf(b.String()))
		}
		rows = append(rows, row)
	}
	return rows
}

var (
	rowTag  = regexp.MustCompile(`(?is)<tr\b.*?</tr>`)
	cellTag = regexp.MustCompile(`(?is)<t([dh])\b[^>]*>(.*?)</t[dh]>`)
	meter   = regexp.MustCompile(`<progress value="(\d+)" max="(\d+)">`)
	anyTag  = regexp.MustCompile(`(?s)<!--.*?-->|<[^>]*>`)
)

// cellsOfHTML are the letters of each cell of an HTML table, none where it has
// something that is not drawn letter by letter; headed says that the first row
// is a head.
func cellsOfHTML(n *ast.HTMLBlock, source []byte) (rows [][]string, headed bool) {
	raw := string(n.Lines().Value(source))
	if strings.Count(raw, "<table") != 1 || !strings.Contains(raw, "</table>") || regexp.MustCompile(`<(ol|su[bp]|img)\b`).MatchString(raw) {
		return nil, false
	}
	headed = true
	for i, tr := range rowTag.FindAllString(raw, -1) {
		var row []string
		for _, cell := range cellTag.FindAllStringSubmatch(tr, -1) {
			headed = headed && (i > 0 || cell[1] == "h")
			row = append(row, lettersOf(html.UnescapeString(anyTag.ReplaceAllString(meter.ReplaceAllString(cell[2], "$1/$2"), ""))))
		}
		rows = append(rows, row)
	}
	return rows, headed
}

// missing are the letters of cells that a drawn table does not show: in columns,
// where each column is read by itself, or in records, where they must come in
// the order of the rows.
func missing(drawn string, rows [][]string, headed bool) string {
	places := barsOf(drawn)
	var lost strings.Builder
	if places == nil {
		all, at := lettersOf(ansi.Strip(drawn)), 0
		for i, row := range rows {
			for _, cell := range row {
				from := at
				if i == 0 && headed {
					from = 0 // the head stands with the cells
				}
				k := strings.Index(all[from:], cell)
				if k < 0 {
					lost.WriteString(cell)
				} else if i > 0 || !headed {
					at = from + k + len(cell)
				}
			}
		}
		return lost.String()
	}
	columns := make([]string, len(places)+1)
	for line := range strings.Lines(ansi.Strip(drawn)) {
		cells, x := 0, 0
		for s := strings.TrimSuffix(line, "\n"); s != ""; {
			size, w := cluster(s)
			if x < len(places) && cells > places[x] {
				x++
			}
			columns[x] += lettersOf(s[:size])
			s, cells = s[size:], cells+w
		}
	}
	for _, row := range rows {
		x := 0
		for _, cell := range row {
			// Where a cell above goes down over this row, it stands further right.
			k := slices.IndexFunc(columns[min(x, len(columns)):], func(s string) bool { return strings.HasPrefix(s, cell) })
			if k < 0 {
				lost.WriteString(cell)
				continue
			}
			x += k
			columns[x] = columns[x][len(cell):]
			x++
		}
	}
	return lost.String()
}

// barsOf are the cells in which the bars between columns stand; nil where there
// are none.
func barsOf(drawn string) []int {
	for line := range strings.Lines(ansi.Strip(drawn)) {
		var places []int
		cells := 0
		for s := strings.TrimSuffix(line, "\n"); s != ""; {
			size, w := cluster(s)
			if strings.HasPrefix(s, "┼") || strings.HasPrefix(s, "│") {
				places = append(places, cells)
			}
			s, cells = s[size:], cells+w
		}
		if places != nil {
			return places
		}
	}
	return nil
}
