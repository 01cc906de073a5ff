package metrics

import (
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus/testutil"
	"go.uber.org/goleak"

	"lectern/internal/server"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func config() Config {
	return Config{
		Version:            "1.2.3",
		ConnectionRefusals: []string{"rate", "full"},
		SessionRefusals:    []string{"sessions"},
		Verbs:              []string{"ls", "cat"},
		Library:            func() Library { return Library{Posts: 3, Loaded: time.Unix(1, 5e8)} },
		Renders:            func() Renders { return Renders{Cached: 7} },
		Lost:               func() int64 { return 11 },
		Reads:              func() int64 { return 13 },
	}
}

func TestNamesAndHelpFollowTheConventions(t *testing.T) {
	problems, err := testutil.GatherAndLint(New(config()).registry)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		t.Errorf("%s: %s", p.Metric, p.Text)
	}
}

func TestEachSeriesIsThereFromTheStart(t *testing.T) {
	m := New(config())
	before, err := testutil.GatherAndCount(m.registry)
	if err != nil {
		t.Fatal(err)
	}
	everything(m)
	after, err := testutil.GatherAndCount(m.registry)
	if err != nil {
		t.Fatal(err)
	}
	if before != after || before < 100 {
		t.Errorf("%d series at the start, %d after all was counted", before, after)
	}
}

// everything counts one of each, and of what is in no list.
func everything(m *Metrics) {
	for _, reason := range []string{"rate", "full", "nothing known", "\x1b[2J"} {
		m.ConnectionRefused(reason)
		m.SessionRefused(reason)
		m.Asked(reason)
	}
	m.ConnectionOpened()
	for _, o := range server.Outcomes() {
		m.Handshake(o, time.Second)
	}
	for _, k := range server.Kinds() {
		for _, why := range server.Reasons() {
			m.SessionStarted(k)
			m.SessionEnded(k, why, time.Second, 1)
		}
	}
	m.Moved(1, 1)
	m.Painted(time.Second, time.Second)
	m.Rendered(time.Second)
	m.ConnectionClosed()
}

// BenchmarkSession is all that is counted of one reader who presses 30 keys.
func BenchmarkSession(b *testing.B) {
	m := New(config())
	b.ReportAllocs()
	for b.Loop() {
		m.ConnectionOpened()
		m.Handshake(server.OutcomeDone, time.Millisecond)
		m.SessionStarted(server.KindProgram)
		m.Painted(time.Millisecond, time.Millisecond)
		for range 40 { // 10 packets of the handshake
			m.Moved(100, 0)
			m.Moved(0, 1000)
		}
		m.SessionEnded(server.KindProgram, server.ReasonQuit, time.Minute, 1)
		m.ConnectionClosed()
	}
}
