//go:build unix

package siege

import (
	"context"
	"fmt"
	"math"
	"time"

	"lectern/internal/process"
)

// A Plan says how long and how much.
type Plan struct {
	Program process.Program
	Leaving int           // readers who leave in each way
	Each    time.Duration // of each attack alone
	Hall    time.Duration // in which two hundred readers come in, and for which standard output is blocked
	Mix     time.Duration
	Workers int // clients of the mix at a time
}

// A Measure is one part of the siege, on processes of its own.
type Measure struct {
	Name string
	Run  func(ctx context.Context, p Plan) ([]Figure, error)
}

// Measures returns all parts of the siege but the attacks one by one, which Alone runs.
func Measures() []Measure {
	return []Measure{
		{"half-open connections", halfOpen},
		{"stalled readers", stalled},
		{"shutdown", shutdown},
		{"a hall", hall},
		{"blocked standard output", blocked},
		{"pastes", pastes},
		{"a full house", house},
		{"leaving", leaving},
		{"mix", mix},
	}
}

// settleTime is how long the server may take to be as it was.
const settleTime = 10 * time.Second

// eventually waits until ok is true, for the time given at most.
func eventually(ctx context.Context, d time.Duration, ok func() bool) bool {
	ctx, end := context.WithTimeout(ctx, d)
	defer end()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for !ok() {
		select {
		case <-tick.C:
		case <-ctx.Done():
			return ok()
		}
	}
	return true
}

// warm lets some readers in and out, so that what is made once is made, and returns the descriptors that are then open.
func warm(ctx context.Context, s *process.Process, t *Target) (int, error) {
	before := s.Descriptors()
	for range 100 {
		if _, err := t.visit(ctx); err != nil {
			return 0, fmt.Errorf("a reader on the untouched server: %w", err)
		}
	}
	eventually(ctx, settleTime, func() bool { return s.Descriptors() <= before })
	return s.Descriptors(), nil
}

// started is a server for one measure, warmed up.
func started(ctx context.Context, p Plan) (*process.Process, *Target, int, error) {
	s, err := p.Program.Start(false)
	if err != nil {
		return nil, nil, 0, err
	}
	t := NewTarget(s.Addr)
	files, err := warm(ctx, s, t)
	if err != nil {
		s.Kill()
		return nil, nil, 0, err
	}
	return s, t, files, nil
}

// life is what holds after every attack.
func life(s *process.Process, what string) []Figure {
	dead := 0
	if !s.Alive() {
		dead = 1
	}
	panics := s.Panics()
	f := sum(what, "panics", len(panics))
	if len(panics) > 0 {
		f.Note = fmt.Sprintf("%.300s", panics[0])
	}
	return []Figure{sum(what, "servers dead", dead), f}
}

// turnedAway is how many readers did not get what they came for.
func turnedAway(what string, r Readers) Figure {
	f := sum(what, "readers turned away", r.Failed)
	f.Note = fmt.Sprintf("of %d", len(r.Paints)+r.Failed)
	if r.Last != nil {
		f.Note += fmt.Sprintf("; %.200v", r.Last)
	}
	return f
}

// Alone runs one attack on a running server.
func (a Attack) Alone(ctx context.Context, s *process.Process, t *Target, d time.Duration) []Figure {
	tally, readers := t.Meanwhile(ctx, a, d)
	idle := 0
	if tally.Struck == 0 {
		idle = 1
	}
	frame := ms(a.Name+": first frame, 99 of 100", 250, readers.Worst())
	frame.Note = fmt.Sprintf("%d attacks, %d failed, %d readers", tally.Struck, tally.Failed, len(readers.Paints))
	struck := sum(a.Name, "attacks that came to nothing", idle)
	if tally.Last != nil {
		struck.Note = tally.Last.Error()
	}
	return append([]Figure{frame, struck, turnedAway(a.Name, readers)}, life(s, a.Name)...)
}

// Settled waits until no more than files descriptors are open. What a flood left in the network is read at the pace of the
// network before its end is seen, so that this is worth a wait only after all of them.
func Settled(ctx context.Context, s *process.Process, files int) []Figure {
	if !s.Known() {
		return nil
	}
	eventually(ctx, settleTime, func() bool { return s.Descriptors() <= files })
	return []Figure{count("attacks, one by one: descriptors", files, s.Descriptors())}
}

// mix is all at once.
func mix(ctx context.Context, p Plan) ([]Figure, error) {
	s, t, files, err := started(ctx, p)
	if err != nil {
		return nil, err
	}
	defer s.Kill()
	untouched, _, _, err := started(ctx, p)
	if err != nil {
		return nil, err
	}
	defer untouched.Kill()
	figures := Mixed(ctx, s, t, p, files)
	time.Sleep(time.Second) // see resting
	base, err := untouched.Goroutines()
	if err != nil {
		return figures, err
	}
	seen, err := s.Goroutines()
	goroutines := count("mix: goroutines", base+5, seen)
	if err != nil {
		goroutines.Seen, goroutines.Note = math.Inf(1), err.Error()
	}
	return append(figures, goroutines), nil
}

// Mixed runs the mix on a running server of which files descriptors are open when nobody is there, until the server dies.
func Mixed(ctx context.Context, s *process.Process, t *Target, p Plan, files int) []Figure {
	begun := time.Now()
	alive, end := context.WithCancel(ctx)
	defer end()
	go func() {
		defer end()
		eventually(alive, p.Mix, func() bool { return !s.Alive() })
	}()
	tally, readers := t.Meanwhile(alive, Mix(p.Workers), p.Mix)
	frame := ms("mix: first frame, 99 of 100", 250, readers.Worst())
	frame.Note = fmt.Sprintf("%d attacks, %d failed in %v", tally.Struck, tally.Failed, time.Since(begun).Round(time.Second))
	figures := append([]Figure{frame, turnedAway("mix", readers)}, life(s, "mix")...)
	if s.Known() {
		// What the floods left in the network is read at its pace, see Settled.
		eventually(ctx, 3*settleTime, func() bool { return s.Descriptors() <= files })
		figures = append(
			figures,
			count("mix: descriptors", files, s.Descriptors()),
			Figure{Name: "mix: memory resident, at most", Unit: "MiB", Goal: 450, Seen: s.Peak()},
		)
	}
	return figures
}
