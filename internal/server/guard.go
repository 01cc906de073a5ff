package server

import (
	"context"
	"strings"
	"sync"
	"time"

	"charm.land/ssh"
	gossh "golang.org/x/crypto/ssh"

	"lectern/internal/text"
)

// A channel is one session channel, and all that its client asked for on it. Everything that a client may ask of a
// session passes its guard before the library sees it. The rules are:
//
//   - a shell, a command or a subsystem that there is goes on to the library, once, and within the bounds;
//   - the terminal, its sizes and the environment are noted here, and not passed on: the library believes any size, and
//     waits for somebody to take each change of it;
//   - all else is refused: agent and X11 forwarding, signals, breaks.
type channel struct {
	server *Server
	bounds *Bounds
	conn   *conn
	alive  func() // asks the client whether it is there, and returns with the answer
	raw    gossh.Channel
	asks   <-chan *gossh.Request // what the client asks for; closed when the channel ends
	out    *output
	ctx    context.Context // ends when the client closes the channel, or with the connection
	cancel context.CancelFunc
	setup  *time.Timer   // ends the connection when nothing is asked for
	ended  chan struct{} // closed when the session has run

	// What the client asked for. Only the guard writes these, before the session starts.
	asked     int // requests
	started   bool
	pty       bool
	term      string
	env       map[string]string
	command   string
	long      bool // the command was longer than may be, and is not kept
	subsystem string
	size      terminal

	session *Session  // set when the session starts
	began   time.Time // when it came through the limits
	exit    int       // its exit status

	mu  sync.Mutex
	why Reason
}

// open is the library's handler of new session channels.
func (s *Server) open(srv *ssh.Server, sc *gossh.ServerConn, nc gossh.NewChannel, ctx ssh.Context) {
	c := connOf(sc.RemoteAddr())
	if s.draining.Err() != nil {
		s.reject(c, nc, refusedClosing, "the server is shutting down")
		return
	}
	if !c.open() {
		s.reject(c, nc, refusedPlaces, "too many sessions on one connection")
		return
	}
	s.announce(c, sc)
	ch := &channel{server: s, bounds: &s.bounds, conn: c, ended: make(chan struct{})}
	ch.alive = func() { _, _, _ = sc.SendRequest("keepalive@openssh.com", true, nil) }
	ch.ctx, ch.cancel = context.WithCancel(ctx)
	ch.size.bounds, ch.size.spent, ch.size.addr = &s.bounds, s.cells, c.addr
	ch.setup = time.AfterFunc(s.bounds.Setup, func() { c.end(ReasonSetup) })
	defer s.recovered("channel guard", func() { _ = c.Close() })
	defer c.done()
	defer ch.close()
	ssh.DefaultSessionHandler(srv, sc, guarded{nc, ch}, sessionContext{ctx, ch})
	if ch.raw != nil {
		ch.guard() // nothing is passed on any more
	}
}

// reject refuses a channel. That counts as a request outside of channels: the library has a goroutine for each, which waits
// here for the way back to have room, and a client that reads nothing could fill the memory with them.
func (s *Server) reject(c *conn, nc gossh.NewChannel, reason, why string) {
	s.observer.SessionRefused(reason)
	if c.ask() {
		_ = nc.Reject(gossh.ResourceShortage, why)
	}
}

// guarded is a new channel whose requests pass the guard. The library gets the one that starts a session, if there is one, and then
// sees the end of its requests: what comes later is answered on the same goroutine, when it returns.
type guarded struct {
	gossh.NewChannel
	ch *channel
}

func (g guarded) Accept() (gossh.Channel, <-chan *gossh.Request, error) {
	ch := g.ch
	raw, requests, err := g.NewChannel.Accept()
	if err != nil {
		return nil, nil, err
	}
	ch.raw, ch.asks = raw, requests
	ch.out = newOutput(ch)
	go ch.refuseStderr()
	passed := make(chan *gossh.Request, 1)
	defer close(passed)
	if req := ch.guard(); req != nil {
		ch.started = true
		ch.setup.Stop()
		passed <- req
	}
	return raw, passed, nil
}

// guard answers the channel's requests up to one to pass on, or until the channel ends, and then returns nil. It waits for nobody.
func (ch *channel) guard() *gossh.Request {
	for req := range ch.asks {
		if req.Type == "window-change" { // any number, for they cost little and only the newest is kept
			_ = req.Reply(ch.resize(req.Payload), nil)
			continue
		}
		if ch.asked++; ch.asked > ch.bounds.Requests {
			ch.conn.end(ReasonFlood)
			continue
		}
		if pass := ch.ask(req); pass {
			return req
		}
	}
	return nil
}

// close frees what the channel held, when it has ended.
func (ch *channel) close() {
	ch.setup.Stop()
	ch.cancel()
	if ch.started {
		<-ch.ended
	}
	ch.size.close()
}

// ask answers one request, unless it is one to pass on.
func (ch *channel) ask(req *gossh.Request) (pass bool) {
	ok := false
	switch {
	case ch.started: // a session runs; its settings are no longer changed
	case req.Type == "pty-req":
		ok = ch.allocate(req.Payload)
	case req.Type == "env":
		ok = ch.setenv(req.Payload)
	case req.Type == "shell":
		return true
	case req.Type == "exec":
		var exec struct{ Command string }
		if gossh.Unmarshal(req.Payload, &exec) != nil {
			break
		}
		if ch.command = exec.Command; len(ch.command) > ch.bounds.Command {
			// The client is told, and the library, which would keep it, does not see it.
			ch.command, ch.long = "", true
			req.Payload = gossh.Marshal(struct{ Command string }{})
		}
		return true
	case req.Type == "subsystem":
		var subsystem struct{ Name string }
		if gossh.Unmarshal(req.Payload, &subsystem) == nil && ch.server.subsystems[subsystem.Name] != nil {
			ch.subsystem = subsystem.Name
			return true
		}
	}
	_ = req.Reply(ok, nil)
	return false
}

// allocate notes the terminal of RFC 4254, section 6.2.
func (ch *channel) allocate(payload []byte) bool {
	var pty struct {
		Term                          string
		Width, Height, PixelW, PixelH uint32
		Modes                         string
	}
	if ch.pty || gossh.Unmarshal(payload, &pty) != nil {
		return false
	}
	ch.pty = true
	ch.term = termName(pty.Term, ch.bounds.Field)
	ch.size.set(pty.Width, pty.Height)
	return true
}

// resize notes a size of RFC 4254, section 6.7.
func (ch *channel) resize(payload []byte) bool {
	var size struct{ Width, Height, PixelW, PixelH uint32 }
	if !ch.pty || gossh.Unmarshal(payload, &size) != nil {
		return false
	}
	ch.size.set(size.Width, size.Height)
	return true
}

// setenv notes a variable that says how to write to the reader. Others are refused, as are too many: the library
// would keep them all, and libraries act on some, as on TMUX.
func (ch *channel) setenv(payload []byte) bool {
	var v struct{ Name, Value string }
	if gossh.Unmarshal(payload, &v) != nil {
		return false
	}
	switch v.Name {
	case "COLORTERM", "LANG", "LC_ALL", "LC_CTYPE", "NO_COLOR", "TERM_PROGRAM":
	default:
		return false
	}
	if _, again := ch.env[v.Name]; !again && len(ch.env) >= ch.bounds.Variables {
		return false
	}
	if ch.env == nil {
		ch.env = make(map[string]string)
	}
	ch.env[v.Name] = text.Field(v.Value, ch.bounds.Variable)
	return true
}

// termName returns a terminal's name, or "unknown" for what is none.
func termName(name string, limit int) string {
	strange := func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && !strings.ContainsRune("-_.+", r)
	}
	if len(name) > limit || strings.ContainsFunc(name, strange) {
		return "unknown"
	}
	return name
}

// refuseStderr ends the connection of a client that writes to its own standard error. Nobody reads what comes in
// that way, and x/crypto would keep up to 2 MiB of it.
func (ch *channel) refuseStderr() {
	defer ch.server.recovered("stderr reader", func() { _ = ch.conn.Close() })
	var b [1]byte
	if n, _ := ch.raw.Stderr().Read(b[:]); n > 0 {
		ch.conn.end(ReasonFlood)
	}
}

// end notes why the session ends. The first reason stays.
func (ch *channel) end(why Reason) {
	ch.mu.Lock()
	defer ch.mu.Unlock()
	if ch.why == "" {
		ch.why = why
	}
}

// reason returns why the session ended.
func (ch *channel) reason() Reason {
	if why := ch.conn.reason(); why != "" {
		return why
	}
	ch.mu.Lock()
	defer ch.mu.Unlock()
	return ch.why
}
