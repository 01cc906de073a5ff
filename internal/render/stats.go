package render

import (
	"sync/atomic"
	"time"
)

// Stats is what a [Cache] did since it was made, and what it holds.
type Stats struct {
	Rendered int64 // documents asked for that were rendered
	Shared   int64 // that another was waiting for already
	Cached   int64 // that were there
	Full     int64 // for which there was no room
	Failed   int64 // in whose render there was a panic

	Documents int   // kept
	Bytes     int64 // of these
	HeldBytes int64 // of all that somebody may hold; some of it may be garbage
}

// counts is what is counted as it happens.
type counts struct{ rendered, shared, cached, full, failed atomic.Int64 }

// Stats is safe for concurrent use.
func (c *Cache) Stats() Stats {
	c.mu.Lock()
	defer c.mu.Unlock()
	n := &c.counts
	return Stats{
		Rendered: n.rendered.Load(), Shared: n.shared.Load(), Cached: n.cached.Load(), Full: n.full.Load(), Failed: n.failed.Load(),
		Documents: len(c.byKey), Bytes: c.bytes, HeldBytes: c.held.bytes,
	}
}

// Tell has each render's time told, on the render's goroutine. Only before the first
// use.
func (c *Cache) Tell(rendered func(took time.Duration)) { c.rendered = rendered }
