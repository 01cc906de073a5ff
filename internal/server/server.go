// Package server speaks SSH: it lets readers in, within bounds, and runs for each session a Bubble Tea program, a command or
// a subsystem.
//
// A connection passes, in this order: admission by the limits, before any cryptography; the handshake, in which everyone
// is let in without authentication; the guard of each of its channels, behind which no library sees anything unbounded; and a
// chain of middlewares, which ends in a program, a command or a subsystem.
//
// charm.land/ssh logs through slog's default logger, which the main program should set to the one that it gives to New: a
// panic that it recovered from as an error. The warnings of v0.4.3 are not worth a line, and have no bound.
package server

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"sync"
	"sync/atomic"
	"time"

	tea "charm.land/bubbletea/v2"
	"charm.land/ssh"
	"charm.land/wish/v2"
	gossh "golang.org/x/crypto/ssh"
	"golang.org/x/time/rate"

	"lectern/internal/limit"
)

// version is what the server calls itself, after "SSH-2.0-".
const version = "Lectern"

// Config is what New needs. Signers, Limits, Program and Command are required.
type Config struct {
	// Signers are the host keys, ed25519. The first is shown in handshakes; clients may learn all of them, and forget others.
	Signers []gossh.Signer
	Limits  limit.Limiter

	// Program returns the program of a session with a terminal. It is called once for each, on the session's goroutine;
	// the session must not be written to. ctx ends with the program, or when the client has gone.
	Program func(ctx context.Context, s *Session) tea.Model
	// Command runs a command, and returns its exit status. ctx ends when the client has gone.
	Command func(ctx context.Context, s *Session) int
	// Subsystems run subsystems, by their names, as Command runs commands: what they read are a client's requests, and what
	// they write goes to it as it is. nil: there are none.
	Subsystems map[string]func(ctx context.Context, s *Session) int

	// Copies says of a session with a command that it copies files: it has the places and the bounds of a subsystem. nil: none
	// does.
	Copies func(*Session) bool

	// Screen says of a session with a terminal and arguments that these name something which the program shows, and no
	// command. nil: none do.
	Screen func(*Session) bool

	// Routine says of a session that it is nobody's reading, such as a health check every half a minute: it is
	// logged at debug level. nil: none is.
	Routine func(*Session) bool

	// Grace is how long those who read may go on once Serve's context has ended. 0: they are told to go at once.
	Grace time.Duration

	Observer Observer     // nil: nobody
	Log      *slog.Logger // nil: nowhere
	Bounds   *Bounds      // nil: DefaultBounds
}

// A Server serves readers. It is used for one Serve.
type Server struct {
	ssh        *ssh.Server
	keys       atomic.Pointer[keyring]
	limits     limit.Limiter
	program    func(context.Context, *Session) tea.Model
	command    func(context.Context, *Session) int
	subsystems map[string]func(context.Context, *Session) int
	copies     func(*Session) bool
	screen     func(*Session) bool
	routine    func(*Session) bool
	observer   Observer
	logger     *slog.Logger
	grace      time.Duration
	bounds     Bounds

	buffers  sync.Pool     // of *[]byte, for frames
	begun    time.Time     // when New was called
	sessions atomic.Int64  // sessions ever started
	programs audience      // those that run
	cells    *limit.Share  // cells of all terminals
	refusing chan struct{} // a place for each refusal under way
	seats    chan struct{} // a place for each session that runs
	running  *limit.Share  // places of subsystems that run
	loud     *rate.Limiter // of the bytes that connections send beyond what readers do
	streams  *rate.Limiter // of the bytes that commands and subsystems send
	noise    noise         // refusals and failed handshakes, in the log
	memory   memory        // what is held of it

	draining context.Context // ends when nothing new is let in any more
	drain    context.CancelFunc
	closing  context.Context // ends when what is there must go: with draining, or Config.Grace later
	close    context.CancelFunc

	mu     sync.Mutex
	closed bool // nothing new is let in
	conns  map[*conn]struct{}
	work   sync.WaitGroup // what Serve waits for at the end: connections, sessions that run
}

// New returns a server, or says what is wrong with the config.
func New(config Config) (*Server, error) {
	if config.Limits == nil || config.Program == nil || config.Command == nil || len(config.Signers) == 0 {
		return nil, errors.New("server needs signers, limits, a program and a command")
	}
	s := &Server{
		limits:     config.Limits,
		program:    config.Program,
		command:    config.Command,
		subsystems: config.Subsystems,
		copies:     config.Copies,
		screen:     config.Screen,
		routine:    config.Routine,
		observer:   config.Observer,
		logger:     config.Log,
		grace:      config.Grace,
		bounds:     DefaultBounds(),
		buffers:    sync.Pool{New: func() any { return new([]byte) }},
		begun:      time.Now(),
		conns:      make(map[*conn]struct{}),
	}
	if config.Bounds != nil {
		s.bounds = *config.Bounds
	}
	if err := s.bounds.Validate(); err != nil {
		return nil, err
	}
	if s.observer == nil {
		s.observer = nobody{}
	}
	if s.logger == nil {
		s.logger = slog.New(slog.DiscardHandler)
	}
	s.refusing = make(chan struct{}, s.bounds.Refusing)
	s.seats = make(chan struct{}, s.bounds.TotalSessions)
	s.loud = rate.NewLimiter(rate.Limit(s.bounds.LoudRate), s.bounds.LoudBurst)
	s.cells = limit.NewShare(int64(s.bounds.Cells), int64(s.bounds.CellShare))
	s.streams = rate.NewLimiter(rate.Limit(s.bounds.StreamRate), s.bounds.StreamBurst)
	s.running = limit.NewShare(int64(s.bounds.Subsystems), int64(s.bounds.SubsystemShare))
	keys := newKeyring(config.Signers)
	s.keys.Store(&keys)
	s.draining, s.drain = context.WithCancel(context.Background())
	s.closing, s.close = context.WithCancel(context.Background())

	var err error
	s.ssh, err = wish.NewServer(
		signers(config.Signers),
		wish.WithVersion(version),
		outermostFirst(s.recover, s.log, s.limit, s.observe, s.route),
	)
	if err != nil {
		return nil, err
	}
	s.ssh.HandshakeTimeout = s.bounds.Handshake
	s.ssh.ConnCallback = s.admit
	s.ssh.ConnectionFailedCallback = s.failed
	s.ssh.ServerConfigCallback = func(ssh.Context) *gossh.ServerConfig {
		c := serverConfig()
		c.AuthLogCallback = established
		c.PreAuthConnCallback = func(sc gossh.ServerPreAuthConn) { connOf(sc.RemoteAddr()).drainLater(incomingOf(sc)) }
		return c
	}
	s.ssh.ChannelHandlers = map[string]ssh.ChannelHandler{"session": s.open}
	s.ssh.RequestHandlers = map[string]ssh.RequestHandler{"default": global, proveRequest: s.prove}
	s.ssh.SubsystemHandlers = make(map[string]ssh.SubsystemHandler) // not nil, or the library puts its own there
	for name := range s.subsystems {
		s.ssh.SubsystemHandlers[name] = ssh.SubsystemHandler(s.ssh.Handler)
	}
	return s, nil
}

// signers sets the host key. An option, for wish makes a key of its own when there is none after the options.
// The libraries keep one key of a type, the last they are given: it is given the first, and announce tells of the others.
func signers(keys []gossh.Signer) ssh.Option {
	return func(srv *ssh.Server) error {
		for _, key := range keys {
			if err := checkSigner(key); err != nil {
				return err
			}
		}
		srv.AddHostKey(keys[0])
		return nil
	}
}

// SetSigners replaces the host keys, as Config has them. Connections that are there keep the key that they know; those that come
// are shown the first, and can learn all. Safe for concurrent use.
func (s *Server) SetSigners(keys []gossh.Signer) error {
	if len(keys) == 0 {
		return errors.New("there are no host keys")
	}
	if err := signers(keys)(s.ssh); err != nil {
		return err
	}
	ring := newKeyring(keys)
	s.keys.Store(&ring)
	return nil
}

// Serve lets in readers from l, which it closes, until ctx ends. Readers then have Config.Grace. Those who still read are
// told, programs quit, and what has not gone after Bounds.Drain is closed. Serve returns as soon as nobody is there, and
// after Config.Grace, Bounds.Drain and Bounds.Close at the latest, with nil; or, when l fails, with its error.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	stop := context.AfterFunc(ctx, func() { _ = l.Close() })
	defer stop()
	err := s.accept(l)
	if ctx.Err() != nil {
		err = nil
	}
	_ = l.Close()
	s.shutdown()
	return err
}

// shutdown ends what the server does, within the bounds.
func (s *Server) shutdown() {
	s.mu.Lock()
	s.closed = true
	s.mu.Unlock()
	s.drain()
	s.closeConns(ReasonShutdown, (*conn).unused)

	gone := make(chan struct{})
	go func() {
		s.work.Wait()
		close(gone)
	}()
	if s.grace > 0 {
		select {
		case <-gone:
		case <-time.After(s.grace):
		}
	}
	s.close()
	select {
	case <-gone:
	case <-time.After(s.bounds.Drain):
		s.closeConns(ReasonShutdown, func(*conn) bool { return true })
		select {
		case <-gone:
		case <-time.After(s.bounds.Close):
		}
	}
	s.noise.flush(s.logger)
}

// closeConns closes those connections of which it is true, for a reason.
func (s *Server) closeConns(why Reason, which func(*conn) bool) {
	s.mu.Lock()
	var conns []*conn
	for c := range s.conns {
		if which(c) {
			conns = append(conns, c)
		}
	}
	s.mu.Unlock()
	for _, c := range conns {
		c.end(why)
	}
}

// begin notes a piece of work, unless the server is ending.
func (s *Server) begin() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return false
	}
	s.work.Add(1)
	return true
}

// uptime counts from New. A set clock changes nothing.
func (s *Server) uptime() time.Duration { return time.Since(s.begun) }

// done notes the end of a piece of work.
func (s *Server) done() { s.work.Done() }
