package server

import (
	"context"
	"errors"
	"io"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// errStdinTooLong is what a command reads after the standard input that fits.
var errStdinTooLong = errors.New("standard input is too long")

// A stdin is the standard input of a command or a subsystem: what the client sent, then io.EOF or an error. The rules are:
//
//   - it holds so many bytes at most, of which so many may wait to be read: a client that sends more has its input ended
//     there;
//   - it is read at a bounded rate;
//   - the server can end it, and what waits is dropped then: a command that reads it comes to its end, and one that does
//     not is left alone.
type stdin struct {
	left, ahead int
	pace        *rate.Limiter // only the reading goroutine uses it

	mu   sync.Mutex
	more sync.Cond
	data []byte
	err  error
	why  Reason // why the server ended it
	told bool   // the command has read to the end
}

// An inputBounds bounds a stdin, in bytes: in all, that wait, a second, and at once.
type inputBounds struct {
	total, ahead int
	rate         rate.Limit
	burst        int
}

// commandInput is read at the rate at which a program's keys come, for each line may cost a search.
func commandInput(b *Bounds) inputBounds {
	return inputBounds{b.Stdin, b.StdinAhead, rate.Limit(b.InputRate), b.InputBurst}
}

func newStdin(b inputBounds) *stdin {
	s := &stdin{left: b.total, ahead: b.ahead, pace: rate.NewLimiter(b.rate, b.burst)}
	s.more.L = &s.mu
	return s
}

// keep adds p, as far as there is room.
func (s *stdin) keep(p []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.err != nil {
		return
	}
	if room := min(s.left, s.ahead-len(s.data)); len(p) > room {
		p = p[:room]
		s.err, s.why = errStdinTooLong, ReasonInput
	}
	s.data = append(s.data, p...)
	s.left -= len(p)
	s.more.Broadcast()
}

// end says that no more will come.
func (s *stdin) end() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.err == nil {
		s.err = io.EOF
	}
	s.more.Broadcast()
}

// stop ends the input for a reason of the server's.
func (s *stdin) stop(why Reason) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.why == "" && !s.told {
		s.data, s.err, s.why = nil, io.EOF, why
	}
	s.more.Broadcast()
}

// stdinPiece is how many bytes are read at once, so that the wait for the pace is a moment.
const stdinPiece = 512

// stopped returns the reason for which the server ended the input, if the command has noticed.
func (s *stdin) stopped() Reason {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.told {
		return ""
	}
	return s.why
}

func (s *stdin) Read(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for len(s.data) == 0 && s.err == nil {
		s.more.Wait()
	}
	if len(s.data) == 0 {
		s.told = true
		return 0, s.err
	}
	n := copy(p[:min(len(p), s.pace.Burst(), stdinPiece)], s.data)
	s.data = s.data[n:]
	if d := s.pace.ReserveN(time.Now(), n).Delay(); d > 0 {
		s.mu.Unlock()
		time.Sleep(d)
		s.mu.Lock()
	}
	return n, nil
}

// serve runs a command, whose input ends when the client sends nothing for the time rest and when the server does. A
// command that came to its end for that says nothing of it: the reader is told here, and at a terminal warned before. A
// client that sends total bytes is not listened to any more.
func (ch *channel) serve(in *stdin, total int, rest time.Duration, command func(context.Context, *Session) int) {
	ch.session.In = in
	ch.conn.streams.Store(true)
	ch.out.slow(ch.ctx, rate.NewLimiter(rate.Limit(ch.bounds.OutputRate), ch.bounds.OutputBurst))
	idle := time.AfterFunc(rest, func() { in.stop(ReasonIdle) })
	defer idle.Stop()
	last := min(ch.bounds.Warning, rest/2)
	warning := time.AfterFunc(rest-last, func() {
		if ch.session.PTY { // with a crlf of its own, for the command may write now
			_, _ = io.WriteString(&crlf{w: ch.out.to(ch.raw.Stderr())}, idleWarning(last)+"\n")
		}
	})
	defer warning.Stop()
	defer context.AfterFunc(ch.server.closing, func() { in.stop(ReasonShutdown) })()
	go ch.listen(total, func(p []byte) {
		idle.Reset(rest)
		warning.Reset(rest - last)
		in.keep(p)
	}, func() { ch.conn.end(ReasonInput) }, in.end)

	ch.exit = command(ch.ctx, ch.session)
	if why := in.stopped(); why != "" {
		ch.end(why)
		_, _ = io.WriteString(ch.session.Err, farewell(why)+"\n")
	}
	if ch.ctx.Err() != nil {
		ch.end(ReasonHangup)
	}
	ch.end(ReasonDone)
}
