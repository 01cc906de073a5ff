package ui

import (
	"flag"
	"fmt"
	"image/color"
	"os"
	"path/filepath"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/vt"
	"github.com/google/go-cmp/cmp"

	"lectern/internal/blog"
	"lectern/internal/paint"
)

var update = flag.Bool("update", false, "write the golden screens anew")

// TestScreensLookAsReviewed compares what a terminal shows, cell by cell and
// look by look, with files that a person has looked at.
func TestScreensLookAsReviewed(t *testing.T) {
	sample, err := blog.NewLive(func(last *blog.Library) (*blog.Library, error) {
		return blog.Load(os.DirFS("testdata/blog"), now, last)
	})
	if err != nil {
		t.Fatal(err)
	}
	every := [][2]int{{80, 24}, {40, 12}, {120, 40}, {200, 60}, {20, 6}}
	two := every[:2]
	screens := []struct {
		name  string
		keys  []string
		sizes [][2]int
	}{
		{"list", nil, every},
		{"second", []string{"j"}, every},
		{"filter", []string{"/", "s", "h", "o"}, every},
		{"post", []string{"enter"}, every},
		{"page2", []string{"enter", "space"}, every},
		{"help", []string{"?"}, every},
		{"outline", []string{"enter", "o", "j"}, two},
		{"links", []string{"enter", "l"}, two},
		{"address", []string{"enter", "l", "1", "enter"}, [][2]int{{80, 24}, {100, 40}}},
		{"found", []string{"enter", "/", "l", "i", "n", "e", "enter"}, two},
		{"tags", []string{"#"}, two},
		{"search", []string{"s", "l", "i", "n", "e"}, two},
		{"present", []string{"enter", "p", "right"}, two},
		{"pick", []string{"enter", "G", "y"}, two},
	}
	backgrounds := map[string]color.Color{"dark": color.Black, "light": color.White}
	for _, sc := range screens {
		for _, size := range sc.sizes {
			for name, background := range backgrounds {
				file := fmt.Sprintf("%s-%dx%d-%s.txt", sc.name, size[0], size[1], name)
				t.Run(file, func(t *testing.T) {
					s := sit(t, sample, size[0], size[1], colorprofile.ANSI256)
					s.send(tea.BackgroundColorMsg{Color: background})
					s.press(sc.keys...)
					compare(t, filepath.Join("testdata", "golden", file), photograph(s.root.View(), size[0], size[1]))
				})
			}
		}
	}
}

// compare holds got against a golden file.
func compare(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("%v; go test ./internal/ui -update writes it", err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("%s (-want +got):\n%s", file, diff)
	}
}

// photograph paints a view on a terminal and writes down what it shows: the
// letters, then a grid with one letter per look, then what the looks are.
func photograph(v tea.View, width, height int) string {
	e := vt.NewEmulator(width, height)
	var cursor *paint.Cursor
	if v.Cursor != nil {
		cursor = &paint.Cursor{X: v.Cursor.X, Y: v.Cursor.Y}
	}
	e.Write(paint.New(width, height).Frame(nil, v.Content, cursor))

	var letters, looks, legend strings.Builder
	names := map[string]byte{}
	for y := range height {
		var row, grid strings.Builder
		for x := 0; x < width; {
			c := e.CellAt(x, y)
			if c == nil || c.Width == 0 {
				x++
				continue
			}
			row.WriteString(c.Content)
			look := lookOf(c)
			if look == "" {
				grid.WriteString(strings.Repeat(" ", c.Width))
			} else {
				if _, ok := names[look]; !ok {
					names[look] = byte('a' + len(names))
					fmt.Fprintf(&legend, "%c %s\n", names[look], look)
				}
				grid.WriteString(strings.Repeat(string(names[look]), c.Width))
			}
			x += c.Width
		}
		fmt.Fprintf(&letters, "|%s\n", strings.TrimRight(row.String(), " "))
		fmt.Fprintf(&looks, "|%s\n", strings.TrimRight(grid.String(), " "))
	}
	return letters.String() + "\n" + looks.String() + "\n" + legend.String()
}

// lookOf names a cell's colours and attributes; empty for the terminal's own.
func lookOf(c *uv.Cell) string {
	if c.Content == " " && c.Style.Attrs&uv.AttrReverse == 0 && c.Style.Bg == nil && c.Style.Underline == uv.UnderlineNone {
		return ""
	}
	var parts []string
	if c.Style.Fg != nil {
		parts = append(parts, fmt.Sprintf("fg=%v", c.Style.Fg))
	}
	if c.Style.Bg != nil {
		parts = append(parts, fmt.Sprintf("bg=%v", c.Style.Bg))
	}
	for _, a := range []struct {
		bit  uint8
		name string
	}{{uv.AttrBold, "bold"}, {uv.AttrFaint, "faint"}, {uv.AttrItalic, "italic"}, {uv.AttrReverse, "reverse"}, {uv.AttrStrikethrough, "struck"}} {
		if c.Style.Attrs&a.bit != 0 {
			parts = append(parts, a.name)
		}
	}
	if c.Style.Underline != uv.UnderlineNone {
		parts = append(parts, "underline")
	}
	if c.Link.URL != "" {
		parts = append(parts, "link="+c.Link.URL)
	}
	return strings.Join(parts, " ")
}
