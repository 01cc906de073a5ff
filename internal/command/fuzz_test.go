package command

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"time"

	"lectern/internal/blog"
	"lectern/internal/feed"
	"lectern/internal/render"
	"lectern/internal/search"
	"lectern/internal/text"
)

func FuzzRun(f *testing.F) {
	for _, line := range []string{"ls --tag Go", "cat post-1#x --json", "search a b", "help --man", "--", "code parts 1", "tag:x", "--width=-1 x"} {
		f.Add(line)
	}
	library, err := blog.Load(posts(), time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC), nil)
	if err != nil {
		f.Fatal(err)
	}
	find := search.NewLive(func() (*blog.Library, <-chan struct{}) { return library, nil })
	f.Cleanup(find.Close)
	docs := render.NewCache(1<<20, 1)
	f.Fuzz(func(t *testing.T, line string) {
		if len(line) > 4096 {
			return
		}
		args := strings.Split(line, " ")
		Screen(args)
		var out, errs bytes.Buffer
		status := Run(t.Context(), &Env{
			Library: library, Docs: docs, Feeds: feed.New(), Room: NewRoom(16<<20, 16<<20), Out: &out, Err: &errs, Width: 80,
			Search: func(ctx context.Context, words string) ([]search.Hit, error) {
				return find.Search(ctx, words, 10, 0, 10)
			},
		}, args)
		switch status {
		case OK:
			if errs.Len() > 0 {
				t.Errorf("%q: %s", line, &errs)
			}
		case NotFound, Usage:
			if out.Len() > 0 || bytes.Count(errs.Bytes(), []byte("\n")) != 1 || errs.Len() > 300 || text.Clean(errs.String()) != errs.String() {
				t.Errorf("%q: out %q, err %q", line, &out, &errs)
			}
		default:
			t.Errorf("%q: status %d", line, status)
		}
	})
}
