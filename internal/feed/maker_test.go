package feed

import (
	"context"
	"errors"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
	"weak"

	"lectern/internal/blog"
)

func TestAFeedIsMadeOnceForAll(t *testing.T) {
	library := libraryOf(t, small())
	synctest.Test(t, func(t *testing.T) {
		m := New()
		var made, making atomic.Int32
		m.write = func(*blog.Library, Kind) ([]byte, error) {
			made.Add(1)
			if n := making.Add(1); n != 1 {
				t.Errorf("%d are made at one time", n)
			}
			defer making.Add(-1)
			time.Sleep(time.Second)
			return []byte("x"), nil
		}
		var all sync.WaitGroup
		for i := range 30 {
			all.Go(func() {
				if b, err := m.Feed(t.Context(), library, Kinds()[i%3]); err != nil || string(b) != "x" {
					t.Errorf("got %q, %v", b, err)
				}
			})
		}
		all.Wait()
		if _, err := m.Feed(t.Context(), library, RSS); err != nil {
			t.Error(err)
		}
		if got := made.Load(); got != 3 {
			t.Errorf("made %d times, want 3", got)
		}
	})
}

func TestOnlyFeedsOfTheNewestLibraryAreKept(t *testing.T) {
	first, second := libraryOf(t, small()), libraryOf(t, map[string]string{"a.md": "a\n"})
	synctest.Test(t, func(t *testing.T) {
		m := New()
		made := map[*blog.Library]int{}
		m.write = func(l *blog.Library, _ Kind) ([]byte, error) {
			made[l]++
			if l == first {
				time.Sleep(time.Minute)
			}
			return []byte("x"), nil
		}
		// The first is being made when the second replaces it.
		go func() { _, _ = m.Feed(t.Context(), first, Atom) }()
		synctest.Wait()
		for range 2 {
			if _, err := m.Feed(t.Context(), second, Atom); err != nil {
				t.Error(err)
			}
		}
		if len(m.made) != 1 || made[second] != 1 || m.last != weak.Make(second) {
			t.Errorf("%d feeds kept, the second made %d times, want 1 and 1", len(m.made), made[second])
		}
	})
}

func TestAMakerHoldsNoLibrary(t *testing.T) {
	m := New()
	library := libraryOf(t, small())
	for _, kind := range Kinds() {
		if _, err := m.Feed(t.Context(), library, kind); err != nil {
			t.Fatal(err)
		}
	}
	held := weak.Make(library)
	library = nil
	for range 100 {
		if runtime.GC(); held.Value() == nil {
			break
		}
		runtime.Gosched()
	}
	if held.Value() != nil {
		t.Error("the library is still in memory")
	}
	runtime.KeepAlive(m)
	_ = library
}

func TestTheEndOfAWaitIsNotThatOfTheMaking(t *testing.T) {
	library := libraryOf(t, small())
	synctest.Test(t, func(t *testing.T) {
		m := New()
		made := 0
		m.write = func(*blog.Library, Kind) ([]byte, error) {
			made++
			time.Sleep(time.Minute)
			return []byte("x"), nil
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := m.Feed(ctx, library, JSON); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v, want the end of the wait", err)
		}
		if b, err := m.Feed(t.Context(), library, JSON); err != nil || string(b) != "x" || made != 1 {
			t.Errorf("got %q, %v, made %d times", b, err, made)
		}
	})
}

func TestAPanicIsAnError(t *testing.T) {
	m := New()
	m.write = func(*blog.Library, Kind) ([]byte, error) { panic("a fault") }
	for range 2 { // and the turn is given back
		if _, err := m.Feed(t.Context(), libraryOf(t, small()), Atom); err == nil || !strings.Contains(err.Error(), "a fault") {
			t.Errorf("got %v, want the fault", err)
		}
	}
}

func TestAnUnknownKindIsAnError(t *testing.T) {
	if _, err := New().Feed(t.Context(), libraryOf(t, small()), "gopher"); err == nil || err.Error() != `feed "gopher": no such kind` {
		t.Errorf("got %v", err)
	}
}
