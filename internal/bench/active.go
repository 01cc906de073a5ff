//go:build linux

package bench

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"time"
)

const (
	// each is how often a reader presses a key, and prompt what 99 of 100 keys must be answered within.
	each   = 2 * time.Second
	prompt = 100 * time.Millisecond
	// watched is for how long it is looked at.
	watched = 12 * time.Second
)

// active measures how many readers half a core carries.
func (b *Bench) active(ctx context.Context) ([]Figure, error) {
	carried := Figure{Name: "readers on half a core (of 3,200), a key every 2 s, p99 ≤ 100 ms", Goals: []Goal{{atLeast, 400}}}
	wait := Figure{Name: "key to frame, 400 of them, p99", Unit: "ms", Value: [sides]float64{unseen, unseen, unseen}}
	for _, side := range []int{lectern, naive, floor} {
		n, err := b.carry(ctx, side, func(n int, p99, had float64) {
			b.say("%s: %d readers on half a core, of which they take %.0f %%: 99 of 100 keys within %.1f ms", names[side], n, 200*had, p99)
			if n == 400 {
				wait.Value[side] = p99
			}
		})
		if err != nil {
			return nil, fmt.Errorf("%s: %w", names[side], err)
		}
		carried.Value[side] = float64(n)
	}
	return []Figure{carried, wait}, nil
}

// carry lets in more and more readers, until they have to wait, and returns how many did not.
func (b *Bench) carry(ctx context.Context, side int, saw func(n int, p99, had float64)) (most int, err error) {
	s, err := b.start(side, b.text)
	if err != nil {
		return 0, err
	}
	defer s.Kill()
	var c crowd
	defer c.leave()
	at, mark := looking(side, half(onPost, onList), half(postMark, listMark))
	steps := []int{25, 50, 100, 200, 300, 400, 800, 1200, 1600, 2000, 2400, 2800, 3200}
	switch side {
	case lectern:
		steps = steps[3:]
	case floor:
		steps = []int{400, 1600, 3200}
	}
	for _, n := range steps {
		if err := b.come(ctx, &c, s.Addr, n-len(c.readers), at, mark); err != nil {
			b.say("%s: %v", names[side], err)
			return most, ctx.Err()
		}
		settled(ctx, s)
		release := s.Throttle(0.5)
		times, err := c.read(ctx, watched, func(i int) []string {
			if i%2 == 0 {
				return []string{"j", "k", " ", "b"}
			}
			return []string{"j", "j", "k", "k"}
		})
		had := release()
		if err != nil {
			b.say("%s: %d readers: %v", names[side], n, err)
			return most, ctx.Err()
		}
		p99 := quantile(times, 0.99)
		saw(n, p99, had)
		if p99 > ms(prompt) {
			return most, nil
		}
		most = n
	}
	return most, nil
}

// half has every other reader do the one, and the rest the other.
func half(a, b func(int) string) func(int) string {
	return func(i int) string {
		if i%2 == 0 {
			return a(i)
		}
		return b(i)
	}
}

// read has all readers press a key every two seconds, at times of their own, and returns how long they waited for frames.
func (c *crowd) read(ctx context.Context, d time.Duration, keys func(i int) []string) ([]time.Duration, error) {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	var mu sync.Mutex
	var times []time.Duration
	end := time.Now().Add(d)
	var reading sync.WaitGroup
	for i, r := range c.readers {
		reading.Go(func() {
			next := time.Now().Add(rand.N(each))
			for n := 0; next.Before(end); n++ {
				select {
				case <-time.After(time.Until(next)):
				case <-ctx.Done():
					return
				}
				of := keys(i)
				seen, err := r.press(of[n%len(of)], prompt)
				if err != nil {
					stop(err)
					return
				}
				mu.Lock()
				times = append(times, seen.whole)
				mu.Unlock()
				next = next.Add(each)
			}
		})
	}
	reading.Wait()
	return times, context.Cause(ctx)
}
