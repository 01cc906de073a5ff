package server

import (
	"sync"
	"sync/atomic"
	"time"
)

// What a terminal of no size, or of too much size, is drawn for.
const (
	defaultWidth  = 80
	defaultHeight = 24
)

// A terminal is the size of one session's terminal. The client may change it as often as it likes; the newest wins,
// and the program is told at a bounded rate. Safe for concurrent use.
type terminal struct {
	bounds *Bounds
	spent  *atomic.Int64 // cells of all sessions

	mu            sync.Mutex
	width, height int
	cells         int64  // what of spent is this terminal's
	tell          func() // makes the program take the size; nil when there is none
	telling       bool   // tell is under way
	told          time.Time
	closed        bool
}

// set changes the size, brought into the bounds.
func (t *terminal) set(width, height uint32) {
	w, h := within(width, defaultWidth, t.bounds.Width), within(height, defaultHeight, t.bounds.Height)
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.closed {
		return
	}
	if t.spent.Load()-t.cells+int64(w*h) > int64(t.bounds.Cells) {
		w, h = min(w, defaultWidth), min(h, defaultHeight)
	}
	t.spent.Add(int64(w*h) - t.cells)
	t.cells = int64(w * h)
	if w == t.width && h == t.height {
		return
	}
	t.width, t.height = w, h
	if t.tell != nil && !t.telling {
		t.telling = true
		time.AfterFunc(time.Until(t.told.Add(t.bounds.Resize)), t.tell)
	}
}

func within(v uint32, zero, limit int) int {
	if v == 0 {
		return zero
	}
	return int(min(v, uint32(limit)))
}

// take returns the newest size. From then on, changes are told by calling tell on a goroutine of its own, once for
// each take.
func (t *terminal) take() (width, height int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.telling, t.told = false, time.Now()
	return t.width, t.height
}

// notify sets whom to tell, or nobody.
func (t *terminal) notify(tell func()) {
	t.mu.Lock()
	t.tell = tell
	t.mu.Unlock()
}

// close gives the cells back.
func (t *terminal) close() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.closed = true
	t.spent.Add(-t.cells)
	t.cells = 0
}
