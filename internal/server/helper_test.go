package server

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/json"
	"io"
	"log/slog"
	"net"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"go.uber.org/goleak"
	gossh "golang.org/x/crypto/ssh"

	"lectern/internal/limit"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// patience is how long a test waits for what must happen.
const patience = 20 * time.Second

// eventually waits until ok is true.
func eventually(t testing.TB, what string, ok func() bool) {
	t.Helper()
	tick := time.NewTicker(2 * time.Millisecond)
	defer tick.Stop()
	late := time.After(patience)
	for !ok() {
		select {
		case <-tick.C:
		case <-late:
			t.Fatalf("waited %v, and still not: %s", patience, what)
		}
	}
}

// soon waits for something to happen, and fails when it takes longer than limit.
func soon(t testing.TB, limit time.Duration, what string, happened <-chan struct{}) {
	t.Helper()
	select {
	case <-happened:
	case <-time.After(limit):
		t.Fatalf("waited %v, and still not: %s", limit, what)
	}
}

// receive waits for a value.
func receive[T any](t testing.TB, c <-chan T) T {
	t.Helper()
	select {
	case v := <-c:
		return v
	case <-time.After(patience):
		t.Fatalf("waited %v for a value", patience)
		panic("unreachable")
	}
}

// cutOff waits until the server has ended a client's connection.
func cutOff(t testing.TB, client *gossh.Client) {
	t.Helper()
	gone := make(chan struct{})
	go func() {
		defer close(gone)
		_ = client.Wait()
	}()
	soon(t, patience, "connection ended", gone)
}

// A probe is a program that records what it is told.
type probe struct {
	update func(tea.Msg) tea.Cmd
	view   func() tea.View
}

func (p *probe) Init() tea.Cmd { return nil }

func (p *probe) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if p.update != nil {
		return p, p.update(msg)
	}
	return p, quitOnQ(msg)
}

func (p *probe) View() tea.View {
	if p.view != nil {
		return p.view()
	}
	return tea.NewView("hello reader")
}

// quitOnQ is what the simplest program does.
func quitOnQ(msg tea.Msg) tea.Cmd {
	if key, ok := msg.(tea.KeyPressMsg); ok && key.String() == "q" {
		return tea.Quit
	}
	return nil
}

// A bench is a server that runs for a test, and what it logged.
type bench struct {
	t      testing.TB
	server *Server
	addr   string
	stop   context.CancelFunc
	over   chan struct{} // closed when Serve has returned
	log    *buffer
}

type setting func(*Config, *limit.Config)

func withBounds(change func(*Bounds)) setting {
	return func(c *Config, _ *limit.Config) { change(c.Bounds) }
}

func withProgram(program func(context.Context, *Session) tea.Model) setting {
	return func(c *Config, _ *limit.Config) { c.Program = program }
}

func withUpdate(update func(tea.Msg) tea.Cmd) setting {
	return withProgram(func(context.Context, *Session) tea.Model { return &probe{update: update} })
}

func withCommand(command func(context.Context, *Session) int) setting {
	return func(c *Config, _ *limit.Config) { c.Command = command }
}

func withLimits(change func(*limit.Config)) setting {
	return func(_ *Config, l *limit.Config) { change(l) }
}

var testSigner = sync.OnceValue(func() gossh.Signer {
	_, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		panic(err)
	}
	signer, err := gossh.NewSignerFromKey(key)
	if err != nil {
		panic(err)
	}
	return signer
})

// serve starts a server on a port of its own, which ends with the test.
func serve(t testing.TB, settings ...setting) *bench {
	t.Helper()
	bounds := DefaultBounds()
	bounds.Handshake, bounds.NoSession, bounds.Setup = time.Hour, time.Hour, time.Hour // each test sets what it is about
	limits := limit.DefaultConfig()
	limits.Rate, limits.Burst, limits.SessionRate, limits.SessionBurst = 1e6, 1e6, 1e6, 1e6
	limits.Established = 1e6
	log := &buffer{}
	config := Config{
		Signers: []gossh.Signer{testSigner()},
		Program: func(context.Context, *Session) tea.Model { return &probe{} },
		Command: func(_ context.Context, s *Session) int {
			_, _ = io.WriteString(s.Out, "index\n")
			return 0
		},
		Log:    slog.New(slog.NewJSONHandler(log, nil)),
		Bounds: &bounds,
	}
	for _, set := range settings {
		set(&config, &limits)
	}
	config.Limits = limit.New(limits)
	server, err := New(config)
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	b := &bench{t: t, server: server, addr: l.Addr().String(), stop: stop, over: make(chan struct{}), log: log}
	go func() {
		defer close(b.over)
		if err := server.Serve(ctx, smallBuffers{l}); err != nil {
			t.Errorf("Serve: %v", err)
		}
	}()
	t.Cleanup(func() {
		stop()
		soon(t, patience, "Serve returns", b.over)
	})
	return b
}

// smallBuffers keeps the kernel from taking megabytes for a client that reads nothing.
type smallBuffers struct{ net.Listener }

func (l smallBuffers) Accept() (net.Conn, error) {
	nc, err := l.Listener.Accept()
	if err == nil {
		_ = nc.(*net.TCPConn).SetWriteBuffer(32 << 10)
	}
	return nc, err
}

// logged returns the log's lines of a message.
func (b *bench) logged(message string) (lines []map[string]any) {
	for line := range strings.Lines(b.log.String()) {
		var m map[string]any
		if err := json.Unmarshal([]byte(line), &m); err != nil {
			b.t.Fatalf("log line %q: %v", line, err)
		}
		if m["msg"] == message {
			lines = append(lines, m)
		}
	}
	return lines
}

// ended waits for n sessions to have ended, and returns the reasons.
func (b *bench) ended(n int) (reasons []Reason) {
	b.t.Helper()
	eventually(b.t, "sessions ended", func() bool { return len(b.logged("session ended")) >= n })
	for _, line := range b.logged("session ended") {
		reasons = append(reasons, Reason(line["why"].(string)))
	}
	return reasons
}

// dial makes a TCP connection that ends with the test.
func (b *bench) dial() net.Conn {
	b.t.Helper()
	nc, err := net.Dial("tcp", b.addr)
	if err != nil {
		b.t.Fatal(err)
	}
	b.t.Cleanup(func() { _ = nc.Close() })
	return nc
}

// client makes an SSH connection that ends with the test.
func (b *bench) client() *gossh.Client {
	b.t.Helper()
	return b.clientOver(b.dial())
}

func (b *bench) clientOver(nc net.Conn) *gossh.Client {
	b.t.Helper()
	conn, chans, reqs, err := gossh.NewClientConn(nc, b.addr, &gossh.ClientConfig{
		User:            "reader",
		HostKeyCallback: gossh.FixedHostKey(testSigner().PublicKey()),
	})
	if err != nil {
		b.t.Fatal(err)
	}
	client := gossh.NewClient(conn, chans, reqs)
	b.t.Cleanup(func() { _ = client.Close() })
	return client
}

// channel opens a session channel, on which nothing is asked for yet.
func (b *bench) channel(client *gossh.Client) (gossh.Channel, <-chan *gossh.Request) {
	b.t.Helper()
	ch, reqs, err := client.OpenChannel("session", nil)
	if err != nil {
		b.t.Fatal(err)
	}
	return ch, reqs
}

// A reader is a session with a terminal, and what the terminal was sent.
type reader struct {
	*gossh.Session
	t      testing.TB
	client *gossh.Client
	keys   io.Writer
	screen *buffer
	gone   chan struct{} // closed when the channel has ended
}

type ptyRequest struct {
	Term                          string
	Width, Height, PixelW, PixelH uint32
	Modes                         string
}

// reader opens the program on a connection of its own.
func (b *bench) reader() *reader {
	b.t.Helper()
	return b.readerOn(b.client())
}

func (b *bench) readerOn(client *gossh.Client) *reader {
	b.t.Helper()
	s, err := client.NewSession()
	if err != nil {
		b.t.Fatal(err)
	}
	r := &reader{Session: s, t: b.t, client: client, screen: &buffer{}, gone: make(chan struct{})}
	s.Stdout = r.screen
	if r.keys, err = s.StdinPipe(); err != nil {
		b.t.Fatal(err)
	}
	if err := s.RequestPty("xterm", 24, 80, nil); err != nil {
		b.t.Fatal(err)
	}
	if err := s.Shell(); err != nil {
		b.t.Fatal(err)
	}
	go func() {
		defer close(r.gone)
		_ = s.Wait()
	}()
	return r
}

// press sends keys.
func (r *reader) press(keys string) {
	r.t.Helper()
	if _, err := io.WriteString(r.keys, keys); err != nil {
		r.t.Fatalf("press %.20q: %v", keys, err)
	}
}

// sees waits until the terminal was sent a text.
func (r *reader) sees(text string) {
	r.t.Helper()
	eventually(r.t, "reader sees "+text, func() bool { return strings.Contains(r.screen.String(), text) })
}

// left waits until the session has ended.
func (r *reader) left() {
	r.t.Helper()
	soon(r.t, patience, "session ended", r.gone)
}

// restored fails unless the terminal was left as it was.
func (r *reader) restored() {
	r.t.Helper()
	screen := r.screen.String()
	for _, mode := range []string{"1049", "2004", "2048", "1000", "1006"} {
		if strings.LastIndex(screen, "\x1b[?"+mode+"h") > strings.LastIndex(screen, "\x1b[?"+mode+"l") {
			r.t.Errorf("terminal is left in mode %s: %q", mode, screen)
		}
	}
}

// A buffer is a bytes.Buffer for several goroutines.
type buffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *buffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}

func (b *buffer) Len() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Len()
}

// descriptors counts the open files of the process.
func descriptors(t testing.TB) int {
	t.Helper()
	dir, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Skip("no /proc to count descriptors in")
	}
	return len(dir)
}
