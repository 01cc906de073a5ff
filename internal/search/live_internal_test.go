package search

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"testing/synctest"
	"time"

	"lectern/internal/blog"
)

// A shelf is a library that a test replaces.
type shelf struct{ library atomic.Pointer[blog.Library] }

func (s *shelf) current() (*blog.Library, <-chan struct{}) { return s.library.Load(), nil }

// put replaces the library by one of posts that each have one word.
func (s *shelf) put(t *testing.T, words ...string) {
	t.Helper()
	fsys := fstest.MapFS{}
	for _, w := range words {
		fsys[w+".md"] = &fstest.MapFile{ModTime: time.Unix(1, 0), Data: []byte("---\ntitle: post\n---\n" + w + " word\n")}
	}
	library, err := blog.Load(fsys, time.Unix(2, 0), s.library.Load())
	if err != nil {
		t.Fatal(err)
	}
	s.library.Store(library)
}

func answers(x *Index, query string) string {
	var list []string
	for _, h := range x.Search(context.Background(), query, MaxHits, 0, MaxHits) {
		list = append(list, h.Post.Slug)
	}
	return strings.Join(list, " ")
}

// A gate holds builds back until the test opens it, and counts them.
type gate struct {
	open   chan struct{}
	builds atomic.Int32
}

// guard makes every build of l pass the gate.
func (g *gate) guard(l *Live) {
	build := l.build
	l.build = func(ctx context.Context, last *Index, library *blog.Library) (*Index, error) {
		g.builds.Add(1)
		select {
		case <-g.open:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
		return build(ctx, last, library)
	}
}

func TestAllReadersShareOneBuild(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, g := new(shelf), &gate{open: make(chan struct{})}
		s.put(t, "alpha", "beta")
		l := NewLive(s.current)
		defer l.Close()
		g.guard(l)
		if x, ok := l.Ready(); ok || x != nil {
			t.Error("an index is ready before anyone asked")
		}
		var readers sync.WaitGroup
		for range 50 {
			readers.Go(func() {
				x, err := l.Index(t.Context())
				if err != nil || answers(x, "word") != "alpha beta" {
					t.Errorf("finds %v, error %v", x, err)
				}
			})
		}
		// One who does not wait leaves; the others still come to an index.
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := l.Index(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("error %v, want that of the context", err)
		}
		if _, ok := l.Ready(); ok {
			t.Error("an index is ready while it is built")
		}
		close(g.open)
		readers.Wait()
		if n := g.builds.Load(); n != 1 {
			t.Errorf("%d builds, want 1", n)
		}
		if x, ok := l.Ready(); !ok || x.Len() != 2 {
			t.Error("no index is ready after the build")
		}
	})
}

func TestTheOldIndexAnswersForWhatStayed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, g := new(shelf), &gate{open: make(chan struct{}, 1)}
		s.put(t, "alpha", "beta")
		l := NewLive(s.current)
		defer l.Close()
		g.guard(l)
		g.open <- struct{}{}
		if _, err := l.Index(t.Context()); err != nil {
			t.Fatal(err)
		}
		for i, want := range []string{"alpha", "alpha"} { // the build waits at the gate
			if i == 0 {
				s.put(t, "alpha", "gamma")
			}
			x, err := l.Index(t.Context())
			if err != nil || answers(x, "word") != want {
				t.Errorf("while the new one is built: %q, error %v, want %q", answers(x, "word"), err, want)
			}
		}
		if x, ok := l.Ready(); !ok || answers(x, "word") != "alpha" {
			t.Error("no index is ready while a new one is built")
		}
		s.put(t, "gamma") // replaced again before the build is done
		if x, _ := l.Index(t.Context()); answers(x, "word") != "" {
			t.Errorf("finds %q, which is gone", answers(x, "word"))
		}
		g.open <- struct{}{}
		synctest.Wait()
		if x, _ := l.Index(t.Context()); answers(x, "word") != "gamma" {
			t.Errorf("finds %q, want what the build has and the library shares", answers(x, "word"))
		}
		g.open <- struct{}{}
		synctest.Wait()
		x, err := l.Index(t.Context())
		if err != nil || answers(x, "word") != "gamma" || l.of != s.library.Load() {
			t.Errorf("finds %q, error %v", answers(x, "word"), err)
		}
		if n := g.builds.Load(); n != 3 {
			t.Errorf("%d builds, want 3", n)
		}
	})
}

func TestABuildThatFailsIsNotTriedAgainForTheSameLibrary(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := new(shelf)
		s.put(t, "alpha")
		l := NewLive(s.current)
		defer l.Close()
		build, builds := l.build, 0
		l.build = func(context.Context, *Index, *blog.Library) (*Index, error) {
			builds++
			panic("no such luck")
		}
		for range 3 {
			if _, err := l.Index(t.Context()); err == nil || !strings.Contains(err.Error(), "no such luck") {
				t.Errorf("error %v", err)
			}
		}
		if builds != 1 {
			t.Errorf("%d builds, want 1", builds)
		}
		l.build = build
		s.put(t, "beta")
		if x, err := l.Index(t.Context()); err != nil || answers(x, "word") != "beta" {
			t.Errorf("after a mend: error %v", err)
		}
	})
}

func TestCloseEndsTheBuildAndKeepsWhatIsBuilt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, g := new(shelf), &gate{open: make(chan struct{}, 1)}
		s.put(t, "alpha")
		l := NewLive(s.current)
		g.guard(l)
		g.open <- struct{}{}
		if _, err := l.Index(t.Context()); err != nil {
			t.Fatal(err)
		}
		s.put(t, "alpha", "beta")
		if _, err := l.Index(t.Context()); err != nil { // starts a build, which waits at the gate
			t.Fatal(err)
		}
		l.Close()
		if x, err := l.Index(t.Context()); err != nil || answers(x, "word") != "alpha" {
			t.Errorf("finds nothing after the end: %v", err)
		}

		idle := NewLive(s.current)
		idle.Close()
		if _, err := idle.Index(t.Context()); err == nil {
			t.Error("a Live that is closed builds")
		}
	})
}

func TestReadersAndReplacementsAtOnce(t *testing.T) {
	s := new(shelf)
	s.put(t, "w0", "same")
	l := NewLive(s.current)
	defer l.Close()
	var readers sync.WaitGroup
	for range 8 {
		readers.Go(func() {
			for range 100 {
				x, err := l.Index(t.Context())
				if err != nil {
					t.Error(err)
					return
				}
				if got := answers(x, "same"); got != "same" {
					t.Errorf("finds %q", got)
				}
				l.Ready()
			}
		})
	}
	for i := range 50 {
		s.put(t, fmt.Sprint("w", i), "same")
	}
	readers.Wait()
}

func TestASearchHasALittlePatienceForWhatIsNew(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, g := &shelf{}, &gate{open: make(chan struct{})}
		s.put(t, "one")
		l := NewLive(s.current)
		defer l.Close()
		search := func() string {
			hits, err := l.Search(t.Context(), "word", MaxHits, 0, MaxHits)
			if err != nil {
				t.Fatal(err)
			}
			return fmt.Sprint(len(hits))
		}
		if got := search(); got != "1" {
			t.Errorf("%s posts are found, want 1", got)
		}
		g.guard(l)
		s.put(t, "one", "two")
		begin := time.Now()
		if got, took := search(), time.Since(begin); got != "1" || took != patience {
			t.Errorf("while the index is built %s posts are found in %v, want the 1 of before after %v", got, took, patience)
		}
		time.AfterFunc(patience/2, func() { close(g.open) })
		if got := search(); got != "2" {
			t.Errorf("%s posts are found, want 2", got)
		}
	})
}
