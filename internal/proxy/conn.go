package proxy

import (
	"bufio"
	"errors"
	"fmt"
	"net"
	"sync"
	"time"
)

// A conn is a connection from a trusted network. Its first method call but Close, SetDeadline and the like reads the
// header; all fail if there is no good one.
type conn struct {
	net.Conn
	listener *Listener

	once   sync.Once
	err    error         // of the header
	remote net.Addr      // whom the header names, nil for nobody
	ahead  *bufio.Reader // holds what came with the header, until that is read
}

// A HeaderError is why a connection from a trusted network was closed. It is a net.ErrClosed, and wraps what the network
// said, which is io.EOF when the other side went away without a word, as checks of an open port do.
type HeaderError struct{ err error }

func (e *HeaderError) Error() string {
	return fmt.Sprintf("PROXY header from a trusted network: %v", e.err)
}

// Unwrap implements errors.Is.
func (e *HeaderError) Unwrap() []error { return []error{net.ErrClosed, e.err} }

var (
	errLate    = fmt.Errorf("not whole after %v", Wait)
	errWaiting = fmt.Errorf("not read, for %d connections wait for theirs or the listener is closed", maxWaiting)
)

// header reads the header, once.
func (c *conn) header() error {
	c.once.Do(func() {
		if err := c.read(); err != nil {
			c.err, c.ahead = &HeaderError{err}, nil
			_ = c.Conn.Close()
		}
	})
	return c.err
}

func (c *conn) read() error {
	if !c.listener.await(c) {
		return errWaiting
	}
	defer c.listener.settle(c)
	// Closing, not a deadline, ends the wait: deadlines are those of whoever has the connection.
	late := time.AfterFunc(Wait, func() { _ = c.Conn.Close() })
	c.ahead = bufio.NewReaderSize(c.Conn, 256)
	from, err := readHeader(c.ahead)
	switch inTime := late.Stop(); {
	case !inTime:
		return errLate
	case err != nil:
		return err
	}
	if from.IsValid() {
		c.remote = net.TCPAddrFromAddrPort(from)
	}
	return nil
}

// RemoteAddr returns the address that the header names, or else the other side's own.
func (c *conn) RemoteAddr() net.Addr {
	if c.header() != nil || c.remote == nil {
		return c.Conn.RemoteAddr()
	}
	return c.remote
}

// Read reads what follows the header.
func (c *conn) Read(p []byte) (int, error) {
	if err := c.header(); err != nil {
		return 0, err
	}
	if c.ahead != nil {
		if c.ahead.Buffered() > 0 {
			return c.ahead.Read(p)
		}
		c.ahead = nil
	}
	return c.Conn.Read(p)
}

func (c *conn) Write(p []byte) (int, error) {
	if err := c.header(); err != nil {
		return 0, err
	}
	return c.Conn.Write(p)
}

// SetWriteBuffer bounds what the system keeps of what is written, in bytes, where the network can.
func (c *conn) SetWriteBuffer(bytes int) error {
	buffered, ok := c.Conn.(interface{ SetWriteBuffer(bytes int) error })
	if !ok {
		return errors.ErrUnsupported
	}
	return buffered.SetWriteBuffer(bytes)
}

// CloseWrite closes the writing side, where the network can.
func (c *conn) CloseWrite() error {
	half, ok := c.Conn.(interface{ CloseWrite() error })
	if !ok {
		return errors.ErrUnsupported
	}
	return half.CloseWrite()
}
