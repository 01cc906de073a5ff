//go:build unix

package siege

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
)

// halfOpen opens a thousand connections from one address and says nothing on them.
func halfOpen(ctx context.Context, p Plan) ([]Figure, error) {
	s, t, _, err := started(ctx, p)
	if err != nil {
		return nil, err
	}
	defer s.Kill()
	ctx, end := context.WithTimeout(ctx, 20*time.Second)
	defer end()
	const connections = 1000
	var (
		open    sync.WaitGroup
		mu      sync.Mutex
		slowest time.Duration
		left    = connections
	)
	silentOnes := Attack{"", 1, func(ctx context.Context, t *Target) error {
		for range connections {
			open.Go(func() {
				nc, err := t.dial(ctx, "127.0.0.1")
				if err != nil {
					return // it counts as one that is left
				}
				begun := time.Now()
				linger(nc)
				if ctx.Err() == nil {
					mu.Lock()
					defer mu.Unlock()
					left--
					slowest = max(slowest, time.Since(begun))
				}
			})
		}
		open.Wait()
		end() // it ends with the last of them
		return nil
	}}
	_, readers := t.Meanwhile(ctx, silentOnes, 20*time.Second)
	if left > 0 {
		slowest = never
	}
	frame := ms("half-open: first frame from elsewhere, slowest", 250, patience)
	if n := len(readers.Paints); n > 0 {
		frame.Seen = float64(readers.Paints[n-1].Microseconds()) / 1000
		frame.Note = fmt.Sprintf("of %d", n)
	}
	gone := seconds("half-open: all of 1,000 gone", 11, slowest)
	if left > 0 {
		gone.Note = fmt.Sprintf("%d are left after 20 s", left)
	}
	return append([]Figure{gone, frame, turnedAway("half-open", readers)}, life(s, "half-open")...), nil
}

// stalled waits for readers to be cut off that take nothing.
func stalled(ctx context.Context, p Plan) ([]Figure, error) {
	s, t, _, err := started(ctx, p)
	if err != nil {
		return nil, err
	}
	defer s.Kill()
	ctx, end := context.WithTimeout(ctx, 30*time.Second)
	defer end()
	kinds := []struct {
		name   string
		strike func(context.Context, *Target) error
	}{
		{"the network", stalledTCP}, {"the SSH window", stalledSSH}, {"a window of no bytes", shutSSH},
	}
	figures := make([]Figure, len(kinds))
	var all sync.WaitGroup
	for i, kind := range kinds {
		all.Go(func() {
			begun := time.Now()
			err := kind.strike(ctx, t)
			took := time.Since(begun)
			if ctx.Err() != nil || err != nil {
				took = never
			}
			figures[i] = seconds("stalled by "+kind.name+": gone after", 15, took)
		})
	}
	all.Wait()
	return append(figures, life(s, "stalled")...), nil
}

// shutdown ends a server with fifty stalled readers, and ten who read.
func shutdown(ctx context.Context, p Plan) ([]Figure, error) {
	s, t, _, err := started(ctx, p)
	if err != nil {
		return nil, err
	}
	defer s.Kill()
	ctx, end := context.WithTimeout(ctx, time.Minute)
	defer end()
	var guests []*guest
	for range 10 {
		g, _, err := t.arrive(ctx, t.reader())
		if err != nil {
			return nil, err
		}
		guests = append(guests, g)
	}
	before := s.Descriptors()
	var stallers sync.WaitGroup
	defer stallers.Wait()
	defer end()
	for i := range 50 {
		kinds := []func(context.Context, *Target) error{stalledTCP, stalledSSH, shutSSH}
		stallers.Go(func() { _ = kinds[i%len(kinds)](ctx, t) })
	}
	if !eventually(ctx, patience, func() bool { return s.Descriptors() >= before+50 }) {
		return nil, errors.New("fifty readers to stall did not get in")
	}
	time.Sleep(time.Second) // the windows fill
	begun := time.Now()
	over := s.Quits()
	restored := make([]time.Duration, len(guests))
	var all sync.WaitGroup
	for i, g := range guests {
		all.Go(func() {
			restored[i] = never
			late, end := context.WithTimeout(ctx, patience)
			defer end()
			if g.waitFor(late, "\x1b[?1049l") == nil {
				restored[i] = time.Since(begun)
			}
		})
	}
	took := never
	select {
	case <-over:
		took = time.Since(begun)
	case <-time.After(40 * time.Second):
	}
	all.Wait()
	slowest := time.Duration(0)
	for _, d := range restored {
		slowest = max(slowest, d)
	}
	return []Figure{
		seconds("SIGTERM to exit, with 50 stalled readers", 5, took),
		seconds("SIGTERM to the last of 10 terminals restored", 2, slowest),
	}, nil
}

// hall lets two hundred readers in from one address, who all stay.
func hall(ctx context.Context, p Plan) ([]Figure, error) {
	s, t, _, err := started(ctx, p)
	if err != nil {
		return nil, err
	}
	defer s.Kill()
	ctx, end := context.WithCancel(ctx)
	defer end()
	const readers = 200
	var (
		all     sync.WaitGroup
		mu      sync.Mutex
		refused int
		last    error
		slowest time.Duration
	)
	door := time.NewTicker(p.Hall / readers)
	defer door.Stop()
	for range readers {
		all.Go(func() {
			_, paint, err := t.arrive(ctx, "127.0.0.3")
			mu.Lock()
			defer mu.Unlock()
			if err != nil {
				refused++
				last = err
			}
			slowest = max(slowest, paint)
		})
		<-door.C
	}
	all.Wait()
	f := count(fmt.Sprintf("hall: refused of 200 in %v", p.Hall), 0, refused)
	if last != nil {
		f.Note = last.Error()
	}
	return append([]Figure{f, ms("hall: first frame, slowest", 1000, slowest)}, life(s, "hall")...), nil
}

// blocked runs readers on a server whose log nobody reads, for as long as a hall takes.
func blocked(ctx context.Context, p Plan) ([]Figure, error) {
	s, err := p.Program.Start(true)
	if err != nil {
		return nil, err
	}
	defer s.Kill()
	t := NewTarget(s.Addr)
	const readers = 300
	var (
		all      sync.WaitGroup
		mu       sync.Mutex
		affected int
		last     error
	)
	const queues = 3
	for range queues {
		all.Go(func() {
			door := time.NewTicker(p.Hall / (readers / queues))
			defer door.Stop()
			for range readers / queues {
				paint, err := t.visit(ctx)
				mu.Lock()
				if err != nil || paint > time.Second {
					affected++
					last = err
				}
				enough := affected > 10 // each waits for long
				mu.Unlock()
				if enough {
					return
				}
				<-door.C
			}
		})
	}
	all.Wait()
	f := count(fmt.Sprintf("standard output blocked for %v: readers affected", p.Hall), 0, affected)
	f.Note = fmt.Sprintf("of %d", readers)
	if last != nil {
		f.Note = last.Error()
	}
	return append([]Figure{f}, life(s, "standard output blocked")...), nil
}

// pastes measures readers beside fifteen who paste without end.
func pastes(ctx context.Context, p Plan) ([]Figure, error) {
	s, t, _, err := started(ctx, p)
	if err != nil {
		return nil, err
	}
	defer s.Kill()
	_, readers := t.Meanwhile(ctx, Attack{"pastes", 15, paste}, max(p.Each, 4*time.Second))
	f := ms("15 pasting: first frame, 99 of 100", 100, readers.Worst())
	f.Note = fmt.Sprintf("of %d", len(readers.Paints))
	return append([]Figure{f, turnedAway("15 pasting", readers)}, life(s, "15 pasting")...), nil
}
