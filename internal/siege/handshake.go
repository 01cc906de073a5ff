//go:build unix

package siege

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/binary"
	"io"
	"net"
	"time"
)

// handshakes are the attacks on a server that does not yet know who is there.
func handshakes() []Attack {
	return []Attack{
		{"silent sockets", 60, silent},
		{"a byte a second", 60, drip},
		{"garbage before the version", 16, garbageBefore},
		{"garbage after the version", 16, garbageAfter},
		{"lengths no packet has", 16, lengths},
		{"key exchanges", 8, exchangeAndGo},
		{"new keys without end", 4, rekey},
		{"attempts to authenticate", 8, authenticate},
		{"dropped at any byte", 8, cutAnywhere},
		{"resets", 8, reset},
	}
}

// linger waits until the server cuts the connection off.
func linger(nc io.Reader) { _, _ = io.Copy(io.Discard, nc) }

func silent(ctx context.Context, t *Target) error {
	nc, err := t.dial(ctx, t.foe())
	if err == nil {
		linger(nc)
	}
	return err
}

func drip(ctx context.Context, t *Target) error {
	nc, err := t.dial(ctx, t.foe())
	if err != nil {
		return err
	}
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for _, b := range append([]byte(clientVersion+"\r\n"), make([]byte, 1000)...) {
		if _, err := nc.Write([]byte{b}); err != nil {
			return nil
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return nil
		}
	}
	return nil
}

func noise(n int) []byte {
	b := make([]byte, n)
	_, _ = rand.Read(b)
	return b
}

// pour writes b until the server cuts the connection off.
func pour(nc io.Writer, b []byte) {
	for {
		if _, err := nc.Write(b); err != nil {
			return
		}
	}
}

func garbageBefore(ctx context.Context, t *Target) error {
	nc, err := t.dial(ctx, t.foe())
	if err != nil {
		return err
	}
	// Line after line is allowed to a server only; without an end of line is a version that never ends.
	lines := [][]byte{noise(4 << 10), bytes.Repeat([]byte("x"), 4<<10), bytes.Repeat([]byte("\n"), 4<<10), []byte("GET / HTTP/1.1\r\n\r\n")}
	pour(nc, lines[t.next(len(lines))])
	return nil
}

func garbageAfter(ctx context.Context, t *Target) error {
	nc, err := t.dial(ctx, t.foe())
	if err != nil {
		return err
	}
	_, _ = io.WriteString(nc, clientVersion+"\r\n")
	pour(nc, noise(4<<10))
	return nil
}

func lengths(ctx context.Context, t *Target) error {
	nc, err := t.dial(ctx, t.foe())
	if err != nil {
		return err
	}
	sizes := []uint32{0, 1, 4, 5, 12, 35000, 1 << 18, 1<<18 - 4, 1 << 31, 1<<32 - 1, 1<<32 - 5}
	head := binary.BigEndian.AppendUint32([]byte(clientVersion+"\r\n"), sizes[t.next(len(sizes))])
	pads := []byte{0, 3, 4, 255}
	_, _ = nc.Write(append(head, pads[t.next(len(pads))]))
	pour(nc, make([]byte, 4<<10))
	return nil
}

func exchangeAndGo(ctx context.Context, t *Target) error {
	_, err := t.keyed(ctx)
	return err
}

func rekey(ctx context.Context, t *Target) error {
	w, err := t.raw(ctx)
	if err != nil {
		return err
	}
	for w.exchange() == nil {
	}
	return nil
}

// authenticate tries in all ways but that which lets everyone in.
func authenticate(ctx context.Context, t *Target) error {
	w, err := t.keyed(ctx)
	if err != nil {
		return err
	}
	if err := w.service(); err != nil {
		return err
	}
	methods := []string{"password", "publickey", "keyboard-interactive", "hostbased", "gssapi-with-mic", string(noise(20000))}
	for {
		if w.send(authRequest(methods[t.next(len(methods))])) != nil {
			return nil
		}
		if _, err := w.until(msgAuthFailure, msgAuthSuccess); err != nil {
			return nil
		}
	}
}

// A cut is a connection that ends after so many of the client's bytes.
type cut struct {
	net.Conn
	left int
}

func (c *cut) Write(p []byte) (int, error) {
	if len(p) < c.left {
		c.left -= len(p)
		return c.Conn.Write(p)
	}
	n, _ := c.Conn.Write(p[:c.left])
	c.left = 0
	_ = c.Close()
	return n, net.ErrClosed
}

// visitBytes is more than a client writes to see the list.
const visitBytes = 4000

// cutAnywhere ends a reader's connection at one byte after another of what the client says.
func cutAnywhere(ctx context.Context, t *Target) error {
	nc, err := t.dial(ctx, t.foe())
	if err != nil {
		return err
	}
	// A step that shares no factor with the number of bytes comes to each, and spreads them over a short siege.
	begin(ctx, &cut{nc, t.next(visitBytes) * 37 % visitBytes}, t.Addr)
	return nil
}

// begin is a visit over nc as far as it goes.
func begin(ctx context.Context, nc net.Conn, addr string) {
	client, err := clientOver(nc, addr)
	if err != nil {
		return
	}
	if g, err := sit(client, terminal(80, 24)); err == nil {
		_ = g.waitFor(ctx, "\x1b[")
		g.press("jjj\rq")
	}
}

// reset ends connections with a reset, somewhere in a visit.
func reset(ctx context.Context, t *Target) error {
	nc, err := t.dial(ctx, t.foe())
	if err != nil {
		return err
	}
	if err := nc.SetLinger(0); err != nil {
		return err
	}
	begin(ctx, &cut{nc, t.next(visitBytes) * 37 % visitBytes}, t.Addr)
	return nil
}
