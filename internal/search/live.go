package search

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"time"

	"golang.org/x/sync/semaphore"

	"lectern/internal/blog"
)

// Live is the index of a library that is replaced now and then. Its methods are
// safe for concurrent use.
type Live struct {
	load  func() (*blog.Library, <-chan struct{})
	build func(ctx context.Context, last *Index, library *blog.Library) (*Index, error)

	turns *semaphore.Weighted // of searches

	ctx    context.Context // of all builds: it ends with Close
	cancel context.CancelFunc
	builds sync.WaitGroup

	titling sync.Mutex // guards the two that follow
	titles  *Titles
	titled  *blog.Library // that titles are of

	mu     sync.Mutex
	built  *Index        // the newest, nil before the first
	of     *blog.Library // what it was built from
	within *Index        // built, as far as it goes for whose
	whose  *blog.Library
	flight *flight
}

// A flight is a build, under way or failed.
type flight struct {
	library *blog.Library
	done    chan struct{}
	err     error // valid when done is closed
}

var errClosed = errors.New("index the posts: closed")

// NewLive makes a Live that builds nothing yet. load gives the library that is
// current, as the Current of a [blog.Live] does, and does not block. The caller
// closes the Live.
func NewLive(load func() (*blog.Library, <-chan struct{})) *Live {
	l := &Live{load: load, turns: semaphore.NewWeighted(int64(runtime.GOMAXPROCS(0))), build: func(ctx context.Context, last *Index, library *blog.Library) (*Index, error) {
		if last == nil {
			return Build(ctx, library)
		}
		return last.Rebuild(ctx, library)
	}}
	l.ctx, l.cancel = context.WithCancel(context.Background())
	return l
}

// Close ends a build that is under way, and waits for its end. What is built
// keeps answering.
func (l *Live) Close() {
	l.mu.Lock()
	l.cancel()
	l.mu.Unlock()
	l.builds.Wait()
}

// patience is how long a search waits for the index of a library that was just
// replaced, before it looks in the one before.
const patience = time.Second

// Search is [Index.Search] of the index that [Live.Index] gives. No more run at
// one time than there are processors; the others wait for their turn. The errors
// are those of Index, and that of ctx.
func (l *Live) Search(ctx context.Context, query string, limit, from, to int) ([]Hit, error) {
	x, err := l.Index(ctx)
	if err != nil {
		return nil, err
	}
	// A post that was just written is worth a little patience.
	if f := l.building(); f != nil {
		wait := time.NewTimer(patience)
		defer wait.Stop()
		select {
		case <-f.done:
			if x, err = l.Index(ctx); err != nil {
				return nil, err
			}
		case <-wait.C:
		case <-ctx.Done():
		}
	}
	if err := l.turns.Acquire(ctx, 1); err != nil {
		return nil, fmt.Errorf("search: %w", err)
	}
	defer l.turns.Release(1)
	hits := x.Search(ctx, query, limit, from, to)
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("search: %w", err)
	}
	return hits, nil
}

// Index finds the posts of the library that is current. The first call starts
// the build, and all calls wait until it is done; the end of ctx ends the wait,
// not the build. After the library was replaced, a call starts the build of its
// index, and until that is done, gives the one before, which finds the posts
// that have stayed the same and no others. Ask anew for each search: it costs
// nothing.
//
// The errors are that of ctx, and of a build that panicked: it is not tried
// again for the same library.
func (l *Live) Index(ctx context.Context) (*Index, error) {
	for {
		library, _ := l.load()
		x, f, err := l.look(library)
		if x != nil || err != nil {
			return x, err
		}
		select {
		case <-f.done:
		case <-ctx.Done():
			return nil, fmt.Errorf("index the posts: %w", ctx.Err())
		}
	}
}

// building is the build that is under way, nil for none.
func (l *Live) building() *flight {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.flight == nil {
		return nil
	}
	select {
	case <-l.flight.done:
		return nil
	default:
		return l.flight
	}
}

// Titles finds posts of the library that is current by their titles. They are
// made once for each library, for all who ask.
func (l *Live) Titles() *Titles {
	library, _ := l.load()
	l.titling.Lock()
	defer l.titling.Unlock()
	if l.titles == nil || l.titled != library {
		l.titles, l.titled = NewTitles(library.Posts()), library
	}
	return l.titles
}

// Ready is the index that Index gives, if it gives one without waiting. It
// starts nothing.
func (l *Live) Ready() (*Index, bool) {
	library, _ := l.load()
	l.mu.Lock()
	defer l.mu.Unlock()
	x := l.current(library)
	return x, x != nil
}

// look is an index for a library, or the build to wait for.
func (l *Live) look(library *blog.Library) (*Index, *flight, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.built == nil || l.of != library {
		l.start(library)
	}
	if x := l.current(library); x != nil {
		return x, nil, nil
	}
	f := l.flight
	if f == nil {
		return nil, nil, errClosed
	}
	select {
	case <-f.done:
		return nil, nil, f.err
	default:
		return nil, f, nil
	}
}

// current is what is built, for a library; nil before the first build. The
// caller holds mu.
func (l *Live) current(library *blog.Library) *Index {
	switch {
	case l.built == nil, l.of == library:
		return l.built
	case l.whose != library:
		l.within, l.whose = l.built.Within(library), library
	}
	return l.within
}

// start starts a build, unless there is one or it failed for this library. The
// caller holds mu.
func (l *Live) start(library *blog.Library) {
	if f := l.flight; f != nil {
		select {
		case <-f.done:
			if f.library == library {
				return
			}
		default:
			return
		}
	}
	l.flight = nil
	if l.ctx.Err() != nil {
		return
	}
	f := &flight{library: library, done: make(chan struct{})}
	l.flight = f
	last := l.built
	l.builds.Go(func() {
		x, err := l.safeBuild(last, library)
		l.mu.Lock()
		defer l.mu.Unlock()
		if f.err = err; err == nil {
			l.built, l.of, l.flight = x, library, nil
			l.within, l.whose = nil, nil
		}
		close(f.done)
	})
}

func (l *Live) safeBuild(last *Index, library *blog.Library) (x *Index, err error) {
	defer func() {
		if r := recover(); r != nil {
			x, err = nil, fmt.Errorf("index the posts: panic: %v", r)
		}
	}()
	return l.build(l.ctx, last, library)
}
