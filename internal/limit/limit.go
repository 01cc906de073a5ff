// Package limit decides who may connect, before any cryptography is spent on them.
//
// Connections are counted by where they come from: an IPv4 address, or an IPv6 /64, which is
// what one household or one host is given; and of IPv6 the /48 too, which is what one site is given, and
// which may do twice what a /64 may. The rules are:
//
//   - a prefix may open connections at a steady rate, with a burst for a room that arrives at once;
//   - so many of its connections may be half-open (not yet through the handshake), and so many established;
//   - a prefix whose connections run out of time in the handshake, or break the protocol, waits for a while before
//     the next; each that gets through makes up for one that did not, so that a hall with a few bad lines is not shut;
//   - the server as a whole holds so many half-open connections and so many in all; when half of the former are taken,
//     new ones are turned away at random, more of them as it fills, so that whoever fills it has no more luck than others;
//   - an established connection may open sessions at a steady rate, counted for its prefix;
//   - of what there is little of, a prefix gets its part, see Share;
//   - exempt prefixes pass all of these but the limits of the server as a whole.
//
// What is remembered of a prefix is forgotten once it says nothing any more. Should more prefixes
// be remembered than there is room for, those that come next share one account.
package limit

import (
	"fmt"
	"math/rand/v2"
	"net/netip"
	"slices"
	"sync"
	"time"
)

// Config holds the limits. Each must be positive.
type Config struct {
	Rate        float64 // connections a second that one prefix may open
	Burst       int     // connections that one prefix may open at once
	HalfOpen    int     // connections of one prefix that are not yet through the handshake
	Established int     // connections of one prefix that are

	SessionRate  float64 // sessions a second that one prefix may open over its connections
	SessionBurst int     // sessions that one prefix may open at once

	Offence    time.Duration // what one connection that breaks the rules of the protocol adds to the wait of its prefix
	PenaltyMin time.Duration // waits that are shorter are not asked for
	PenaltyMax time.Duration // the longest wait

	TotalHalfOpen int // half-open connections of all
	Total         int // connections of all, half-open ones among them
	Prefixes      int // prefixes remembered at a time

	Exempt []netip.Prefix // who is held to the totals alone
}

// DefaultConfig returns limits under which a hall of two hundred readers behind one address gets
// in within a minute, even all in the same second, and under which one address can neither fill the
// server nor keep more than a fraction of it busy with handshakes.
func DefaultConfig() Config {
	return Config{
		Rate:          5,
		Burst:         200,
		HalfOpen:      200,
		Established:   256,
		SessionRate:   5,
		SessionBurst:  256,
		Offence:       10 * time.Second,
		PenaltyMin:    15 * time.Second,
		PenaltyMax:    10 * time.Minute,
		TotalHalfOpen: 1024,
		Total:         6144,
		Prefixes:      65536,
	}
}

// Validate says which limit makes no sense, if any.
func (c Config) Validate() error {
	for _, l := range []struct {
		name  string
		value float64
	}{
		{"rate", c.Rate},
		{"burst", float64(c.Burst)},
		{"half-open", float64(c.HalfOpen)},
		{"established", float64(c.Established)},
		{"session rate", c.SessionRate},
		{"session burst", float64(c.SessionBurst)},
		{"offence", float64(c.Offence)},
		{"shortest penalty", float64(c.PenaltyMin)},
		{"longest penalty", float64(c.PenaltyMax)},
		{"total half-open", float64(c.TotalHalfOpen)},
		{"total", float64(c.Total)},
		{"prefixes", float64(c.Prefixes)},
	} {
		if l.value <= 0 {
			return fmt.Errorf("limit %q must be more than 0, not %v", l.name, l.value)
		}
	}
	for _, p := range c.Exempt {
		if !p.IsValid() {
			return fmt.Errorf("exempt prefix %v is not valid", p)
		}
	}
	return nil
}

// A Refusal is the error of one who may not proceed.
type Refusal struct {
	Reason  string        // a short constant, for logs and counters: rate, half-open, established, penalty, crowded, full, sessions
	Message string        // one line for the reader
	Wait    time.Duration // when to try again; 0 when that cannot be told
}

// Error returns the line for the reader.
func (r *Refusal) Error() string { return r.Message }

// A Table counts connections and sessions. It is safe for concurrent use.
type Table struct {
	config Config
	tiers  [2]tier // of what Prefix returns, and of an IPv6 site
	start  time.Time
	random func() float64 // from 0 up to 1

	mu       sync.Mutex
	accounts map[netip.Prefix]*account
	overflow account // shared by those who come when the table is full
	halfOpen int
	total    int
}

// siteShare is how many times what a /64 may do its /48 may.
const siteShare = 2

// New returns an empty table. The config must be valid.
func New(config Config) *Table {
	config.Exempt = unmappedAll(config.Exempt)
	t := &Table{
		config:   config,
		tiers:    [2]tier{newTier(config, 1), newTier(config, siteShare)},
		start:    time.Now(),
		random:   rand.Float64,
		accounts: make(map[netip.Prefix]*account),
	}
	// Those who share an account did not choose each other: none waits for another's offences.
	shared := t.tiers[0]
	shared.offence = 0
	t.overflow.tier = &shared
	return t
}

// SetExempt replaces the networks that are exempt, all of which must be valid. Connections that were let in stay as they were
// counted.
func (t *Table) SetExempt(networks []netip.Prefix) {
	networks = unmappedAll(networks)
	t.mu.Lock()
	defer t.mu.Unlock()
	t.config.Exempt = networks
}

// Prefix returns what addr is counted as: the address itself for IPv4 (mapped into IPv6 or not), its /64 for
// IPv6, and the zero prefix for what is no address.
func Prefix(addr netip.Addr) netip.Prefix {
	addr = addr.Unmap().WithZone("")
	bits := 64
	if addr.Is4() {
		bits = 32
	}
	prefix, err := addr.Prefix(bits)
	if err != nil {
		return netip.Prefix{}
	}
	return prefix
}

// site returns the /48 that an IPv6 address is counted in besides, and the zero prefix for other addresses.
func site(addr netip.Addr) netip.Prefix {
	addr = addr.Unmap().WithZone("")
	if addr.Is4() {
		return netip.Prefix{}
	}
	prefix, err := addr.Prefix(48)
	if err != nil {
		return netip.Prefix{}
	}
	return prefix
}

// Admit lets a new connection from addr in, or says with a *Refusal why not. The grant must be released
// when the connection ends.
func (t *Table) Admit(addr netip.Addr, now time.Time) (*Grant, error) {
	at := now.Sub(t.start)
	t.mu.Lock()
	defer t.mu.Unlock()

	if t.total >= t.config.Total || t.halfOpen >= t.config.TotalHalfOpen {
		return nil, Full()
	}
	var held []*account
	if !t.exempt(addr) {
		held = t.accountsOf(addr, at)
		for _, a := range held {
			if err := a.refuses(at); err != nil {
				return nil, err
			}
		}
	}
	if t.crowded() {
		return nil, &Refusal{Reason: "crowded", Message: "Very many connections are starting at once. Please try again in a few seconds.", Wait: 5 * time.Second}
	}
	g := &Grant{table: t, accounts: held}
	for _, a := range held {
		a.tier.connect.take(&a.connected, at)
	}
	g.count(+1)
	return g, nil
}

// crowded reports, at random, that a new connection is to be turned away, since so many are half-open: none below half of
// what may be, three in ten there, and from there on more of them up to all.
func (t *Table) crowded() bool {
	from := t.config.TotalHalfOpen / 2
	if t.halfOpen < from {
		return false
	}
	taken := float64(t.halfOpen-from) / float64(t.config.TotalHalfOpen-from)
	return t.random() < 0.3+0.7*taken
}

// Session lets an established connection from addr open one more session, or says with a *Refusal why not.
func (t *Table) Session(addr netip.Addr, now time.Time) error {
	at := now.Sub(t.start)
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.exempt(addr) {
		return nil
	}
	held := t.accountsOf(addr, at)
	for _, a := range held {
		if wait := a.tier.session.wait(a.opened, at); wait > 0 {
			return TooManySessions(wait)
		}
	}
	for _, a := range held {
		a.tier.session.take(&a.opened, at)
	}
	return nil
}

// tryAgain says a wait in whole seconds.
func tryAgain(wait time.Duration) string {
	seconds := int((wait + time.Second - 1) / time.Second)
	if seconds == 1 {
		return "Please try again in a second."
	}
	return fmt.Sprintf("Please try again in %d seconds.", seconds)
}

// exempt reports whether addr itself, not what it is counted as, lies in an exempt network.
func (t *Table) exempt(addr netip.Addr) bool {
	addr = addr.Unmap().WithZone("")
	return slices.ContainsFunc(t.config.Exempt, func(e netip.Prefix) bool { return e.Contains(addr) })
}

// unmappedAll returns networks of IPv4 addresses that are mapped into IPv6 as the IPv4 networks that they are, and others as
// they are.
func unmappedAll(networks []netip.Prefix) []netip.Prefix {
	list := slices.Clone(networks)
	for i, p := range list {
		if p.Addr().Is4In6() && p.Bits() >= 96 {
			list[i] = netip.PrefixFrom(p.Addr().Unmap(), p.Bits()-96)
		}
	}
	return list
}
