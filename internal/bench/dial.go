//go:build linux

package bench

import (
	"context"
	"fmt"
	"sync"
	"time"
)

// pause is what is left to a server after a reader has come or gone, so that nobody is measured while somebody hangs up.
const pause = 30 * time.Millisecond

// starts measures from starting a program to the painted list of its first reader, with the posts that are in it.
func (b *Bench) starts(ctx context.Context) ([]Figure, error) {
	var times [sides][]time.Duration
	for range b.n(20, 3) {
		for side := range sides {
			begun := time.Now()
			s, err := b.start(side, "")
			if err != nil {
				return nil, err
			}
			listened := time.Since(begun)
			mark := "Lectern"
			if side == floor {
				mark = title(0)
			}
			r, painted, err := b.dial(ctx, s.Addr, "", mark)
			s.Kill()
			if err != nil {
				return nil, fmt.Errorf("%s: %w", names[side], err)
			}
			r.leave()
			times[side] = append(times[side], listened+painted)
		}
	}
	return spread("start to first reader", times, []Goal{{atMost, 150}}, nil)[:1], nil
}

// dials measures from dialing to the painted list and to an open post, and what that takes of the server.
func (b *Bench) dials(ctx context.Context) ([]Figure, error) {
	all, err := b.startAll(ctx)
	if err != nil {
		return nil, err
	}
	defer all.kill()
	figures, err := b.alone(ctx, all)
	if err != nil {
		return figures, err
	}
	many, err := b.together(ctx, all, 50, b.n(10, 3))
	if err != nil {
		return figures, err
	}
	median, worst := []Goal(nil), []Goal{{timesFloor, 1.5}}
	if b.short { // of a few, the 99th of 100 is chance
		median, worst = worst, nil
	}
	figures = append(figures, spread("dial to list, 50 at once", many, median, worst)...)
	for _, s := range all {
		release := s.Throttle(0.5)
		defer func() { release() }()
	}
	many, err = b.together(ctx, all, 200, b.n(3, 1))
	if err != nil {
		return figures, err
	}
	return append(figures, spread("dial to list, 200 at once, half a core", many, nil, nil)...), nil
}

// alone dials one after another.
func (b *Bench) alone(ctx context.Context, all servers) ([]Figure, error) {
	var figures []Figure
	kinds := []struct {
		name    string
		command func(i int) string
		mark    func(i int) string
		sides   []int
	}{
		{"dial to list", func(int) string { return "" }, func(int) string { return title(0) }, []int{lectern, floor, naive}},
		// From the end, where nothing else is opened.
		{"dial to a post never rendered", func(i int) string { return slug(readPosts - 1 - i) }, func(i int) string { return title(readPosts - 1 - i) }, []int{lectern, naive}},
		{"dial to a post rendered before", func(int) string { return slug(0) }, func(int) string { return title(0) }, []int{lectern, naive}},
	}
	for _, kind := range kinds {
		var times [sides][]time.Duration
		cpu := Figure{Name: kind.name + ", processor", Unit: "ms", Value: [sides]float64{unseen, unseen, unseen}}
		var goals []Goal
		if kind.command(0) == "" {
			goals = []Goal{{timesFloor, 1.3}}
			cpu.Goals = []Goal{{timesFloor, 1.6}}
		}
		n := b.n(100, 20)
		if len(goals) == 0 {
			n = b.n(100, 5)
		}
		for _, side := range kind.sides {
			cpu.Value[side] = 0
		}
		for i := range n {
			for _, side := range kind.sides {
				begun := since(all[side])
				r, took, err := b.dial(ctx, all[side].Addr, kind.command(i), kind.mark(i))
				if err != nil {
					return figures, fmt.Errorf("%s: %s: %w", names[side], kind.name, err)
				}
				more, err := b.more(side, begun)
				if err != nil {
					return figures, err
				}
				times[side] = append(times[side], took)
				cpu.Value[side] += ms(more) / float64(n)
				r.leave()
				time.Sleep(pause)
			}
		}
		figures = append(figures, spread(kind.name, times, goals, nil)...)
		figures = append(figures, cpu)
	}
	return figures, nil
}

// together dials so many at once, some times.
func (b *Bench) together(ctx context.Context, all servers, n, times int) ([sides][]time.Duration, error) {
	var took [sides][]time.Duration
	for range times {
		for side, s := range all {
			var mu sync.Mutex
			var failed error
			var came sync.WaitGroup
			var readers []*reader
			for range n {
				came.Go(func() {
					r, t, err := b.dial(ctx, s.Addr, "", title(0))
					mu.Lock()
					defer mu.Unlock()
					if err != nil {
						failed = err
						return
					}
					readers = append(readers, r)
					took[side] = append(took[side], t)
				})
			}
			came.Wait()
			for _, r := range readers {
				r.leave()
			}
			if failed != nil {
				return took, fmt.Errorf("%s: %d at once: %w", names[side], n, failed)
			}
			if err := calm(ctx, all); err != nil {
				return took, err
			}
		}
	}
	return took, nil
}

// calm waits until the servers have nothing to do any more, or for ten seconds: the naive one has its ticks.
func calm(ctx context.Context, all servers) error {
	const look = 100 * time.Millisecond
	for range 100 {
		var begun [sides]spent
		for side, s := range all {
			begun[side] = since(s)
		}
		select {
		case <-time.After(look):
		case <-ctx.Done():
			return ctx.Err()
		}
		var took time.Duration
		for _, s := range begun {
			cpu, _, err := s.so()
			if err != nil {
				return err
			}
			took += cpu
		}
		if took < look/50 {
			return nil
		}
	}
	return nil
}
