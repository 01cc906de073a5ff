package server

import (
	"errors"
	"net"
	"net/netip"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/time/rate"

	"lectern/internal/limit"
)

// A conn is a connection that was let in, half-open or established. It bounds what the network may do:
//
//   - each write has a deadline of its own, which nothing that the peer sends can extend; where there is a
//     screen the system keeps little of what the peer does not take, so that it is met soon;
//   - packets are no longer than clients have reason for;
//   - while memory is tight, what it reads makes the server hold no more, see memory;
//   - reads are paced, whatever they carry, and beyond what a reader's keys need by what all others send as well;
//   - the first of them is the client's version: a server may say something before it, a client may not, and x/crypto would
//     read a thousand lines of it byte by byte;
//   - it closes itself after a while without a session, and when the client is silent and does not answer, see pulse.
type conn struct {
	net.Conn
	server   *Server
	addr     netip.Addr
	grant    *limit.Grant
	accepted time.Time     // by the listener
	painted  atomic.Bool   // a program's first frame was written
	shaken   atomic.Bool   // the handshake was told to the observer
	long     atomic.Bool   // a packet was longer than longPacket
	pace     *rate.Limiter // of the bytes read; only the reading goroutine uses it, and the next two
	quiet    *rate.Limiter // of those that the connection may have whatever others send
	greeted  int           // bytes of greeting that were read
	global   *rate.Limiter // of the requests outside of channels
	places   chan struct{} // holds one for each channel that is not wound up on both sides
	queue    chan struct{} // holds one for each channel that waits for a place
	pulse    pulse
	early    early         // of what is read before known
	known    chan struct{} // closed when the library's queue of packets is known
	over     chan struct{} // closed by Close

	announced sync.Once   // the host keys
	streams   atomic.Bool // a command or a subsystem runs, or ran

	mu       sync.Mutex
	closed   bool
	incoming <-chan []byte // packets that the library has read; nil before authentication
	why      Reason        // why the server closed it, when it was the server
	sessions int           // sessions that run
	lonely   *time.Timer
}

func newConn(server *Server, nc net.Conn, addr netip.Addr, grant *limit.Grant) *conn {
	b := &server.bounds
	c := &conn{
		Conn:   nc,
		server: server,
		addr:   addr,
		grant:  grant,
		pace:   rate.NewLimiter(rate.Limit(b.NetworkRate), b.NetworkBurst),
		quiet:  rate.NewLimiter(rate.Limit(b.QuietRate), b.QuietBurst),
		global: rate.NewLimiter(rate.Limit(b.GlobalRate), b.GlobalBurst),
		places: make(chan struct{}, b.Sessions),
		queue:  make(chan struct{}, 1),
		known:  make(chan struct{}),
		over:   make(chan struct{}),
	}
	c.pulse.conn = c
	c.mu.Lock()
	defer c.mu.Unlock()
	c.lonely = time.AfterFunc(b.NoSession, func() { c.end(ReasonUnused) })
	return c
}

// Read reads, and then waits for as long as the pace asks, so that the peer's floods stay in the peer's
// own socket. What is more than the library's buffer of 4 KiB it asks for by the packet, as long as that is or what is left
// of it: so the wait is bounded, and a packet that is too long is known by it.
func (c *conn) Read(p []byte) (int, error) {
	b := &c.server.bounds
	if len(p) > b.Packet {
		c.end(ReasonFlood)
		return 0, net.ErrClosed
	}
	if !c.afford(len(p)) {
		return 0, net.ErrClosed
	}
	may, err := c.may(min(len(p), b.NetworkBurst, b.QuietBurst, b.LoudBurst))
	if err != nil {
		return 0, err
	}
	n, err := c.Conn.Read(p[:may])
	c.early.saw(p[:n])
	if n > 0 {
		c.pulse.hear()
		c.server.observer.Moved(n, 0)
	}
	for _, b := range p[:min(n, len(greeting)-c.greeted)] {
		if b != greeting[c.greeted] {
			return 0, errNoVersion
		}
		c.greeted++
	}
	if err == nil {
		c.rest(c.delay(n, time.Now()))
	}
	return n, err
}

// rest waits, but no longer than the connection is open: what it holds is let go of then.
func (c *conn) rest(d time.Duration) {
	if d <= 0 {
		return
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-c.over:
	}
}

// delay returns how long to wait after reading n bytes.
func (c *conn) delay(n int, now time.Time) time.Duration {
	d := c.pace.ReserveN(now, n).Delay()
	if c.quiet.AllowN(now, n) || c.server.loud.AllowN(now, n) {
		return d
	}
	return max(d, c.quiet.ReserveN(now, n).Delay())
}

// greeting is what a client's version begins with.
const greeting = "SSH-"

var errNoVersion = errors.New("the client says something else than its version")

// Write closes the connection when it fails: the library goes on reading after a failed write. Streams wait for their part of
// what all of them may send; the library writes by the packet.
func (c *conn) Write(p []byte) (int, error) {
	if c.streams.Load() {
		n := min(max(len(p), c.server.bounds.StreamPacket), c.server.bounds.StreamBurst)
		c.rest(c.server.streams.ReserveN(time.Now(), n).Delay())
	}
	_ = c.Conn.SetWriteDeadline(time.Now().Add(c.server.bounds.Write))
	n, err := c.Conn.Write(p)
	c.server.observer.Moved(0, n)
	if err != nil {
		if errors.Is(err, os.ErrDeadlineExceeded) {
			c.end(ReasonStalled)
		} else {
			_ = c.Close()
		}
	}
	return n, err
}

// SetDeadline sets the deadline for reading alone. The library calls it when bytes move in either
// direction, which must not give a stalled write more time.
func (c *conn) SetDeadline(t time.Time) error { return c.SetReadDeadline(t) }

// RemoteAddr returns an address that leads back to the connection, see connOf.
func (c *conn) RemoteAddr() net.Addr { return peer{c.Conn.RemoteAddr(), c} }

// Close may be called more than once.
func (c *conn) Close() error {
	c.mu.Lock()
	again := c.closed
	if !again {
		close(c.over)
	}
	c.closed = true
	c.lonely.Stop()
	incoming := c.incoming
	c.mu.Unlock()
	c.pulse.stop()
	if again {
		return net.ErrClosed
	}
	err := c.Conn.Close()
	if incoming != nil {
		go drain(incoming)
	}
	c.grant.Release()
	c.server.forget(c)
	c.server.observer.ConnectionClosed()
	return err
}

// narrow bounds what the system keeps for a client that does not take it. A command's output may wait there: it would else
// wait here.
func (c *conn) narrow() {
	if buffered, ok := c.Conn.(interface{ SetWriteBuffer(bytes int) error }); ok {
		_ = buffered.SetWriteBuffer(c.server.bounds.WriteBuffer)
	}
}

// unused reports whether no session runs.
func (c *conn) unused() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.sessions == 0
}

// end closes the connection for a reason that the log will give.
func (c *conn) end(why Reason) {
	c.mu.Lock()
	if c.why == "" && !c.closed {
		c.why = why
	}
	c.mu.Unlock()
	if why == ReasonFlood {
		c.grant.Offend()
	}
	_ = c.Close()
}

// reason returns why the server closed the connection, or "".
func (c *conn) reason() Reason {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.why
}

// ask notes a request outside of channels, and reports whether there may be as many.
func (c *conn) ask() bool {
	if !c.global.Allow() {
		c.end(ReasonFlood)
		return false
	}
	return true
}

// open takes one of the connection's places for a channel, if there is one. It waits a moment for one, since a client may
// open its next channel before the last is all wound up here.
func (c *conn) open() bool {
	select {
	case c.places <- struct{}{}:
		return true
	default:
	}
	select {
	case c.queue <- struct{}{}:
		defer func() { <-c.queue }()
	default:
		return false
	}
	late := time.NewTimer(c.server.bounds.Place)
	defer late.Stop()
	select {
	case c.places <- struct{}{}:
		return true
	case <-late.C:
		return false
	}
}

// done gives a channel's place back.
func (c *conn) done() { <-c.places }

// begin notes that a session runs. The client can be asked with ask whether it is there.
func (c *conn) begin(ask func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.sessions++
	c.lonely.Stop()
	if c.sessions == 1 && !c.closed {
		c.pulse.start(ask)
	}
}

// finish notes that a session no longer runs.
func (c *conn) finish() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.sessions--; c.sessions > 0 || c.closed {
		return
	}
	c.pulse.stop()
	if c.server.draining.Err() != nil {
		c.lonely.Reset(c.server.bounds.Linger) // the last lines have that long to arrive
	} else {
		c.lonely.Reset(c.server.bounds.NoSession)
	}
}

// A peer is the remote address of a conn, and the conn itself. The library hands a connection's address to
// each of its callbacks, but not the connection.
type peer struct {
	net.Addr
	conn *conn
}

// connOf returns the conn that addr, as a callback of the library got it, belongs to.
func connOf(addr net.Addr) *conn { return addr.(peer).conn }

// addrOf returns the IP address of a, not valid if it has none.
func addrOf(a net.Addr) netip.Addr {
	ap, err := netip.ParseAddrPort(a.String())
	if err != nil {
		return netip.Addr{}
	}
	return ap.Addr().Unmap()
}
