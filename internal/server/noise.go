package server

import (
	"context"
	"log/slog"
	"sync"

	"golang.org/x/time/rate"
)

// A noise logs what strangers can make happen as often as they like, each event at a rate of its own: a flood of one kind
// hides no other. What is left out is counted in the event's next line, or at the end. The zero value is ready to use.
// Safe for concurrent use.
type noise struct {
	mu     sync.Mutex
	events map[string]*event // as many as the code has names for
}

// An event is what is known of one kind of line.
type event struct {
	bucket *rate.Limiter
	left   int // lines left out since the last
}

// A pace is how many lines of one kind are logged, a second and at once.
type pace struct {
	rate  rate.Limit
	burst int
}

var (
	// seldom is for what does not work, of which one example a second is enough.
	seldom = pace{1, 1}
	// rarely is for what must not happen, and comes with a stack of some KiB.
	rarely = pace{1, 10}
	// often is for sessions: a hall that arrives at once is logged in full, and a flood fills 100 MiB in an hour at most.
	often = pace{100, 500}
)

// log writes a line, unless there were too many of its kind. name is a constant, and so is the message.
func (n *noise) log(log *slog.Logger, level slog.Level, p pace, name, message string, attrs ...any) {
	if !log.Enabled(context.Background(), level) {
		return
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	e := n.events[name]
	if e == nil {
		if n.events == nil {
			n.events = make(map[string]*event)
		}
		e = &event{bucket: rate.NewLimiter(p.rate, p.burst)}
		n.events[name] = e
	}
	if !e.bucket.Allow() {
		e.left++
		return
	}
	if e.left > 0 {
		attrs = append(attrs, "left_out", e.left)
	}
	e.left = 0
	log.Log(context.Background(), level, message, attrs...)
}

// flush logs how many of each kind were left out at the end.
func (n *noise) flush(log *slog.Logger) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for name, e := range n.events {
		if e.left > 0 {
			log.Info("log lines left out", "event", name, "left_out", e.left)
			e.left = 0
		}
	}
}
