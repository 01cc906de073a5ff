package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"sync/atomic"

	"lectern/internal/command"
	"lectern/internal/limit"
	"lectern/internal/metrics"
	"lectern/internal/server"
)

// newMetrics counts what happens to the readers of b, and what it holds. shared is that of newLimiter.
func newMetrics(b *blogger, queue *server.LogQueue, shared func() bool) *metrics.Metrics {
	connections, sessions := limit.Reasons()
	m := metrics.New(metrics.Config{
		Version:            version(),
		ConnectionRefusals: connections,
		SessionRefusals:    sessions,
		Verbs:              append(command.Verbs(), "scp"),
		Library: func() metrics.Library {
			return metrics.Library(b.live.Stats())
		},
		Renders: func() metrics.Renders {
			return metrics.Renders(b.docs.Stats())
		},
		Lost:   queue.Lost,
		Reads:  b.read.Total,
		Shared: shared,
	})
	b.docs.Tell(m.Rendered)
	b.asked = m.Asked
	return m
}

// A readiness says whether readers are let in.
type readiness struct {
	stopping context.Context // ends before anything else does
	posts    func() int      // how many are served
	open     atomic.Bool     // the SSH listener is open
}

// why is the reason for which no reader can be sent here, nil when there is none.
func (r *readiness) why() error {
	switch {
	case r.stopping.Err() != nil:
		return errors.New("stopping: readers are taking their leave")
	case !r.open.Load():
		return errors.New("not listening for readers")
	case r.posts() == 0:
		return errors.New("no posts; run `lectern check` on the content folder")
	}
	return nil
}

// serveHTTP answers the operator's questions on addr until it is closed.
func serveHTTP(addr string, m *metrics.Metrics, ready *readiness, log *slog.Logger) (*metrics.Server, error) {
	ln, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, listenError("--http", addr, err)
	}
	log.Info("HTTP for operators", "addr", ln.Addr().String())
	return m.Serve(ln, ready.why, log), nil
}

// checkAddress says how to write an address to listen on.
func checkAddress(flag, addr, example string) error {
	_, port, err := net.SplitHostPort(addr)
	if _, perr := net.LookupPort("tcp", port); err != nil || perr != nil {
		return fmt.Errorf("%s %s: write it as HOST:PORT, for example %s", flag, addr, example)
	}
	return nil
}
