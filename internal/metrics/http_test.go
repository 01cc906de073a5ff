package metrics

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// patience is how long a test waits for what must happen.
const patience = 20 * time.Second

// listen serves m over HTTP until the test ends, and returns the address. ready is nil for a server that always is.
func listen(t *testing.T, m *Metrics, ready func() error) string {
	t.Helper()
	if ready == nil {
		ready = func() error { return nil }
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := m.Serve(l, ready, slog.New(slog.DiscardHandler))
	t.Cleanup(s.Close)
	return l.Addr().String()
}

// ask makes a request on a connection of its own.
func ask(t *testing.T, method, addr, path string) (status int, body string) {
	t.Helper()
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}, Timeout: patience}
	defer client.CloseIdleConnections()
	request, err := http.NewRequestWithContext(t.Context(), method, "http://"+addr+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	response, err := client.Do(request)
	if err != nil {
		t.Fatalf("%s %s: %v", method, path, err)
	}
	defer response.Body.Close()
	b, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatalf("%s %s: %v", method, path, err)
	}
	return response.StatusCode, string(b)
}

func TestAnswers(t *testing.T) {
	var ready atomic.Pointer[error]
	none := error(nil)
	ready.Store(&none)
	addr := listen(t, New(config()), func() error { return *ready.Load() })
	for _, tt := range []struct {
		method, path string
		status       int
		says         string
	}{
		{"GET", "/healthz", 200, "ok\n"},
		{"GET", "/readyz", 200, "ok\n"},
		{"GET", "/metrics", 200, "lectern_library_posts 3\n"},
		{"GET", "/metrics", 200, "lectern_library_loaded_timestamp_seconds 1.5\n"},
		{"GET", "/metrics", 200, "go_goroutines "},
		{"GET", "/metrics", 200, "process_resident_memory_bytes "},
		{"HEAD", "/healthz", 200, ""},
		{"HEAD", "/metrics", 200, ""},
		{"POST", "/healthz", 405, "Method Not Allowed"},
		{"PUT", "/metrics", 405, "Method Not Allowed"},
		{"DELETE", "/readyz", 405, "Method Not Allowed"},
		{"OPTIONS", "/metrics", 405, "Method Not Allowed"},
		{"GET", "/", 404, "not found"},
		{"GET", "/debug/pprof/", 404, "not found"},
		{"GET", "/metrics/", 404, "not found"},
	} {
		status, body := ask(t, tt.method, addr, tt.path)
		if status != tt.status || !strings.Contains(body, tt.says) {
			t.Errorf("%s %s: %d %.200q, want %d %q", tt.method, tt.path, status, body, tt.status, tt.says)
		}
	}

	stopping := errors.New("stopping")
	ready.Store(&stopping)
	if status, body := ask(t, "GET", addr, "/readyz"); status != 503 || body != "stopping\n" {
		t.Errorf("not ready: %d %q", status, body)
	}
	if status, _ := ask(t, "GET", addr, "/healthz"); status != 200 {
		t.Errorf("alive and not ready: %d", status)
	}
}

// say opens a connection and sends what is no request of a kind client.
func say(t *testing.T, addr, bytes string) net.Conn {
	t.Helper()
	c, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	_ = c.SetDeadline(time.Now().Add(patience))
	if _, err := io.WriteString(c, bytes); err != nil {
		t.Fatal(err)
	}
	return c
}

func TestALongHeaderIsRefused(t *testing.T) {
	addr := listen(t, New(config()), nil)
	c := say(t, addr, "GET /healthz HTTP/1.1\r\nHost: x\r\nX: "+strings.Repeat("x", 12<<10)+"\r\n\r\n")
	if line, err := bufio.NewReader(c).ReadString('\n'); err != nil || !strings.Contains(line, "431") {
		t.Errorf("got %q, %v, want status 431", line, err)
	}
}

func TestSilenceAndSlownessEnd(t *testing.T) {
	addr := listen(t, New(config()), nil)
	for name, sent := range map[string]string{
		"silent":            "",
		"half a header":     "GET /healthz HTTP/1.1\r\nHost:",
		"a body that stays": "GET /metrics HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := say(t, addr, sent)
			if _, err := io.Copy(io.Discard, c); errors.Is(err, os.ErrDeadlineExceeded) {
				t.Errorf("the connection is still open after %v", patience)
			}
		})
	}
}

func TestConnectionsAreBounded(t *testing.T) {
	addr := listen(t, New(config()), nil)
	var kept []net.Conn
	for range maxConnections {
		kept = append(kept, say(t, addr, "GET /healthz HTTP/1.1\r\nHost:"))
	}
	more := say(t, addr, "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
	_ = more.SetReadDeadline(time.Now().Add(200 * time.Millisecond))
	if n, err := more.Read(make([]byte, 1)); n > 0 || err == nil {
		t.Error("one connection more is answered")
	}
	_ = kept[0].Close()
	_ = more.SetReadDeadline(time.Now().Add(patience))
	if line, err := bufio.NewReader(more).ReadString('\n'); err != nil || !strings.Contains(line, "200") {
		t.Errorf("when one has gone: %q, %v", line, err)
	}
}

func TestAConnectionIsForOneQuestion(t *testing.T) {
	addr := listen(t, New(config()), nil)
	c := say(t, addr, "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
	if _, err := io.Copy(io.Discard, c); err != nil {
		t.Errorf("the connection stays: %v", err)
	}
}

func TestScrapesAtATimeAreBounded(t *testing.T) {
	c := config()
	inside, release := make(chan struct{}, 100), make(chan struct{})
	c.Lost = func() int64 {
		inside <- struct{}{}
		<-release
		return 0
	}
	m := &Metrics{}
	done := make(chan struct{})
	go func() { defer close(done); m = New(c) }() // Describe asks once
	<-inside
	release <- struct{}{}
	<-done
	addr := listen(t, m, nil)
	statuses := make(chan int, maxScrapes+1)
	for range maxScrapes {
		go func() {
			response, err := http.Get(fmt.Sprintf("http://%s/metrics", addr))
			if err != nil {
				statuses <- 0
				return
			}
			_ = response.Body.Close()
			statuses <- response.StatusCode
		}()
		<-inside
	}
	if status, _ := ask(t, "GET", addr, "/metrics"); status != 503 {
		t.Errorf("one more scrape: %d, want 503", status)
	}
	close(release)
	for range maxScrapes {
		if status := <-statuses; status != 200 {
			t.Errorf("a scrape: %d, want 200", status)
		}
	}
	http.DefaultClient.CloseIdleConnections()
}
