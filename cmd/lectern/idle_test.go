package main

import (
	"sync/atomic"
	"testing"
	"time"
)

// How many readers do nothing, for how long.
const (
	idleReaders = 50
	idleTime    = 5 * time.Second
)

// A tally counts bytes. Safe for concurrent use.
type tally struct{ atomic.Int64 }

func (t *tally) Write(p []byte) (int, error) {
	t.Add(int64(len(p)))
	return len(p), nil
}

// idle returns the bytes that some readers get while they do nothing, in all,
// and how often a second, for each of them, a thread of this process goes to
// sleep. Go does not tell how often it wakes a goroutine, but one that runs takes
// a thread out of its sleep. The readers' own side counts as well.
func idle(tb testing.TB, addr string) (got int64, wakeups float64) {
	tb.Helper()
	came := make([]tally, idleReaders)
	for i := range came {
		client := dialHere(tb, addr)
		tb.Cleanup(func() { _ = client.Close() })
		shell(tb, client, "", &came[i])
	}
	sum := func() (all int64) {
		for i := range came {
			all += came[i].Load()
		}
		return all
	}
	painted := func() bool {
		for i := range came {
			if came[i].Load() == 0 {
				return false
			}
		}
		return true
	}
	if !within(patience, painted) {
		tb.Fatal("a list is not shown")
	}
	// What begins with a session, such as the wait for its terminal's answers, ends.
	for last := int64(-1); last != sum(); {
		last = sum()
		<-time.After(time.Second)
	}
	bytes, slept := sum(), sleeps(tb)
	<-time.After(idleTime)
	return sum() - bytes, float64(sleeps(tb)-slept) / idleReaders / idleTime.Seconds()
}
