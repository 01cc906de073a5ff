package render

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"charm.land/glamour/v2"
	"charm.land/glamour/v2/styles"

	"lectern/internal/text"
)

// corpus is where real posts lie, beside the repository; they belong to their
// authors and are no part of it.
const corpus = "../../../shared/corpus"

// realPosts are the bodies of the real posts by file.
func realPosts(t testing.TB) map[string]string {
	t.Helper()
	if _, err := os.Stat(corpus); err != nil {
		if os.Getenv("LECTERN_TEST_ALL") != "" {
			t.Fatal(err)
		}
		t.Skipf("no real posts to try: %v", err)
	}
	posts := map[string]string{}
	err := filepath.WalkDir(corpus, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".md" || d.Name() == "README.md" {
			return err
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		s, _ := text.Decode(b)
		s = text.Clean(s)
		for _, fence := range []string{"---\n", "+++\n"} {
			if rest, ok := strings.CutPrefix(s, fence); ok {
				if _, body, ok := strings.Cut(rest, "\n"+fence); ok {
					s = body
				}
			}
		}
		posts[path] = s
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return posts
}

func TestRealPostsKeepToTheirLines(t *testing.T) {
	posts := realPosts(t)
	n, each := 0, slowness
	if testing.Short() {
		each = 20
	}
	for path, body := range posts {
		if n++; n%each != 0 {
			continue
		}
		for _, width := range []int{20, 40, 80, 120} {
			d := Render(postOf(body), options(width))
			checkLines(t, d, min(width, MaxWidth))
			// At 20 cells a line has a few words, and looks of its own.
			times := 3
			if width == 20 {
				times = 5
			}
			if most := times*len(body) + 1000; len(d.text) > most {
				t.Errorf("%d bytes are drawn as %d, want at most %d", len(body), len(d.text), most)
			}
			for _, c := range d.Code() {
				if c.Line < 0 || c.End > d.Len() || c.Line > c.End {
					t.Errorf("code at %d to %d of %d", c.Line, c.End, d.Len())
				}
			}
			if t.Failed() {
				t.Fatalf("in %s at %d cells", path, width)
			}
		}
		if ok, _ := tame(body); !ok {
			t.Errorf("%s is taken for hostile", path)
		}
	}
}

// BenchmarkRealPosts draws every real post once a round, beside glamour as it
// comes.
func BenchmarkRealPosts(b *testing.B) {
	posts := realPosts(b)
	o := options(80)
	drawers := map[string]func(string){
		"ours": func(body string) { Render(postOf(body), o) },
		"glamour": func(body string) {
			r, err := glamour.NewTermRenderer(glamour.WithWordWrap(80), glamour.WithStyles(styles.DarkStyleConfig))
			if err != nil {
				b.Fatal(err)
			}
			if _, err := r.Render(body); err != nil {
				b.Fatal(err)
			}
		},
	}
	for name, draw := range drawers {
		b.Run(name, func(b *testing.B) {
			var took []time.Duration
			for b.Loop() {
				for _, body := range posts {
					begin := time.Now()
					draw(body)
					took = append(took, time.Since(begin))
				}
			}
			slices.Sort(took)
			ms := func(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
			b.ReportMetric(ms(took[len(took)/2]), "p50-ms")
			b.ReportMetric(ms(took[len(took)*99/100]), "p99-ms")
			b.ReportMetric(ms(took[len(took)-1]), "longest-ms")
		})
	}
}
