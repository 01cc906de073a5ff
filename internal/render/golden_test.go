package render

import (
	"flag"
	"fmt"
	"image/color"
	"os"
	"path/filepath"
	"strings"
	"testing"

	uv "github.com/charmbracelet/ultraviolet"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/vt"
	"github.com/google/go-cmp/cmp"

	"lectern/internal/theme"
)

var update = flag.Bool("update", false, "write the golden files anew")

// kitchen is a post with everything in it.
func kitchen(t testing.TB) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", "kitchen.md"))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// TestGoldenDocuments compares what a terminal shows, cell by cell: the bytes
// may differ.
func TestGoldenDocuments(t *testing.T) {
	tests := []struct {
		name string
		o    Options
	}{
		{"dark-80", Options{80, theme.Dark().For(colorprofile.TrueColor), true, ""}},
		{"dark-100-256", Options{100, theme.Dark().For(colorprofile.ANSI256), true, ""}},
		{"light-40", Options{40, theme.Light().For(colorprofile.TrueColor), true, ""}},
		{"light-60-16", Options{60, theme.Light().For(colorprofile.ANSI), false, ""}},
		{"plain-20", Options{20, theme.Plain().For(colorprofile.TrueColor), false, ""}},
		{"pipe-80", Options{80, theme.Plain().For(colorprofile.NoTTY), false, ""}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := Render(postOf(kitchen(t)), tt.o)
			checkLines(t, d, tt.o.Width)
			got := cells(t, d, tt.o.Width)
			file := filepath.Join("testdata", tt.name+".golden")
			if *update {
				if err := os.WriteFile(file, []byte(got), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatalf("%v; run the test with -update", err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// cells is what a terminal shows of a document, with the look of each stretch
// before it in braces.
func cells(t *testing.T, d *Document, width int) string {
	t.Helper()
	e := vt.NewEmulator(width+1, d.Len()+1)
	if _, err := e.WriteString(strings.ReplaceAll(d.String(), "\n", "\r\n")); err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for y := range d.Len() {
		var line strings.Builder
		now := ""
		for x := 0; x < width+1; {
			c := e.CellAt(x, y)
			if c == nil {
				break
			}
			blank := c.Content == " " && c.Style.Bg == nil && c.Style.Underline == 0 &&
				c.Style.Attrs&(uv.AttrReverse|uv.AttrStrikethrough) == 0 && c.Link.URL == ""
			if look := describe(c); look != now && !blank { // a blank shows no colour
				now = look
				line.WriteString("{" + look + "}")
			}
			line.WriteString(c.Content)
			x += max(1, c.Width)
		}
		b.WriteString(strings.TrimRight(line.String(), " ") + "\n")
	}
	return b.String()
}

// describe is the look of a cell in words.
func describe(c *uv.Cell) string {
	var parts []string
	if r, ok := c.Style.Fg.(interface{ RGBA() (r, g, b, a uint32) }); ok && c.Style.Fg != nil {
		v := color.RGBAModel.Convert(r.(color.Color)).(color.RGBA)
		parts = append(parts, fmt.Sprintf("#%02x%02x%02x", v.R, v.G, v.B))
	}
	for _, a := range []struct {
		bit  uint8
		name string
	}{{uv.AttrBold, "bold"}, {uv.AttrFaint, "faint"}, {uv.AttrItalic, "italic"}, {uv.AttrReverse, "reverse"}, {uv.AttrStrikethrough, "strike"}} {
		if c.Style.Attrs&a.bit != 0 {
			parts = append(parts, a.name)
		}
	}
	if c.Style.Underline != 0 {
		parts = append(parts, "underline")
	}
	if c.Link.URL != "" {
		parts = append(parts, c.Link.URL)
	}
	return strings.Join(parts, " ")
}
