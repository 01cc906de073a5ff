package limit

import (
	"net/netip"
	"time"
)

// A pace is a token bucket kept as a single point in time: that at which the bucket will be full again.
// Times are counted from the table's start, so that a set clock changes nothing.
type pace struct {
	interval time.Duration // what one token costs
	depth    time.Duration // how far ahead the bucket may be drawn
}

func newPace(rate float64, burst int) pace {
	interval := max(time.Duration(float64(time.Second)/rate), 1)
	return pace{interval: interval, depth: time.Duration(burst-1) * interval}
}

// take draws a token at the time now, or says how long to wait for one and draws nothing.
func (p pace) take(full *time.Duration, now time.Duration) (wait time.Duration) {
	from := max(*full, now)
	if wait := from - now - p.depth; wait > 0 {
		return wait
	}
	*full = from + p.interval
	return 0
}

// An account is what is remembered of one prefix.
type account struct {
	connected   time.Duration // the connection bucket
	opened      time.Duration // the session bucket
	halfOpen    int
	established int
}

// blank reports whether forgetting the account changes nothing.
func (a *account) blank(now time.Duration) bool {
	return a.halfOpen == 0 && a.established == 0 && a.connected <= now && a.opened <= now
}

// sweep is how many accounts are looked at, in passing, whenever one is added. More than one, so that
// the table shrinks faster than it can be grown.
const sweep = 4

// account returns the account of prefix. Only the holder of the lock may call it.
func (t *Table) account(prefix netip.Prefix, now time.Duration) *account {
	if a, ok := t.accounts[prefix]; ok {
		return a
	}
	looked := 0
	for p, a := range t.accounts { // begins at a place of its own each time
		if looked++; looked > sweep {
			break
		}
		if a.blank(now) {
			delete(t.accounts, p)
		}
	}
	if len(t.accounts) >= t.config.Prefixes {
		return &t.overflow
	}
	a := &account{}
	t.accounts[prefix] = a
	return a
}

// A Grant is a connection that was let in. It is half-open until Established is called, and
// counted until Release is. Both may be called more than once, in any order, from any goroutine.
type Grant struct {
	table   *Table
	account *account // nil for the exempt

	state grantState // guarded by the table's lock
}

type grantState int

const (
	halfOpen grantState = iota
	open
	gone
)

// Established notes that the connection is through the handshake.
func (g *Grant) Established() { g.move(open) }

// Release notes that the connection has ended.
func (g *Grant) Release() { g.move(gone) }

func (g *Grant) move(to grantState) {
	t := g.table
	t.mu.Lock()
	defer t.mu.Unlock()
	if to <= g.state {
		return
	}
	g.count(-1)
	g.state = to
	g.count(+1)
}

// count adds n to the counters of the state that the grant is in.
func (g *Grant) count(n int) {
	if g.state == gone {
		return
	}
	g.table.total += n
	if g.state == halfOpen {
		g.table.halfOpen += n
	}
	if g.account == nil {
		return
	}
	if g.state == halfOpen {
		g.account.halfOpen += n
	} else {
		g.account.established += n
	}
}
