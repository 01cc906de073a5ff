package render

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"lectern/internal/blog"
)

// slowly is a cache whose renders wait to be let go, and count themselves.
func slowly(maxBytes int64, workers int) (c *Cache, release chan struct{}, running, most, total *atomic.Int64) {
	c = NewCache(maxBytes, workers)
	release = make(chan struct{})
	running, most, total = new(atomic.Int64), new(atomic.Int64), new(atomic.Int64)
	c.render = func(p *blog.Post, o Options) *Document {
		most.Store(max(most.Load(), running.Add(1)))
		total.Add(1)
		<-release
		running.Add(-1)
		return Render(p, o)
	}
	return c, release, running, most, total
}

func TestCacheRendersOnceForAllWhoAsk(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, release, _, _, total := slowly(1<<20, 2)
		var wg sync.WaitGroup
		got := make([]*Document, 50)
		for i := range got {
			wg.Go(func() { got[i], _ = c.Document(t.Context(), postOf("a"), options(40)) })
		}
		synctest.Wait()
		close(release)
		wg.Wait()
		if n := total.Load(); n != 1 {
			t.Errorf("%d renders, want 1", n)
		}
		for i := range got {
			if got[i] == nil || got[i] != got[0] {
				t.Fatalf("reader %d has another document", i)
			}
		}
	})
}

func TestCacheRendersWithNoMoreThanItsWorkers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, release, _, most, total := slowly(1<<20, 3)
		var wg sync.WaitGroup
		for i := range 20 {
			wg.Go(func() { _, _ = c.Document(t.Context(), postOf(itoa(i)), options(40)) })
		}
		synctest.Wait()
		close(release)
		wg.Wait()
		if got := most.Load(); got != 3 {
			t.Errorf("%d renders at a time, want 3", got)
		}
		if got := total.Load(); got != 20 {
			t.Errorf("%d renders, want 20", got)
		}
	})
}

func TestCacheEndsTheWaitNotTheRender(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, release, _, _, total := slowly(1<<20, 1)
		ctx, cancel := context.WithCancel(t.Context())
		errs := make(chan error)
		go func() {
			_, err := c.Document(ctx, postOf("a"), options(40))
			errs <- err
		}()
		synctest.Wait()
		cancel()
		if err := <-errs; !errors.Is(err, context.Canceled) {
			t.Errorf("got %v, want %v", err, context.Canceled)
		}
		close(release)
		synctest.Wait()
		if _, err := c.Document(t.Context(), postOf("a"), options(40)); err != nil || total.Load() != 1 {
			t.Errorf("got %v after %d renders, want the first render's document", err, total.Load())
		}
	})
}

func TestCacheKeepsWhatWasUsedLastWithinItsBytes(t *testing.T) {
	const most = 64 << 10
	c := NewCache(most, 1)
	var renders int
	c.render = func(p *blog.Post, o Options) *Document {
		renders++
		return Render(p, o)
	}
	ask := func(i int) {
		t.Helper()
		if _, err := c.Document(t.Context(), postOf(fmt.Sprint(i, strings.Repeat(" word", 1000))), options(40)); err != nil {
			t.Fatal(err)
		}
	}
	for i := range 100 {
		ask(0) // used again each time, and so kept
		ask(i)
		if c.bytes > most || c.order.Len() != len(c.byKey) {
			t.Fatalf("holds %d bytes in %d documents under %d keys, want at most %d", c.bytes, c.order.Len(), len(c.byKey), most)
		}
	}
	if renders != 100 {
		t.Errorf("%d renders, want 100", renders)
	}
	if len(c.byKey) < 2 {
		t.Errorf("keeps %d documents, want some", len(c.byKey))
	}
}

func TestCacheDoesNotKeepWhatIsLargerThanItself(t *testing.T) {
	c := NewCache(100, 1)
	d, err := c.Document(t.Context(), postOf("a"), options(40))
	if d == nil || err != nil || c.bytes != 0 {
		t.Errorf("got %v, %v, holding %d bytes", d, err, c.bytes)
	}
}

func TestCacheTellsApartWhatIsDrawnInAnotherWay(t *testing.T) {
	c := NewCache(1<<20, 1)
	post := postOf("[a](https://example.com) b")
	seen := map[*Document]bool{}
	wide, plain := options(90), options(40)
	plain.Links = false
	for _, o := range []Options{options(40), options(39), wide, plain, {Width: 40, Palette: options(40).Palette, Links: true}} {
		d, err := c.Document(t.Context(), post, o)
		if err != nil {
			t.Fatal(err)
		}
		seen[d] = true
	}
	if len(seen) != 4 {
		t.Errorf("%d documents, want 4", len(seen))
	}
}

func TestCacheOutlivesAPanic(t *testing.T) {
	c := NewCache(1<<20, 1)
	c.render = func(*blog.Post, Options) *Document { panic("a fault") }
	for range 3 { // and gives its worker back
		if d, err := c.Document(t.Context(), postOf("a"), options(40)); d != nil || err == nil {
			t.Errorf("got %v, %v, want an error", d, err)
		}
	}
}
