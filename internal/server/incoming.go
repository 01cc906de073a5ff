package server

import (
	"reflect"
	"unsafe"

	gossh "golang.org/x/crypto/ssh"
)

// incomingOf returns the packets of a connection that the library has read and not yet worked on, of which it keeps up to
// 16. golang.org/x/crypto v0.58.0 (handshakeTransport.readLoop) waits for room there for ever when whoever works on them has
// given up, and that one (handshakeTransport.Close) waits for it: a client that sends twenty packets behind one that makes
// no sense would leave three goroutines here for good, and 36 KiB or more. There is no other way to the queue. See its test.
func incomingOf(sc gossh.ServerPreAuthConn) <-chan []byte {
	transport := reflect.ValueOf(sc).Elem().FieldByName("transport").Elem().Elem()
	return *(*chan []byte)(unsafe.Pointer(transport.FieldByName("incoming").UnsafeAddr()))
}

// drainLater makes Close empty the queue of what nobody works on any more, also one that was before. Once.
func (c *conn) drainLater(incoming <-chan []byte) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.incoming = incoming
	close(c.known)
	if c.closed {
		go drain(incoming)
	}
}

// drain empties the queue, until the library closes it: at once, for the connection is closed.
func drain(incoming <-chan []byte) {
	for range incoming {
	}
}
