package server

import (
	"context"
	"io"
	"net/netip"
	"slices"
	"strings"
	"sync"

	"charm.land/ssh"

	"lectern/internal/text"
)

// Reason says why a session or a connection ended. It is for logs and counters.
type Reason string

// The reasons.
const (
	ReasonQuit     Reason = "quit"     // the reader left the program
	ReasonDone     Reason = "done"     // the command or the subsystem came to its end
	ReasonHangup   Reason = "hangup"   // the client closed the channel or the connection, or its input came to an end
	ReasonIdle     Reason = "idle"     // no key was pressed, or nothing sent to a command that waits for it, for Bounds.Idle
	ReasonInput    Reason = "input"    // the client sent more than the bounds of its session's input
	ReasonStalled  Reason = "stalled"  // the client took no more output
	ReasonShutdown Reason = "shutdown" // the server is ending
	ReasonPanic    Reason = "panic"    // the program or the command failed
	ReasonRefused  Reason = "refused"  // the limits did not let the session in, or all places for it were taken
	ReasonUnused   Reason = "unused"   // the connection ran no session for Bounds.NoSession
	ReasonSetup    Reason = "setup"    // the channel asked for nothing for Bounds.Setup
	ReasonDead     Reason = "dead"     // the client was silent, and did not answer
	ReasonFlood    Reason = "flood"    // the client made too many requests
	ReasonMemory   Reason = "memory"   // the connection held more than a reader's does, when memory was full
)

// Reasons are all reasons.
func Reasons() []Reason {
	return []Reason{
		ReasonQuit, ReasonDone, ReasonHangup, ReasonIdle, ReasonInput, ReasonStalled, ReasonShutdown, ReasonPanic,
		ReasonRefused, ReasonUnused, ReasonSetup, ReasonDead, ReasonFlood, ReasonMemory,
	}
}

// Session is one reader's session: what the client says of itself, made safe and cut to the bounds, and the
// way to it. The fields are not to be changed.
type Session struct {
	User   string
	Client string            // what the client calls itself, as "SSH-2.0-OpenSSH_9.2"
	Term   string            // the terminal's name; "" without a PTY
	Args   []string          // the command's words; empty when a shell was asked for
	Raw    string            // the command as the client sent it
	PTY    bool              // whether there is a terminal at the other end; never for a subsystem
	Width  int               // the terminal's size at the start, in cells; 0 without a PTY
	Height int               //
	Env    map[string]string // those of COLORTERM, LANG, LC_ALL, LC_CTYPE, NO_COLOR, TERM_PROGRAM that the client sent
	Remote netip.Addr        // not valid if the connection has no IP address
	Here   bool              // whether the client is on the server's machine

	Subsystem string // its name, one of Config.Subsystems; "" for programs and commands

	// In is the standard input of a command, of Bounds.Stdin bytes at most, or of a subsystem, of Bounds.SubsystemInput at
	// most; a program's is empty, for its keys come as messages. It ends with the client's input, and also for an idle
	// reader and at shutdown: who asked for it is told by the server, after the command has returned.
	In io.Reader
	// Out and Err write to the client. A write ends with an error when the client takes no more for too long. With
	// a PTY each "\n" becomes "\r\n".
	Out, Err io.Writer

	long    bool // the command was longer than Bounds.Command, and is not here
	reading readings
}

// Reading notes that the reader opened a post, and reports whether for the first time, which it is for 500 posts at most. Safe
// for concurrent use.
func (s *Session) Reading(slug string) (first bool) { return s.reading.add(slug) }

// newSession describes the session that sess asks for on ch.
func newSession(ch *channel, sess ssh.Session) *Session {
	s := &Session{
		User:   text.Field(sess.User(), ch.bounds.Field),
		Client: text.Field(sess.Context().ClientVersion(), ch.bounds.Field),
		Raw:    text.Field(ch.command, ch.bounds.Command),
		Args:   args(sess, ch.command),
		Env:    ch.env,
		Remote: ch.conn.addr,
		Here:   ch.conn.addr.IsLoopback() || ch.conn.addr.IsValid() && ch.conn.addr == addrOf(ch.conn.LocalAddr()),
		long:   ch.long,

		Subsystem: ch.subsystem,

		In:  strings.NewReader(""),
		Out: ch.out.to(ch.raw),
		Err: ch.out.to(ch.raw.Stderr()),
	}
	if ch.pty && s.Subsystem == "" { // a subsystem's bytes go through as they are
		s.PTY, s.Term = true, ch.term
		s.Width, s.Height = ch.size.take()
		s.Out, s.Err = &crlf{w: s.Out}, &crlf{w: s.Err}
	}
	return s
}

// args splits a command into words as a shell does, and at white space where its quotes are not closed.
func args(sess ssh.Session, command string) []string {
	words := sess.Command()
	if len(words) == 0 {
		words = strings.Fields(command)
	}
	for i, w := range words {
		words[i] = text.Line(w)
	}
	return words
}

// readings is what was read in a session. The zero value is ready to use.
type readings struct {
	mu    sync.Mutex
	seen  map[string]struct{}
	slugs []string // the names of the first of them, for the log
	bytes int      // of these
	more  int      // how many were not named
}

// maxReadings is how many posts of one session the log names, and maxReadBytes in how many bytes. The rest is counted.
const (
	maxReadings  = 20
	maxReadBytes = 1000
)

// maxSeen is how many posts of one session are told apart. Who opens more of them reads none.
const maxSeen = 500

func (r *readings) add(slug string) (first bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if _, again := r.seen[slug]; again || len(r.seen) == maxSeen {
		return false
	}
	if r.seen == nil {
		r.seen = make(map[string]struct{})
	}
	r.seen[slug] = struct{}{}
	if name := text.Field(slug, 80); len(r.slugs) < maxReadings && r.bytes+len(name) < maxReadBytes {
		r.slugs = append(r.slugs, name)
		r.bytes += len(name) + 1
	} else {
		r.more++
	}
	return true
}

// list returns the slugs in the order of first reading, and how many more there were.
func (r *readings) list() (slugs []string, more int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.slugs), r.more
}

// A sessionContext is the context of a connection as one session sees it: it ends with the session's channel,
// which can be long before the connection does.
type sessionContext struct {
	ssh.Context
	ch *channel
}

func (c sessionContext) Done() <-chan struct{} { return c.ch.ctx.Done() }
func (c sessionContext) Err() error            { return c.ch.ctx.Err() }

// SetValue keeps the library from remembering the session in the connection, which would keep it in memory for as long.
func (c sessionContext) SetValue(key, value any) {
	if key != ssh.ContextKeySession {
		c.Context.SetValue(key, value)
	}
}

// channelOf returns the channel of a session that came through the guard.
func channelOf(sess ssh.Session) *channel { return sess.Context().(sessionContext).ch }

var _ context.Context = sessionContext{}
