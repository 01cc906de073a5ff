package blog

import (
	"sync/atomic"
	"time"
)

// Stats is what a [Live] did since it was made, and what it holds.
type Stats struct {
	Posts            int
	Bytes            int64 // of their Markdown
	Errors, Warnings int   // problems
	Loads, Failures  int64 // of the content, the first load among them; a folder that is gone fails each second
	Loaded           time.Time
	Failed           time.Time // zero: never
	Failing          bool      // the content can not be read now, and the last posts stay
}

// history is what is noted as it happens.
type history struct {
	loads, failures atomic.Int64
	loaded, failed  atomic.Int64 // Unix times in nanoseconds; 0: never
	failing         atomic.Bool
}

// note notes that the content was loaded, or could not be.
func (h *history) note(err error) {
	now := time.Now().UnixNano()
	h.failing.Store(err != nil)
	if err != nil {
		h.failures.Add(1)
		h.failed.Store(now)
		return
	}
	h.loads.Add(1)
	h.loaded.Store(now)
}

// Stats is safe for concurrent use. It looks at every post and every problem.
func (l *Live) Stats() Stats {
	library, _ := l.Current()
	s := Stats{
		Posts: len(library.posts), Loads: l.history.loads.Load(), Failures: l.history.failures.Load(),
		Loaded: time.Unix(0, l.history.loaded.Load()), Failing: l.history.failing.Load(),
	}
	if at := l.history.failed.Load(); at != 0 {
		s.Failed = time.Unix(0, at)
	}
	for _, p := range library.posts {
		s.Bytes += p.Size()
	}
	for _, p := range library.problems {
		if p.Level == Error {
			s.Errors++
		} else {
			s.Warnings++
		}
	}
	return s
}
