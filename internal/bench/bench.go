//go:build linux

// Package bench measures what a reader costs, and what a reader waits for.
//
// Three programs are measured in turn, so that what else the machine does falls on all of them alike: Lectern; the floor, which
// is the least that an SSH server in Go can be; and the naive one, which is what comes of following the examples of the
// libraries. Absolute figures are a machine's; ratios are what the programs are.
//
// Each program runs in a process of its own, on the first core; its readers, real SSH clients, share the others. Processor time
// is the process's own clock, memory what is resident, half a core is enforced as a container's is. Lectern exempts the
// readers from the limits by address, for they all come from one; nothing else is set.
package bench

import (
	"context"
	"errors"
	"fmt"
	"math"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"lectern/internal/process"
)

// A Bench is what is measured, and how much of it. Close it.
type Bench struct {
	say      func(format string, args ...any)
	short    bool
	dir      string
	text     string // folder of the posts that are read
	programs [sides]process.Program
	http     string // where Lectern tells how it does
}

// readPosts is how many posts the blog has that is read.
const readPosts = 300

// New builds the programs and writes a blog for them. say is told how it goes. With short there is less of everything, for two
// minutes.
func New(ctx context.Context, short bool, say func(format string, args ...any)) (*Bench, error) {
	if err := stepAside(); err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "bench")
	if err != nil {
		return nil, err
	}
	b := &Bench{say: say, short: short, dir: dir, text: filepath.Join(dir, "posts")}
	if err := b.prepare(ctx); err != nil {
		b.Close()
		return nil, err
	}
	return b, nil
}

// Close removes what New made.
func (b *Bench) Close() { _ = os.RemoveAll(b.dir) }

func (b *Bench) prepare(ctx context.Context) error {
	if _, err := writePosts(b.text, readPosts); err != nil {
		return err
	}
	if err := writeLong(b.text); err != nil {
		return err
	}
	for i, pkg := range [sides]string{"lectern/cmd/lectern", "lectern/internal/bench/floor", "lectern/internal/bench/naive"} {
		b.say("building %s", pkg)
		binary, err := process.Build(ctx, b.dir, pkg)
		if err != nil {
			return err
		}
		b.programs[i] = process.Program{Binary: binary, Keys: filepath.Join(b.dir, "keys")}
	}
	var err error
	if b.http, err = freeAddress(); err != nil {
		return err
	}
	b.programs[lectern].Args = []string{"--exempt", "127.0.0.0/8"}
	// The floor writes as many bytes as Lectern's list has.
	screen := filepath.Join(b.dir, "screen")
	b.programs[floor].Args = []string{"-screen", screen}
	ours, err := b.start(lectern, b.text)
	if err != nil {
		return err
	}
	defer ours.Kill()
	r, _, err := dial(ctx, ours.Addr, "", title(0))
	if err != nil {
		return fmt.Errorf("the list: %w", err)
	}
	defer r.leave()
	size, _ := r.so()
	return os.WriteFile(screen, floorScreen(size), 0o600)
}

// freeAddress returns a loopback address that nobody listens on.
func freeAddress() (string, error) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer ln.Close()
	return ln.Addr().String(), nil
}

// start starts one of the programs with a folder of posts; "" stands for those in the program.
func (b *Bench) start(side int, posts string, env ...string) (*process.Process, error) {
	p := b.programs[side]
	p.Env = env
	p.Args = slices.Clone(p.Args)
	if posts != "" && side != floor {
		p.Args = append(p.Args, "--content", posts)
	}
	if side == lectern && posts != "" {
		p.Args = append(p.Args, "--http", b.http)
	}
	return p.Start(false)
}

// startAll starts all three. Each is visited once, so that what is made once is made.
func (b *Bench) startAll(ctx context.Context) (servers, error) {
	var all servers
	for side := range sides {
		s, err := b.start(side, b.text)
		if err != nil {
			all.kill()
			return all, err
		}
		all[side] = s
		r, _, err := dial(ctx, s.Addr, "", title(0))
		if err != nil {
			all.kill()
			return all, fmt.Errorf("%s: %w", names[side], err)
		}
		r.leave()
	}
	return all, nil
}

// Servers are the three, running.
type servers [sides]*process.Process

func (s servers) kill() {
	for _, p := range s {
		if p != nil {
			p.Kill()
		}
	}
}

// A measure is one part of the bench, on processes of its own.
type measure struct {
	name string
	run  func(ctx context.Context) ([]Figure, error)
}

// measures are all that there are.
func (b *Bench) measures() []measure {
	return []measure{
		{"start to first reader", b.starts},
		{"dial to a painted screen", b.dials},
		{"keys", b.keys},
		{"what a reader holds", b.crowds},
		{"readers who do nothing", b.idle},
		{"readers in 512 MiB", b.full},
		{"readers on half a core", b.active},
		{"loading", b.loads},
		{"a reload while others read", b.reload},
		{"one post, opened by all at once", b.stampede},
	}
}

// Run measures what has this in its name, with "" all there is. What was measured before an error is returned with it.
func (b *Bench) Run(ctx context.Context, only string) ([]Figure, error) {
	var figures []Figure
	for _, m := range b.measures() {
		if !strings.Contains(m.name, only) {
			continue
		}
		begun := time.Now()
		seen, err := m.run(ctx)
		figures = append(figures, seen...)
		if ctx.Err() != nil {
			return figures, errors.New("interrupted")
		}
		if err != nil {
			return figures, fmt.Errorf("%s: %w", m.name, err)
		}
		b.say("%s: measured in %v", m.name, time.Since(begun).Round(time.Second))
	}
	if len(figures) == 0 {
		var all []string
		for _, m := range b.measures() {
			all = append(all, m.name)
		}
		return nil, fmt.Errorf("no figure of %q; there are: %s", only, strings.Join(all, ", "))
	}
	return figures, nil
}

// n is how many of something are measured, or how many of them in short.
func (b *Bench) n(all, short int) int {
	if b.short {
		return short
	}
	return all
}

// quantile returns the time that this share of the times does not exceed, in milliseconds.
func quantile(times []time.Duration, share float64) float64 {
	if len(times) == 0 {
		return unseen
	}
	times = slices.Sorted(slices.Values(times))
	return ms(times[min(int(math.Ceil(share*float64(len(times))))-1, len(times)-1)])
}

func ms(d time.Duration) float64 { return float64(d.Nanoseconds()) / 1e6 }

// spread returns the median and the 99th of 100 of what was measured of each program.
func spread(name string, times [sides][]time.Duration, median, worst []Goal) []Figure {
	p50 := Figure{Name: name + ", median", Unit: "ms", Goals: median}
	p99 := Figure{Name: name + ", p99", Unit: "ms", Goals: worst}
	for side, t := range times {
		p50.Value[side], p99.Value[side] = quantile(t, 0.5), quantile(t, 0.99)
	}
	return []Figure{p50, p99}
}
