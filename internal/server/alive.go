package server

import (
	"sync"
	"sync/atomic"
	"time"
)

// A pulse ends a connection whose client is gone without a word: a line that was cut, a machine that was switched off, an
// address translation that was forgotten. TCP's own keep-alive would not do. While a frame waits to be acknowledged there
// is none, and the kernel tries again for 15 minutes; and behind a proxy, it asks the proxy.
//
// The rules are:
//
//   - whatever arrives is a sign of life;
//   - after Bounds.Alive without one the client is asked, as OpenSSH asks with ClientAliveInterval; any answer will do;
//   - it is asked once, since TCP repeats what is lost, and after Bounds.AliveMissed more such times the connection ends;
//   - a client that sends is never asked, and a timer runs once in Bounds.Alive, not with each byte;
//   - clients are asked together, see aliveSteps.
type pulse struct {
	conn  *conn
	ask   func() // sends the question, and returns with the answer, or with the connection's end
	heard atomic.Int64
	asked atomic.Bool // the question is under way

	mu    sync.Mutex
	timer *time.Timer // nil until the first session
	on    bool
}

// hear notes a sign of life. It is called with each read.
func (p *pulse) hear() { p.heard.Store(int64(p.conn.server.uptime())) }

// start watches the connection, while it has sessions.
func (p *pulse) start(ask func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.ask, p.on = ask, true
	if wait := p.wait(p.conn.server.bounds.Alive); p.timer == nil {
		p.timer = time.AfterFunc(wait, p.check)
	} else {
		p.timer.Reset(wait)
	}
}

func (p *pulse) stop() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.on = false
	if p.timer != nil {
		p.timer.Stop()
	}
}

// check asks, waits longer, or ends the connection.
func (p *pulse) check() {
	s := p.conn.server
	defer s.recovered("keep-alive", func() { _ = p.conn.Close() })
	if p.due() {
		s.start(p.question, nil) // without the lock: it takes the server's, whose holder may wait for the connection's, and that for ours
	}
}

// due sets the timer, or ends the connection, and reports whether the client is to be asked.
func (p *pulse) due() bool {
	s, b := p.conn.server, &p.conn.server.bounds
	silent := s.uptime() - time.Duration(p.heard.Load())
	p.mu.Lock()
	defer p.mu.Unlock()
	switch {
	case !p.on:
	case silent >= b.Alive*time.Duration(1+b.AliveMissed):
		p.on = false
		go p.conn.end(ReasonDead) // which stops the pulse
	default:
		p.timer.Reset(p.wait(b.Alive - silent%b.Alive))
		return silent >= b.Alive && p.asked.CompareAndSwap(false, true)
	}
	return false
}

// aliveSteps is how many times in Bounds.Alive clients are asked, if there are any to ask: those whose time comes in the same step
// are asked together, when it is over. Else each would wake the server at a moment of its own.
const aliveSteps = 30

// wait returns how long it is until d is over, and with it a step.
func (p *pulse) wait(d time.Duration) time.Duration {
	s := p.conn.server
	now, step := s.uptime(), s.bounds.Alive/aliveSteps
	return (now + d + step - 1).Truncate(step) - now
}

func (p *pulse) question() {
	defer p.asked.Store(false)
	p.ask()
}
