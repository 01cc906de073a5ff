package blog_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"lectern/internal/blog"
)

func TestStatsTellOfTheContentAndItsLoads(t *testing.T) {
	parent := t.TempDir()
	dir := filepath.Join(parent, "content")
	write(t, filepath.Join(dir, "a.md"), "one")
	write(t, filepath.Join(dir, "b.md"), "---\ntitle: [\n---\nbad")
	begun := time.Now()
	live, _ := watch(t, dir)
	first := live.Stats()
	if first.Posts != 2 || first.Bytes <= 0 || first.Errors != 1 || first.Warnings != 0 || first.Loads < 1 || first.Failures != 0 || first.Failing {
		t.Errorf("at the start: %+v", first)
	}
	if first.Loaded.Before(begun) || time.Since(first.Loaded) > time.Minute || !first.Failed.IsZero() {
		t.Errorf("loaded %v, failed %v; begun %v", first.Loaded, first.Failed, begun)
	}

	if err := os.Rename(dir, filepath.Join(parent, "away")); err != nil {
		t.Fatal(err)
	}
	stats := func(is func(blog.Stats) bool, what string) {
		t.Helper()
		eventually(t, func() bool { return is(live.Stats()) }, func() string { return what })
	}
	stats(func(s blog.Stats) bool {
		return s.Failing && s.Failures > 0 && !s.Failed.Before(first.Loaded) && s.Posts == 2
	}, "nothing tells that the folder is gone, or the last post went with it")
	write(t, filepath.Join(dir, "a.md"), "two")
	stats(func(s blog.Stats) bool { return !s.Failing && s.Loads > first.Loads && s.Loaded.After(s.Failed) }, "nothing tells that the folder is back")
}
