//go:build linux

// Package bench measures what a reader costs, and what a reader waits for.
//
// Three programs are measured in turn, so that what else the machine does falls on all of them alike: Lectern; the floor, which
// is the least that an SSH server in Go can be; and the naive one, which is what comes of following the examples of the
// libraries. Absolute figures are a machine's; ratios are what the programs are.
//
// Each program runs in a process of its own, on a core of its own; its readers, real SSH clients in terminals of 120×40 cells, share
// the others. They come from 250 addresses, for no address gets all that a server has. Nothing of Lectern is set but where its
// posts are, and that /metrics is to be had.
//
// A time ends when the last byte of a frame is there, after which nothing comes for a while. Processor time is the process's
// own clock, less what it takes with nobody there, and a mean; bytes are a mean too. Memory is what the process has resident, without the buffers of its sockets, which
// the kernel has. A reader's is what one more takes when some are there. Half a core is given as to a container: 50 ms in each
// 100.
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
	guests   guestbook
	parts    []measure
	rest     [sides]float64 // what each takes of a core with nobody there
}

// readPosts is how many posts the blog has that is read.
const readPosts = 300

// fewestDescriptors is how many files there must be: readers and sockets of the largest crowd, and some.
const fewestDescriptors = mostReaders + 500

// New builds the programs and writes a blog for them, to measure all parts that have these words in their names. say is told how it
// goes. With short there is less of everything, for two minutes.
func New(ctx context.Context, short bool, only string, say func(format string, args ...any)) (*Bench, error) {
	b := &Bench{say: say, short: short}
	var names []string
	for _, m := range b.measures() {
		if short && m.long {
			continue
		}
		names = append(names, m.name)
		if strings.Contains(m.name, only) {
			b.parts = append(b.parts, m)
		}
	}
	if len(b.parts) == 0 {
		return nil, fmt.Errorf("no part has %q in its name; there are: %s", only, strings.Join(names, ", "))
	}
	if n := descriptors(); n < fewestDescriptors && !short {
		return nil, fmt.Errorf("this process may open %d files, and %d are needed; raise the limit (ulimit -Hn), or measure -short", n, fewestDescriptors)
	}
	alone, err := process.StepAside()
	if err != nil {
		return nil, err
	}
	if !alone {
		say("servers and readers share what cores there are: without two of them and taskset, times say little")
	}
	if b.dir, err = os.MkdirTemp("", "bench"); err != nil {
		return nil, err
	}
	b.text = filepath.Join(b.dir, "posts")
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
	// The floor writes as many bytes as Lectern's list has.
	screen := filepath.Join(b.dir, "screen")
	b.programs[floor].Args = []string{"-screen", screen}
	ours, err := b.start(lectern, b.text)
	if err != nil {
		return err
	}
	defer ours.Kill()
	r, _, err := b.dial(ctx, ours.Addr, "", title(0))
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
		r, _, err := b.dial(ctx, s.Addr, "", title(0))
		if err != nil {
			all.kill()
			return all, fmt.Errorf("%s: %w", names[side], err)
		}
		r.leave()
	}
	if err := b.rests(ctx, all); err != nil {
		all.kill()
		return all, err
	}
	return all, nil
}

// rests notes what each server takes of the processor with nobody there: Lectern looks for changed posts each second.
func (b *Bench) rests(ctx context.Context, all servers) error {
	if err := calm(ctx, all); err != nil {
		return err
	}
	var begun [sides]spent
	for side, s := range all {
		begun[side] = since(s)
	}
	select {
	case <-time.After(3 * time.Second):
	case <-ctx.Done():
		return ctx.Err()
	}
	for side := range all {
		took, d, err := begun[side].so()
		if err != nil {
			return err
		}
		b.rest[side] = float64(took) / float64(d)
	}
	return nil
}

// A spent counts a server's processor time from a moment on.
type spent struct {
	server *process.Process
	cpu    time.Duration
	err    error
	at     time.Time
}

func since(s *process.Process) spent {
	cpu, err := s.CPU()
	return spent{s, cpu, err, time.Now()}
}

// so returns the processor's time since then, and the time.
func (s spent) so() (cpu, d time.Duration, err error) {
	now, err := s.server.CPU()
	return now - s.cpu, time.Since(s.at), errors.Join(s.err, err)
}

// more returns the processor's time since then, less what the server takes with nobody there.
func (b *Bench) more(side int, s spent) (time.Duration, error) {
	cpu, d, err := s.so()
	return cpu - time.Duration(b.rest[side]*float64(d)), err
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
	long bool // it is not in the short form
}

// measures are all that there are.
func (b *Bench) measures() []measure {
	return []measure{
		{"start to first reader", b.starts, false},
		{"dial to a painted screen", b.dials, false},
		{"keys", b.keys, false},
		{"what a reader holds", b.crowds, false},
		{"readers who do nothing", b.idle, false},
		{"readers in 512 MiB", b.full, true},
		{"readers on half a core", b.active, true},
		{"loading", b.loads, false},
		{"a reload while others read", b.reload, false},
		{"one post, opened by all at once", b.stampede, false},
	}
}

// Run measures. A part that fails is told of, and the others go on.
func (b *Bench) Run(ctx context.Context) ([]Figure, error) {
	var figures []Figure
	var failed error
	for _, m := range b.parts {
		begun := time.Now()
		seen, err := m.run(ctx)
		figures = append(figures, seen...)
		if ctx.Err() != nil {
			return figures, errors.New("interrupted")
		}
		if err != nil {
			err = fmt.Errorf("%s: %w", m.name, err)
			b.say("%v", err)
			failed = errors.Join(failed, err)
			continue
		}
		b.say("%s: measured in %v", m.name, time.Since(begun).Round(time.Second))
	}
	return figures, failed
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
