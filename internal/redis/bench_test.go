//go:build unix

package redis

import (
	"net/netip"
	"slices"
	"syscall"
	"testing"
	"time"

	"lectern/internal/limit"
)

// BenchmarkAdmission compares a table of its own with one that is shared through a Redis on the same machine: how long
// the admission of an address that is new takes, and the processor time of this process for each.
func BenchmarkAdmission(b *testing.B) {
	config := limit.DefaultConfig()
	config.TotalHalfOpen, config.Prefixes = 1<<30, 1<<30
	v4 := func(n uint32) netip.Addr { return netip.AddrFrom4([4]byte{10, byte(n >> 16), byte(n >> 8), byte(n)}) }
	v6 := func(n uint32) netip.Addr {
		return netip.AddrFrom16([16]byte{0x20, 1, byte(n >> 24), byte(n >> 16), byte(n >> 8), byte(n), 15: 1})
	}
	b.Run("table/IPv4", func(b *testing.B) { measure(b, limit.New(config), v4) })
	b.Run("table/IPv6", func(b *testing.B) { measure(b, limit.New(config), v6) })
	d := startRedis(b)
	shared, said := replica(b, d.url(), config)
	b.Run("redis/IPv4", func(b *testing.B) { measure(b, shared, v4) })
	b.Run("redis/IPv6", func(b *testing.B) { measure(b, shared, v6) })
	if said.count(isAway) > 0 {
		b.Errorf("the log says:\n%s", said)
	}
}

func measure(b *testing.B, limiter limit.Limiter, addr func(uint32) netip.Addr) {
	var took []time.Duration
	before := processorTime(b)
	for b.Loop() {
		begun := time.Now()
		grant, err := limiter.Admit(addr(uint32(len(took))), begun)
		took = append(took, time.Since(begun))
		if err != nil {
			b.Fatal(err)
		}
		grant.Release()
	}
	used := processorTime(b) - before
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Nanoseconds())/1e3, "p50-µs")
	b.ReportMetric(float64(took[len(took)*99/100].Nanoseconds())/1e3, "p99-µs")
	b.ReportMetric(float64(used.Nanoseconds())/1e3/float64(len(took)), "cpu-µs/op")
}

// processorTime is what this process has used.
func processorTime(b *testing.B) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
