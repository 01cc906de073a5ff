//go:build linux

package bench

import (
	"bytes"
	"encoding/json"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"lectern/internal/blog"
)

func figures(ours, floors, naives float64, goals ...Goal) []Figure {
	return []Figure{{"memory", "MiB", [sides]float64{ours, floors, naives}, goals}}
}

func TestGoalsAreMetOrMissed(t *testing.T) {
	for _, test := range []struct {
		name       string
		figures    []Figure
		met, loose bool // and whether the ratios are, when they may be missed by twice
	}{
		{"at most", figures(1, 1, 1, Goal{atMost, 1}), true, true},
		{"more than that", figures(1.1, 1, 1, Goal{atMost, 1}), false, true}, // no ratio
		{"at least", figures(400, 1, 1, Goal{atLeast, 400}), true, true},
		{"less than that", figures(399, 1, 1, Goal{atLeast, 400}), false, true},
		{"times the floor", figures(2, 1, 1, Goal{timesFloor, 2}), true, true},
		{"a little more", figures(3, 1, 1, Goal{timesFloor, 2}), false, true},
		{"far more", figures(5, 1, 1, Goal{timesFloor, 2}), false, false},
		{"a part of the naive", figures(1, 1, 10, Goal{partsOfNaive, 10}), true, true},
		{"too much of it", figures(1, 1, 4, Goal{partsOfNaive, 10}), false, false},
		{"not measured", figures(1, unseen, unseen, Goal{timesFloor, 2}), false, true},
		{"one of two", figures(1, 1, 4, Goal{atMost, 2}, Goal{partsOfNaive, 10}), false, false},
		{"no goal", figures(1, 1, 1), true, true},
	} {
		if got := len(Missed(test.figures, false)) == 0; got != test.met {
			t.Errorf("%s: met is %v, want %v", test.name, got, test.met)
		}
		if got := len(Missed(test.figures, true)) == 0; got != test.loose {
			t.Errorf("%s: of ratios, met is %v, want %v", test.name, got, test.loose)
		}
	}
}

func TestTheTableShowsFiguresRatiosAndGoals(t *testing.T) {
	var b bytes.Buffer
	if err := Write(&b, append(figures(0.125, 0.0625, 2, Goal{atMost, 0.1}, Goal{partsOfNaive, 10}), only("posts", "", 3))); err != nil {
		t.Fatal(err)
	}
	want := `
|        | Lectern  | floor    | naive | ÷ floor | naive ÷ | goal                     |        |
|--------|----------|----------|-------|---------|---------|--------------------------|--------|
| memory | 0.12 MiB | 0.06 MiB | 2 MiB | 2       | 16      | ≤ 0.10 MiB, ≤ naive ÷ 10 | MISSED |
| posts  | 3        | –        | –     | –       | –       |                          |        |
`
	if diff := cmp.Diff(strings.TrimLeft(want, "\n"), b.String()); diff != "" {
		t.Error(diff)
	}
}

func TestWhatWasNotMeasuredIsNullInJSON(t *testing.T) {
	var b bytes.Buffer
	if err := JSON(&b, Here(), figures(1, unseen, 10, Goal{partsOfNaive, 10})); err != nil {
		t.Fatal(err)
	}
	var got struct{ Figures []map[string]any }
	if err := json.Unmarshal(b.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	want := []map[string]any{{
		"name": "memory", "unit": "MiB", "lectern": 1.0, "floor": nil, "naive": 10.0, "of_floor": nil, "naive_of": 10.0,
		"goals": []any{map[string]any{"text": "≤ naive ÷ 10", "met": true}},
	}}
	if diff := cmp.Diff(want, got.Figures); diff != "" {
		t.Error(diff)
	}
}

func TestWrittenPostsAreABlogInTheirOrder(t *testing.T) {
	dir := t.TempDir()
	const n = 400
	size, err := writePosts(dir, n)
	if err != nil {
		t.Fatal(err)
	}
	library, err := blog.Load(os.DirFS(dir), time.Now(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if p := library.Problems(); len(p) > 0 {
		t.Errorf("a post does not load: %v", p[0])
	}
	posts := library.Posts()
	if len(posts) != n {
		t.Fatalf("got %d posts, want %d", len(posts), n)
	}
	for i, p := range posts {
		if p.Slug != slug(i) || p.Title != title(i) {
			t.Fatalf("post %d is %s, %q", i, p.Slug, p.Title)
		}
	}
	if size < n*3000 {
		t.Errorf("they have %d bytes, want posts of a usual length", size)
	}
}
