package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"net/netip"
	"os"
	"os/signal"
	"runtime"
	"runtime/debug"
	"sync"
	"syscall"
	"time"

	"github.com/KimMachineGun/automemlimit/memlimit"
	"github.com/alecthomas/kong"

	"lectern/internal/limit"
	"lectern/internal/proxy"
	"lectern/internal/server"
)

// cacheBytes bounds the rendered documents that are kept: some thousand posts
// in the few widths and themes that are in use.
const cacheBytes = 32 << 20

// heldBytes bounds the rendered documents that anybody reads, the kept ones among
// them: sixty posts of a megabyte, or some thousand usual ones.
const heldBytes = 96 << 20

// roomBytes bounds the posts that are being printed by commands: a thousand of the
// usual length whose readers have stopped, or fifty of a megabyte.
const roomBytes = 96 << 20

// roomShare is what of it one address gets.
const roomShare = roomBytes / 4

// renderWorkers is how many posts are rendered at a time.
func renderWorkers() int { return runtime.GOMAXPROCS(0) }

type serveCmd struct {
	Listen         string        `env:"LECTERN_LISTEN" default:"localhost:2222" placeholder:"HOST:PORT" help:"Address to listen on (${default}). An empty host is every interface."`
	Content        string        `env:"LECTERN_CONTENT" placeholder:"DIR" help:"Folder of posts, read again when it changes. Without one, the posts in the program are served."`
	Hostkeys       string        `env:"LECTERN_HOSTKEYS" default:"hostkeys" placeholder:"DIR" help:"Folder of the host key, which is made there at the first start (${default})."`
	RequireHostkey bool          `env:"LECTERN_REQUIRE_HOSTKEY" help:"Do not start without a host key, where one would be made."`
	Exempt         []string      `env:"LECTERN_EXEMPT" placeholder:"CIDR" help:"Network whose readers are not limited by address, such as a conference hall. May be repeated."`
	TrustProxy     []string      `env:"LECTERN_TRUST_PROXY" placeholder:"CIDR" help:"Network of a load balancer, whose connections must begin with a PROXY protocol header (1 or 2): the reader's address is taken from it. May be repeated."`
	Grace          time.Duration `env:"LECTERN_GRACE" default:"0s" help:"How long those who read may stay after SIGTERM (${default}). Nobody new is let in."`
	HTTP           string        `name:"http" env:"LECTERN_HTTP" placeholder:"HOST:PORT" help:"Address on which operators are told over HTTP how the server does: /metrics for Prometheus, /readyz and /healthz. Not for the public: it has no password. Off unless it is given."`
	Redis          string        `env:"LECTERN_REDIS" placeholder:"URL" help:"Redis or Valkey through which several servers share the limits of connections and sessions per address, as redis://10.0.0.9:6379/0. One with a password belongs in the variable."`
	Idle           time.Duration `env:"LECTERN_IDLE" default:"60m" help:"End a reader's session after this long without a key (${default})."`
}

// Validate implements kong's check of the flags.
func (c *serveCmd) Validate(k *kong.Context) error {
	if err := checkAddress("--listen", c.Listen, "localhost:2222 or :22"); err != nil {
		return err
	}
	if c.HTTP != "" {
		if err := checkAddress("--http", c.HTTP, "localhost:9222"); err != nil {
			return err
		}
	}
	if _, err := networks("--exempt", c.Exempt); err != nil {
		return err
	}
	if _, err := balancers(c.TrustProxy); err != nil {
		return err
	}
	if err := checkRedis(c.Redis, k); err != nil {
		return err
	}
	if c.Hostkeys == "" {
		return errors.New("--hostkeys: name a folder")
	}
	if c.Grace < 0 {
		return fmt.Errorf("--grace %v: less than no time", c.Grace)
	}
	if c.Idle < time.Second {
		return fmt.Errorf("--idle %v: at least 1s", c.Idle)
	}
	return nil
}

// Run implements the command: it serves until the context ends.
func (c *serveCmd) Run(e *env) error {
	signal.Ignore(syscall.SIGPIPE) // a log that nobody reads any more ends no reader's session
	hangups := make(chan os.Signal, 1)
	signal.Notify(hangups, syscall.SIGHUP)
	defer signal.Stop(hangups)
	log, queue := server.NewLog(e.stdout)
	defer queue.Close(time.Second)
	// The SSH library logs through the default logger: panics, and as warnings what clients can make happen at will.
	slog.SetDefault(slog.New(errorsOnly{log.Handler()}))

	limitMemory(log)

	live, err := openLive(c.Content)
	if err != nil {
		return err
	}
	collectSooner(live.Stats().Bytes)

	bounds := server.DefaultBounds()
	bounds.Idle = c.Idle
	table, err := c.table()
	if err != nil {
		return err
	}
	limiter, shared, closeLimiter, err := newLimiter(table, c.Redis, log)
	if err != nil {
		return err
	}
	defer closeLimiter()
	b := newBlogger(live, log)
	defer b.close()
	ready := &readiness{stopping: e.ctx, posts: func() int { return len(b.current().Posts()) }}
	var observer server.Observer
	if c.HTTP != "" {
		m := newMetrics(b, queue, shared)
		observer = m
		http, err := serveHTTP(c.HTTP, m, ready, log)
		if err != nil {
			return err
		}
		defer http.Close()
	}
	door, err := c.door(log)
	if err != nil {
		return err
	}
	defer door.Close()
	// The host key is made last, so that a start that fails leaves none behind.
	keys, err := hostKeys(c.Hostkeys, c.RequireHostkey, log)
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("--require-hostkey: there is no host key in %s; put it there, or make one: lectern keygen --hostkeys %s", c.Hostkeys, c.Hostkeys)
	}
	if err != nil {
		return err
	}
	srv, err := server.New(server.Config{
		Signers:    keys,
		Limits:     limiter,
		Log:        log,
		Program:    b.program,
		Command:    b.command,
		Copies:     isCopy,
		Screen:     isPlace,
		Subsystems: map[string]func(context.Context, *server.Session) int{"sftp": b.sftp},
		Routine:    isHealthCheck,
		Grace:      c.Grace,
		Observer:   observer,
		Bounds:     &bounds,
	})
	if err != nil {
		return err
	}

	ready.open.Store(true)
	log.Info("listening", "addr", door.Addr().String(), "posts", len(b.current().Posts()), "version", version())
	fmt.Fprintf(e.stderr, "Read it with: %s\n", invitation(door.Addr()))

	defer context.AfterFunc(e.ctx, func() { log.Info("stopping", "grace", c.Grace.String()) })()
	ctx, cancel := context.WithCancel(context.WithoutCancel(e.ctx)) // as long as anybody reads
	var beside sync.WaitGroup
	beside.Go(func() { watch(ctx, live, c.Content, log) })
	beside.Go(func() { (&running{table, door, srv, log}).onHangup(ctx, hangups, c, e.args) })
	beside.Go(func() { b.tellPrograms(ctx, srv.Tell, log) })
	beside.Go(func() { countReads(ctx, b.read, log) })
	err = srv.Serve(e.ctx, door)
	ready.open.Store(false)
	cancel()
	await(&beside, time.Second)
	log.Info("stopped")
	return err
}

// limitMemory has Go learn the container's memory limit, or where there is none, the machine's memory. The rest is for what the collector is
// late with: of 512 MiB, under all loads at once, the process was seen to take 428, and with a ratio of 0.85 450.
func limitMemory(log *slog.Logger) {
	provider := memlimit.ApplyFallback(memlimit.FromCgroup, memlimit.FromSystem)
	_, err := memlimit.Set(memlimit.WithProvider(provider), memlimit.WithRatio(0.8), memlimit.WithLogger(slog.New(slog.DiscardHandler)))
	if err != nil {
		log.Warn("memory limit", "error", err)
	}
}

// largeBlog is how many bytes the posts of a large blog have.
const largeBlog = 32 << 20

// collectSooner has garbage collected when it is half of what is reachable, for a
// blog whose posts have so many bytes, if that is a large one. Go waits until it is
// as much; but the texts of a large blog, which are nearly all that is reachable,
// are no measure of the garbage that readers make. What GOGC says goes before.
func collectSooner(posts int64) {
	if posts >= largeBlog && os.Getenv("GOGC") == "" {
		debug.SetGCPercent(50)
	}
}

// table is where readers are counted.
func (c *serveCmd) table() (*limit.Table, error) {
	limits := limit.DefaultConfig()
	var err error
	limits.Exempt, err = networks("--exempt", c.Exempt)
	if err != nil {
		return nil, err
	}
	return limit.New(limits), nil
}

// door opens the door for readers.
func (c *serveCmd) door(log *slog.Logger) (*proxy.Listener, error) {
	trusted, err := balancers(c.TrustProxy)
	if err != nil {
		return nil, err
	}
	ln, err := net.Listen("tcp", c.Listen)
	if err != nil {
		return nil, listenError("--listen", c.Listen, err)
	}
	if len(trusted) > 0 {
		log.Info("PROXY headers are required", "from", trusted)
	}
	return proxy.Listen(ln, trusted), nil
}

// await waits for what ends soon, unless it waits for a disk that is gone.
func await(beside *sync.WaitGroup, patience time.Duration) {
	over := make(chan struct{})
	go func() {
		beside.Wait()
		close(over)
	}()
	select {
	case <-over:
	case <-time.After(patience):
	}
}

// errorsOnly logs errors alone.
type errorsOnly struct{ slog.Handler }

// Enabled implements slog.Handler.
func (errorsOnly) Enabled(_ context.Context, level slog.Level) bool { return level >= slog.LevelError }

// invitation is the line to type to read the blog that listens on addr.
func invitation(addr net.Addr) string {
	host, port, _ := net.SplitHostPort(addr.String())
	if a, err := netip.ParseAddr(host); err != nil || a.IsLoopback() || a.IsUnspecified() {
		host = "localhost"
	}
	if port == "22" {
		return "ssh " + host
	}
	return "ssh -p " + port + " " + host
}

// listenError says what to do about an address that cannot be listened on.
func listenError(flag, addr string, err error) error {
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return fmt.Errorf("%s %s: the address is in use; stop what listens there, or choose another port", flag, addr)
	case errors.Is(err, syscall.EADDRNOTAVAIL):
		return fmt.Errorf("%s %s: this machine has no such address (yet); name one of its own, or none for all", flag, addr)
	case errors.Is(err, os.ErrPermission):
		return fmt.Errorf("%s %s: not permitted; ports below 1024 need a capability (CAP_NET_BIND_SERVICE)", flag, addr)
	}
	return fmt.Errorf("%s %s: %w", flag, addr, err)
}
