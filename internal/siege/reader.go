//go:build unix

package siege

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"slices"
	"sync"
	"time"

	"golang.org/x/crypto/ssh"

	"lectern/internal/process"
)

// A guest is somebody in front of a screen, honest or not.
type guest struct {
	client  *ssh.Client
	channel ssh.Channel
	left    chan struct{} // closed when the server has ended the session

	mu    sync.Mutex
	shown []byte // the newest of it
	grown chan struct{}
}

// shownBytes is how much of what was shown is kept.
const shownBytes = 64 << 10

// sit opens a screen on a client's connection.
func sit(client *ssh.Client, size ptyRequest) (*guest, error) {
	g, err := attach(client)
	if err != nil {
		return nil, err
	}
	if _, err := g.channel.SendRequest("pty-req", false, ssh.Marshal(size)); err != nil {
		return nil, err
	}
	if _, err := g.channel.SendRequest("shell", false, nil); err != nil {
		return nil, err
	}
	return g, nil
}

// attach opens a session channel, and takes what comes out of it.
func attach(client *ssh.Client) (*guest, error) {
	channel, requests, err := process.OpenSession(client)
	if err != nil {
		return nil, err
	}
	g := &guest{client: client, channel: channel, left: make(chan struct{}), grown: make(chan struct{}, 1)}
	go ssh.DiscardRequests(requests)
	go func() { _, _ = io.Copy(io.Discard, channel.Stderr()) }()
	go func() {
		defer close(g.left)
		_, _ = io.Copy(g, channel)
	}()
	return g, nil
}

func (g *guest) Write(p []byte) (int, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.shown = append(g.shown, p...)
	if over := len(g.shown) - shownBytes; over > 0 {
		g.shown = slices.Delete(g.shown, 0, over)
	}
	select {
	case g.grown <- struct{}{}:
	default:
	}
	return len(p), nil
}

func (g *guest) shows(text string) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return bytes.Contains(g.shown, []byte(text))
}

// waitFor waits until text is shown. One goroutine at a time.
func (g *guest) waitFor(ctx context.Context, text string) error {
	for !g.shows(text) {
		select {
		case <-g.grown:
		case <-g.left:
			if g.shows(text) {
				return nil
			}
			g.mu.Lock()
			defer g.mu.Unlock()
			return fmt.Errorf("%q not shown, but %.200q", text, g.shown)
		case <-ctx.Done():
			return fmt.Errorf("%q not shown: %w", text, ctx.Err())
		}
	}
	return nil
}

// press presses keys; a session that has ended takes none.
func (g *guest) press(keys string) { _, _ = io.WriteString(g.channel, keys) }

// waitLeft waits until the server has ended the session.
func (g *guest) waitLeft(ctx context.Context) error {
	select {
	case <-g.left:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("not let out: %w", ctx.Err())
	}
}

// patience is how long a reader waits for a page.
const patience = 20 * time.Second

// arrive comes from an address and waits for the list. It returns how long that took, from dialing. The connection is
// closed when ctx ends.
func (t *Target) arrive(ctx context.Context, from string) (*guest, time.Duration, error) {
	late, end := context.WithTimeout(ctx, patience)
	defer end()
	begun := time.Now()
	nc, err := t.dial(ctx, from)
	if err != nil {
		return nil, 0, err
	}
	_ = nc.SetDeadline(begun.Add(patience))
	client, err := clientOver(nc, t.Addr)
	if err != nil {
		return nil, 0, err
	}
	_ = nc.SetDeadline(time.Time{})
	g, err := sit(client, terminal(80, 24))
	if err != nil {
		return nil, 0, err
	}
	if err := g.waitFor(late, t.Mark); err != nil {
		return nil, 0, err
	}
	return g, time.Since(begun), nil
}

// visit is the whole visit of an honest reader, who opens a post and leaves. It returns the time to the first frame.
func (t *Target) visit(ctx context.Context) (time.Duration, error) {
	ctx, end := context.WithTimeout(ctx, 2*patience)
	defer end()
	g, paint, err := t.arrive(ctx, t.reader())
	if err != nil {
		return 0, err
	}
	g.press("j\rqq")
	return paint, g.waitLeft(ctx)
}

// Readers is what honest readers saw.
type Readers struct {
	Paints []time.Duration // from dialing to the list, sorted
	Failed int
	Last   error // of the failed
}

// Worst returns the time that 99 of 100 readers waited less than, or patience when nobody got in.
func (r Readers) Worst() time.Duration {
	if len(r.Paints) == 0 {
		return patience
	}
	return r.Paints[len(r.Paints)*99/100]
}

// read sends honest readers, one after another, until ctx ends.
func (t *Target) read(ctx context.Context) Readers {
	var r Readers
	pause := time.NewTicker(10 * time.Millisecond)
	defer pause.Stop()
	for ctx.Err() == nil {
		// A visit that has begun is seen to its end.
		paint, err := t.visit(context.WithoutCancel(ctx))
		if err != nil {
			r.Failed++
			r.Last = err
		} else {
			r.Paints = append(r.Paints, paint)
		}
		<-pause.C
	}
	slices.Sort(r.Paints)
	return r
}

// Meanwhile runs an attack for a while, and says what readers saw.
func (t *Target) Meanwhile(ctx context.Context, a Attack, d time.Duration) (Tally, Readers) {
	// Not a deadline: dialing fails before one is over, again and again.
	ctx, end := context.WithCancel(ctx)
	defer end()
	defer time.AfterFunc(d, end).Stop()
	tallied := make(chan Tally, 1)
	go func() { tallied <- a.Run(ctx, t) }()
	readers := t.read(ctx)
	return <-tallied, readers
}
