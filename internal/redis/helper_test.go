//go:build unix

package redis

import (
	"bytes"
	"log/slog"
	"net"
	"net/netip"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"lectern/internal/limit"
)

// patience bounds every wait of the tests.
const patience = 20 * time.Second

// need skips the test, or fails it where LECTERN_TEST_ALL says that nothing may be skipped, when a program is not
// installed.
func need(t testing.TB, program string) {
	t.Helper()
	if _, err := exec.LookPath(program); err != nil {
		if os.Getenv("LECTERN_TEST_ALL") != "" {
			t.Fatalf("%s is not installed", program)
		}
		t.Skipf("%s is not installed: this test needs it", program)
	}
}

// soon waits for something to happen, and fails when it does not.
func soon(t testing.TB, what string, holds func() bool) {
	t.Helper()
	deadline := time.Now().Add(patience)
	for !holds() {
		if time.Now().After(deadline) {
			t.Fatalf("still not: %s", what)
		}
		time.Sleep(5 * time.Millisecond)
	}
}

// A daemon is a real Redis on a port of its own.
type daemon struct {
	t    testing.TB
	port string
	args []string
	cmd  *exec.Cmd
	// client is the test's own way in.
	client *goredis.Client
}

// startRedis starts a Redis that keeps nothing on disk; it ends with the test.
func startRedis(t testing.TB, args ...string) *daemon {
	t.Helper()
	need(t, "redis-server")
	d := &daemon{t: t, port: freePort(t), args: args}
	d.client = goredis.NewClient(&goredis.Options{Addr: d.addr()})
	t.Cleanup(func() {
		_ = d.client.Close()
		d.kill()
	})
	d.start()
	return d
}

func (d *daemon) addr() string { return "127.0.0.1:" + d.port }
func (d *daemon) url() string  { return "redis://" + d.addr() }

func (d *daemon) start() {
	d.t.Helper()
	d.cmd = exec.Command("redis-server", append([]string{
		"--port", d.port, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", d.t.TempDir(),
	}, d.args...)...)
	if err := d.cmd.Start(); err != nil {
		d.t.Fatal(err)
	}
	// An answer, and be it that a password is wanted: Redis listens on this port before its others, and on its socket last.
	soon(d.t, "Redis answers", func() bool {
		c, err := net.DialTimeout("tcp", d.addr(), patience)
		if err != nil {
			return false
		}
		defer c.Close()
		_ = c.SetDeadline(time.Now().Add(patience))
		_, _ = c.Write([]byte("PING\r\n"))
		n, _ := c.Read(make([]byte, 1))
		return n == 1
	})
}

func (d *daemon) kill() {
	if d.cmd != nil {
		_ = d.cmd.Process.Kill()
		_ = d.cmd.Wait()
		d.cmd = nil
	}
}

func (d *daemon) signal(s syscall.Signal) {
	if err := d.cmd.Process.Signal(s); err != nil {
		d.t.Fatal(err)
	}
}

// do has Redis do something, and returns its answer.
func (d *daemon) do(args ...any) any {
	d.t.Helper()
	said, err := d.client.Do(d.t.Context(), args...).Result()
	if err != nil {
		d.t.Fatalf("%v: %v", args, err)
	}
	return said
}

// freePort returns a port on which nothing listens.
func freePort(t testing.TB) string {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	_, port, _ := net.SplitHostPort(ln.Addr().String())
	return port
}

// A diary is a log that can be read.
type diary struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (d *diary) Write(p []byte) (int, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.text.Write(p)
}

func (d *diary) String() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.text.String()
}

// count is how many lines say so.
func (d *diary) count(words string) int { return strings.Count(d.String(), words) }

// What the log says when Redis is lost and found.
const (
	isAway = "Redis is away"
	isBack = "Redis is back"
)

// slow are limits under which a test sees no refill: five at once, and the next after a quarter of an hour.
func slow() limit.Config {
	c := limit.DefaultConfig()
	c.Rate, c.Burst = 0.001, 5
	c.SessionRate, c.SessionBurst = 0.001, 5
	return c
}

// replica returns a limiter as each of several servers has one, and its log. It is more patient with Redis, for a machine
// that is busy with other tests is no news.
func replica(t testing.TB, url string, config limit.Config) (*Limiter, *diary) {
	t.Helper()
	return replicaWith(t, url, config, 5*time.Second)
}

// hasty is replica with the patience of servers.
func hasty(t testing.TB, url string, config limit.Config) (*Limiter, *diary) {
	t.Helper()
	return replicaWith(t, url, config, Patience)
}

func replicaWith(t testing.TB, url string, config limit.Config, patience time.Duration) (*Limiter, *diary) {
	t.Helper()
	address, err := ParseURL(url)
	if err != nil {
		t.Fatal(err)
	}
	said := new(diary)
	l := begin(address, limit.New(config), slog.New(slog.NewTextHandler(said, nil)), patience)
	t.Cleanup(l.Close)
	return l, said
}

func addr(s string) netip.Addr { return netip.MustParseAddr(s) }

// admitted is how many of n connections from an address a limiter lets in.
func admitted(l limit.Limiter, from string, n int) int {
	in := 0
	for range n {
		if _, err := l.Admit(addr(from), time.Now()); err == nil {
			in++
		}
	}
	return in
}
