//go:build linux

package bench

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"
)

// loads measures how long it takes until posts can be read, and what they take in memory.
func (b *Bench) loads(ctx context.Context) ([]Figure, error) {
	sizes := []int{100, 1000, 14000}
	if b.short {
		sizes = sizes[:1]
	}
	var figures []Figure
	for _, n := range sizes {
		dir := filepath.Join(b.dir, "load")
		bytes, err := writePosts(dir, n)
		if err != nil {
			return figures, err
		}
		took := Figure{Name: fmt.Sprintf("%d posts: start to listening", n), Unit: "s"}
		held := Figure{Name: fmt.Sprintf("%d posts: memory resident, found in and read", n), Unit: "MiB"}
		search := Figure{Name: fmt.Sprintf("%d posts: a letter until all is found, the slowest of three", n), Unit: "ms", Value: [sides]float64{unseen, unseen, unseen}}
		share := Figure{Name: fmt.Sprintf("%d posts: memory resident ÷ their text", n)}
		if n == 14000 {
			took.Goals, share.Goals = []Goal{{atMost, 5}}, []Goal{{atMost, 2}}
		}
		for side := range sides {
			took.Value[side], held.Value[side], share.Value[side] = unseen, unseen, unseen
			if side == floor {
				continue
			}
			t, found, memory, err := b.load(ctx, side, dir)
			if err != nil {
				return figures, fmt.Errorf("%s: %d posts: %w", names[side], n, err)
			}
			took.Value[side], held.Value[side] = t.Seconds(), memory
			if side == lectern {
				search.Value[side] = ms(found)
			}
			share.Value[side] = memory * (1 << 20) / float64(bytes)
		}
		figures = append(figures, took, held, share, search)
		if err := os.RemoveAll(dir); err != nil {
			return figures, err
		}
	}
	return figures, nil
}

// load starts a program with posts, and has a reader search in them and open one.
func (b *Bench) load(ctx context.Context, side int, dir string) (took, found time.Duration, memory float64, err error) {
	begun := time.Now()
	s, err := b.start(side, dir)
	if err != nil {
		return 0, 0, 0, err
	}
	defer s.Kill()
	took = time.Since(begun)
	r, _, err := b.dial(ctx, s.Addr, "", title(0))
	if err != nil {
		return 0, 0, 0, err
	}
	defer r.leave()
	keys := "\rq"
	if side == lectern {
		keys += "swithout\x7f"
	}
	for i, key := range keys {
		seen, err := r.press(string(key), time.Second) // the index is made for the first letter
		if err != nil {
			return 0, 0, 0, err
		}
		if i >= len(keys)-3 {
			found = max(found, seen.whole)
		}
	}
	return took, found, settled(ctx, s), nil
}

// reload measures what readers notice of a post that changes, and what that takes of the processor.
func (b *Bench) reload(ctx context.Context) ([]Figure, error) {
	const many = 1000
	n := b.n(500, 50)
	dir := filepath.Join(b.dir, "changing")
	if _, err := writePosts(dir, many); err != nil {
		return nil, err
	}
	s, err := b.start(lectern, dir)
	if err != nil {
		return nil, err
	}
	defer s.Kill()
	var c crowd
	defer c.leave()
	if err := b.come(ctx, &c, s.Addr, n, onPost, postMark); err != nil {
		return nil, err
	}
	settled(ctx, s)
	change := func() error {
		f, err := os.OpenFile(filepath.Join(dir, slug(many-1)+".md"), os.O_APPEND|os.O_WRONLY, 0)
		if err != nil {
			return err
		}
		_, err = f.WriteString("\nOne line more.\n")
		return errors.Join(err, f.Close())
	}
	// What changes take is counted with nobody reading on, beside as much time without, before and after.
	changes := b.n(10, 3)
	var took float64
	for _, sign := range []float64{-0.5, 1, -0.5} {
		begun := since(s)
		for range changes {
			if sign > 0 {
				if err := change(); err != nil {
					return nil, err
				}
			}
			<-time.After(time.Second)
		}
		cpu, _, err := begun.so()
		if err := errors.Join(err, ctx.Err()); err != nil {
			return nil, err
		}
		took += sign * ms(cpu)
	}
	var p99 [2]float64
	for i := range p99 {
		if i == 1 {
			if err := change(); err != nil {
				return nil, err
			}
		}
		times, err := c.read(ctx, time.Duration(b.n(6, 3))*time.Second, func(int) []string { return []string{"j", "j", "j", "k"} })
		if err != nil {
			return nil, err
		}
		p99[i] = quantile(times, 0.99)
	}
	return []Figure{
		only(fmt.Sprintf("key to frame, %d readers, p99", n), "ms", p99[0]),
		only(fmt.Sprintf("the same while one of %d posts changes", many), "ms", p99[1]),
		only("processor for the change", "ms", took/float64(changes)),
	}, nil
}

// stampede has two hundred readers open the same post at once, which nobody has opened before.
func (b *Bench) stampede(ctx context.Context) ([]Figure, error) {
	const n = 200
	s, err := b.start(lectern, b.text)
	if err != nil {
		return nil, err
	}
	defer s.Kill()
	var c crowd
	defer c.leave()
	if err := b.come(ctx, &c, s.Addr, n, onList, listMark); err != nil {
		return nil, err
	}
	before, err := b.renders(ctx)
	if err != nil {
		return nil, err
	}
	var mu sync.Mutex
	var times []time.Duration
	var failed error
	var opened sync.WaitGroup
	for _, r := range c.readers {
		opened.Go(func() {
			seen, err := r.press("\r", drawn)
			mu.Lock()
			defer mu.Unlock()
			if err != nil {
				failed = err
			}
			times = append(times, seen.whole)
		})
	}
	opened.Wait()
	if failed != nil {
		return nil, failed
	}
	after, err := b.renders(ctx)
	return []Figure{
		only(fmt.Sprintf("%d open one post never rendered: renders", n), "", after-before, Goal{atMost, 1}),
		only("the last has it after", "ms", quantile(times, 1)),
	}, err
}

// renders asks Lectern how many posts it has rendered.
func (b *Bench) renders(ctx context.Context) (float64, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+b.http+"/metrics", nil)
	if err != nil {
		return 0, err
	}
	answer, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, err
	}
	defer answer.Body.Close()
	lines := bufio.NewScanner(answer.Body)
	for lines.Scan() {
		if v, ok := strings.CutPrefix(lines.Text(), `lectern_renders_total{how="rendered"} `); ok {
			return strconv.ParseFloat(v, 64)
		}
	}
	return 0, errors.New("the metrics do not say how many posts were rendered")
}
