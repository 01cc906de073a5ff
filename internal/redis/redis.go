// Package redis holds several servers to the limits of one: what each lets in is counted in a Redis that they share.
//
// The rules are:
//
//   - a server's own table is asked first, and whom it refuses is refused. Half-open, established and all connections,
//     and penalties, are counted there alone, so these limits hold for each server by itself;
//   - then the rates of connections and of sessions are taken from Redis, for the same prefixes, with the same numbers.
//     Time is Redis' own;
//   - Redis has Patience for all that is asked about one connection or session. When it is away, slow, full or talks
//     nonsense, the server's own table has decided already: nobody is refused because of Redis, and nobody is let in without limits;
//   - after one such answer nobody waits for Redis any more: it is tried in the background, every ProbeEvery, until
//     it answers as it should. The log says when it is lost and when it is back;
//   - a key is a prefix's, "lectern:rate:…", takes some 190 bytes of Redis' memory, and expires when it says nothing any
//     more: a second after one connection, Burst × Interval after all that may come at once. So the memory is bounded by how many
//     addresses the servers let in within that time, two keys for each (of IPv6: four).
package redis

import (
	"log/slog"
	"net/netip"
	"sync/atomic"
	"time"

	"github.com/go-redis/redis_rate/v10"
	goredis "github.com/redis/go-redis/v9"
	"golang.org/x/time/rate"

	"lectern/internal/limit"
)

// Patience is how long the questions about one connection or session may take in all, dialing and waiting for a place
// included. A Redis in the same network answers in less than a millisecond.
const Patience = 50 * time.Millisecond

// ProbeEvery is how often a Redis that was lost is tried.
const ProbeEvery = time.Second

// A Limiter is a table whose rates are shared with other servers. It is safe for concurrent use.
type Limiter struct {
	table    *limit.Table
	client   *goredis.Client
	rates    *redis_rate.Limiter
	patience time.Duration
	words    words
	log      *slog.Logger
	talk     *rate.Limiter // of what the log is told: a Redis that comes and goes must not fill it

	away    atomic.Bool
	lost    chan error    // the error for which away was set, for the goroutine that looks for Redis
	closing chan struct{} // closed by Close
	gone    chan struct{} // closed when that goroutine has ended
}

var _ limit.Limiter = (*Limiter)(nil)

// Shared reports whether limits are shared now: not while Redis is away.
func (l *Limiter) Shared() bool { return !l.away.Load() }

// New returns a limiter that asks the table first and then the Redis at address, and tries once whether it is there. It must be closed.
func New(address Address, table *limit.Table, log *slog.Logger) *Limiter {
	return begin(address, table, log, Patience)
}

func begin(address Address, table *limit.Table, log *slog.Logger, patience time.Duration) *Limiter {
	client := address.client(patience)
	l := &Limiter{
		table:    table,
		client:   client,
		rates:    redis_rate.NewLimiter(prefixed{client}),
		patience: patience,
		words:    words{secret: address.options.Password},
		log:      log.With("redis", address.String()),
		talk:     rate.NewLimiter(rate.Every(time.Minute), 5),
		lost:     make(chan error, 1),
		closing:  make(chan struct{}),
		gone:     make(chan struct{}),
	}
	if err := l.probe(); err != nil {
		l.lose(err)
	} else {
		l.log.Info("limits are shared through Redis")
	}
	go l.watch()
	return l
}

// Close ends the limiter's work in the background, and its connections. Nothing may be asked of it from then on.
func (l *Limiter) Close() {
	close(l.closing)
	<-l.gone
	_ = l.client.Close()
}

// Admit implements limit.Limiter. It takes Patience at most.
func (l *Limiter) Admit(addr netip.Addr, now time.Time) (*limit.Grant, error) {
	grant, err := l.table.Admit(addr, now)
	if err != nil {
		return nil, err
	}
	connections, _ := l.table.Quotas(addr)
	if wait := l.take("connect", connections); wait > 0 {
		grant.Release()
		return nil, limit.TooManyConnections(wait)
	}
	return grant, nil
}

// Session implements limit.Limiter. It takes Patience at most.
func (l *Limiter) Session(addr netip.Addr, now time.Time) error {
	if err := l.table.Session(addr, now); err != nil {
		return err
	}
	_, sessions := l.table.Quotas(addr)
	if wait := l.take("session", sessions); wait > 0 {
		return limit.TooManySessions(wait)
	}
	return nil
}
