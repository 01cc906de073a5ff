//go:build linux

package bench

import (
	"context"
	"fmt"
	"time"
)

// A keyKind is a key that is pressed over and over, in a session of each program.
type keyKind struct {
	name    string
	command string                     // what the session opens
	before  []string                   // keys that lead there from the list
	key     func(i int) string         // the key that is measured
	between func(i int) []string       // keys after it
	quiet   time.Duration              // for which nothing comes after a frame
	naive   bool                       // the naive program has such a key
	n       func(b *Bench) int         // how often
	goals   func(figure string) []Goal // of "median", "p99" and "processor"
}

// keys measures the time from a key to its frame, and what a key costs.
func (b *Bench) keys(ctx context.Context) ([]Figure, error) {
	turn := func(a, z string, run int) func(int) string {
		return func(i int) string {
			if i/run%2 == 0 {
				return a
			}
			return z
		}
	}
	none := func(int) []string { return nil }
	usual := func(b *Bench) int { return b.n(300, 40) }
	// The floor's echo is what every kind is compared with. Of a few keys the 99th of 100 is chance.
	compared := "p99"
	if b.short {
		compared = "median"
	}
	quick := func(figure string) []Goal {
		if figure == compared {
			return []Goal{{timesFloor, 3}}
		}
		return nil
	}
	free := func(string) []Goal { return nil }
	kinds := []keyKind{
		{"move", "", nil, turn("j", "k", 1), none, stood, true, usual, quick},
		{"scroll", slug(0), nil, turn("j", "k", 10), none, stood, true, usual, quick},
		{"page", slug(0), nil, turn(" ", "b", 1), none, stood, true, usual, quick},
		{"open a post rendered before", "", []string{"\r", "q"}, turn("\r", "\r", 1), func(int) []string { return []string{"q"} }, stood, true, usual, func(figure string) []Goal {
			if figure == "processor" {
				return []Goal{{atMost, 2000}}
			}
			return quick(figure)
		}},
		{"open a post of a megabyte, rendered before", longSlug, []string{"q"}, turn("\r", "\r", 1), func(int) []string { return []string{"q"} }, stood, false, func(b *Bench) int { return b.n(100, 20) }, func(figure string) []Goal {
			if figure == "processor" {
				return []Goal{{atMost, 2000}}
			}
			return quick(figure)
		}},
		{"open a post never rendered", "", []string{"j"}, turn("\r", "\r", 1), func(int) []string { return []string{"q", "j"} }, drawn, true, func(b *Bench) int { return b.n(100, 10) }, free},
		{"search as typed", "", []string{"s", "c", "\x7f"}, func(i int) string { return []string{"d", "o", "\x7f", "\x7f"}[i%4] }, none, stood, false, usual, quick},
	}
	var figures []Figure
	for _, kind := range kinds {
		seen, err := b.press(ctx, kind)
		if err != nil {
			return figures, fmt.Errorf("%s: %w", kind.name, err)
		}
		figures = append(figures, seen...)
	}
	return figures, nil
}

// press presses the keys of a kind, in a session of each program on a server of its own.
func (b *Bench) press(ctx context.Context, kind keyKind) ([]Figure, error) {
	all, err := b.startAll(ctx)
	if err != nil {
		return nil, err
	}
	defer all.kill()
	var readers [sides]*reader
	for side, s := range all {
		if side == naive && !kind.naive {
			continue
		}
		command, mark := kind.command, title(0)
		if command == longSlug && side != floor {
			mark = longTitle
		}
		r, _, err := dial(ctx, s.Addr, command, mark)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", names[side], err)
		}
		defer r.leave()
		for _, key := range kind.before {
			if _, _, err := r.press(key, drawn); err != nil {
				return nil, fmt.Errorf("%s: %w", names[side], err)
			}
		}
		readers[side] = r
	}
	var times [sides][]time.Duration
	var bytes, cpu [sides]float64
	n := kind.n(b)
	for i := range n {
		for side, r := range readers {
			if r == nil {
				bytes[side], cpu[side] = unseen, unseen
				continue
			}
			before, err := all[side].CPU()
			if err != nil {
				return nil, err
			}
			took, size, err := r.press(kind.key(i), kind.quiet)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", names[side], err)
			}
			after, err := all[side].CPU()
			if err != nil {
				return nil, err
			}
			times[side] = append(times[side], took)
			bytes[side] += float64(size) / float64(n)
			cpu[side] += float64((after - before).Nanoseconds()) / 1e3 / float64(n)
			for _, key := range kind.between(i) {
				if _, _, err := r.press(key, stood); err != nil {
					return nil, fmt.Errorf("%s: %w", names[side], err)
				}
			}
		}
	}
	figures := spread("key to frame: "+kind.name, times, kind.goals("median"), kind.goals("p99"))
	return append(
		figures,
		Figure{kind.name + ": bytes", "", bytes, nil},
		Figure{kind.name + ": processor", "µs", cpu, kind.goals("processor")},
	), nil
}
