package render

import (
	"context"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"lectern/internal/blog"
)

func TestStatsTellHowDocumentsCame(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, release, _, _, _ := slowly(1<<20, 2)
		var times atomic.Int64
		c.Tell(func(took time.Duration) {
			if times.Add(1); took < time.Second {
				t.Errorf("a render took %v", took)
			}
		})
		var wg sync.WaitGroup
		for range 5 {
			wg.Go(func() { _, _ = c.Document(t.Context(), postOf("a"), options(40)) })
			synctest.Wait() // the first of them renders
		}
		gone, cancel := context.WithCancel(t.Context())
		wg.Go(func() { _, _ = c.Document(gone, postOf("a"), options(40)) })
		synctest.Wait()
		cancel()
		time.Sleep(time.Second)
		close(release)
		wg.Wait()
		_, _ = c.Document(t.Context(), postOf("a"), options(40))
		if _, ok := c.Cached(postOf("a"), options(40)); !ok {
			t.Error("the document is not cached")
		}
		_, _ = c.Cached(postOf("b"), options(40))
		got := c.Stats()
		if d := cmp.Diff(Stats{Rendered: 1, Shared: 4, Cached: 2, Documents: 1}, got, cmpopts.IgnoreFields(Stats{}, "Bytes", "HeldBytes")); d != "" {
			t.Errorf("stats (-want +got):\n%s", d)
		}
		if got.Bytes != c.bytes || got.HeldBytes != c.held.bytes || got.Bytes == 0 || got.HeldBytes == 0 {
			t.Errorf("%d bytes, %d held, want %d, %d", got.Bytes, got.HeldBytes, c.bytes, c.held.bytes)
		}
		if times.Load() != 1 {
			t.Errorf("%d renders were told", times.Load())
		}
	})
}

func TestStatsTellWhatWasNotRendered(t *testing.T) {
	c := NewCache(1<<20, 1)
	c.Bound(1)
	if _, err := c.Document(t.Context(), postOf(strings.Repeat("word ", 20_000)), options(40)); err == nil {
		t.Error("there was room")
	}
	if got := c.Stats(); got != (Stats{Full: 1}) {
		t.Errorf("got %+v", got)
	}
	c = NewCache(1<<20, 1)
	c.render = func(*blog.Post, Options) *Document { panic("a fault") }
	if _, err := c.Document(t.Context(), postOf("a"), options(40)); err == nil {
		t.Error("no error")
	}
	if got := c.Stats(); got != (Stats{Failed: 1}) {
		t.Errorf("got %+v", got)
	}
}
