package limit

import (
	"net/netip"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestQuotasAreWhatTheTableHoldsAnAddressTo(t *testing.T) {
	table := New(config(func(c *Config) {
		c.Rate, c.Burst, c.SessionRate, c.SessionBurst = 5, 200, 4, 1
		c.Exempt = []netip.Prefix{netip.MustParsePrefix("198.51.100.0/24")}
	}))
	quota := func(prefix string, interval time.Duration, burst int) Quota {
		return Quota{netip.MustParsePrefix(prefix), interval, burst}
	}
	same := cmp.Comparer(func(a, b netip.Prefix) bool { return a == b })
	for _, tt := range []struct {
		addr                  netip.Addr
		connections, sessions []Quota
	}{
		{
			addr("::ffff:203.0.113.7"),
			[]Quota{quota("203.0.113.7/32", 200*time.Millisecond, 200)},
			[]Quota{quota("203.0.113.7/32", 250*time.Millisecond, 1)},
		},
		{
			addr("2001:db8:1:2::3"),
			[]Quota{quota("2001:db8:1:2::/64", 200*time.Millisecond, 200), quota("2001:db8:1::/48", 100*time.Millisecond, 400)},
			[]Quota{quota("2001:db8:1:2::/64", 250*time.Millisecond, 1), quota("2001:db8:1::/48", 125*time.Millisecond, 2)},
		},
		{addr: addr("198.51.100.9")},
		{addr: netip.Addr{}},
	} {
		connections, sessions := table.Quotas(tt.addr)
		if diff := cmp.Diff(tt.connections, connections, same); diff != "" {
			t.Errorf("%s, connections: %s", tt.addr, diff)
		}
		if diff := cmp.Diff(tt.sessions, sessions, same); diff != "" {
			t.Errorf("%s, sessions: %s", tt.addr, diff)
		}
	}
}
