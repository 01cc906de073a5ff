package metrics

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"runtime/debug"
	"time"

	"github.com/prometheus/client_golang/prometheus/promhttp"
	"golang.org/x/net/netutil"
)

// What one who asks over HTTP may take. Nobody but a few machines of the operator's should be able to.
const (
	maxConnections = 32 // the others wait in the system's queue
	maxHeader      = 4 << 10
	maxScrapes     = 4 // at a time; the others are told to come back
	headerTimeout  = 3 * time.Second
	readTimeout    = 5 * time.Second
	writeTimeout   = 10 * time.Second
)

// A Server answers over HTTP until it is closed:
//
//	/healthz   200 while the process is alive
//	/readyz    200 when readers are let in and have something to read, else 503 and why
//	/metrics   Prometheus' text
type Server struct {
	http http.Server
	over chan struct{} // closed when it answers no more
}

// Serve starts to answer on l, which the server closes. ready says why readers are not served, nil when they are.
func (m *Metrics) Serve(l net.Listener, ready func() error, log *slog.Logger) *Server {
	s := &Server{over: make(chan struct{}), http: http.Server{
		Handler:                      m.handler(ready),
		ReadHeaderTimeout:            headerTimeout,
		ReadTimeout:                  readTimeout,
		WriteTimeout:                 writeTimeout,
		MaxHeaderBytes:               maxHeader,
		DisableGeneralOptionsHandler: true,
		ErrorLog:                     slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}}
	s.http.SetKeepAlivesEnabled(false) // whoever keeps some dozens would keep all others out
	go func() {
		defer close(s.over)
		defer func() {
			if v := recover(); v != nil {
				log.Error("HTTP is no longer served", "panic", fmt.Sprint(v), "stack", string(debug.Stack()))
			}
		}()
		if err := s.http.Serve(netutil.LimitListener(l, maxConnections)); !errors.Is(err, http.ErrServerClosed) {
			log.Error("HTTP is no longer served", "error", err.Error())
		}
	}()
	return s
}

// Close ends the server at once, and what it answers.
func (s *Server) Close() {
	_ = s.http.Close()
	<-s.over
}

// handler answers GET and HEAD; the mux refuses all other methods, for there are no patterns with them.
func (m *Metrics) handler(ready func() error) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { answer(w, http.StatusOK, "ok") })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, _ *http.Request) {
		if err := ready(); err != nil {
			answer(w, http.StatusServiceUnavailable, err.Error())
			return
		}
		answer(w, http.StatusOK, "ok")
	})
	mux.Handle("GET /metrics", promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{
		MaxRequestsInFlight: maxScrapes,
		OfferedCompressions: []promhttp.Compression{promhttp.Identity, promhttp.Gzip},
	}))
	return mux
}

// answer writes one line.
func answer(w http.ResponseWriter, status int, line string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(status)
	_, _ = fmt.Fprintln(w, line) // a client that has gone needs none
}
