package server

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	gossh "golang.org/x/crypto/ssh"

	"lectern/internal/limit"
)

// closed waits until the server has closed nc.
func closed(t *testing.T, nc net.Conn) {
	t.Helper()
	gone := make(chan struct{})
	go func() {
		defer close(gone)
		_, _ = io.Copy(io.Discard, nc)
	}()
	soon(t, patience, "connection closed", gone)
}

func TestSilentConnectionIsClosed(t *testing.T) {
	b := serve(t, withBounds(func(b *Bounds) { b.Handshake = 100 * time.Millisecond }))
	closed(t, b.dial())
}

func TestHandshakeCannotBeDrawnOut(t *testing.T) {
	b := serve(t, withBounds(func(b *Bounds) { b.Handshake = 300 * time.Millisecond }))
	nc := b.dial()
	stop := make(chan struct{})
	var trickle sync.WaitGroup
	trickle.Go(func() { // a byte at a time, and never an end of the version
		tick := time.NewTicker(20 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
				_, _ = nc.Write([]byte("S"))
			case <-stop:
				return
			}
		}
	})
	closed(t, nc)
	close(stop)
	trickle.Wait()
}

func TestWhoSaysSomethingBeforeTheVersionIsCutOff(t *testing.T) {
	b := serve(t)
	for _, text := range []string{"\n", "GET / HTTP/1.1\r\n", "SSH\n"} {
		nc := b.dial()
		if _, err := io.WriteString(nc, text); err != nil {
			t.Fatal(err)
		}
		cut := make(chan struct{})
		go func() {
			defer close(cut)
			_, _ = io.Copy(io.Discard, nc)
		}()
		soon(t, patience, fmt.Sprintf("cut off after %q", text), cut)
	}
}

// What happens without is seen by the siege, in the goroutines that a mistake leaves.
func TestTheLibrarysQueueOfPacketsIsKnownAndEmptiedAtTheEnd(t *testing.T) {
	b := serve(t)
	client := b.client()
	var c *conn
	b.server.mu.Lock()
	for c = range b.server.conns {
	}
	b.server.mu.Unlock()
	c.mu.Lock()
	incoming := c.incoming
	c.mu.Unlock()
	if got := cap(incoming); got != 16 {
		t.Fatalf("a queue of %d packets, want 16: has golang.org/x/crypto changed?", got)
	}
	_ = client.Close()
	eventually(t, "the queue is closed", func() bool {
		select {
		case _, open := <-incoming:
			return !open
		default:
			return false
		}
	})
}

func TestConnectionWithoutASessionIsClosed(t *testing.T) {
	b := serve(t, withBounds(func(b *Bounds) { b.NoSession = 150 * time.Millisecond }))
	cutOff(t, b.client()) // never had one

	r := b.reader()
	r.sees("hello")
	select { // has one
	case <-r.gone:
		t.Fatal("a session was taken for none")
	case <-time.After(400 * time.Millisecond):
	}
	r.press("q")
	r.left()
	cutOff(t, r.client) // has no more
}

func TestHandshakeMakesAConnectionEstablished(t *testing.T) {
	b := serve(t, withLimits(func(c *limit.Config) { c.HalfOpen = 1 }))
	b.client()
	b.client()
	first := bufio.NewReader(b.dial()) // half-open
	if line, _ := first.ReadString('\n'); line != "SSH-2.0-Lectern\r\n" {
		t.Errorf("a half-open connection got %q", line)
	}
	line, _ := bufio.NewReader(b.dial()).ReadString('\n')
	if !strings.Contains(line, "starting at once") {
		t.Errorf("a second half-open connection got %q", line)
	}
}

func TestClosedConnectionGivesItsPlaceBack(t *testing.T) {
	b := serve(t, withLimits(func(c *limit.Config) { c.Established, c.HalfOpen = 1, 1 }))
	for range 5 {
		_ = b.client().Close()
		eventually(t, "connection forgotten", func() bool {
			b.server.mu.Lock()
			defer b.server.mu.Unlock()
			return len(b.server.conns) == 0
		})
	}
}

func TestRefusedReaderIsToldWhy(t *testing.T) {
	b := serve(t, withLimits(func(c *limit.Config) { c.Rate, c.Burst = 0.01, 1 }))
	b.client()
	_, _, _, err := gossh.NewClientConn(b.dial(), b.addr, &gossh.ClientConfig{HostKeyCallback: gossh.InsecureIgnoreHostKey()})
	if err == nil || !strings.Contains(err.Error(), "Too many connections from your address. Please try again in") {
		t.Errorf("client got: %v", err)
	}

	ssh, err := exec.LookPath("ssh")
	if err != nil {
		if os.Getenv("LECTERN_TEST_ALL") != "" {
			t.Fatal(err)
		}
		t.Skip("ssh is not installed: what it shows of a refusal is not tested")
	}
	host, port, _ := net.SplitHostPort(b.addr)
	out, err := exec.Command(ssh, "-F", "none", "-o", "BatchMode=yes", "-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null", "-p", port, host).CombinedOutput()
	if err == nil || !strings.Contains(string(out), "Too many connections from your address.") {
		t.Errorf("ssh printed %q, %v", out, err)
	}
}

func TestRefusalNeverHoldsUpOthers(t *testing.T) {
	b := serve(t, withBounds(func(b *Bounds) { b.Refusing, b.Linger = 2, time.Hour }), withLimits(func(c *limit.Config) { c.Established = 1 }))
	r := b.reader()
	for range 10 { // none of them reads, or goes
		b.dial()
	}
	eventually(t, "all places for refusals taken", func() bool { return len(b.server.refusing) == 2 })
	closed(t, b.dial()) // beyond the places: not told, and not kept
	r.press("q")
	r.left()
}

func TestRefusalsAreLoggedAtABoundedRate(t *testing.T) {
	b := serve(t, withLimits(func(c *limit.Config) { c.Rate, c.Burst = 0.01, 1 }))
	b.client()
	for range 50 {
		closed(t, b.dial())
	}
	b.stop()
	soon(t, patience, "Serve returns", b.over)
	refused, rest := b.logged("connection refused"), b.logged("log lines left out")
	if len(refused) > 10 {
		t.Errorf("%d lines for 50 refusals", len(refused))
	}
	sum := len(refused)
	for _, line := range append(refused, rest...) {
		if n, ok := line["left_out"].(float64); ok {
			sum += int(n)
		}
	}
	if sum != 50 {
		t.Errorf("log accounts for %d refusals, want 50", sum)
	}
}

func TestSessionsOverOneConnectionAreLimited(t *testing.T) {
	b := serve(t, withLimits(func(c *limit.Config) { c.SessionRate, c.SessionBurst = 0.01, 2 }))
	client := b.client()
	run := func() (string, error) {
		s, err := client.NewSession()
		if err != nil {
			t.Fatal(err)
		}
		out, err := s.CombinedOutput("ls")
		return string(out), err
	}
	for range 2 {
		if out, err := run(); out != "index\n" || err != nil {
			t.Errorf("got %q, %v", out, err)
		}
	}
	out, err := run()
	var exit *gossh.ExitError
	if !errors.As(err, &exit) || exit.ExitStatus() != tryAgain || !strings.Contains(out, "Too many sessions from your address.") {
		t.Errorf("got %q, %v", out, err)
	}
	if got := b.ended(3)[2]; got != ReasonRefused {
		t.Errorf("ended for %q", got)
	}
}

func TestSessionsOfAllAreBoundedAndThoseThatRunFeelNothing(t *testing.T) {
	routine := func(s *Session) bool { return s.Raw == "health" }
	b := serve(t, withBounds(func(b *Bounds) { b.TotalSessions = 3 }), func(c *Config, _ *limit.Config) { c.Routine = routine })
	var readers []*reader
	for range 3 {
		r := b.reader()
		r.sees("hello")
		readers = append(readers, r)
	}
	run := func(command string) (says string, status int) {
		s, err := b.client().NewSession()
		if err != nil {
			t.Fatal(err)
		}
		var errs buffer
		s.Stderr = &errs
		exit := (*gossh.ExitError)(nil)
		if err := s.Run(command); errors.As(err, &exit) {
			status = exit.ExitStatus()
		} else if err != nil {
			t.Fatal(err)
		}
		return errs.String(), status
	}
	says, status := run("ls")
	if status != tryAgain || strings.Count(says, "\n") != 1 || !strings.Contains(says, "as many readers as it can hold") {
		t.Errorf("a session too many got status %d, %q", status, says)
	}
	if says, status := run("health"); status != 0 {
		t.Errorf("a health check got status %d, %q", status, says)
	}
	if why := b.ended(1)[0]; why != ReasonRefused {
		t.Errorf("ended for %q, want %q", why, ReasonRefused)
	}
	for _, r := range readers {
		r.press("q")
		r.left()
	}
	eventually(t, "a place is free", func() bool { _, status := run("ls"); return status == 0 })
}

func TestFloodIsReadAtABoundedRate(t *testing.T) {
	b := serve(t, withBounds(func(b *Bounds) { b.NetworkRate, b.NetworkBurst = 50_000, 20_000 }))
	r := b.reader()
	start := time.Now()
	const flood = 50_000
	for sent := 0; sent < flood; sent += 1000 { // the answer to the request comes after all of it was read
		r.press(strings.Repeat("x", 1000))
	}
	if _, err := r.SendRequest("strange", true, nil); err != nil {
		t.Fatal(err)
	}
	if took, least := time.Since(start), time.Second*(flood-20_000)/50_000; took < least {
		t.Errorf("%d bytes were read in %v, want at least %v", flood, took, least)
	}
}

func TestWhatAllSendIsBoundedTogetherAndReadersFeelNothing(t *testing.T) {
	b := serve(t, withBounds(func(b *Bounds) {
		b.NetworkRate, b.NetworkBurst = 10_000_000, 10_000_000
		b.QuietRate, b.QuietBurst = 50_000, 16_000
		b.LoudRate, b.LoudBurst = 1, 20_000 // after which there is no more for the time of the test
	}))
	const flood = 60_000
	for i, least := range []time.Duration{
		time.Second * (flood - 16_000 - 20_000) / 50_000,
		time.Second * (flood - 16_000) / 50_000, // the first took what there was
	} {
		r := b.reader()
		start := time.Now()
		for range flood / 1000 {
			r.press(strings.Repeat("x", 1000))
		}
		if _, err := r.SendRequest("strange", true, nil); err != nil {
			t.Fatal(err)
		}
		if took := time.Since(start); took < least {
			t.Errorf("flood %d: %d bytes were read in %v, want at least %v", i, flood, took, least)
		}
	}
	r := b.reader() // who would wait for an hour, if keys were counted with floods
	r.sees("hello")
	r.press("q")
	r.left()
}

// noisy is a program that never stops to send frames, of which no two are alike.
func noisy() tea.Model {
	n := 0
	type again struct{}
	return &probe{
		update: func(msg tea.Msg) tea.Cmd {
			switch msg.(type) {
			case tea.WindowSizeMsg, again:
				n++
				return func() tea.Msg { return again{} }
			}
			return quitOnQ(msg)
		},
		view: func() tea.View {
			line := strings.Repeat(string(rune('a'+n%26)), 400)
			return tea.NewView(strings.Repeat(line+"\n", 159) + line)
		},
	}
}

// endless is a command that never stops to write, until it cannot.
func endless(_ context.Context, s *Session) int {
	line := []byte(strings.Repeat("all work and no play ", 50))
	for {
		if _, err := s.Out.Write(line); err != nil {
			return 1
		}
	}
}

// stalls starts sessions that take no more output, each its own way, and returns how many.
func stalls(b *bench, each int) int {
	b.t.Helper()
	for range each {
		// The SSH window of a client that does not read is shut after 2 MiB.
		client := b.client()
		ch, _ := b.channel(client)
		_, _ = ch.SendRequest("pty-req", true, gossh.Marshal(ptyRequest{Term: "xterm", Width: 400, Height: 160}))
		_, _ = ch.SendRequest("shell", true, nil)
		ch, _ = b.channel(client)
		_, _ = ch.SendRequest("exec", true, gossh.Marshal(struct{ Command string }{"endless"}))
	}
	return 2 * each
}

func TestShutWindowEndsTheConnection(t *testing.T) {
	b := serve(t, withBounds(func(b *Bounds) { b.Stall, b.CommandStall = 300*time.Millisecond, 300*time.Millisecond }),
		withProgram(func(context.Context, *Session) tea.Model { return noisy() }), withCommand(endless))
	for _, start := range []func(ch gossh.Channel){
		func(ch gossh.Channel) {
			_, _ = ch.SendRequest("pty-req", true, gossh.Marshal(ptyRequest{Term: "xterm", Width: 400, Height: 160}))
			_, _ = ch.SendRequest("shell", true, nil)
		},
		func(ch gossh.Channel) {
			_, _ = ch.SendRequest("exec", true, gossh.Marshal(struct{ Command string }{"endless"}))
		},
	} {
		client := b.client()
		ch, _ := b.channel(client)
		start(ch)
		cutOff(t, client)
	}
	for _, why := range b.ended(2) {
		if why != ReasonStalled {
			t.Errorf("ended for %q", why)
		}
	}
}

func TestStoppedNetworkEndsTheConnection(t *testing.T) {
	b := serve(t, withBounds(func(b *Bounds) { b.Write, b.Stall, b.CommandStall = 300*time.Millisecond, time.Hour, time.Hour }), withCommand(endless))
	stall := make(chan struct{})
	nc := b.dial()
	_ = nc.(*net.TCPConn).SetReadBuffer(4 << 10) // or the 2 MiB of the SSH window fit into the network
	blocked := &pausable{Conn: nc, paused: stall, resume: make(chan struct{})}
	t.Cleanup(func() { close(blocked.resume) })
	client := b.clientOver(blocked)
	ch, _ := b.channel(client)
	if _, err := ch.SendRequest("exec", true, gossh.Marshal(struct{ Command string }{"endless"})); err != nil {
		t.Fatal(err)
	}
	// The client goes on reading from the channel, but no more from the network.
	go func() { _, _ = io.Copy(io.Discard, ch) }()
	close(stall)
	if why := b.ended(1)[0]; why != ReasonStalled {
		t.Errorf("ended for %q", why)
	}
}

// A pausable connection reads nothing from paused to resume.
type pausable struct {
	net.Conn
	paused, resume chan struct{}
}

func (p *pausable) Read(b []byte) (int, error) {
	select {
	case <-p.paused:
		<-p.resume
	default:
	}
	return p.Conn.Read(b)
}

func TestStalledReadersHoldUpNobody(t *testing.T) {
	b := serve(t, withProgram(func(_ context.Context, s *Session) tea.Model {
		if s.Width == 400 {
			return noisy()
		}
		return &probe{}
	}), withCommand(endless))
	stalls(b, 10)
	start := time.Now()
	r := b.reader()
	r.sees("hello")
	if took := time.Since(start); took > 3*time.Second {
		t.Errorf("a reader waited %v beside stalled ones", took)
	}
	r.press("q")
	r.left()
	b.stop()
	soon(t, 5*time.Second, "server ended with stalled readers", b.over)
}
