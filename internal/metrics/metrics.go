// Package metrics is the operator's view of a running server: what happens in it, counted for Prometheus, and whether it
// is alive and ready.
//
// The rules are:
//
//   - what sessions and connections do is told by the server, to an Observer; what other rooms hold is asked for when
//     somebody scrapes;
//   - each value of a label is one of a list that is known when the program starts: nothing that a client or an author
//     sent names one, and what is in no list is counted as "other";
//   - each series is there from the start, at zero, so that the first of a kind is seen as a change.
package metrics

import (
	"runtime"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"

	"lectern/internal/server"
)

// Config is what New needs. Everything but Shared is required; the functions are called with each scrape, also by several at a time.
type Config struct {
	Version            string   // of the program
	ConnectionRefusals []string // the reasons of the limits
	SessionRefusals    []string // the same for sessions; those of the server are known
	Verbs              []string

	Library func() Library
	Renders func() Renders
	Lost    func() int64 // log lines, ever
	Reads   func() int64 // posts opened by readers, ever
	Shared  func() bool  // whether limits are shared through Redis now; nil where they are not meant to be
}

// A Metrics counts what it is told. It is a server's Observer. Safe for concurrent use.
type Metrics struct {
	registry *prometheus.Registry

	connections        prometheus.Gauge
	connectionsRefused counters
	handshakes         map[server.Outcome]prometheus.Observer
	in, out            prometheus.Counter

	sessions        map[server.Kind]prometheus.Gauge
	started         map[server.Kind]prometheus.Counter
	ended           map[server.Kind]map[server.Reason]prometheus.Counter
	sessionsRefused counters
	lasted          map[server.Kind]prometheus.Observer
	painted         prometheus.Observer
	connected       prometheus.Observer

	commands counters
	rendered prometheus.Histogram
}

var _ server.Observer = (*Metrics)(nil)

// Buckets, in seconds. A frame is painted in 10 ms next door, in a second half-way around the earth, and in ten where
// somebody is asked whether to trust the key.
var (
	paintBuckets  = []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10}
	renderBuckets = []float64{.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5}
	lastedBuckets = []float64{1, 10, 60, 300, 900, 1800, 3600, 7200}
)

// New returns metrics at zero.
func New(c Config) *Metrics {
	m := &Metrics{registry: prometheus.NewRegistry()}
	m.registry.MustRegister(
		collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
		&asked{c},
	)
	m.gauge("lectern_build_info", "What was built, and with which Go; always 1.", "version", "go").
		WithLabelValues(c.Version, runtime.Version()).Set(1)

	m.connections = m.gauge("lectern_connections", "Connections that are open.").WithLabelValues()
	m.connectionsRefused = m.counters("lectern_connections_refused_total", "Connections turned away before any cryptography, by what limit.", "reason", c.ConnectionRefusals)
	handshakes := m.histogram("lectern_handshake_seconds", "Time from accepting a connection to the end of its handshake, by what came of it. A reader who is asked whether to trust the key takes part of it.", paintBuckets, "outcome")
	m.handshakes = make(map[server.Outcome]prometheus.Observer)
	for _, o := range server.Outcomes() {
		m.handshakes[o] = handshakes.WithLabelValues(string(o))
	}
	m.in = m.counter("lectern_received_bytes_total", "Bytes that clients sent, as they are on the network.").WithLabelValues()
	m.out = m.counter("lectern_sent_bytes_total", "Bytes sent to clients, as they are on the network.").WithLabelValues()

	sessions := m.gauge("lectern_sessions", "Sessions that run, by what they are for: program is a reader at the screens, routine a health check.", "kind")
	started := m.counter("lectern_sessions_started_total", "Sessions that began, by what they are for.", "kind")
	ended := m.counter("lectern_sessions_ended_total", "Sessions that ended, by what they were for, and why.", "kind", "why")
	lasted := m.histogram("lectern_session_seconds", "How long sessions lasted, by what they were for.", lastedBuckets, "kind")
	m.sessions, m.started = make(map[server.Kind]prometheus.Gauge), make(map[server.Kind]prometheus.Counter)
	m.ended, m.lasted = make(map[server.Kind]map[server.Reason]prometheus.Counter), make(map[server.Kind]prometheus.Observer)
	for _, k := range server.Kinds() {
		m.sessions[k], m.started[k], m.lasted[k] = sessions.WithLabelValues(string(k)), started.WithLabelValues(string(k)), lasted.WithLabelValues(string(k))
		m.ended[k] = make(map[server.Reason]prometheus.Counter)
		for _, why := range server.Reasons() {
			m.ended[k][why] = ended.WithLabelValues(string(k), string(why))
		}
	}
	m.sessionsRefused = m.counters("lectern_sessions_refused_total", "Sessions turned away, by why.", "reason", append(server.SessionRefusals(), c.SessionRefusals...))
	m.painted = m.histogram("lectern_session_first_frame_seconds", "Time from the start of a session at the screens until its first frame was written, which is the server's part of what a reader waits for.", paintBuckets).WithLabelValues()
	m.connected = m.histogram("lectern_connection_first_frame_seconds", "Time from accepting a connection until the first frame was written. The network and a reader who is asked whether to trust the key are part of it.", paintBuckets).WithLabelValues()

	m.commands = m.counters("lectern_commands_total", "Commands, by verb; place is a place without a verb, other is what nobody knows.", "verb", c.Verbs)
	m.rendered = m.histogram("lectern_render_seconds", "Time that rendering a post took.", renderBuckets).WithLabelValues().(prometheus.Histogram)
	return m
}

// ConnectionRefused implements server.Observer, as do the next eight.
func (m *Metrics) ConnectionRefused(reason string) { m.connectionsRefused.of(reason).Inc() }

func (m *Metrics) ConnectionOpened() { m.connections.Inc() }

func (m *Metrics) ConnectionClosed() { m.connections.Dec() }

func (m *Metrics) Handshake(outcome server.Outcome, took time.Duration) {
	m.handshakes[outcome].Observe(took.Seconds())
}

func (m *Metrics) Moved(in, out int) {
	if in > 0 {
		m.in.Add(float64(in))
	}
	if out > 0 {
		m.out.Add(float64(out))
	}
}

func (m *Metrics) SessionRefused(reason string) { m.sessionsRefused.of(reason).Inc() }

func (m *Metrics) SessionStarted(kind server.Kind) {
	m.started[kind].Inc()
	m.sessions[kind].Inc()
}

func (m *Metrics) Painted(session, connection time.Duration) {
	m.painted.Observe(session.Seconds())
	if connection > 0 {
		m.connected.Observe(connection.Seconds())
	}
}

func (m *Metrics) SessionEnded(kind server.Kind, why server.Reason, lasted time.Duration, _ int64) {
	m.sessions[kind].Dec()
	m.ended[kind][why].Inc()
	m.lasted[kind].Observe(lasted.Seconds())
}

// Asked notes that a reader asked for a verb. One that is not among those of the config is counted as "other".
func (m *Metrics) Asked(verb string) { m.commands.of(verb).Inc() }

// Rendered notes that a post was rendered.
func (m *Metrics) Rendered(took time.Duration) { m.rendered.Observe(took.Seconds()) }

// Counters are one for each value of their label, and one for all others.
type counters struct {
	known map[string]prometheus.Counter
	other prometheus.Counter
}

func (c counters) of(value string) prometheus.Counter {
	if counter, ok := c.known[value]; ok {
		return counter
	}
	return c.other
}

func (m *Metrics) counters(name, help, label string, values []string) counters {
	all := m.counter(name, help, label)
	c := counters{make(map[string]prometheus.Counter), all.WithLabelValues("other")}
	for _, v := range values {
		c.known[v] = all.WithLabelValues(v)
	}
	return c
}

func (m *Metrics) counter(name, help string, labels ...string) *prometheus.CounterVec {
	c := prometheus.NewCounterVec(prometheus.CounterOpts{Name: name, Help: help}, labels)
	m.registry.MustRegister(c)
	return c
}

func (m *Metrics) gauge(name, help string, labels ...string) *prometheus.GaugeVec {
	g := prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: name, Help: help}, labels)
	m.registry.MustRegister(g)
	return g
}

func (m *Metrics) histogram(name, help string, buckets []float64, labels ...string) *prometheus.HistogramVec {
	h := prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: name, Help: help, Buckets: buckets}, labels)
	m.registry.MustRegister(h)
	return h
}
