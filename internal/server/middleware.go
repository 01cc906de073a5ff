package server

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"charm.land/ssh"
	"charm.land/wish/v2"

	"lectern/internal/limit"
	"lectern/internal/text"
)

// outermostFirst composes middlewares in the order in which a session passes them. wish's own order is the other way around.
func outermostFirst(chain ...wish.Middleware) ssh.Option {
	slices.Reverse(chain)
	return wish.WithMiddleware(chain...)
}

// recover begins and ends a session: whatever happens in it, it is wound up, and nobody else's session suffers.
func (s *Server) recover(next ssh.Handler) ssh.Handler {
	return func(sess ssh.Session) {
		ch := channelOf(sess)
		defer close(ch.ended)
		if !s.begin() {
			return
		}
		defer s.done()
		ch.conn.begin(ch.alive)
		defer ch.conn.finish()
		ch.session = newSession(ch, sess)
		defer func() { _ = sess.Exit(ch.exit) }()
		defer s.recovered("session", func() {
			ch.exit = 1
			_, _ = io.WriteString(ch.session.Err, farewell(ReasonPanic)+"\n")
		})
		next(sess)
	}
}

// log writes one line when a session starts and one when it ends, unless these are too many.
func (s *Server) log(next ssh.Handler) ssh.Handler {
	return func(sess ssh.Session) {
		ch, number, start := channelOf(sess), s.sessions.Add(1), time.Now()
		s.logStart(ch, number)
		defer s.logEnd(ch, number, start)
		next(sess)
	}
}

// logStart logs the start of a session. Like logEnd it is a function of its own, so that nothing of it is kept meanwhile.
func (s *Server) logStart(ch *channel, number int64) {
	attrs := []any{"remote", limit.Prefix(ch.conn.addr).String(), "session", number, "client", ch.session.Client, "user", ch.session.User}
	if ch.session.PTY {
		attrs = append(attrs, "term", ch.session.Term, "width", ch.session.Width, "height", ch.session.Height)
	}
	if ch.session.Subsystem != "" {
		attrs = append(attrs, "subsystem", ch.session.Subsystem)
	}
	if ch.session.Raw != "" {
		attrs = append(attrs, "command", ch.session.Raw)
	}
	s.noise.log(s.logger, s.level(ch), often, "session started", "session started", attrs...)
}

func (s *Server) logEnd(ch *channel, number int64, start time.Time) {
	ch.end(ReasonPanic) // unless a reason was given
	read, more := ch.session.reading.list()
	attrs := []any{
		"remote", limit.Prefix(ch.conn.addr).String(), "session", number,
		"why", string(ch.reason()), "exit", ch.exit, "bytes", ch.out.written.Load(),
		"seconds", float64(time.Since(start).Milliseconds()) / 1000, "read", strings.Join(read, " "),
	}
	if more > 0 {
		attrs = append(attrs, "read_more", more)
	}
	s.noise.log(s.logger, s.level(ch), often, "session ended", "session ended", attrs...)
}

// level is that of a session's lines.
func (s *Server) level(ch *channel) slog.Level {
	if s.routine != nil && s.routine(ch.session) {
		return slog.LevelDebug
	}
	return slog.LevelInfo
}

// Exit statuses: of a command that makes no sense; of a session that may work later, as sysexits' EX_TEMPFAIL.
const (
	usage    = 2
	tryAgain = 75
)

// refuse ends a session that cannot run now with a line that says so.
func (ch *channel) refuse(line string) {
	ch.end(ReasonRefused)
	ch.exit = tryAgain
	_, _ = io.WriteString(ch.session.Err, line+"\n")
}

// limit ends a session that comes too soon after others of its address, or when there are as many as can be. What is
// routine finds a place even then: a server that is full is not broken.
func (s *Server) limit(next ssh.Handler) ssh.Handler {
	return func(sess ssh.Session) {
		ch := channelOf(sess)
		if err := s.limits.Session(ch.conn.addr, time.Now()); err != nil {
			if refusal := (*limit.Refusal)(nil); errors.As(err, &refusal) {
				s.observer.SessionRefused(refusal.Reason)
			}
			ch.refuse(err.Error())
			return
		}
		if s.routine == nil || !s.routine(ch.session) {
			if !s.seat() {
				s.observer.SessionRefused(refusedSeats)
				ch.refuse("The blog has as many readers as it can hold. Please come back in a minute.")
				return
			}
			defer func() { <-s.seats }()
		}
		next(sess)
	}
}

// seat takes one of the places for sessions, if there is one, and memory for it.
func (s *Server) seat() bool {
	if s.full() && len(s.seats) >= s.bounds.MemoryFew {
		return false
	}
	select {
	case s.seats <- struct{}{}:
		return true
	default:
		return false
	}
}

// observe tells the observer.
func (s *Server) observe(next ssh.Handler) ssh.Handler {
	return func(sess ssh.Session) {
		ch, start := channelOf(sess), time.Now()
		kind := s.kindOf(ch.session)
		if s.routine != nil && s.routine(ch.session) {
			kind = KindRoutine
		}
		ch.began = start
		s.observer.SessionStarted(kind)
		defer func() {
			ch.end(ReasonPanic) // unless a reason was given
			s.observer.SessionEnded(kind, ch.reason(), time.Since(start), ch.out.written.Load())
		}()
		next(sess)
	}
}

// route runs what a session is for: a subsystem is one; arguments are a command, a terminal without them is the program, and neither, or a
// terminal that cannot show the program, is the command without arguments. Arguments that name a place in the program
// open it there. A command that is too long is not run.
func (s *Server) route(ssh.Handler) ssh.Handler {
	return func(sess ssh.Session) {
		ch := channelOf(sess)
		if ch.session.long {
			ch.end(ReasonInput)
			ch.exit = usage
			fmt.Fprintf(ch.session.Err, "lectern: the command is longer than %d bytes; try help\n", ch.bounds.Command)
			return
		}
		switch s.kindOf(ch.session) {
		case KindProgram:
			ctx, cancel := context.WithCancel(ch.ctx)
			defer cancel()
			ch.run(s.program(ctx, ch.session))
		case KindSubsystem:
			s.copying(ch, s.subsystems[ch.subsystem])
		default:
			if s.copies != nil && s.copies(ch.session) {
				s.copying(ch, s.command)
				return
			}
			ch.serve(newStdin(commandInput(ch.bounds)), ch.bounds.InputTotal, ch.bounds.Idle, s.command)
		}
	}
}

func (s *Server) kindOf(sess *Session) Kind {
	if sess.Subsystem != "" {
		return KindSubsystem
	}
	if sess.PTY && !sess.long && sess.Term != "dumb" && sess.Term != "" && (len(sess.Args) == 0 || s.screen != nil && s.screen(sess)) {
		return KindProgram
	}
	return KindCommand
}

// recovered is deferred by every goroutine of the server, with what must still be done after a panic.
func (s *Server) recovered(where string, cleanup func()) {
	v := recover()
	if v == nil {
		return
	}
	s.panicked(where, v, debug.Stack())
	if cleanup != nil {
		cleanup()
	}
}

// maxPanic is how many bytes of what a panic says are logged.
const maxPanic = 1000

// panicked logs a panic. What it says may hold words of the client's.
func (s *Server) panicked(where string, v any, stack []byte) {
	said := text.Field(fmt.Sprint(v), maxPanic)
	s.noise.log(s.logger, slog.LevelError, rarely, "panic in "+where, "panic", "where", where, "panic", said, "stack", string(stack))
}
