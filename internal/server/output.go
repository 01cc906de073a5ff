package server

import (
	"bytes"
	"context"
	"io"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/time/rate"
)

// An output is the way to one client: it counts what is written, and closes the connection when the client takes
// nothing for too long. A write to the channel of a client that keeps its SSH window shut would otherwise wait for ever.
// Safe for concurrent use.
type output struct {
	chunk   int
	written atomic.Int64 // bytes

	mu    sync.Mutex
	stall time.Duration
	timer *time.Timer
	pace  *rate.Limiter // nil: as fast as the client takes it
	ctx   context.Context
}

func newOutput(ch *channel) *output {
	o := &output{chunk: ch.bounds.Chunk, stall: ch.bounds.CommandStall}
	o.timer = time.AfterFunc(time.Hour, func() { ch.conn.end(ReasonStalled) })
	o.timer.Stop()
	return o
}

// hurry sets the time that a chunk may take.
func (o *output) hurry(stall time.Duration) {
	o.mu.Lock()
	o.stall = stall
	o.mu.Unlock()
}

// slow bounds the bytes a second, until ctx ends. A write then fails.
func (o *output) slow(ctx context.Context, pace *rate.Limiter) {
	o.mu.Lock()
	o.ctx, o.pace = ctx, pace
	o.mu.Unlock()
}

// to returns a writer that writes to w through o.
func (o *output) to(w io.Writer) io.Writer { return stream{o, w} }

type stream struct {
	*output
	w io.Writer
}

func (s stream) Write(p []byte) (n int, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	defer s.timer.Stop()
	for len(p) > 0 {
		chunk := p[:min(len(p), s.chunk)]
		if s.pace != nil {
			s.timer.Stop() // this wait is not the client's
			if err := s.pace.WaitN(s.ctx, min(len(chunk), s.pace.Burst())); err != nil {
				return n, err
			}
		}
		s.timer.Reset(s.stall)
		m, err := s.w.Write(chunk)
		n += m
		s.written.Add(int64(m))
		if err != nil {
			return n, err
		}
		p = p[m:]
	}
	return n, nil
}

// A crlf writes lines to a terminal that is in raw mode: each "\n" that has no "\r" gets one. Not safe for concurrent use.
type crlf struct {
	w    io.Writer
	last byte
}

func (c *crlf) Write(p []byte) (int, error) {
	out := make([]byte, 0, len(p)+bytes.Count(p, []byte{'\n'}))
	for _, b := range p {
		if b == '\n' && c.last != '\r' {
			out = append(out, '\r')
		}
		out = append(out, b)
		c.last = b
	}
	if _, err := c.w.Write(out); err != nil {
		return 0, err
	}
	return len(p), nil
}
