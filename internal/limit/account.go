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

// wait is how long to wait for a token, 0 when there is one.
func (p pace) wait(full, now time.Duration) time.Duration {
	return max(0, max(full, now)-now-p.depth)
}

// take draws a token, which must be there.
func (p pace) take(full *time.Duration, now time.Duration) {
	*full = max(*full, now) + p.interval
}

// A tier is what prefixes of one size may do.
type tier struct {
	connect, session      pace
	halfOpen, established int

	offence, penaltyMin, penaltyMax time.Duration
}

// newTier returns the tier of prefixes that may do so many times what the config says.
func newTier(c Config, share int) tier {
	return tier{
		connect:     newPace(c.Rate*float64(share), c.Burst*share),
		session:     newPace(c.SessionRate*float64(share), c.SessionBurst*share),
		halfOpen:    c.HalfOpen * share,
		established: c.Established * share,
		offence:     c.Offence / time.Duration(share),
		penaltyMin:  c.PenaltyMin,
		penaltyMax:  c.PenaltyMax,
	}
}

// An account is what is remembered of one prefix.
type account struct {
	tier        *tier
	connected   time.Duration // the connection bucket
	opened      time.Duration // the session bucket
	guilt       time.Duration // when all offences will be worked off
	barred      bool          // until then nothing is let in
	halfOpen    int
	established int
}

// blank reports whether forgetting the account changes nothing.
func (a *account) blank(now time.Duration) bool {
	return a.halfOpen == 0 && a.established == 0 && a.connected <= now && a.opened <= now && a.guilt <= now
}

// refuses says why the prefix may not open one more connection, nil when it may.
func (a *account) refuses(now time.Duration) error {
	a.barred = a.barred && a.guilt > now
	wait := a.tier.connect.wait(a.connected, now)
	switch {
	case a.barred:
		wait = a.guilt - now
		return &Refusal{Reason: "penalty", Message: "Too many connections from your address broke off or broke the rules. " + tryAgain(wait), Wait: wait}
	case a.established >= a.tier.established:
		return &Refusal{Reason: "established", Message: "Too many connections are open from your address. Please close one first."}
	case a.halfOpen >= a.tier.halfOpen:
		return &Refusal{Reason: "half-open", Message: "Too many connections from your address are starting at once. Please try again in a few seconds.", Wait: 5 * time.Second}
	case wait > 0:
		return TooManyConnections(wait)
	}
	return nil
}

// offend adds an offence, and so much more.
func (a *account) offend(now, more time.Duration) {
	a.guilt = min(max(a.guilt, now)+a.tier.offence+more, now+a.tier.penaltyMax)
	a.barred = a.barred || a.guilt-now >= a.tier.penaltyMin
}

// atone takes an offence off, as far as there is one, and returns how much that was.
func (a *account) atone(now time.Duration) time.Duration {
	off := min(max(0, a.guilt-now), a.tier.offence)
	a.guilt -= off
	return off
}

// sweep is how many accounts are looked at, in passing, whenever one may be added. More than are added, so that
// the table shrinks faster than it can be grown.
const sweep = 8

// accountsOf returns the accounts that count what addr does. Only the holder of the lock may call it.
func (t *Table) accountsOf(addr netip.Addr, now time.Duration) []*account {
	prefix, site := Prefix(addr), site(addr)
	if t.accounts[prefix] == nil || site.IsValid() && t.accounts[site] == nil {
		t.forget(now) // now, for those that are about to be made are blank as well
	}
	held := []*account{t.account(prefix, &t.tiers[0])}
	if site.IsValid() {
		if a := t.account(site, &t.tiers[1]); a != &t.overflow {
			held = append(held, a)
		}
	}
	return held
}

// forget looks at some accounts and forgets those that say nothing.
func (t *Table) forget(now time.Duration) {
	looked := 0
	for p, a := range t.accounts { // begins at a place of its own each time
		if looked++; looked > sweep {
			break
		}
		if a.blank(now) {
			delete(t.accounts, p)
		}
	}
}

// account returns the account of prefix, which is the shared one where there is no room for one more.
func (t *Table) account(prefix netip.Prefix, tier *tier) *account {
	if a, ok := t.accounts[prefix]; ok {
		return a
	}
	if len(t.accounts) >= t.config.Prefixes {
		return &t.overflow
	}
	a := &account{tier: tier}
	t.accounts[prefix] = a
	return a
}

// A Grant is a connection that was let in. It is half-open until Established is called, and
// counted until Release is. All of its methods may be called more than once, in any order, from any goroutine.
type Grant struct {
	table    *Table
	accounts []*account // none for the exempt

	// Guarded by the table's lock.
	state    grantState
	atoned   [2]time.Duration // what it made up for in each account, which comes back should it offend
	offended bool
}

type grantState int

const (
	halfOpen grantState = iota
	open
	gone
)

// Established notes that the connection is through the handshake.
func (g *Grant) Established() {
	if g.move(open) {
		g.table.mu.Lock()
		defer g.table.mu.Unlock()
		for i, a := range g.accounts {
			g.atoned[i] = a.atone(time.Since(g.table.start))
		}
	}
}

// Release notes that the connection has ended.
func (g *Grant) Release() { g.move(gone) }

// Offend notes that the connection did not get through the handshake in the time for it, or that it breaks the
// protocol. It counts once. A client that goes away, or with which there is nothing to agree on, is no offender.
func (g *Grant) Offend() {
	t := g.table
	t.mu.Lock()
	defer t.mu.Unlock()
	if g.offended {
		return
	}
	g.offended = true
	for i, a := range g.accounts {
		a.offend(time.Since(t.start), g.atoned[i])
	}
}

// move brings the grant into a later state, and reports whether it did.
func (g *Grant) move(to grantState) bool {
	t := g.table
	t.mu.Lock()
	defer t.mu.Unlock()
	if to <= g.state {
		return false
	}
	g.count(-1)
	g.state = to
	g.count(+1)
	return true
}

// count adds n to the counters of the state that the grant is in. Only the holder of the lock may call it.
func (g *Grant) count(n int) {
	if g.state == gone {
		return
	}
	g.table.total += n
	if g.state == halfOpen {
		g.table.halfOpen += n
	}
	for _, a := range g.accounts {
		if g.state == halfOpen {
			a.halfOpen += n
		} else {
			a.established += n
		}
	}
}
