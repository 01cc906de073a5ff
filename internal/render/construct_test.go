package render

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"
	"github.com/google/go-cmp/cmp"

	"lectern/internal/theme"
)

// TestGoldenConstructs compares what a terminal shows of each construct, and
// the links and code that the document knows of, with what was looked at.
func TestGoldenConstructs(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("testdata", "constructs", "*.md"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no constructs: %v", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			source, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			var b strings.Builder
			for _, o := range []Options{
				{100, theme.Dark().For(colorprofile.TrueColor), true, "https://blog.example.com"},
				{40, theme.Light().For(colorprofile.ANSI256), true, ""},
				{40, theme.Plain().For(colorprofile.NoTTY), false, ""},
			} {
				d := Render(postOf(string(source)), o)
				checkLines(t, d, o.Width)
				b.WriteString(cells(t, d, o.Width))
				for _, link := range d.Links() {
					fmt.Fprintf(&b, "link %d %s", link.Line, link.URL)
					if link.Target != link.URL {
						fmt.Fprintf(&b, " %q", link.Target)
					}
					b.WriteByte('\n')
				}
				for _, code := range d.Code() {
					fmt.Fprintf(&b, "code %d-%d %s %q\n", code.Line, code.End, code.Lang, code.Source)
				}
				for _, h := range d.Headings() {
					fmt.Fprintf(&b, "heading %d %d %s #%s\n", h.Line, h.Level, h.Text, h.ID)
				}
				b.WriteString("\n")
			}
			golden := strings.TrimSuffix(file, ".md") + ".golden"
			if *update {
				if err := os.WriteFile(golden, []byte(b.String()), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatalf("%v; run the test with -update", err)
			}
			if diff := cmp.Diff(string(want), b.String()); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}
