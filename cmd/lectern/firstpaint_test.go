package main

import (
	"errors"
	"io"
	"net"
	"slices"
	"testing"
	"time"

	floorssh "github.com/gliderlabs/ssh"

	"lectern/internal/server"
)

// fewestDials is how often each side of a race is dialed at least.
const fewestDials = 30

// A race compares the time from dialing to the painted list with the floor: a
// bare gliderlabs/ssh server that writes the same bytes and does nothing else.
// The two are dialed in turn, by the same client, which answers nothing. What was
// dialed stays open, so that nobody is measured while somebody else hangs up.
type race struct {
	tb                  testing.TB
	oursAddr, floorAddr string
	size                int // bytes of the list
	ours, floor         []time.Duration
}

func newRace(tb testing.TB, addr string) *race {
	tb.Helper()
	list := openWire(tb, addr, "", "1 of ").painted
	r := &race{tb: tb, oursAddr: addr, floorAddr: serveFloor(tb, list), size: len(list)}
	r.paint(r.oursAddr) // what is made once is made now
	r.paint(r.floorAddr)
	return r
}

// serveFloor starts the least that a Go SSH server can be, and returns its address.
func serveFloor(tb testing.TB, screen string) string {
	tb.Helper()
	key, _, err := server.HostKey(tb.TempDir())
	if err != nil {
		tb.Fatal(err)
	}
	srv := &floorssh.Server{
		HostSigners: []floorssh.Signer{key},
		Handler: func(s floorssh.Session) {
			_, _ = io.WriteString(s, screen)
			<-s.Context().Done()
		},
	}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		tb.Fatal(err)
	}
	over := make(chan error, 1)
	go func() { over <- srv.Serve(ln) }()
	tb.Cleanup(func() {
		_ = srv.Close()
		if err := <-over; !errors.Is(err, floorssh.ErrServerClosed) {
			tb.Error(err)
		}
	})
	return ln.Addr().String()
}

// run dials both once.
func (r *race) run() {
	r.tb.Helper()
	r.ours = append(r.ours, r.paint(r.oursAddr))
	r.floor = append(r.floor, r.paint(r.floorAddr))
}

// paint returns the time from dialing until the list is there.
func (r *race) paint(addr string) time.Duration {
	r.tb.Helper()
	start := time.Now()
	client := dialHere(r.tb, addr)
	r.tb.Cleanup(func() { _ = client.Close() })
	screen := &awaited{size: r.size, came: make(chan time.Time, 1)}
	shell(r.tb, client, "", screen)
	select {
	case at := <-screen.came:
		return at.Sub(start)
	case <-time.After(patience):
		r.tb.Fatalf("waited %v for the first paint", patience)
		panic("unreachable")
	}
}

// An awaited screen tells when all of it has come.
type awaited struct {
	size int
	came chan time.Time
}

func (a *awaited) Write(p []byte) (int, error) {
	if a.size > 0 && len(p) >= a.size {
		a.came <- time.Now()
	}
	a.size -= len(p)
	return len(p), nil
}

// at returns the times that this share of the dials did not take longer than.
func (r *race) at(share float64) (ours, floor time.Duration) {
	slices.Sort(r.ours)
	slices.Sort(r.floor)
	i := min(int(share*float64(len(r.ours))), len(r.ours)-1)
	return r.ours[i], r.floor[i]
}

// BenchmarkFirstPaint reports the time until a silent terminal shows the list,
// and that of the floor, in milliseconds.
func BenchmarkFirstPaint(b *testing.B) {
	r := newRace(b, serveHere(b))
	for range max(b.N, fewestDials) {
		r.run()
	}
	ours, floor := r.at(0.5)
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(milliseconds(ours), "ms-p50")
	b.ReportMetric(milliseconds(floor), "floor-ms-p50")
	b.ReportMetric(ours.Seconds()/floor.Seconds(), "ratio-p50")
	ours, floor = r.at(0.99)
	b.ReportMetric(milliseconds(ours), "ms-p99")
	b.ReportMetric(milliseconds(floor), "floor-ms-p99")
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
