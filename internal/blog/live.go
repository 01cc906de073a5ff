package blog

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"

	"lectern/internal/text"
)

// Live is a library that is kept up to date. Its methods are safe for
// concurrent use.
type Live struct {
	load    func(last *Library) (*Library, error)
	current atomic.Pointer[snapshot]
	history history

	mu   sync.Mutex // held through a load: one at a time
	last *Library   // the newest, which may differ from current in nothing to be seen
}

// A snapshot is a library and the channel that tells of its end.
type snapshot struct {
	library  *Library
	replaced chan struct{}
}

// NewLive makes the first load and returns its error. load reads the content
// anew each time: it opens the folder, calls [Load] with the current time and
// last (nil at first), and lets the folder go. It is called by one goroutine
// at a time.
func NewLive(load func(last *Library) (*Library, error)) (*Live, error) {
	l := &Live{load: load}
	library, err := l.safeLoad()
	if err != nil {
		return nil, err
	}
	l.last = library
	l.current.Store(&snapshot{library, make(chan struct{})})
	l.history.note(nil)
	return l, nil
}

// Current is the newest snapshot, and a channel that closes when another
// replaces it.
func (l *Live) Current() (library *Library, replaced <-chan struct{}) {
	s := l.current.Load()
	return s.library, s.replaced
}

// reload loads anew, and replaces the snapshot when there is a difference to
// be seen. After an error, or a panic of load, all stays as it was.
func (l *Live) reload() (replaced bool, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	library, err := l.safeLoad()
	if err != nil {
		return false, err
	}
	l.last = library
	l.history.note(nil)
	old := l.current.Load()
	if library.same(old.library) {
		return false, nil
	}
	l.current.Store(&snapshot{library, make(chan struct{})})
	close(old.replaced)
	return true, nil
}

// newest is the library of the last load.
func (l *Live) newest() *Library {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.last
}

func (l *Live) safeLoad() (library *Library, err error) {
	defer func() {
		if r := recover(); r != nil {
			library, err = nil, fmt.Errorf("load the content: panic: %s", text.Field(fmt.Sprint(r), 300))
		}
	}()
	library, err = l.load(l.last)
	if err == nil && library == nil {
		err = errors.New("load the content: no library")
	}
	return library, err
}
