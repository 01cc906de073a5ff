package main

import (
	"bytes"
	"context"
	"io"
	"net"
	"net/netip"
	"runtime"
	"sync"
	"testing"

	"golang.org/x/crypto/ssh"

	"lectern/internal/limit"
	"lectern/internal/server"
)

// TestReadersLeaveNothingBehind lets readers in to the real screens and out
// again, in each way there is, and counts goroutines.
func TestReadersLeaveNothingBehind(t *testing.T) {
	addr := serveHere(t)
	ways := map[string]func(*screen){
		"quit":         func(s *screen) { s.press("q") },
		"quit twice":   func(s *screen) { s.press("\rqq") },
		"drop":         func(s *screen) {},
		"keys at quit": func(s *screen) { s.press("jjj\r   ?qqqqjkjkjk") },
	}
	visit := func(leave func(*screen)) {
		for range 25 {
			s := connect(t, addr)
			if !within(patience, func() bool { return s.shows("Lectern") }) {
				t.Fatal("the list is not shown")
			}
			leave(s)
			s.client.Close()
		}
	}
	visit(ways["quit"]) // what is made once is made now
	before := settled() // the lexers' clock runs on for a while
	for name, leave := range ways {
		visit(leave)
		visit(leave)
		if !within(patience, func() bool { return runtime.NumGoroutine() <= before }) {
			t.Errorf("%s: %d goroutines, there were %d", name, runtime.NumGoroutine(), before)
		}
	}
}

// serveHere serves the embedded posts in this process and returns the address.
func serveHere(t testing.TB) string {
	t.Helper()
	return serveFolder(t, "")
}

// serveFolder is serveHere for the posts of a folder.
func serveFolder(t testing.TB, dir string) string {
	t.Helper()
	key, _, err := server.HostKey(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	live, err := openLive(dir)
	if err != nil {
		t.Fatal(err)
	}
	limits := limit.DefaultConfig()
	limits.Exempt = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}
	b := newBlogger(live, nil)
	t.Cleanup(b.close)
	return serveWith(t, server.Config{
		Signers:    []ssh.Signer{key},
		Limits:     limit.New(limits),
		Program:    b.program,
		Command:    b.command,
		Screen:     isPlace,
		Subsystems: map[string]func(context.Context, *server.Session) int{"sftp": b.sftp},
	})
}

// serveWith serves until the test ends, and returns the address.
func serveWith(t testing.TB, config server.Config) (addr string) {
	t.Helper()
	srv, err := server.New(config)
	if err != nil {
		t.Fatal(err)
	}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	over := make(chan error, 1)
	go func() { over <- srv.Serve(ctx, ln) }()
	t.Cleanup(func() {
		stop()
		if err := <-over; err != nil {
			t.Error(err)
		}
	})
	return ln.Addr().String()
}

// A screen is a reader's terminal: what was written to it.
type screen struct {
	client *ssh.Client
	keys   io.Writer

	mu    sync.Mutex
	shown bytes.Buffer
}

func (s *screen) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.shown.Write(p)
}

func (s *screen) shows(text string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return bytes.Contains(s.shown.Bytes(), []byte(text))
}

// press presses keys; a session that has ended takes none.
func (s *screen) press(keys string) { _, _ = io.WriteString(s.keys, keys) }

// connect opens the blog on an 80×24 terminal.
func connect(t *testing.T, addr string) *screen {
	t.Helper()
	client, err := ssh.Dial("tcp", addr, &ssh.ClientConfig{User: "reader", HostKeyCallback: ssh.InsecureIgnoreHostKey()})
	if err != nil {
		t.Fatal(err)
	}
	session, err := client.NewSession()
	if err != nil {
		t.Fatal(err)
	}
	s := &screen{client: client}
	session.Stdout = s
	if s.keys, err = session.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	if err := session.RequestPty("xterm-256color", 24, 80, nil); err != nil {
		t.Fatal(err)
	}
	if err := session.Shell(); err != nil {
		t.Fatal(err)
	}
	return s
}
