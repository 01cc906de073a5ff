package server

import (
	"io"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"
)

// How much of the log waits for its reader.
const (
	maxLogLines = 1024
	maxLogBytes = 1 << 20
)

// A LogQueue stands between loggers and a writer that may be slow, or stop for ever, as a pipe does whose reader stopped.
// Writing to it never waits: what finds the queue full is dropped and counted, and the count is logged when there is
// room again. Safe for concurrent use.
type LogQueue struct {
	lines chan []byte
	bytes atomic.Int64
	lost  atomic.Int64  // lines dropped, ever
	told  atomic.Int64  // of these, how many the log was told of
	over  chan struct{} // closed when the writer has ended

	mu     sync.RWMutex
	closed bool
}

// NewLog returns a logger of JSON lines to w, and its queue, which must be closed at the end for the last lines to arrive.
func NewLog(w io.Writer) (*slog.Logger, *LogQueue) {
	q := &LogQueue{lines: make(chan []byte, maxLogLines), over: make(chan struct{})}
	go q.write(w)
	return slog.New(slog.NewJSONHandler(q, nil)), q
}

// Write queues one line. It never fails.
func (q *LogQueue) Write(line []byte) (int, error) {
	q.mu.RLock()
	defer q.mu.RUnlock()
	n := int64(len(line))
	if q.closed || q.bytes.Add(n) > maxLogBytes {
		if !q.closed {
			q.bytes.Add(-n)
		}
		q.lost.Add(1)
		return len(line), nil
	}
	select {
	case q.lines <- append([]byte(nil), line...):
	default:
		q.bytes.Add(-n)
		q.lost.Add(1)
	}
	return len(line), nil
}

// Dropped returns how many lines were dropped and not yet reported in the log.
func (q *LogQueue) Dropped() int64 { return q.lost.Load() - q.told.Load() }

// Lost returns how many lines were ever dropped.
func (q *LogQueue) Lost() int64 { return q.lost.Load() }

// Close waits for the lines that are queued, for as long as patience, and drops what comes later.
func (q *LogQueue) Close(patience time.Duration) {
	q.mu.Lock()
	if !q.closed {
		q.closed = true
		close(q.lines)
	}
	q.mu.Unlock()
	select {
	case <-q.over:
	case <-time.After(patience):
	}
}

// write writes until the queue is closed. A writer that fails loses its lines, which is counted: there is nowhere to say so.
func (q *LogQueue) write(w io.Writer) {
	defer close(q.over)
	defer func() { _ = recover() }()
	direct := slog.New(slog.NewJSONHandler(w, nil))
	for line := range q.lines {
		if _, err := w.Write(line); err != nil {
			q.lost.Add(1)
		}
		q.bytes.Add(-int64(len(line)))
		if n := q.Dropped(); n > 0 {
			q.told.Add(n)
			direct.Warn("log lines dropped", "count", n)
		}
	}
}
