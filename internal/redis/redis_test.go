//go:build unix

package redis

import (
	"errors"
	"fmt"
	"net/netip"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"lectern/internal/limit"
)

func TestTwoReplicasHoldOneLimit(t *testing.T) {
	d := startRedis(t)
	config := slow()
	config.Burst, config.SessionBurst = 40, 30
	a, _ := replica(t, d.url(), config)
	b, _ := replica(t, d.url(), config)

	var in, sessions atomic.Int32
	var work sync.WaitGroup
	for i := range 60 { // each replica alone would let in 30
		l := []*Limiter{a, b}[i%2]
		work.Go(func() {
			if _, err := l.Admit(addr("203.0.113.7"), time.Now()); err == nil {
				in.Add(1)
			} else if r := new(limit.Refusal); !errors.As(err, &r) || r.Reason != "rate" {
				t.Errorf("refused with %v", err)
			}
			if err := l.Session(addr("203.0.113.8"), time.Now()); err == nil {
				sessions.Add(1)
			} else if r := new(limit.Refusal); !errors.As(err, &r) || r.Reason != "sessions" {
				t.Errorf("session refused with %v", err)
			}
		})
	}
	work.Wait()
	if in.Load() != 40 || sessions.Load() != 30 {
		t.Errorf("%d connections and %d sessions are let in, want 40 and 30", in.Load(), sessions.Load())
	}
	if got := admitted(a, "203.0.113.9", 1); got != 1 {
		t.Error("the neighbour is refused")
	}
}

func TestAfterTheBurstComesTheRate(t *testing.T) {
	d := startRedis(t)
	config := slow()
	config.Rate, config.Burst = 4, 3
	a, _ := replica(t, d.url(), config)
	b, _ := replica(t, d.url(), config)
	begun := time.Now()
	in := 0
	for time.Since(begun) < 2*time.Second {
		in += admitted(a, "203.0.113.7", 1) + admitted(b, "203.0.113.7", 1)
	}
	// Three at once, and one each quarter of a second; the last of them may be a moment late.
	if took := time.Since(begun).Seconds(); float64(in) > 3+4*took || in < 3+7 {
		t.Errorf("%d in %.2f s", in, took)
	}
}

func TestARefusalSaysWhatTheTableWouldSay(t *testing.T) {
	d := startRedis(t)
	config := limit.DefaultConfig()
	config.Rate, config.Burst = 0.5, 1
	config.SessionRate, config.SessionBurst = 0.5, 1
	a, _ := replica(t, d.url(), config)
	b, _ := replica(t, d.url(), config)
	for _, tt := range []struct {
		name string
		ask  func(limit.Limiter) error
	}{
		{"connection", func(l limit.Limiter) error { _, err := l.Admit(addr("203.0.113.7"), time.Now()); return err }},
		{"session", func(l limit.Limiter) error { return l.Session(addr("203.0.113.7"), time.Now()) }},
	} {
		table := limit.New(config)
		if err := errors.Join(tt.ask(table), tt.ask(a)); err != nil {
			t.Fatal(err)
		}
		var want, got *limit.Refusal
		if !errors.As(tt.ask(table), &want) || !errors.As(tt.ask(b), &got) {
			t.Fatalf("%s: %v, the table %v", tt.name, got, want)
		}
		if d := want.Wait - got.Wait; d < -time.Second || d > time.Second {
			t.Errorf("%s: to wait %v, the table says %v", tt.name, got.Wait, want.Wait)
		}
		got.Wait = want.Wait
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", tt.name, diff)
		}
	}
}

func TestWhomRedisRefusesHoldsNoPlace(t *testing.T) {
	d := startRedis(t)
	config := slow()
	a, _ := replica(t, d.url(), config)
	config.HalfOpen = 1
	b, _ := replica(t, d.url(), config)
	if got := admitted(a, "203.0.113.7", 5); got != 5 {
		t.Fatalf("%d are let in", got)
	}
	for range 3 {
		var r *limit.Refusal
		if _, err := b.Admit(addr("203.0.113.7"), time.Now()); !errors.As(err, &r) || r.Reason != "rate" {
			t.Errorf("refused with %v", err)
		}
	}
}

func TestTheSamePrefixesAsTheTable(t *testing.T) {
	d := startRedis(t)
	config := slow()
	config.Burst = 2
	config.Exempt = []netip.Prefix{netip.MustParsePrefix("198.51.100.0/24")}
	a, _ := replica(t, d.url(), config)
	b, _ := replica(t, d.url(), config)
	table := limit.New(config)
	for i, from := range []string{
		"203.0.113.7", "::ffff:203.0.113.7", "203.0.113.7", // one address
		"2001:db8:1:1::1", "2001:db8:1:1::2", "2001:db8:1:1::3", // one /64
		"2001:db8:1:2::1", "2001:db8:1:3::1", "2001:db8:1:4::1", // its /48, at twice
		"2001:db8:2::1",
		"198.51.100.1", "198.51.100.1", "198.51.100.1", "198.51.100.1",
	} {
		_, want := table.Admit(addr(from), time.Now())
		_, got := []*Limiter{a, b}[i%2].Admit(addr(from), time.Now())
		if (got == nil) != (want == nil) {
			t.Errorf("%d, %s: got %v, the table alone says %v", i, from, got, want)
		}
	}
}

func TestAHallThroughTwoReplicasGetsIn(t *testing.T) {
	d := startRedis(t)
	a, _ := replica(t, d.url(), limit.DefaultConfig())
	b, _ := replica(t, d.url(), limit.DefaultConfig())
	var work sync.WaitGroup
	for i := range 200 {
		l := []*Limiter{a, b}[i%2]
		work.Go(func() {
			if _, err := l.Admit(addr("203.0.113.7"), time.Now()); err != nil {
				t.Errorf("reader %d: %v", i, err)
			}
			if err := l.Session(addr("203.0.113.7"), time.Now()); err != nil {
				t.Errorf("reader %d: %v", i, err)
			}
		})
	}
	work.Wait()
}

func TestTimeIsRedisOwn(t *testing.T) {
	d := startRedis(t)
	config := slow() // five at once, and the table can be asked for an hour ago: it has 4,000 s of them
	a, _ := replica(t, d.url(), config)
	b, _ := replica(t, d.url(), config)
	in := 0
	for range 5 {
		for l, clock := range map[*Limiter]time.Time{a: time.Now(), b: time.Now().Round(0).Add(-time.Hour)} {
			if _, err := l.Admit(addr("203.0.113.7"), clock); err == nil {
				in++
			}
		}
	}
	if in != 5 {
		t.Errorf("%d are let in by two clocks, want 5", in)
	}
}

func TestARedisClockThatWasSetBackRefusesNobody(t *testing.T) {
	d := startRedis(t)
	config := limit.DefaultConfig()
	a, said := replica(t, d.url(), config)
	const key = "lectern:rate:connect:203.0.113.7/32"
	admitted(a, "203.0.113.7", 1)
	at, err := d.client.Get(t.Context(), key).Float64()
	if err != nil {
		t.Fatal(err)
	}
	d.do("SET", key, fmt.Sprintf("%.6f", at+3600)) // what it would hold if the clock had then been set back an hour
	if got := admitted(a, "203.0.113.7", 3); got != 3 {
		t.Errorf("%d of 3 are let in", got)
	}
	if at, err := d.client.Get(t.Context(), key).Float64(); err != nil || at > 3600+float64(time.Now().Unix()-1483228800)-60 {
		t.Errorf("the key holds %f (%v)", at, err)
	}
	if said.count(isAway) != 0 {
		t.Errorf("the log says:\n%s", said)
	}
}

func TestKeysExpire(t *testing.T) {
	d := startRedis(t)
	a, _ := replica(t, d.url(), limit.DefaultConfig())
	ttl := func(from string) time.Duration {
		return d.client.PTTL(t.Context(), "lectern:rate:connect:"+from).Val()
	}
	admitted(a, "203.0.113.7", 1)
	if got := ttl("203.0.113.7/32"); got <= 0 || got > time.Second {
		t.Errorf("after one connection a key lives for %v", got)
	}
	admitted(a, "203.0.113.8", 300)
	if got := ttl("203.0.113.8/32"); got <= 30*time.Second || got > 41*time.Second {
		t.Errorf("after all of the burst a key lives for %v", got)
	}
	for _, key := range d.do("KEYS", "*").([]any) {
		if d.client.PTTL(t.Context(), key.(string)).Val() <= 0 {
			t.Errorf("%s does not expire", key)
		}
		if !strings.HasPrefix(key.(string), "lectern:") {
			t.Errorf("%s is under another name", key)
		}
	}
}
