//go:build linux

package bench

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"lectern/internal/process"
)

// A crowd is many readers of one server.
type crowd struct{ readers []*reader }

func (c *crowd) leave() {
	for _, r := range c.readers {
		r.leave()
	}
}

// come lets n more readers in, some at a time. Reader i opens what command says, and sees the mark.
func (b *Bench) come(ctx context.Context, c *crowd, addr string, n int, command, mark func(i int) string) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	from, came := len(c.readers), make([]*reader, n)
	next := make(chan int)
	var doors sync.WaitGroup
	for range 48 {
		doors.Go(func() {
			for i := range next {
				r, _, err := b.dial(ctx, addr, command(i), mark(i))
				if err != nil {
					stop(fmt.Errorf("reader %d: %w", i, err))
					continue
				}
				came[i-from] = r
			}
		})
	}
	for i := range n {
		if ctx.Err() != nil {
			break
		}
		next <- from + i
	}
	close(next)
	doors.Wait()
	for _, r := range came {
		if r != nil {
			c.readers = append(c.readers, r)
		}
	}
	return context.Cause(ctx)
}

// What readers look at.
func onList(int) string   { return "" }
func listMark(int) string { return title(0) }

// Posts are read by several at a time.
func onPost(i int) string   { return slug(i % 50) }
func postMark(i int) string { return title(i % 50) }

// Of the floor there is one screen.
func looking(side int, at, mark func(int) string) (a, m func(int) string) {
	if side == floor {
		return onList, listMark
	}
	return at, mark
}

// perReader is what a reader of the naive program may take, in MiB, for there to be enough memory to try.
const perReader = 4

// enough reports whether this machine has the memory for so many readers of a program.
func enough(side, n int) bool { return side != naive || float64(n*perReader) < process.Available() }

// crowds measures what readers hold who do nothing.
func (b *Bench) crowds(ctx context.Context) ([]Figure, error) {
	var figures []Figure
	sizes := []int{100, 500, 1000, 2000}
	if b.short {
		sizes = []int{200}
	}
	for _, where := range []struct {
		name     string
		at, mark func(int) string
	}{{"on the list", onList, listMark}, {"with a post open", onPost, postMark}} {
		for _, n := range sizes {
			memory := Figure{Name: fmt.Sprintf("memory of a reader %s, %d of them", where.name, n), Unit: "MiB"}
			if n == 1000 || b.short {
				memory.Goals = []Goal{{atMost, 0.20}, {partsOfNaive, 10}}
			}
			goroutines := Figure{Name: fmt.Sprintf("goroutines of a reader %s, %d of them", where.name, n)}
			for side := range sides {
				at, mark := looking(side, where.at, where.mark)
				memory.Value[side], goroutines.Value[side] = unseen, unseen
				if !enough(side, n) {
					b.say("%d readers of %s: not enough memory here", n, names[side])
					continue
				}
				h, err := b.hold(ctx, side, n, at, mark)
				if err != nil {
					return figures, fmt.Errorf("%s: %d readers %s: %w", names[side], n, where.name, err)
				}
				memory.Value[side], goroutines.Value[side] = h.memory, h.goroutines
			}
			figures = append(figures, memory, goroutines)
		}
	}
	return figures, nil
}

// unlimited lets the naive program have more memory than the container has. It would else do nothing but collect.
func unlimited(side int) []string {
	if side == naive {
		return []string{"GOMEMLIMIT=off"}
	}
	return nil
}

// holding is what one reader has of the server.
type holding struct {
	memory     float64 // MiB
	goroutines float64
}

// hold lets n readers in, and returns what each holds.
func (b *Bench) hold(ctx context.Context, side, n int, at, mark func(int) string) (holding, error) {
	// These are there before, so that what is made once is made, and the heap has grown to what a crowd has it grow to.
	few := b.n(200, 50)
	s, err := b.start(side, b.text, unlimited(side)...)
	if err != nil {
		return holding{}, err
	}
	defer s.Kill()
	var c crowd
	defer c.leave()
	if err := b.come(ctx, &c, s.Addr, few, at, mark); err != nil {
		return holding{}, err
	}
	before := settled(ctx, s)
	if err := b.come(ctx, &c, s.Addr, n, at, mark); err != nil {
		return holding{}, err
	}
	after := settled(ctx, s)
	goroutines, err := s.Goroutines()
	return holding{(after - before) / float64(n), float64(goroutines) / float64(n+few)}, err
}

// settled waits until the memory has not changed for a second, and returns it.
func settled(ctx context.Context, s *process.Process) float64 {
	last := s.Resident()
	for range 6 {
		select {
		case <-time.After(time.Second):
		case <-ctx.Done():
			return last
		}
		now := s.Resident()
		if now-last < 0.2 && last-now < 0.2 {
			return now
		}
		last = now
	}
	return last
}

// idle measures what readers who do nothing take of the processor.
func (b *Bench) idle(ctx context.Context) ([]Figure, error) {
	n, d := b.n(1000, 100), time.Duration(b.n(60, 3))*time.Second
	cpu := Figure{Name: fmt.Sprintf("%d readers who do nothing, half with a post open: of a core", n), Unit: "%", Goals: []Goal{{atMost, 1}}}
	wakes := Figure{Name: "the same: wake-ups a second"}
	for side := range sides {
		cpu.Value[side], wakes.Value[side] = unseen, unseen
		if !enough(side, n) {
			continue
		}
		took, woken, err := b.restful(ctx, side, n, d)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", names[side], err)
		}
		cpu.Value[side], wakes.Value[side] = 100*took.Seconds()/d.Seconds(), float64(woken)/d.Seconds()
	}
	return []Figure{cpu, wakes}, nil
}

// restful lets n readers in, and returns what the server then takes of the processor, and how often it wakes.
func (b *Bench) restful(ctx context.Context, side, n int, d time.Duration) (time.Duration, int, error) {
	s, err := b.start(side, b.text, unlimited(side)...)
	if err != nil {
		return 0, 0, err
	}
	defer s.Kill()
	var c crowd
	defer c.leave()
	at, mark := looking(side, half(onPost, onList), half(postMark, listMark))
	if err := b.come(ctx, &c, s.Addr, n, at, mark); err != nil {
		return 0, 0, err
	}
	settled(ctx, s)
	wakes := s.Wakes()
	begun := since(s)
	select {
	case <-time.After(d):
	case <-ctx.Done():
		return 0, 0, ctx.Err()
	}
	took, _, err := begun.so()
	return took, s.Wakes() - wakes, err
}

// fullAt is the container's memory, in MiB.
const fullAt = 512

// full lets readers in until the memory of the container is used up, or nobody more is let in. Half of them have a post open.
func (b *Bench) full(ctx context.Context) ([]Figure, error) {
	f := Figure{Name: "readers in 512 MiB, half with a post open", Goals: []Goal{{atLeast, 4000}}}
	memory := Figure{Name: "memory resident with them", Unit: "MiB"}
	for side := range sides {
		n, used, err := b.fill(ctx, side)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", names[side], err)
		}
		f.Value[side], memory.Value[side] = float64(n), used
	}
	return []Figure{f, memory}, nil
}

// mostReaders is with how many the attempt ends: there are no more ports to come from.
const mostReaders = 10_000

func (b *Bench) fill(ctx context.Context, side int) (n int, memory float64, err error) {
	s, err := b.start(side, b.text)
	if err != nil {
		return 0, 0, err
	}
	defer s.Kill()
	var c crowd
	defer c.leave()
	at, mark := looking(side, half(onPost, onList), half(postMark, listMark))
	for len(c.readers) < mostReaders {
		n, memory = len(c.readers), s.Peak()
		if err := b.come(ctx, &c, s.Addr, 50, at, mark); err != nil {
			if !s.Alive() {
				return 0, 0, errors.New("the server has died")
			}
			b.say("%s: after %d readers: %v", names[side], len(c.readers), err)
			break
		}
		if s.Peak() > fullAt {
			break
		}
	}
	// They are there still, and are answered.
	for _, r := range c.readers[:min(n, 50)] {
		if _, err := r.press("j", stood); err != nil {
			return 0, 0, err
		}
	}
	return n, memory, ctx.Err()
}
