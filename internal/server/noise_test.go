package server

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	gossh "golang.org/x/crypto/ssh"
)

func TestFloodOfOneEventIsCountedAndHidesNoOther(t *testing.T) {
	out := &buffer{}
	log := slog.New(slog.NewJSONHandler(out, nil))
	var n noise
	for range 100 {
		n.log(log, slog.LevelInfo, seldom, "flood", "flood")
	}
	n.log(log, slog.LevelInfo, seldom, "rare", "rare")
	n.log(log, slog.LevelDebug, seldom, "rare", "not of this level")
	n.flush(log)
	n.flush(log)
	got := out.String()
	if strings.Count(got, "\n") != 3 || !strings.Contains(got, `"msg":"rare"`) || !strings.Contains(got, `"event":"flood","left_out":99`) {
		t.Errorf("got %s", got)
	}
}

func TestFloodOfSessionsIsLoggedAtABoundedRateAndCounted(t *testing.T) {
	b := serve(t)
	burst, start := often.burst, time.Now()
	inParallel(20, func() {
		client := b.client()
		for range burst/20 + 30 {
			s, err := client.NewSession()
			if err != nil {
				t.Error(err)
				return
			}
			if err := s.Run("ls"); err != nil {
				t.Error(err)
			}
		}
	})
	most := burst + int(float64(often.rate)*time.Since(start).Seconds()) + 1
	b.stop()
	soon(t, patience, "Serve returns", b.over)
	started := b.logged("session started")
	if len(started) > most {
		t.Errorf("%d lines, want %d at most", len(started), most)
	}
	sum := len(started)
	for _, line := range append(started, b.logged("log lines left out")...) {
		if n, ok := line["left_out"].(float64); ok && line["event"] != "session ended" {
			sum += int(n)
		}
	}
	if want := 20 * (burst/20 + 30); sum != want {
		t.Errorf("log accounts for %d sessions, want %d", sum, want)
	}
}

// Whatever a client says of itself, and whatever it makes the server say.
func TestNoFieldOfTheLogIsLongerThanAKilobyte(t *testing.T) {
	long := strings.Repeat("\u00e9\x1b<", 4000)
	b := serve(t, withSubsystem(echo), withCommand(func(_ context.Context, s *Session) int {
		for i := range 100 {
			s.Reading(fmt.Sprintf("%d%s", i, long))
		}
		panic(long)
	}), withProgram(func(context.Context, *Session) tea.Model { return &probe{} }))
	conn, chans, reqs, err := gossh.NewClientConn(b.dial(), b.addr, &gossh.ClientConfig{
		User: long, ClientVersion: "SSH-2.0-" + strings.Repeat("v", 240), HostKeyCallback: gossh.InsecureIgnoreHostKey(),
	})
	if err != nil {
		t.Fatal(err)
	}
	client := gossh.NewClient(conn, chans, reqs)
	defer client.Close()
	for i, command := range []string{strings.Repeat("\u00e9", 500), long} {
		ch, reqs := b.channel(client)
		go gossh.DiscardRequests(reqs)
		_, _ = ch.SendRequest("pty-req", true, gossh.Marshal(ptyRequest{Term: long, Width: 1 << 30, Height: 1 << 30}))
		_, _ = ch.SendRequest("env", true, gossh.Marshal(struct{ Name, Value string }{"LANG", long}))
		_, _ = ch.SendRequest("exec", true, gossh.Marshal(struct{ Command string }{command}))
		b.ended(i + 1)
		_ = ch.Close()
	}
	nc := b.dial()
	_, _ = nc.Write([]byte("SSH-2.0-" + long + "\r\n" + long))
	b.stop()
	soon(t, patience, "Serve returns", b.over)
	if len(b.logged("panic")) == 0 {
		t.Error("the panic is not in the log")
	}
	for _, message := range []string{"session started", "session ended", "panic", "handshake failed"} {
		for _, line := range b.logged(message) {
			for field, value := range line {
				if s := fmt.Sprint(value); len(s) > 1<<10 && field != "stack" { // which is the server's
					t.Errorf("%s: %s has %d bytes", message, field, len(s))
				}
			}
		}
	}
}
