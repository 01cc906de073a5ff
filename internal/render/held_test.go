package render

import (
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func TestDocumentsThatReadersHoldAreBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := NewCache(1, 1) // keeps nothing
		c.Bound(1 << 20)
		long := func(i int) (*Document, error) {
			return c.Document(t.Context(), postOf(fmt.Sprint(i, strings.Repeat(" word", longPost/4))), options(40))
		}
		var reading []*Document
		var err error
		for i := 0; err == nil && i < 100; i++ {
			var d *Document
			if d, err = long(i); err == nil {
				reading = append(reading, d)
			}
		}
		if !errors.Is(err, ErrFull) {
			t.Fatalf("after %d documents: %v, want %v", len(reading), err, ErrFull)
		}
		size := int64(0)
		for _, d := range reading {
			size += d.Size()
		}
		if size > 5<<18 || size < 1<<19 {
			t.Errorf("readers hold %d bytes in %d documents, want about a megabyte", size, len(reading))
		}
		if d, err := long(0); err != nil || d != reading[0] {
			t.Errorf("what is held already: %v", err)
		}
		if _, err := c.Document(t.Context(), postOf("short"), options(40)); err != nil {
			t.Errorf("a short post: %v", err)
		}

		defer debug.SetGCPercent(debug.SetGCPercent(-1)) // it collects when it is told to, and at no other time
		runtime.KeepAlive(reading)
		reading = nil
		if _, err := long(1000); !errors.Is(err, ErrFull) {
			t.Errorf("garbage was collected again at once: %v", err)
		}
		time.Sleep(collectEvery)
		if _, err := long(1000); err != nil {
			t.Errorf("after the readers have gone: %v", err)
		}
		if c.held.bytes > 1<<20 || len(c.held.docs) > 3 {
			t.Errorf("%d bytes in %d documents are still counted", c.held.bytes, len(c.held.docs))
		}
	})
}

func TestWhatIsKnownOfDocumentsIsBounded(t *testing.T) {
	c := NewCache(1, 1)
	for i := range 3000 {
		if _, err := c.Document(t.Context(), postOf(fmt.Sprint(i)), options(40)); err != nil {
			t.Fatal(err)
		}
		if i%500 == 0 {
			runtime.GC()
		}
	}
	if n := len(c.held.docs); n > 2000 {
		t.Errorf("%d documents are remembered that nobody holds", n)
	}
}
