package server

import (
	"net/netip"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"lectern/internal/limit"
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
	spent  *limit.Share // cells of all sessions
	addr   netip.Addr   // whose terminal it is

	mu            sync.Mutex
	width, height int
	cells         int64  // what of spent is this terminal's
	tell          func() // makes the program take the size; nil when there is none
	telling       bool   // tell is under way
	told          time.Time
	often         *rate.Limiter
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
	if !t.hold(int64(w * h)) {
		w, h = min(w, defaultWidth), min(h, defaultHeight)
		t.hold(int64(w * h)) // as many are drawn for in any case: there are not so many sessions
	}
	if w == t.width && h == t.height {
		return
	}
	t.width, t.height = w, h
	if t.tell != nil && !t.telling {
		t.telling = true
		if t.often == nil {
			t.often = rate.NewLimiter(rate.Limit(t.bounds.ResizeRate), t.bounds.ResizeBurst)
		}
		time.AfterFunc(max(time.Until(t.told.Add(t.bounds.Resize)), t.often.Reserve().Delay()), t.tell)
	}
}

// hold takes n cells in place of those that it has, if there are as many. Only the holder of the lock may call it.
func (t *terminal) hold(n int64) bool {
	if more := n - t.cells; more <= 0 {
		t.spent.Give(t.addr, -more)
	} else if ok, _ := t.spent.Take(t.addr, more); !ok {
		return false
	}
	t.cells = n
	return true
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
	t.spent.Give(t.addr, t.cells)
	t.cells = 0
}
