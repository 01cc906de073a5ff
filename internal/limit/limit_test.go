package limit

import (
	"errors"
	"fmt"
	"net/netip"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func config(change func(*Config)) Config {
	c := DefaultConfig()
	change(&c)
	return c
}

func addr(s string) netip.Addr { return netip.MustParseAddr(s) }

// refused returns the reason of a refusal, or "" when there is none.
func refused(t interface{ Fatalf(string, ...any) }, err error) string {
	if err == nil {
		return ""
	}
	var r *Refusal
	if !errors.As(err, &r) || r.Message == "" {
		t.Fatalf("not a refusal: %#v", err)
	}
	return r.Reason
}

func TestPrefixIsWhatOneHostHas(t *testing.T) {
	for in, want := range map[string]string{
		"203.0.113.7":          "203.0.113.7/32",
		"::ffff:203.0.113.7":   "203.0.113.7/32",
		"2001:db8:1:2:3:4:5:6": "2001:db8:1:2::/64",
		"fe80::1%eth0":         "fe80::/64",
	} {
		if got := Prefix(addr(in)).String(); got != want {
			t.Errorf("%s: got %s, want %s", in, got, want)
		}
	}
	if got := Prefix(netip.Addr{}); got.IsValid() {
		t.Errorf("no address: got %s", got)
	}
}

func TestAHallBehindOneAddressGetsIn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		table := New(DefaultConfig())
		for i := range 200 { // all in the same instant
			g, err := table.Admit(addr("203.0.113.7"), time.Now())
			if err != nil {
				t.Fatalf("reader %d: %v", i+1, err)
			}
			g.Established()
			if err := table.Session(addr("203.0.113.7"), time.Now()); err != nil {
				t.Fatalf("reader %d: %v", i+1, err)
			}
		}
		if _, err := table.Admit(addr("203.0.113.7"), time.Now()); refused(t, err) != "rate" {
			t.Errorf("one more got %v", err)
		}
		if _, err := table.Admit(addr("203.0.113.8"), time.Now()); err != nil {
			t.Errorf("the neighbour got %v", err)
		}
	})
}

func TestRateRefusesForAsLongAsItSays(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		table := New(config(func(c *Config) { c.Rate, c.Burst = 0.5, 3 }))
		admit := func() error {
			g, err := table.Admit(addr("2001:db8::1"), time.Now())
			if err == nil {
				g.Release()
			}
			return err
		}
		for range 3 {
			if err := admit(); err != nil {
				t.Fatal(err)
			}
		}
		var r *Refusal
		if !errors.As(admit(), &r) || r.Reason != "rate" || r.Wait != 2*time.Second || r.Message != "Too many connections from your address. Please try again in 2 seconds." {
			t.Fatalf("got %+v", r)
		}
		time.Sleep(r.Wait - time.Nanosecond)
		if err := admit(); err == nil {
			t.Error("admitted too soon")
		}
		time.Sleep(time.Nanosecond)
		if err := admit(); err != nil {
			t.Errorf("not admitted after the wait: %v", err)
		}
		time.Sleep(time.Hour) // fills to the burst, and no further
		for i := range 4 {
			if err := admit(); (err == nil) != (i < 3) {
				t.Errorf("connection %d after an hour: %v", i+1, err)
			}
		}
	})
}

func TestANetworkOfAddressesIsOne(t *testing.T) {
	table := New(config(func(c *Config) { c.Rate, c.Burst = 0.001, 1 }))
	now := time.Now()
	for i, tt := range []struct{ addr, want string }{
		{"2001:db8::1", ""},
		{"2001:db8::2", "rate"},
		{"2001:db8:0:0:ffff::9", "rate"},
		{"2001:db8:0:1::1", ""},
		{"203.0.113.7", ""},
		{"::ffff:203.0.113.7", "rate"},
		{"203.0.113.8", ""},
	} {
		_, err := table.Admit(addr(tt.addr), now)
		if got := refused(t, err); got != tt.want {
			t.Errorf("%d, %s: got %q, want %q", i, tt.addr, got, tt.want)
		}
	}
}

func TestFreshAddressesDoNotMakeAnOffenderForgotten(t *testing.T) {
	table := New(config(func(c *Config) { c.Rate, c.Burst, c.Prefixes = 0.001, 1, 10 }))
	now := time.Now()
	offender := addr("203.0.113.7")
	if _, err := table.Admit(offender, now); err != nil {
		t.Fatal(err)
	}
	for i := range 1000 {
		_, _ = table.Admit(netip.AddrFrom4([4]byte{10, 0, byte(i >> 8), byte(i)}), now)
		if _, err := table.Admit(offender, now); refused(t, err) != "rate" {
			t.Fatalf("after %d others: %v", i, err)
		}
	}
	if len(table.accounts) > 10 {
		t.Errorf("%d prefixes are remembered", len(table.accounts))
	}
}

func TestAFullTableSharesOneAccount(t *testing.T) {
	table := New(config(func(c *Config) { c.Rate, c.Burst, c.Prefixes = 0.001, 2, 2 }))
	now := time.Now()
	var got []string
	for _, a := range []string{"10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.4", "10.0.0.5", "10.0.0.1"} {
		_, err := table.Admit(addr(a), now)
		got = append(got, refused(t, err))
	}
	if diff := cmp.Diff([]string{"", "", "", "", "rate", ""}, got); diff != "" {
		t.Error(diff)
	}
}

func TestWhoHasLeftIsForgotten(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		table := New(DefaultConfig())
		for i := range 1000 {
			g, err := table.Admit(netip.AddrFrom4([4]byte{10, 0, byte(i >> 8), byte(i)}), time.Now())
			if err != nil {
				t.Fatal(err)
			}
			g.Release()
			time.Sleep(time.Second) // one connection is worth 0.2 s
		}
		if n := len(table.accounts); n > 2*sweep {
			t.Errorf("%d prefixes are remembered", n)
		}
	})
}

func TestCapsAndTotals(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		table := New(config(func(c *Config) {
			c.HalfOpen, c.Established, c.TotalHalfOpen, c.Total = 2, 3, 4, 6
			c.Exempt = []netip.Prefix{netip.MustParsePrefix("192.0.2.0/24")}
		}))
		table.random = func() float64 { return 1 } // nobody is turned away at random
		var grants []*Grant
		admit := func(a string) string {
			g, err := table.Admit(addr(a), time.Now())
			if err == nil {
				grants = append(grants, g)
			}
			return refused(t, err)
		}
		step := func(what, got, want string) {
			t.Helper()
			if got != want {
				t.Errorf("%s: got %q, want %q", what, got, want)
			}
		}
		step("first", admit("203.0.113.7"), "")
		step("second", admit("203.0.113.7"), "")
		step("third half-open", admit("203.0.113.7"), "half-open")
		grants[0].Established()
		step("after one is through", admit("203.0.113.7"), "")
		grants[1].Established()
		grants[2].Established()
		step("beyond the established", admit("203.0.113.7"), "established")
		grants[0].Release()
		grants[0].Release()
		grants[0].Established()
		step("after one has gone", admit("203.0.113.7"), "")
		for range 3 {
			step("exempt", admit("192.0.2.1"), "")
		}
		step("exempt, beyond the total", admit("192.0.2.1"), "full")
		step("another, beyond the total", admit("203.0.113.9"), "full")
		for _, g := range grants {
			g.Release()
		}
		if table.total != 0 || table.halfOpen != 0 {
			t.Errorf("left: %d, %d", table.total, table.halfOpen)
		}
	})
}

func TestSessionsAreLimitedButForTheExempt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		table := New(config(func(c *Config) {
			c.SessionRate, c.SessionBurst = 1, 2
			c.Exempt = []netip.Prefix{netip.MustParsePrefix("2001:db8:1::/48")}
		}))
		for i, want := range []string{"", "", "sessions"} {
			if got := refused(t, table.Session(addr("203.0.113.7"), time.Now())); got != want {
				t.Errorf("session %d: got %q, want %q", i+1, got, want)
			}
			if err := table.Session(addr("2001:db8:1:2::3"), time.Now()); err != nil {
				t.Errorf("exempt: %v", err)
			}
		}
		time.Sleep(time.Second)
		if err := table.Session(addr("203.0.113.7"), time.Now()); err != nil {
			t.Errorf("a second later: %v", err)
		}
	})
}

func TestASiteMayDoTwiceWhatOneOfItsNetworksMay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		table := New(config(func(c *Config) { c.HalfOpen, c.Established, c.SessionRate, c.SessionBurst = 2, 3, 0.001, 4 }))
		admit := func(network int) (*Grant, string) {
			g, err := table.Admit(addr(fmt.Sprintf("2001:db8:0:%x::1", network)), time.Now())
			return g, refused(t, err)
		}
		var grants []*Grant
		for i, want := range []string{"", "", "", "", "half-open", "half-open"} {
			g, got := admit(i)
			if got != want {
				t.Errorf("half-open, network %d: got %q, want %q", i, got, want)
			}
			grants = append(grants, g)
		}
		if _, err := table.Admit(addr("2001:db8:1::1"), time.Now()); err != nil {
			t.Errorf("the site next to it: %v", err)
		}
		for _, g := range grants[:4] {
			g.Established()
		}
		for i, want := range []string{"", "", "established"} {
			g, got := admit(10 + i)
			if got != want {
				t.Errorf("established, network %d: got %q, want %q", i, got, want)
			}
			if g != nil {
				g.Established()
			}
		}
		for i := range 9 {
			want := ""
			if i == 8 {
				want = "sessions"
			}
			if got := refused(t, table.Session(addr(fmt.Sprintf("2001:db8:0:%x::1", i)), time.Now())); got != want {
				t.Errorf("session %d: got %q, want %q", i, got, want)
			}
		}
	})
}

func TestOffendersWaitAndOthersDoNot(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		table := New(DefaultConfig())
		const offender, neighbour = "203.0.113.7", "203.0.113.8"
		admit := func(a string) (*Grant, *Refusal) {
			g, err := table.Admit(addr(a), time.Now())
			var r *Refusal
			errors.As(err, &r)
			return g, r
		}
		offend := func() {
			t.Helper()
			g, r := admit(offender)
			if r != nil {
				t.Fatal(r)
			}
			g.Offend()
			g.Offend()
			g.Release()
		}
		offend()
		time.Sleep(6 * time.Second)
		offend() // 4 + 10 s: less than is asked for
		g, r := admit(offender)
		if r != nil {
			t.Fatalf("after two: %v", r)
		}
		g.Offend()
		g.Release()
		_, r = admit(offender)
		if r == nil || r.Reason != "penalty" || r.Wait != 24*time.Second || r.Message != "Too many connections from your address broke off or broke the rules. Please try again in 24 seconds." {
			t.Fatalf("after three: %+v", r)
		}
		if _, r := admit(neighbour); r != nil {
			t.Errorf("the neighbour: %v", r)
		}
		time.Sleep(24*time.Second - time.Nanosecond)
		if _, r := admit(offender); r == nil {
			t.Error("let in before the end")
		}
		time.Sleep(time.Nanosecond)
		if _, r := admit(offender); r != nil {
			t.Errorf("at the end: %v", r)
		}
		for range 200 { // at once, so that all are in before the first offends
			g, r := admit("198.51.100.1")
			if r != nil {
				t.Fatal(r)
			}
			defer g.Offend()
		}
	})
}

func TestThePenaltyHasAnEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		table := New(DefaultConfig())
		var grants []*Grant
		for range 200 {
			g, err := table.Admit(addr("203.0.113.7"), time.Now())
			if err != nil {
				t.Fatal(err)
			}
			grants = append(grants, g)
		}
		for _, g := range grants {
			g.Offend()
			g.Release()
		}
		_, err := table.Admit(addr("203.0.113.7"), time.Now())
		if r := new(Refusal); !errors.As(err, &r) || r.Wait != 10*time.Minute {
			t.Fatalf("got %v", err)
		}
		time.Sleep(10 * time.Minute)
		if _, err := table.Admit(addr("203.0.113.7"), time.Now()); err != nil {
			t.Error(err)
		}
	})
}

// A hall with bad lines: most get through, some do not in time.
func TestAHallIsNotShutForSomeWhoDoNotGetThrough(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		table := New(DefaultConfig())
		for i := range 200 {
			g, err := table.Admit(addr("203.0.113.7"), time.Now())
			if err != nil {
				t.Fatalf("reader %d: %v", i+1, err)
			}
			if i%3 == 0 {
				g.Offend()
				g.Release()
			} else {
				g.Established()
			}
			time.Sleep(time.Minute / 200)
		}
	})
}

func TestWhoGetsThroughAndThenOffendsMakesUpForNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		table := New(DefaultConfig())
		for range 2 {
			g, err := table.Admit(addr("203.0.113.7"), time.Now())
			if err != nil {
				t.Fatal(err)
			}
			g.Established()
			g.Offend()
			g.Release()
		}
		if _, err := table.Admit(addr("203.0.113.7"), time.Now()); refused(t, err) != "penalty" {
			t.Errorf("got %v", err)
		}
	})
}

func TestTheMoreAreHalfOpenTheMoreAreTurnedAway(t *testing.T) {
	for _, tt := range []struct {
		halfOpen int
		random   float64
		want     string
	}{
		{511, 0, ""},
		{512, 0.29, "crowded"},
		{512, 0.31, ""},
		{768, 0.64, "crowded"},
		{768, 0.66, ""},
		{1023, 0.99, "crowded"},
		{1024, 1, "full"},
	} {
		table := New(DefaultConfig())
		table.random = func() float64 { return tt.random }
		table.halfOpen = tt.halfOpen
		_, err := table.Admit(addr("203.0.113.7"), time.Now())
		if got := refused(t, err); got != tt.want {
			t.Errorf("%d half-open, chance %v: got %q, want %q", tt.halfOpen, tt.random, got, tt.want)
		}
		if a := table.accounts[Prefix(addr("203.0.113.7"))]; tt.want == "crowded" && a.connected != 0 {
			t.Errorf("%d half-open: who is turned away has paid for it", tt.halfOpen)
		}
	}
}

func TestWhoSharesAnAccountDoesNotWaitForAnother(t *testing.T) {
	table := New(config(func(c *Config) { c.Prefixes = 1 }))
	now := time.Now()
	if _, err := table.Admit(addr("10.0.0.1"), now); err != nil {
		t.Fatal(err)
	}
	for range 10 {
		g, err := table.Admit(addr("10.0.0.2"), now)
		if err != nil {
			t.Fatal(err)
		}
		g.Offend()
	}
	if _, err := table.Admit(addr("10.0.0.3"), now); err != nil {
		t.Error(err)
	}
}

func TestConfigWithoutALimitIsInvalid(t *testing.T) {
	if err := DefaultConfig().Validate(); err != nil {
		t.Error(err)
	}
	for i, change := range []func(*Config){
		func(c *Config) { c.Rate = 0 },
		func(c *Config) { c.Burst = -1 },
		func(c *Config) { c.Prefixes = 0 },
		func(c *Config) { c.Offence = 0 },
		func(c *Config) { c.PenaltyMin = 0 },
		func(c *Config) { c.PenaltyMax = -1 },
		func(c *Config) { c.Exempt = []netip.Prefix{{}} },
	} {
		if err := config(change).Validate(); err == nil {
			t.Errorf("config %d passes", i)
		}
	}
}

// Whatever happens, the counters are the sums of what is held, and never more than the limits.
func TestCountersAreTheSums(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		table := New(config(func(c *Config) { c.HalfOpen, c.Established, c.TotalHalfOpen, c.Total, c.Prefixes = 3, 4, 8, 12, 3 }))
		type held struct {
			*Grant
			state grantState
		}
		var grants []*held
		now := time.Now()
		t.Repeat(map[string]func(*rapid.T){
			"admit": func(t *rapid.T) {
				g, err := table.Admit(netip.AddrFrom4([4]byte{10, 0, 0, rapid.Byte().Draw(t, "addr") % 6}), now)
				if refused(t, err) == "" {
					grants = append(grants, &held{Grant: g})
				}
			},
			"move": func(t *rapid.T) {
				if len(grants) == 0 {
					t.Skip()
				}
				g := grants[rapid.IntRange(0, len(grants)-1).Draw(t, "grant")]
				if rapid.Bool().Draw(t, "release") {
					g.Release()
					g.state = gone
				} else {
					g.Established()
					g.state = max(g.state, open)
				}
			},
			"wait": func(t *rapid.T) { now = now.Add(time.Duration(rapid.IntRange(0, 1e9).Draw(t, "ns"))) },
			"": func(t *rapid.T) {
				half, all := 0, 0
				for _, g := range grants {
					switch g.state {
					case halfOpen:
						half++
						all++
					case open:
						all++
					}
				}
				if table.halfOpen != half || table.total != all || half > 8 || all > 12 {
					t.Fatalf("counted %d of %d, held %d of %d", table.halfOpen, table.total, half, all)
				}
				if len(table.accounts) > 3 {
					t.Fatalf("%d accounts", len(table.accounts))
				}
			},
		})
	})
}

func TestTableIsSafeForConcurrentUse(t *testing.T) {
	table := New(DefaultConfig())
	var wait sync.WaitGroup
	for i := range 8 {
		wait.Go(func() {
			for j := range 200 {
				a := netip.AddrFrom4([4]byte{10, 0, byte(i), byte(j % 10)})
				if g, err := table.Admit(a, time.Now()); err == nil {
					g.Established()
					_ = table.Session(a, time.Now())
					g.Release()
				}
			}
		})
	}
	wait.Wait()
	if table.total != 0 {
		t.Errorf("%d left", table.total)
	}
}

func TestEveryFormOfNetworkExempts(t *testing.T) {
	for network, reader := range map[string]string{
		"10.0.0.0/8":          "10.1.1.1",
		"192.0.2.7/32":        "192.0.2.7",
		"::ffff:10.0.0.0/104": "10.1.1.1",
		"2001:db8::/32":       "2001:db8:1::5",
		"2001:db8::5/128":     "2001:db8::5",
		"fe80::/10":           "fe80::1%eth0",
	} {
		c := DefaultConfig()
		c.Exempt = []netip.Prefix{netip.MustParsePrefix(network)}
		table, now := New(c), time.Now()
		for i := range 2 * c.Burst {
			grant, err := table.Admit(netip.MustParseAddr(reader), now)
			if err != nil {
				t.Errorf("%s does not exempt %s: connection %d: %v", network, reader, i+1, err)
				break
			}
			grant.Established()
			grant.Release()
		}
	}
}

func TestExemptNetworksCanBeReplaced(t *testing.T) {
	table := New(Config{
		Rate: 0.001, Burst: 1, HalfOpen: 9, Established: 9, SessionRate: 0.001, SessionBurst: 1, Offence: 1, PenaltyMin: 1, PenaltyMax: 1,
		TotalHalfOpen: 99, Total: 99, Prefixes: 9, Exempt: []netip.Prefix{netip.MustParsePrefix("192.0.2.0/24")},
	})
	admitted := func(addr string) bool {
		n := 0
		for range 3 {
			if g, err := table.Admit(netip.MustParseAddr(addr), time.Now()); err == nil {
				n++
				g.Release()
			}
		}
		return n == 3
	}
	if !admitted("192.0.2.1") || admitted("198.51.100.1") {
		t.Error("the exempt are not those of the config")
	}
	table.SetExempt([]netip.Prefix{netip.MustParsePrefix("::ffff:203.0.113.0/120")})
	if admitted("192.0.2.1") || !admitted("203.0.113.1") {
		t.Error("the exempt are not those that were set")
	}
}
