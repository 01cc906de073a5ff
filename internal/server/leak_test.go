package server

import (
	"bytes"
	"context"
	"maps"
	"net"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"weak"

	tea "charm.land/bubbletea/v2"
	gossh "golang.org/x/crypto/ssh"

	"lectern/internal/limit"
)

// Two hundred sessions are opened and closed in each way that there is, after which all is as it was before.
func TestSessionsLeaveNothingBehind(t *testing.T) {
	for name, tt := range map[string]func(b *bench, client *gossh.Client){
		"quit": func(b *bench, client *gossh.Client) {
			r := b.readerOn(client)
			r.sees("hello")
			r.press("q")
			r.left()
			_ = client.Close()
		},
		"drop": func(b *bench, client *gossh.Client) {
			b.readerOn(client).sees("hello")
			_ = client.Close()
		},
		"drop at once": func(b *bench, client *gossh.Client) {
			b.readerOn(client)
			_ = client.Close()
		},
		"keys at quit": func(b *bench, client *gossh.Client) {
			r := b.readerOn(client)
			r.press(strings.Repeat("j", 100) + "q" + strings.Repeat("k", 100))
			r.left()
			_ = client.Close()
		},
		"resize before the shell": func(b *bench, client *gossh.Client) {
			ch, _ := b.channel(client)
			_, _ = ch.SendRequest("pty-req", true, gossh.Marshal(ptyRequest{Term: "xterm", Width: 80, Height: 24}))
			for i := range uint32(50) {
				_, _ = ch.SendRequest("window-change", false, gossh.Marshal(windowSize{80 + i, 24, 0, 0}))
			}
			if b.server.cells.Taken()%3 > 0 { // some then start, and some go at once
				_, _ = ch.SendRequest("shell", true, nil)
			}
			_ = client.Close()
		},
		"command": func(b *bench, client *gossh.Client) {
			s, err := client.NewSession()
			if err != nil {
				b.t.Error(err)
				return
			}
			if _, err := s.Output("ls"); err != nil {
				b.t.Error(err)
			}
			_ = client.Close()
		},
		"subsystem": func(b *bench, client *gossh.Client) {
			ch, _ := b.channel(client)
			_, _ = ch.SendRequest("subsystem", true, gossh.Marshal(struct{ Name string }{"echo"}))
			_, _ = ch.Write([]byte("text"))
			_ = client.Close()
		},
	} {
		t.Run(name, func(t *testing.T) {
			b := serve(t, withSubsystem(echo))
			b.settled()
			before, files := runtime.NumGoroutine(), descriptors(t)
			inParallel(200, func() { tt(b, b.client()) })
			eventually(t, "goroutines and descriptors as they were", func() bool {
				return runtime.NumGoroutine() <= before && descriptors(t) <= files
			})
		})
	}
}

// A closed connection whose pace would have it wait for minutes is let go of at once.
func TestAClosedConnectionWaitsForNoPace(t *testing.T) {
	for name, tt := range map[string]struct {
		bounds func(*Bounds)
		flood  func(b *bench)
	}{
		"reading": {
			func(b *Bounds) { b.NetworkRate, b.NetworkBurst = 10, 20_000 },
			func(b *bench) {
				r := b.reader()
				for range 30 {
					r.press(strings.Repeat("x", 1000))
				}
			},
		},
		"writing": {
			func(b *Bounds) { b.StreamRate, b.StreamBurst = 10, 10_000 },
			func(b *bench) {
				if s, err := b.client().NewSession(); err != nil {
					b.t.Error(err)
				} else if err := s.Start("endless"); err != nil {
					b.t.Error(err)
				}
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			b := serve(t, withCommand(endless), withBounds(tt.bounds))
			b.settled()
			before := runtime.NumGoroutine()
			tt.flood(b)
			resting := func() bool {
				stacks := make([]byte, 1<<20)
				return bytes.Contains(stacks[:runtime.Stack(stacks, true)], []byte("(*conn).rest("))
			}
			eventually(t, "it waits for its pace", resting)
			b.server.mu.Lock()
			conns := slices.Collect(maps.Keys(b.server.conns))
			b.server.mu.Unlock()
			for _, c := range conns {
				c.end(ReasonFlood)
			}
			eventually(t, "its goroutines are gone", func() bool { return runtime.NumGoroutine() <= before })
		})
	}
}

func TestChannelsClosedOnAKeptConnectionLeaveNothingBehind(t *testing.T) {
	b := serve(t, withCommand(func(ctx context.Context, _ *Session) int {
		<-ctx.Done()
		return 0
	}), withBounds(func(b *Bounds) { b.NoSession = time.Hour }))
	clients := make([]*gossh.Client, 20)
	for i := range clients {
		clients[i] = b.client()
		if _, _, err := clients[i].SendRequest("keepalive@openssh.com", true, nil); err != nil { // the server is all there
			t.Fatal(err)
		}
	}
	before := runtime.NumGoroutine()
	var wait sync.WaitGroup
	for i, client := range clients {
		wait.Go(func() {
			for j := range 10 {
				if (i+j)%2 == 0 {
					r := b.readerOn(client)
					r.sees("hello")
					_ = r.Close()
					r.left()
				} else {
					ch, reqs, err := client.OpenChannel("session", nil)
					if err != nil {
						t.Error(err)
						return
					}
					_, _ = ch.SendRequest("exec", true, gossh.Marshal(struct{ Command string }{"wait"}))
					_ = ch.Close()
					for range reqs { // until the server has closed it as well
					}
				}
				eventually(t, "channels wound up", func() bool {
					b.server.mu.Lock()
					defer b.server.mu.Unlock()
					for c := range b.server.conns {
						if c.RemoteAddr().String() == client.LocalAddr().String() {
							return len(c.places) == 0
						}
					}
					return false
				})
			}
		})
	}
	wait.Wait()
	eventually(t, "goroutines as they were", func() bool { return runtime.NumGoroutine() <= before })
}

func TestEndedSessionIsForgottenThoughTheConnectionIsKept(t *testing.T) {
	sessions := make(chan weak.Pointer[Session], 1)
	b := serve(t, withProgram(func(_ context.Context, s *Session) tea.Model {
		sessions <- weak.Make(s)
		return &probe{}
	}))
	client := b.client()
	r := b.readerOn(client)
	r.press("q")
	r.left()
	session := receive(t, sessions)
	eventually(t, "session is collected", func() bool {
		runtime.GC()
		return session.Value() == nil
	})
	if _, _, err := client.SendRequest("keepalive@openssh.com", true, nil); err != nil {
		t.Errorf("connection was not kept: %v", err)
	}
}

// A client that closes its channels at once, and opens others, cannot hold more sessions than its places.
func TestClosedChannelKeepsItsPlaceUntilItsSessionHasEnded(t *testing.T) {
	release := make(chan struct{})
	b := serve(t, withCommand(func(context.Context, *Session) int {
		<-release
		return 0
	}))
	client := b.client()
	for range 2 {
		ch, _ := b.channel(client)
		request(t, ch, "exec", struct{ Command string }{"slow"})
		_ = ch.Close()
	}
	if _, _, err := client.OpenChannel("session", nil); err == nil {
		t.Error("a third session was opened")
	}
	close(release)
	b.channel(client)
}

// settled waits until the server serves, and nobody is connected.
func (b *bench) settled() {
	b.t.Helper()
	_ = b.client().Close()
	eventually(b.t, "server serves nobody", func() bool {
		b.server.mu.Lock()
		defer b.server.mu.Unlock()
		return len(b.server.conns) == 0
	})
	// The last goroutines of that connection may still be on their way out, which makes no difference: they can
	// only raise the count by the handful that one connection has.
}

// inParallel calls do n times, some at a time.
func inParallel(n int, do func()) {
	var wait sync.WaitGroup
	places := make(chan struct{}, 20)
	for range n {
		places <- struct{}{}
		wait.Go(func() {
			defer func() { <-places }()
			do()
		})
	}
	wait.Wait()
}

func TestShutdownWithStalledReadersIsQuick(t *testing.T) {
	b := serve(t, withCommand(endless))
	var wait sync.WaitGroup
	for range 5 {
		wait.Go(func() { stalls(b, 5) })
	}
	wait.Wait()
	calm := b.reader()
	calm.sees("hello")
	start := time.Now()
	b.stop()
	soon(t, 5*time.Second, "server ended", b.over)
	t.Logf("took %v", time.Since(start))
	calm.left()
	calm.restored()
	calm.sees("restarting")
	eventually(t, "no session runs", func() bool { return len(b.logged("session ended")) == 51 })
}

func TestInTheGraceReadersReadOnAndNobodyNewIsLetIn(t *testing.T) {
	b := serve(t, func(c *Config, _ *limit.Config) { c.Grace = time.Hour })
	r := b.reader()
	r.sees("hello")
	unused := b.client()
	b.stop()
	cutOff(t, unused)
	eventually(t, "the door is shut", func() bool {
		nc, err := net.Dial("tcp", b.addr)
		if err == nil {
			_ = nc.Close()
		}
		return err != nil
	})
	if _, err := r.client.NewSession(); err == nil {
		t.Error("one more session on a connection that is there was let in")
	}
	select {
	case <-b.over:
		t.Fatal("the server ended while somebody reads")
	case <-r.gone:
		t.Fatal("the reader was sent away")
	default:
	}
	r.press("q")
	r.left()
	soon(t, 3*time.Second, "the server ends with its last reader", b.over)
	if why := b.ended(1)[0]; why != ReasonQuit {
		t.Errorf("ended for %q, want %q", why, ReasonQuit)
	}
}

func TestAfterTheGraceReadersAreSentAway(t *testing.T) {
	const grace = 300 * time.Millisecond
	b := serve(t, func(c *Config, _ *limit.Config) { c.Grace = grace })
	r := b.reader()
	r.sees("hello")
	start := time.Now()
	b.stop()
	r.left()
	if stayed := time.Since(start); stayed < grace {
		t.Errorf("stayed for %v, want %v", stayed, grace)
	}
	r.restored()
	r.sees("restarting")
	soon(t, 3*time.Second, "server ended", b.over)
}

func TestShutdownWithoutStalledReadersIsQuicker(t *testing.T) {
	b := serve(t)
	for range 20 {
		b.reader().sees("hello")
	}
	b.client()
	b.dial()
	start := time.Now()
	b.stop()
	soon(t, 2500*time.Millisecond, "server ended", b.over)
	t.Logf("took %v", time.Since(start))
}
