package blog_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"lectern/internal/blog"
	"lectern/internal/text"
)

// shared is a folder of test data beside the repository, which is not part of it.
func shared(t testing.TB, name string) string {
	t.Helper()
	dir, err := filepath.Abs(filepath.Join("..", "..", "..", "shared", name))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(dir); err != nil {
		if os.Getenv("LECTERN_TEST_ALL") != "" {
			t.Fatal(err)
		}
		t.Skipf("no test data: %s is missing", filepath.Join("..", "shared", name))
	}
	return dir
}

func TestTheSeedHasItsTitleOnceAndItsDashRepaired(t *testing.T) {
	library := loadDir(t, shared(t, "seeds"), nil)
	post, ok := library.Post("docker-production")
	if !ok {
		t.Fatalf("no docker-production among %d posts, problems %v", len(library.Posts()), library.Problems())
	}
	if got, want := post.Title, "Docker in Production: Lessons Learned"; got != want {
		t.Errorf("title %q, want %q", got, want)
	}
	if strings.Contains(post.Body.String(), "# "+post.Title) || !strings.HasPrefix(post.Body.String(), "After years") {
		t.Errorf("body begins %.60q, want it without its title", post.Body.String())
	}
	if got, want := post.BodyLine, 11; got != want {
		t.Errorf("body begins on line %d, want %d", got, want)
	}
	if !strings.Contains(post.Body.String(), "image clean — no build tools") {
		t.Error("the dash is not repaired")
	}
	if got, want := post.Date, time.Date(2025, 11, 20, 0, 0, 0, 0, time.UTC); !got.Equal(want) {
		t.Errorf("date %v, want %v", got, want)
	}
	if got, want := strings.Join(post.Tags, ","), "Docker,DevOps,Infrastructure"; got != want {
		t.Errorf("tags %q, want %q", got, want)
	}
	source, err := os.ReadFile(filepath.Join(shared(t, "seeds"), "docker-production.md"))
	if err != nil {
		t.Fatal(err)
	}
	line := 1 + strings.Count(string(source[:strings.Index(string(source), "â€")]), "\n")
	problems := library.Problems()
	if len(problems) != 1 || problems[0].Level != blog.Warning || problems[0].Line != line || !strings.Contains(problems[0].Message, "—") {
		t.Errorf("problems %v, want one warning of the dash on line %d", problems, line)
	}
}

// held is how the authors of the corpus keep a post back.
var held = regexp.MustCompile(`(?i)"?draft"?\s*[:=]\s*"?true|published: false`)

func TestEveryPostOfTheCorpusLoadsOrIsAProblem(t *testing.T) {
	dir := shared(t, "corpus")
	start := time.Now()
	library := loadDir(t, dir, nil)
	took := time.Since(start)

	shown := map[string]*blog.Post{}
	for _, p := range library.Posts() {
		shown[p.File] = p
	}
	errors, warnings := 0, 0
	for _, p := range library.Problems() {
		if p.Level == blog.Error {
			errors++
		} else {
			warnings++
		}
	}
	files, kept, stubs := 0, 0, 0
	dated, tagged := 0, 0
	for _, p := range library.Posts() { // each has a title: checkPost
		if !p.Date.IsZero() {
			dated++
		}
		if len(p.Tags) > 0 {
			tagged++
		}
	}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		name, _ := filepath.Rel(dir, path)
		if err != nil || d.IsDir() || filepath.Ext(path) != ".md" || d.Name() == "README.md" || d.Name() == "_index.md" {
			return err
		}
		files++
		if p := shown[name]; p != nil {
			checkPost(t, p)
			return nil
		}
		source, err := os.ReadFile(path)
		switch stem := strings.TrimSuffix(d.Name(), ".md"); {
		case err != nil:
			return err
		case strings.HasPrefix(string(source), "---\nredirect: /blog/"):
			stubs++
			if p, ok := library.Post(strings.ReplaceAll(stem, ".", "-")); !ok {
				t.Errorf("%s leads to no post", name)
			} else if !strings.Contains(string(source), "/blog/"+strings.TrimSuffix(filepath.Base(p.File), ".md")) {
				t.Errorf("%s leads to %s: %s", name, p.File, source)
			}
		case held.Match(source):
			kept++
		default:
			t.Errorf("%s is not served", name)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	start = time.Now()
	again, err := blog.Load(os.DirFS(dir), time.Now(), library)
	if err != nil {
		t.Fatal(err)
	}
	if len(again.Posts()) != len(library.Posts()) || again.Posts()[0] != library.Posts()[0] {
		t.Error("loaded again, unchanged posts are not the same")
	}
	if got, want := [...]int{files, len(shown), stubs, kept, dated, tagged, errors}, [...]int{1327, 1263, 60, 4, 1259, 345, 3}; got != want {
		t.Errorf("files, posts, stubs, kept back, dated, tagged and errors are %v, want %v", got, want)
	}
	t.Logf("of %d posts with a title, %d have a date and %d tags", len(shown), dated, tagged)
	t.Logf("%d files: %d posts, %d stubs that lead to one, %d kept back, %d errors, %d warnings; loaded in %v, again in %v",
		files, len(shown), stubs, kept, errors, warnings, took.Round(time.Millisecond), time.Since(start).Round(time.Millisecond))
	for i, p := range library.Problems() {
		if p.Level == blog.Error || i%100 == 0 {
			t.Log(p)
		}
	}
}

// checkPost holds what every post promises.
func checkPost(t *testing.T, p *blog.Post) {
	t.Helper()
	switch {
	case p.Title == "" || p.Title != text.Line(p.Title):
		t.Errorf("%s: title %q", p.File, p.Title)
	case p.Slug == "" || strings.Trim(p.Slug, "abcdefghijklmnopqrstuvwxyz0123456789-_") != "":
		t.Errorf("%s: slug %q", p.File, p.Slug)
	case p.Body.String() != text.Clean(p.Body.String()):
		t.Errorf("%s: the body is not clean", p.File)
	case p.Summary != text.Line(p.Summary) || len(p.Summary) > blog.MaxSummary:
		t.Errorf("%s: summary %q", p.File, p.Summary)
	case p.BodyLine < 1 || p.Hash == "" || p.Minutes() < 1:
		t.Errorf("%s: line %d, hash %q, %d minutes", p.File, p.BodyLine, p.Hash, p.Minutes())
	}
}

// loadDir loads a folder as the server does.
func loadDir(t *testing.T, dir string, last *blog.Library) *blog.Library {
	t.Helper()
	library, err := load(dir, time.Now(), last)
	if err != nil {
		t.Fatal(err)
	}
	return library
}

func load(dir string, now time.Time, last *blog.Library) (*blog.Library, error) {
	fsys, closer, err := blog.Dir(dir)
	if err != nil {
		return nil, err
	}
	defer closer.Close()
	return blog.Load(fsys, now, last)
}
