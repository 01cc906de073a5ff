package tree

import (
	"sync"
	"sync/atomic"
	"testing"

	"lectern/internal/blog"
)

func TestAnIndexIsMadeOnceForAllWhoAsk(t *testing.T) {
	const asking = 20
	var (
		library = &blog.Library{}
		calls   atomic.Int32
		all     = make(chan struct{}) // closes when all have seen that there is none yet
		group   sync.WaitGroup
		given   sync.Map
	)
	fsys := New(func() *blog.Library {
		switch n := calls.Add(1); {
		case n == asking:
			close(all)
		case n < asking:
			<-all
		}
		return library
	})
	for range asking {
		group.Go(func() { given.Store(fsys.index(), true) })
	}
	group.Wait()
	made := 0
	given.Range(func(any, any) bool { made++; return true })
	if made != 1 {
		t.Errorf("%d who asked at once have %d indexes, want one", asking, made)
	}
}
