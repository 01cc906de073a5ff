// Package proxy takes connections from load balancers that say, in a PROXY protocol header, whom they speak for.
//
// The rules are:
//
//   - a connection from a trusted network begins with a header, version 1 or 2, or it is closed;
//   - the header is whole within Wait, and no longer than maxHeader;
//   - the address that it names is the connection's remote address from then on; a header that names none (LOCAL and
//     UNKNOWN, which a balancer's own health checks send, and clients of Unix sockets) leaves the balancer's own;
//   - of a connection from anywhere else no byte is looked at.
//
// Accept never waits for a header: it is read by whoever first asks the connection for anything, and that waits.
package proxy

import (
	"net"
	"net/netip"
	"sync"
	"time"
)

// Wait is how long a header may take. A balancer sends it with the first bytes, before those of its client.
const Wait = 3 * time.Second

// maxWaiting is how many connections may be without their header at a time. Those beyond are closed: a balancer which
// works leaves hardly one waiting, and one that does not must not fill the memory.
const maxWaiting = 1024

// A Listener hands out connections under the addresses of those for whom trusted networks speak.
type Listener struct {
	net.Listener

	mu      sync.Mutex
	trusted []netip.Prefix
	closed  bool
	waiting map[*conn]struct{} // those whose header is being read
}

// Listen returns a listener over l, which closes it. Networks of IPv4 may be written as such or mapped into IPv6.
func Listen(l net.Listener, trusted []netip.Prefix) *Listener {
	return &Listener{Listener: l, trusted: trusted, waiting: make(map[*conn]struct{})}
}

// Trust replaces the networks that are trusted, for the connections that come from then on.
func (l *Listener) Trust(networks []netip.Prefix) {
	l.mu.Lock()
	l.trusted = networks
	l.mu.Unlock()
}

func (l *Listener) networks() []netip.Prefix {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.trusted
}

// Accept returns the next connection, whose header is yet to be read.
func (l *Listener) Accept() (net.Conn, error) {
	nc, err := l.Listener.Accept()
	if err != nil || !Trusts(l.networks(), addrOf(nc.RemoteAddr())) {
		return nc, err
	}
	return &conn{Conn: nc, listener: l}, nil
}

// Close closes the listener, and the connections that wait for their header.
func (l *Listener) Close() error {
	l.mu.Lock()
	l.closed = true
	var waiting []*conn
	for c := range l.waiting {
		waiting = append(waiting, c)
	}
	l.mu.Unlock()
	for _, c := range waiting {
		_ = c.Conn.Close()
	}
	return l.Listener.Close()
}

// await notes that c waits for its header, unless there are too many or the listener is closed.
func (l *Listener) await(c *conn) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed || len(l.waiting) >= maxWaiting {
		return false
	}
	l.waiting[c] = struct{}{}
	return true
}

// settle notes that c no longer waits.
func (l *Listener) settle(c *conn) {
	l.mu.Lock()
	delete(l.waiting, c)
	l.mu.Unlock()
}

// Trusts reports whether an address is in one of the networks. It does not matter which of them are mapped into IPv6.
func Trusts(networks []netip.Prefix, addr netip.Addr) bool {
	addr = addr.Unmap().WithZone("")
	for _, n := range networks {
		if n.Contains(addr) || addr.Is4() && n.Contains(netip.AddrFrom16(addr.As16())) {
			return true
		}
	}
	return false
}

// addrOf returns the IP address of a, not valid if it has none.
func addrOf(a net.Addr) netip.Addr {
	if tcp, ok := a.(*net.TCPAddr); ok {
		return tcp.AddrPort().Addr()
	}
	return netip.Addr{}
}
