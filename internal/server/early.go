package server

import (
	"encoding/binary"
	"os"
	"time"
)

// An early bounds what the library reads before its queue of packets is known, see incomingOf: what it has read by then and
// gives up on can not be emptied, so that it must fit. It follows the packets of the first key exchange, which are plain,
// and after them lets through no more than the queue has room for, until the queue is known: a client waits for the answer to
// its request for authentication by then. Only the reading goroutine uses it.
type early struct {
	version bool    // the client's version is over
	head    [6]byte // of the packet: its length, that of its padding, and its kind
	have    int     // bytes of the packet
	sealed  bool    // what follows is encrypted
	left    int     // bytes of that which may be read
}

const (
	newKeys       = 21 // the last packet that is plain
	shortestInKey = 28 // bytes of the shortest packet that is encrypted
	queued        = 16 // packets in the library's queue
)

// room returns how many bytes may be read now.
func (e *early) room() int {
	switch {
	case !e.version:
		return 1
	case e.sealed:
		return e.left
	case e.have < len(e.head):
		return len(e.head) - e.have
	}
	return max(1, e.whole()-e.have)
}

// whole is how long the packet is; a length that no packet has is the library's to refuse.
func (e *early) whole() int { return 4 + int(binary.BigEndian.Uint32(e.head[:])&0xffffff) }

// saw notes what was read.
func (e *early) saw(p []byte) {
	for i, b := range p {
		if e.sealed {
			e.left -= len(p) - i
			return
		}
		if !e.version {
			e.version = b == '\n'
			continue
		}
		if e.have < len(e.head) {
			e.head[e.have] = b
		}
		if e.have++; e.have >= len(e.head) && e.have >= e.whole() {
			e.have = 0
			if e.head[5] == newKeys {
				e.sealed, e.left = true, queued*shortestInKey
			}
		}
	}
}

// may returns how many of n bytes may be read now, and waits when there are none, until the queue is known or the connection is
// closed; or for as long as a handshake may take, which is an error.
func (c *conn) may(n int) (int, error) {
	select {
	case <-c.known:
		return n, nil
	default:
	}
	if room := c.early.room(); room > 0 {
		return min(n, room), nil
	}
	late := time.NewTimer(c.server.bounds.Handshake)
	defer late.Stop()
	select {
	case <-c.known:
	case <-c.over:
	case <-late.C:
		return 0, os.ErrDeadlineExceeded
	}
	return n, nil
}
