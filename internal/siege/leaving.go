//go:build unix

package siege

import (
	"context"
	"fmt"
	"math"
	"slices"
	"sync"
	"time"

	"lectern/internal/process"
)

// A rest is what a server holds when nobody is there.
type rest struct{ goroutines, files, heap int }

// resting ends a server that nobody uses any more, and says what it held. The descriptors may take settleTime to come down
// to files. The heap is the least that the collector left in its runs after that, for which some readers come and go.
func resting(ctx context.Context, s *process.Process, t *Target, files int) (rest, error) {
	if files > 0 {
		eventually(ctx, settleTime, func() bool { return s.Descriptors() <= files })
	}
	// What outlives a session, the program's ticker, does so for half a second.
	time.Sleep(time.Second)
	r := rest{files: s.Descriptors()}
	last, _ := s.Collections()
	for runs := 0; runs < 10; {
		if _, err := t.visit(ctx); err != nil {
			return r, fmt.Errorf("a reader afterwards: %w", err)
		}
		if n, heap := s.Collections(); n > last {
			if r.heap == 0 || heap < r.heap {
				r.heap = heap
			}
			last = n
			runs++
		}
	}
	time.Sleep(600 * time.Millisecond)
	var err error
	r.goroutines, err = s.Goroutines()
	return r, err
}

// leavingTime is how long readers leave in one way at most. A server may be too slow for all of them.
const leavingTime = 4 * time.Minute

// leaving lets readers in and out in each way, each on a process of its own, and compares with one that saw a few. The
// collector runs often there, so that its traces say what is left and not what was used.
func leaving(ctx context.Context, p Plan) ([]Figure, error) {
	p.Program.Env = append(slices.Clone(p.Program.Env), "GOGC=10", "GODEBUG=gctrace=1")
	s, t, files, err := started(ctx, p)
	if err != nil {
		return nil, err
	}
	defer s.Kill()
	base, err := resting(ctx, s, t, files)
	if err != nil {
		return nil, err
	}
	var figures []Figure
	for _, w := range Ways() {
		seen, left, err := w.leftBehind(ctx, p)
		goroutines := count(w.Name+": goroutines", base.goroutines+5, seen.goroutines)
		heap := Figure{Name: w.Name + ": heap", Unit: "MiB", Goal: float64(base.heap + 5), Seen: float64(seen.heap)}
		goroutines.Note = fmt.Sprintf("after %d of %d", left, p.Leaving)
		if err != nil {
			goroutines.Seen, heap.Seen = math.Inf(1), math.Inf(1)
			goroutines.Note = fmt.Sprintf("%.200v", err)
		}
		figures = append(figures, goroutines, count(w.Name+": descriptors", base.files, seen.files), heap)
	}
	return figures, nil
}

// leftBehind lets readers leave, and returns what the server holds after that, and how many there were.
func (w Way) leftBehind(ctx context.Context, p Plan) (rest, int, error) {
	s, t, files, err := started(ctx, p)
	if err != nil {
		return rest{}, 0, err
	}
	defer s.Kill()
	begun, end := context.WithCancel(ctx)
	defer end()
	late := time.Now().Add(leavingTime)
	var (
		all    sync.WaitGroup
		mu     sync.Mutex
		begins int
		left   int
		failed error
	)
	next := func() bool {
		mu.Lock()
		defer mu.Unlock()
		if failed != nil || begins == p.Leaving || time.Now().After(late) {
			return false
		}
		begins++
		return true
	}
	for range 8 {
		all.Go(func() {
			for next() {
				err := (Attack{strike: w.once}).once(begun, t)
				mu.Lock()
				if err != nil {
					failed = err
				} else {
					left++
				}
				mu.Unlock()
			}
		})
	}
	all.Wait()
	if failed != nil {
		return rest{files: s.Descriptors()}, left, failed
	}
	r, err := resting(ctx, s, t, files)
	return r, left, err
}
