package server

import (
	"log/slog"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"sync/atomic"
	"time"
)

// A memory tells how much of the memory that Go may use is held, so that what would hold more can be refused in time. The other
// bounds say what one client may cost, and how many there may be; thousands who cost what readers do fit into a container, and
// as many who each take all that they may do not. The rules are:
//
//   - from Bounds.MemoryFull on no session begins, but one that is routine, for a server that is full is not broken, and those of which
//     there are few, see Bounds.MemoryFew. Connections that
//     sent a packet longer than keys have need of, for which the library keeps a buffer of that length, are closed;
//   - from Bounds.MemoryTight on no connection is let in either. Those that are there send no more before what they sent was
//     worked on, and nothing is copied to clipboards;
//   - where Go has no limit (see debug.SetMemoryLimit) nothing is refused for memory.
//
// The zero value is ready to use. Safe for concurrent use.
type memory struct {
	measured atomic.Int64 // when, in memoryIntervals since the server was made
	held     atomic.Int64 // hundredths of the limit
	reclaim  atomic.Int64 // not before when it may be asked for again, in the same
}

const (
	// memoryInterval is how long a measurement is good for. It costs some microseconds.
	memoryInterval = 100 * time.Millisecond
	// reclaimInterval is how many of them there are between two collections that a full server asks for.
	reclaimInterval = 50
	// longPacket is the longest packet that is no long one, in bytes: the library reads it into a buffer that each connection has in any case.
	longPacket = 4 << 10
)

// full reports whether no session may begin.
func (s *Server) full() bool { return s.held() >= s.bounds.MemoryFull }

// tight reports whether nothing may be taken that needs memory.
func (s *Server) tight() bool { return s.held() >= s.bounds.MemoryTight }

// held is how much of Go's limit is held, in hundredths, as far as is known.
func (s *Server) held() int {
	m := &s.memory
	now := int64(s.uptime() / memoryInterval)
	if last := m.measured.Load(); last == now || !m.measured.CompareAndSwap(last, now) {
		return int(m.held.Load())
	}
	held := measureMemory()
	m.held.Store(held)
	if int(held) >= s.bounds.MemoryFull && now >= m.reclaim.Load() {
		m.reclaim.Store(now + reclaimInterval)
		s.start(s.reclaim, nil)
	}
	return int(held)
}

// reclaim closes the connections that hold more than a reader does. Go then learns what is still in use: it could be long until its
// next collection, for who is turned away needs little, and a server that is full no more would not know. The log says so, for
// where the posts alone need the memory nobody would be let in, with nobody there.
func (s *Server) reclaim() {
	s.noise.log(s.logger, slog.LevelWarn, seldom, "memory", "no memory for more readers", "percent", s.memory.held.Load(), "limit", debug.SetMemoryLimit(-1))
	s.closeConns(ReasonMemory, func(c *conn) bool { return c.long.Load() })
	runtime.GC()
}

// measureMemory returns how many hundredths of Go's limit are held: what counts towards it, but for what is free, and for what
// the last collection did not find in use. Go lets both grow on purpose as long as there is room.
func measureMemory() int64 {
	samples := []metrics.Sample{
		{Name: "/gc/gomemlimit:bytes"},
		{Name: "/memory/classes/total:bytes"},
		{Name: "/gc/heap/live:bytes"},
		{Name: "/memory/classes/heap/released:bytes"},
		{Name: "/memory/classes/heap/free:bytes"},
		{Name: "/memory/classes/heap/unused:bytes"}, // room that a collection has made between objects
		{Name: "/memory/classes/heap/objects:bytes"},
	}
	metrics.Read(samples)
	if samples[0].Value.Uint64() == 0 { // a limit with which Go only collects
		return 0
	}
	bytes := func(i int) float64 { return float64(samples[i].Value.Uint64()) }
	return int64(100 * (bytes(1) + bytes(2) - bytes(3) - bytes(4) - bytes(5) - bytes(6)) / bytes(0))
}

// afford is called before n more bytes of a packet are read, and reports whether there is memory for it. While memory is tight it
// waits until what the client has sent was worked on. Only for the reading goroutine.
func (c *conn) afford(n int) bool {
	if n > longPacket {
		c.long.Store(true)
		if c.server.full() {
			c.end(ReasonMemory)
			return false
		}
	}
	for c.waiting() > 0 && c.server.tight() {
		select {
		case <-c.over:
			return false
		case <-time.After(memoryInterval / 2):
		}
	}
	return true
}

// waiting is how many packets were read and not yet worked on. Only for the reading goroutine.
func (c *conn) waiting() int {
	select {
	case <-c.known:
		return len(c.incoming)
	default:
		return 0
	}
}
