package limit

import (
	"net/netip"
	"time"
)

// A Limiter decides who may connect and who may open sessions: a Table by what one server sees, or one that knows what
// other servers see as well. It is safe for concurrent use.
type Limiter interface {
	// Admit lets a new connection from addr in, or says with a *Refusal why not. The grant must be released
	// when the connection ends.
	Admit(addr netip.Addr, now time.Time) (*Grant, error)
	// Session lets an established connection from addr open one more session, or says with a *Refusal why not.
	Session(addr netip.Addr, now time.Time) error
}

var _ Limiter = (*Table)(nil)

// A Quota is what one prefix may open over time: Burst at once, and one in each Interval from then on.
type Quota struct {
	Prefix   netip.Prefix
	Interval time.Duration
	Burst    int
}

// Quotas returns the rates that addr is held to, the narrowest prefix first. There are none for the exempt, and none for
// what is no address, of which one server knows no more than another.
func (t *Table) Quotas(addr netip.Addr) (connections, sessions []Quota) {
	t.mu.Lock()
	exempt := t.exempt(addr)
	t.mu.Unlock()
	if exempt || !addr.IsValid() {
		return nil, nil
	}
	for i, prefix := range []netip.Prefix{Prefix(addr), site(addr)} {
		if prefix.IsValid() {
			connections = append(connections, t.tiers[i].connect.quota(prefix))
			sessions = append(sessions, t.tiers[i].session.quota(prefix))
		}
	}
	return connections, sessions
}

func (p pace) quota(prefix netip.Prefix) Quota {
	return Quota{Prefix: prefix, Interval: p.interval, Burst: int(p.depth/p.interval) + 1}
}

// TooManyConnections is the refusal of a connection whose prefix has to wait for its next.
func TooManyConnections(wait time.Duration) *Refusal {
	return &Refusal{Reason: "rate", Message: "Too many connections from your address. " + tryAgain(wait), Wait: wait}
}

// TooManySessions is the refusal of a session whose prefix has to wait for its next.
func TooManySessions(wait time.Duration) *Refusal {
	return &Refusal{Reason: "sessions", Message: "Too many sessions from your address. " + tryAgain(wait), Wait: wait}
}

// Full is the refusal of one who comes when the server holds all that it can.
func Full() *Refusal {
	return &Refusal{Reason: "full", Message: "The blog has as many readers as it can hold. Please try again in a minute.", Wait: time.Minute}
}
