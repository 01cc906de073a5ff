//go:build linux

package bench

import (
	"context"
	"fmt"
	"strings"
	"time"
)

// A keyKind is keys that are pressed over and over, in a session of each program.
type keyKind struct {
	name    string
	command string                     // what the session opens; "" the list
	before  string                     // keys that lead to where it is measured
	keys    string                     // those that are measured, in turn
	after   string                     // keys after each of them
	answer  time.Duration              // how long an answer may come after the frame of the key; 0: there is none
	begun   string                     // name of the time to the key's own frame, before that of the answer; "": it has none
	naive   bool                       // the naive program has such keys
	n       int                        // how often one is pressed
	goals   func(figure string) []Goal // of "median", "p99" and "processor"; nil: none
}

// keys measures the time from a key to its frame, and what a key costs.
func (b *Bench) keys(ctx context.Context) ([]Figure, error) {
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
	cheap := func(figure string) []Goal {
		if figure == "processor" {
			return []Goal{{atMost, 2000}}
		}
		return quick(figure)
	}
	usual := b.n(300, 40)
	kinds := []keyKind{
		{name: "move", keys: "jk", naive: true, n: usual, goals: quick},
		{name: "scroll", command: slug(0), keys: "jjjjjkkkkk", naive: true, n: usual, goals: quick},
		{name: "page", command: slug(0), keys: " b", naive: true, n: usual, goals: quick},
		{name: "open a post rendered before", before: "\rq", keys: "\r", after: "q", naive: true, n: usual, goals: cheap},
		{name: "open a post of a megabyte, rendered before", command: longSlug, before: "q", keys: "\r", after: "q", n: b.n(100, 20), goals: cheap},
		{name: "open a post never rendered", before: "j", keys: "\r", after: "qj", answer: drawn, naive: true, n: b.n(100, 10)},
		{name: "find as typed, all that is found", begun: "find as typed, the letter", before: "sx\x7f", keys: typed(), answer: drawn, n: b.n(400, 20), goals: quick},
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

// typed is what somebody types who looks for one word after the other, and takes each back.
func typed() string {
	var keys strings.Builder
	for _, word := range strings.Fields("container terminal memory goroutine health search window keyboard signal markdown address colour reader compiler test") {
		keys.WriteString(word + strings.Repeat("\x7f", len(word)))
	}
	return keys.String()
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
		r, _, err := b.dial(ctx, s.Addr, command, mark)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", names[side], err)
		}
		defer r.leave()
		for _, key := range kind.before {
			if _, err := r.press(string(key), drawn); err != nil {
				return nil, fmt.Errorf("%s: %w", names[side], err)
			}
		}
		readers[side] = r
	}
	var times, begins [sides][]time.Duration
	var bytes, cpu [sides]float64
	keys, quiet := strings.Split(kind.keys, ""), max(stood, kind.answer)
	for i := range kind.n {
		for side, r := range readers {
			if r == nil {
				bytes[side], cpu[side] = unseen, unseen
				continue
			}
			begun := since(all[side])
			seen, err := r.press(keys[i%len(keys)], quiet)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", names[side], err)
			}
			more, err := b.more(side, begun)
			if err != nil {
				return nil, err
			}
			times[side] = append(times[side], seen.whole)
			begins[side] = append(begins[side], seen.begun)
			bytes[side] += float64(seen.bytes) / float64(kind.n)
			cpu[side] += float64(more.Nanoseconds()) / 1e3 / float64(kind.n)
			for _, key := range kind.after {
				if _, err := r.press(string(key), stood); err != nil {
					return nil, fmt.Errorf("%s: %w", names[side], err)
				}
			}
		}
	}
	if kind.goals == nil {
		kind.goals = func(string) []Goal { return nil }
	}
	var figures []Figure
	if kind.begun != "" {
		figures = spread("key to frame: "+kind.begun, begins, kind.goals("median"), kind.goals("p99"))
	}
	figures = append(figures, spread("key to frame: "+kind.name, times, kind.goals("median"), kind.goals("p99"))...)
	return append(
		figures,
		Figure{kind.name + ": bytes", "", bytes, nil},
		Figure{kind.name + ": processor", "µs", cpu, kind.goals("processor")},
	), nil
}
