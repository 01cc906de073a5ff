package server

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/netip"
	"os"
	"strings"
	"syscall"
	"time"

	"charm.land/ssh"
	gossh "golang.org/x/crypto/ssh"

	"lectern/internal/limit"
	"lectern/internal/text"
)

// accept serves connections until the listener fails. The library's own loop is not used, for its way to end it
// (charm.land/ssh v0.4.3, Shutdown) races with connections that come in meanwhile.
func (s *Server) accept(l net.Listener) error {
	const shortest, longest = 5 * time.Millisecond, time.Second
	delay := shortest
	for {
		nc, err := l.Accept()
		switch {
		case err == nil:
			delay = shortest
			from := accepted{nc, time.Now()}
			s.start(func() { s.ssh.HandleConn(from) }, func() { _ = nc.Close() })
		case scarce(err): // it passes, when connections end
			s.noise.log(s.logger, slog.LevelInfo, seldom, "scarce", "connection not accepted", "error", err.Error())
			select {
			case <-time.After(delay):
				delay = min(2*delay, longest)
			case <-s.draining.Done():
			}
		default:
			return fmt.Errorf("accept connections: %w", err)
		}
	}
}

// An accepted is a connection as Accept returned it, and when.
type accepted struct {
	net.Conn
	at time.Time
}

// scarce reports whether an error of Accept says that the system lacks something, or that a client has gone already.
func scarce(err error) bool {
	for _, e := range []error{syscall.EMFILE, syscall.ENFILE, syscall.ENOBUFS, syscall.ENOMEM, syscall.ECONNABORTED} {
		if errors.Is(err, e) {
			return true
		}
	}
	return false
}

// start runs f as part of the server's work, unless the server is ending; then, or when f panics, it calls giveUp, if any.
func (s *Server) start(f, giveUp func()) {
	if !s.begin() {
		if giveUp != nil {
			giveUp()
		}
		return
	}
	go func() {
		defer s.done()
		defer s.recovered("connection", giveUp)
		f()
	}()
}

// admit is the first to see a connection, on the connection's own goroutine: asking for the remote address may take
// long, when the listener learns it from a proxy.
func (s *Server) admit(_ ssh.Context, from net.Conn) net.Conn {
	nc := from.(accepted).Conn
	addr := addrOf(nc.RemoteAddr())
	grant, err := s.enter(addr)
	if refusal := (*limit.Refusal)(nil); errors.As(err, &refusal) {
		s.observer.ConnectionRefused(refusal.Reason)
		s.noise.log(s.logger, slog.LevelInfo, seldom, "refused: "+refusal.Reason, "connection refused", "remote", limit.Prefix(addr).String(), "reason", refusal.Reason)
		s.refuse(nc, refusal.Message)
		return nil
	}
	c := newConn(s, nc, addr, grant)
	c.accepted = from.(accepted).at
	s.observer.ConnectionOpened()
	s.mu.Lock()
	closed := s.closed
	if !closed {
		s.conns[c] = struct{}{}
	}
	s.mu.Unlock()
	if closed {
		_ = c.Close()
		return nil
	}
	return c
}

// enter asks the limits to let a connection in, unless there is no memory for it.
func (s *Server) enter(addr netip.Addr) (*limit.Grant, error) {
	if s.tight() {
		return nil, limit.Full()
	}
	return s.limits.Admit(addr, time.Now())
}

// forget is called by each conn when it is closed.
func (s *Server) forget(c *conn) {
	s.mu.Lock()
	delete(s.conns, c)
	s.mu.Unlock()
}

// failed notes a handshake that came to nothing, and logs it unless the client just went away.
func (s *Server) failed(nc net.Conn, err error) {
	c := connOf(nc.RemoteAddr())
	outcome := outcomeOf(err)
	if c.reason() == ReasonShutdown {
		outcome = OutcomeShutdown
	}
	if !c.shaken.Load() {
		s.observer.Handshake(outcome, time.Since(c.accepted))
	}
	if c.reason() == "" && (outcome == OutcomeLate || outcome == OutcomeBroken) {
		c.grant.Offend()
	}
	if errors.Is(err, io.EOF) || errors.As(err, new(*net.OpError)) {
		return
	}
	s.noise.log(s.logger, slog.LevelInfo, seldom, "handshake", "handshake failed", "remote", limit.Prefix(c.addr).String(), "error", text.Field(err.Error(), 200))
}

// outcomeOf says what came of a handshake that failed. A client that lets the time for it go by, or does not speak SSH as
// it should, offends. One that goes away, that finds nothing to agree on, or that does not like our host key, is honest.
func outcomeOf(err error) Outcome {
	switch {
	case errors.Is(err, os.ErrDeadlineExceeded):
		return OutcomeLate
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.As(err, new(*net.OpError)), errors.Is(err, net.ErrClosed):
		return OutcomeGone
	case errors.As(err, new(*gossh.AlgorithmNegotiationError)), errors.As(err, new(*gossh.ServerAuthError)):
		return OutcomeDiffers
	case strings.HasPrefix(err.Error(), "ssh: disconnect, "): // the client's goodbye has no type of its own in x/crypto v0.58.0
		return OutcomeGone
	}
	return OutcomeBroken
}

// established is called for each attempt to authenticate.
func established(meta gossh.ConnMetadata, _ string, err error) {
	if err == nil {
		c := connOf(meta.RemoteAddr())
		c.grant.Established()
		c.shaken.Store(true)
		c.server.observer.Handshake(OutcomeDone, time.Since(c.accepted))
	}
}

// global answers requests outside of channels. None is granted: clients that ask whether the server is alive take any
// answer, and forwarding is not offered.
func global(ctx ssh.Context, _ *ssh.Server, _ *gossh.Request) (bool, []byte) {
	connOf(ctx.RemoteAddr()).ask()
	return false, nil
}
