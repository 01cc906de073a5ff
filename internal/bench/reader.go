//go:build linux

package bench

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/crypto/ssh"

	"lectern/internal/process"
)

// A reader sits before a screen of 120×40 cells, and notes when what came. A terminal of theirs answers nothing.
type reader struct {
	client  *ssh.Client
	channel ssh.Channel
	grown   chan struct{} // has something when something came
	left    chan struct{} // closed when the server has ended the session

	mu    sync.Mutex
	shown []byte    // what came until the mark did
	first time.Time // when the first bytes came after a key
	mark  []byte    // nil once it has come
	bytes int       // that came
	last  time.Time // when the last of them did
}

const (
	patience = 20 * time.Second
	// drawn is for how long nothing comes after a first screen, and stood after a key. A frame is one write, and
	// in a process that is stopped for its share, half of it may come after a pause.
	drawn = 150 * time.Millisecond
	stood = 30 * time.Millisecond
)

// A guestbook gives readers addresses, for no address may have more than a part of what the server has. They are those that
// begin with 127.0.1.
type guestbook struct{ last atomic.Uint32 }

// next returns an address that every 250th reader has.
func (g *guestbook) next() net.Addr {
	return &net.TCPAddr{IP: net.IPv4(127, 0, 1, byte(1+g.last.Add(1)%250))}
}

// dial connects, asks for a command, or for a shell without one, and returns when the screen with the mark is there. It says how
// long that took from dialing.
func (b *Bench) dial(ctx context.Context, addr, command, mark string) (*reader, time.Duration, error) {
	begun := time.Now()
	dialer := net.Dialer{Timeout: patience, LocalAddr: b.guests.next()}
	nc, err := dialer.DialContext(ctx, "tcp", addr)
	if err != nil {
		return nil, 0, err
	}
	_ = nc.SetDeadline(begun.Add(patience))
	defer context.AfterFunc(ctx, func() { _ = nc.Close() })()
	conn, channels, requests, err := ssh.NewClientConn(nc, addr, &ssh.ClientConfig{User: "reader", HostKeyCallback: ssh.InsecureIgnoreHostKey()})
	if err != nil {
		_ = nc.Close()
		return nil, 0, err
	}
	r := &reader{client: ssh.NewClient(conn, channels, requests), mark: []byte(mark), grown: make(chan struct{}, 1), left: make(chan struct{})}
	err = r.sit(command)
	_ = nc.SetDeadline(time.Time{})
	var at time.Time
	if err == nil {
		at, err = r.still(0, drawn)
	}
	if err != nil {
		r.leave()
		return nil, 0, err
	}
	return r, at.Sub(begun), nil
}

// sit opens the session.
func (r *reader) sit(command string) error {
	channel, requests, err := process.OpenSession(r.client)
	if err != nil {
		return err
	}
	r.channel = channel
	go ssh.DiscardRequests(requests)
	go func() {
		defer close(r.left)
		b := make([]byte, 4<<10)
		for {
			n, err := channel.Read(b)
			r.take(b[:n])
			if err != nil {
				return
			}
		}
	}()
	pty := struct {
		Term                          string
		Width, Height, PixelW, PixelH uint32
		Modes                         string
	}{"xterm-256color", 120, 40, 0, 0, ""}
	if _, err := channel.SendRequest("pty-req", false, ssh.Marshal(pty)); err != nil {
		return err
	}
	if command == "" {
		_, err = channel.SendRequest("shell", false, nil)
	} else {
		_, err = channel.SendRequest("exec", false, ssh.Marshal(struct{ Command string }{command}))
	}
	return err
}

func (r *reader) take(p []byte) {
	if len(p) == 0 {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.bytes += len(p)
	r.last = time.Now()
	if r.first.IsZero() {
		r.first = r.last
	}
	if r.mark != nil {
		if r.shown = append(r.shown, p...); bytes.Contains(r.shown, r.mark) {
			r.mark, r.shown = nil, nil
		}
	}
	select {
	case r.grown <- struct{}{}:
	default:
	}
}

// marked reports whether the mark has come.
func (r *reader) marked() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.mark == nil
}

// said is what came before the mark.
func (r *reader) said() []byte {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.shown)
}

// so returns how many bytes have come, and when the last.
func (r *reader) so() (n int, last time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.bytes, r.last
}

// still waits until more than these bytes have come, the mark among them, and then nothing for so long. It returns when the last
// came.
func (r *reader) still(bytes int, quiet time.Duration) (time.Time, error) {
	late := time.NewTimer(patience)
	defer late.Stop()
	for {
		n, last := r.so()
		var over <-chan time.Time
		if n > bytes && r.marked() {
			wait := quiet - time.Since(last)
			if wait <= 0 {
				return last, nil
			}
			over = time.After(wait)
		}
		select {
		case <-r.grown:
		case <-over:
		case <-r.left:
			return time.Time{}, fmt.Errorf("the server has ended the session: %.200q", r.said())
		case <-late.C:
			return time.Time{}, fmt.Errorf("what was waited for has not come in %v, but %d bytes: %.200q", patience, n, r.said())
		}
	}
}

// An answer is what a key does to the screen.
type answer struct {
	begun time.Duration // from the key until the first bytes had come
	whole time.Duration // until all of the frame had, or of the last of several
	bytes int
}

// press presses a key, and returns when nothing has come for so long after what it did.
func (r *reader) press(key string, quiet time.Duration) (answer, error) {
	r.mu.Lock()
	from := r.bytes
	r.first = time.Time{}
	r.mu.Unlock()
	pressed := time.Now()
	if _, err := io.WriteString(r.channel, key); err != nil {
		return answer{}, err
	}
	at, err := r.still(from, quiet)
	if err != nil {
		return answer{}, fmt.Errorf("key %q: %w", key, err)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	return answer{r.first.Sub(pressed), at.Sub(pressed), r.bytes - from}, nil
}

func (r *reader) leave() { _ = r.client.Close() }
