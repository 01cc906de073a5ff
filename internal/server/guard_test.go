package server

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/google/go-cmp/cmp"
	gossh "golang.org/x/crypto/ssh"

	"lectern/internal/limit"
	"lectern/internal/text"
)

type windowSize struct{ Width, Height, PixelW, PixelH uint32 }

// request asks for something on a channel, and returns whether it was granted.
func request(t *testing.T, ch gossh.Channel, name string, payload any) bool {
	t.Helper()
	var b []byte
	if payload != nil {
		b = gossh.Marshal(payload)
	}
	ok, err := ch.SendRequest(name, true, b)
	if err != nil {
		t.Fatalf("request %s: %v", name, err)
	}
	return ok
}

func TestTerminalSizesAreBroughtIntoBounds(t *testing.T) {
	for _, tt := range []struct {
		name                  string
		width, height         uint32
		wantWidth, wantHeight int
	}{
		{"as it is", 120, 40, 120, 40},
		{"none", 0, 0, 80, 24},
		{"one cell high without end", 1, 4294967295, 1, 160},
		{"without end", 4294967295, 4294967295, 400, 160},
		{"one cell", 1, 1, 1, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			sizes := make(chan tea.WindowSizeMsg, 8)
			b := serve(t, withUpdate(func(msg tea.Msg) tea.Cmd {
				if size, ok := msg.(tea.WindowSizeMsg); ok {
					sizes <- size
				}
				return nil
			}))
			ch, _ := b.channel(b.client())
			if !request(t, ch, "pty-req", ptyRequest{Term: "xterm", Width: tt.width, Height: tt.height}) {
				t.Fatal("pty-req was refused")
			}
			if !request(t, ch, "shell", nil) {
				t.Fatal("shell was refused")
			}
			want := tea.WindowSizeMsg{Width: tt.wantWidth, Height: tt.wantHeight}
			if diff := cmp.Diff(want, receive(t, sizes)); diff != "" {
				t.Error(diff)
			}

			// And the same of a change: first to something else.
			for _, size := range [][2]uint32{{33, 11}, {tt.width, tt.height}} {
				if _, err := ch.SendRequest("window-change", false, gossh.Marshal(windowSize{size[0], size[1], 0, 0})); err != nil {
					t.Fatal(err)
				}
			}
			got := receive(t, sizes)
			for got != want {
				got = receive(t, sizes)
			}
		})
	}
}

func TestAllTerminalsTogetherAreBroughtIntoBounds(t *testing.T) {
	b := serve(t, withBounds(func(b *Bounds) { b.Cells, b.CellShare = 100_000, 100_000 }), withProgram(func(_ context.Context, s *Session) tea.Model {
		return &probe{view: func() tea.View { return tea.NewView(fmt.Sprintf("size %dx%d", s.Width, s.Height)) }}
	}))
	open := func() *reader {
		s, err := b.client().NewSession()
		if err != nil {
			t.Fatal(err)
		}
		r := &reader{Session: s, t: t, screen: &buffer{}}
		s.Stdout = r.screen
		if err := s.RequestPty("xterm", 160, 400, nil); err != nil {
			t.Fatal(err)
		}
		if err := s.Shell(); err != nil {
			t.Fatal(err)
		}
		return r
	}
	first := open()
	first.sees("size 400x160")
	second := open()

	second.sees("size 80x24")
	_, _ = first.Close(), second.Close()
	eventually(t, "cells given back", func() bool { return b.server.cells.Taken() == 0 })
	open().sees("size 400x160")
}

func TestOneAddressHasItsShareOfTheCells(t *testing.T) {
	share := limit.NewShare(1<<20, 100_000)
	bounds := DefaultBounds()
	size := func(addr string) (width int) {
		tm := &terminal{bounds: &bounds, spent: share, addr: netip.MustParseAddr(addr)}
		tm.set(400, 160)
		width, _ = tm.take()
		return width
	}
	if got := []int{size("192.0.2.1"), size("192.0.2.1"), size("192.0.2.2")}; !slices.Equal(got, []int{400, 80, 400}) {
		t.Errorf("widths %v, want the second of one address as 80", got)
	}
}

func TestSizesAreToldAtABoundedRateAndTheNewestAtLast(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		bounds := DefaultBounds()
		var told, last atomic.Int64
		tm := &terminal{bounds: &bounds, spent: limit.NewShare(1<<20, 1<<20)}
		tm.notify(func() {
			told.Add(1)
			width, _ := tm.take()
			last.Store(int64(width))
		})
		const seconds = 20
		for i := range seconds * 100 {
			tm.set(uint32(20+i%300), 24)
			time.Sleep(10 * time.Millisecond)
		}
		tm.set(333, 24)
		time.Sleep(time.Second)
		if want := int64(bounds.ResizeBurst + bounds.ResizeRate*(seconds+2)); told.Load() > want || told.Load() < want/2 {
			t.Errorf("%d sizes were told in %d seconds, want about %d", told.Load(), seconds, want)
		}
		if last.Load() != 333 {
			t.Errorf("the last size told is %d, want the newest", last.Load())
		}
	})
}

func TestWindowChangesBeforeTheShellStrandNobody(t *testing.T) {
	b := serve(t)
	client := b.client()
	ch, _ := b.channel(client)
	request(t, ch, "pty-req", ptyRequest{Term: "xterm", Width: 80, Height: 24})
	for i := range uint32(500) { // with an answer, so that none is still on its way
		if !request(t, ch, "window-change", windowSize{80 + i%50, 24, 0, 0}) {
			t.Fatal("window-change was refused")
		}
	}
	_ = ch.Close()
	eventually(t, "channel is wound up", func() bool { return b.server.cells.Taken() == 0 })

	ch, _ = b.channel(client)
	request(t, ch, "pty-req", ptyRequest{Term: "xterm", Width: 80, Height: 24})
	request(t, ch, "window-change", windowSize{99, 33, 0, 0})
	if !request(t, ch, "exec", struct{ Command string }{"ls"}) {
		t.Error("exec was refused after a window-change")
	}
}

func TestWhatIsNotServedIsRefused(t *testing.T) {
	b := serve(t, withCommand(func(ctx context.Context, _ *Session) int {
		<-ctx.Done()
		return 0
	}))
	client := b.client()
	ch, _ := b.channel(client)
	for name, payload := range map[string]any{
		"auth-agent-req@openssh.com": nil,
		"x11-req": struct {
			Single      bool
			Proto, Auth string
			Screen      uint32
		}{Proto: "MIT-MAGIC-COOKIE-1", Auth: "00"},
		"subsystem": struct{ Name string }{"sftp"},
		"signal":    struct{ Name string }{"TERM"},
		"break":     struct{ Length uint32 }{500},
		"strange":   nil,
	} {
		if request(t, ch, name, payload) {
			t.Errorf("%s was granted", name)
		}
	}
	if request(t, ch, "window-change", windowSize{80, 24, 0, 0}) {
		t.Error("window-change was granted without a terminal")
	}
	if _, _, err := client.OpenChannel("direct-tcpip", gossh.Marshal(struct {
		Host  string
		Port  uint32
		From  string
		FromP uint32
	}{"127.0.0.1", 80, "127.0.0.1", 1})); err == nil {
		t.Error("forwarding was granted")
	}
	if ok, _, err := client.SendRequest("tcpip-forward", true, gossh.Marshal(struct {
		Host string
		Port uint32
	}{"", 0})); ok || err != nil {
		t.Errorf("tcpip-forward: %v, %v", ok, err)
	}
	if _, _, err := client.SendRequest("keepalive@openssh.com", true, nil); err != nil {
		t.Errorf("keepalive is not answered: %v", err)
	}
	if !request(t, ch, "shell", nil) {
		t.Error("shell was refused after all that")
	}
	if request(t, ch, "shell", nil) {
		t.Error("a second shell was granted")
	}
}

func TestEnvironmentIsAnAllowListWithinBounds(t *testing.T) {
	got := make(chan map[string]string, 1)
	b := serve(t, withBounds(func(b *Bounds) { b.Variables, b.Variable = 3, 8 }), withCommand(func(_ context.Context, s *Session) int {
		got <- s.Env
		return 0
	}))
	ch, _ := b.channel(b.client())
	for _, v := range []struct {
		name, value string
		want        bool
	}{
		{"TMUX", "x", false},
		{"TTY_FORCE", "1", false},
		{"PATH", "/tmp", false},
		{"LANG", "de_DE.UTF-8", true}, // cut
		{"COLORTERM", "true\x1b[2Jcolor", true},
		{"NO_COLOR", "", true},
		{"LC_ALL", "C", false}, // one too many
		{"LANG", "C", true},    // again is not one more
	} {
		if ok := request(t, ch, "env", struct{ Name, Value string }{v.name, v.value}); ok != v.want {
			t.Errorf("env %s: got %v, want %v", v.name, ok, v.want)
		}
	}
	request(t, ch, "shell", nil)
	want := map[string]string{"LANG": "C", "COLORTERM": "truec…", "NO_COLOR": ""}
	env := receive(t, got)
	if diff := cmp.Diff(want, env); diff != "" {
		t.Error(diff)
	}
}

func TestLongCommandIsToldSoAndNotRun(t *testing.T) {
	ran := make(chan string, 10)
	b := serve(t, withCommand(func(_ context.Context, s *Session) int {
		ran <- s.Raw
		return 0
	}))
	for _, pty := range []bool{false, true} {
		for length, want := range map[int]int{1023: 0, 1024: 0, 1025: 2, 32_000: 2} {
			s, err := b.client().NewSession()
			if err != nil {
				t.Fatal(err)
			}
			if pty {
				if err := s.RequestPty("xterm", 24, 80, nil); err != nil {
					t.Fatal(err)
				}
			}
			var errs buffer
			s.Stderr = &errs
			status, exit := 0, new(gossh.ExitError)
			if err := s.Run(strings.Repeat("x", length)); errors.As(err, &exit) {
				status = exit.ExitStatus()
			} else if err != nil {
				t.Fatal(err)
			}
			if status != want || (want != 0) != strings.Contains(errs.String(), "lectern: the command is longer than 1024 bytes; try help") {
				t.Errorf("%d bytes, pty %v: status %d, %q, want %d", length, pty, status, errs.String(), want)
			}
			if want != 0 {
				continue
			}
			if got := len(receive(t, ran)); got != length {
				t.Errorf("%d bytes: the command has %d", length, got)
			}
		}
	}
	if len(ran) > 0 {
		t.Errorf("a command that is too long was run: %.20q", <-ran)
	}
}

func TestConnectionHoldsTwoSessionsAtATime(t *testing.T) {
	b := serve(t)
	client := b.client()
	first, second := b.readerOn(client), b.readerOn(client)
	if _, _, err := client.OpenChannel("session", nil); err == nil {
		t.Fatal("a third session was opened")
	}
	first.press("q")
	first.left()
	var third gossh.Channel
	eventually(t, "place is given back", func() bool {
		var err error
		third, _, err = client.OpenChannel("session", nil)
		return err == nil
	})
	if !request(t, third, "shell", nil) {
		t.Error("shell was refused")
	}
	second.press("q")
	second.left()
}

func TestChannelThatAsksForNothingEndsTheConnection(t *testing.T) {
	b := serve(t, withBounds(func(b *Bounds) { b.Setup = 50 * time.Millisecond }))
	client := b.client()
	b.channel(client)
	cutOff(t, client)
}

func TestTooManyRequestsEndTheConnection(t *testing.T) {
	b := serve(t)
	client := b.client()
	ch, _ := b.channel(client)
	for range 1000 {
		if _, err := ch.SendRequest("env", false, gossh.Marshal(struct{ Name, Value string }{"A", "B"})); err != nil {
			break
		}
	}
	cutOff(t, client)
}

func TestTooManyRefusedSessionsEndTheConnection(t *testing.T) {
	b := serve(t, withBounds(func(b *Bounds) { b.Place = time.Millisecond }))
	client := b.client()
	b.readerOn(client)
	b.readerOn(client)
	for range 1000 {
		if _, _, err := client.OpenChannel("session", nil); err == nil {
			t.Fatal("a third session was opened")
		} else if refused := (*gossh.OpenChannelError)(nil); !errors.As(err, &refused) {
			break
		}
	}
	cutOff(t, client)
	for _, why := range b.ended(2) {
		if why != ReasonFlood {
			t.Errorf("ended for %q, want %q", why, ReasonFlood)
		}
	}
}

func TestTooManyGlobalRequestsEndTheConnection(t *testing.T) {
	b := serve(t)
	client := b.client()
	for range 1000 {
		if _, _, err := client.SendRequest("keepalive@openssh.com", false, nil); err != nil {
			break
		}
	}
	cutOff(t, client)
}

func TestClientsStandardErrorEndsTheConnection(t *testing.T) {
	b := serve(t)
	client := b.client()
	ch, _ := b.channel(client)
	if _, err := ch.Stderr().Write([]byte("kept in memory")); err != nil {
		t.Fatal(err)
	}
	cutOff(t, client)
}

func TestWhatTheClientSaysOfItselfIsMadeSafe(t *testing.T) {
	got := make(chan *Session, 1)
	b := serve(t, withCommand(func(_ context.Context, s *Session) int {
		got <- s
		return 0
	}))
	client := b.client()
	ch, _ := b.channel(client)
	request(t, ch, "pty-req", ptyRequest{Term: "x\x1b]0;gotcha\a", Width: 80, Height: 24})
	request(t, ch, "exec", struct{ Command string }{"cat 'a\x1b[31mb' \u202ec"})
	s := receive(t, got)
	if diff := cmp.Diff([]string{"unknown", "cat", "ab"}, append([]string{s.Term}, s.Args[:2]...)); diff != "" {
		t.Error(diff)
	}
	for _, v := range append(s.Args, s.Raw, s.Term, s.User, s.Client) {
		if strings.ContainsAny(v, "\x1b\u202e\a") {
			t.Errorf("%q is not safe", v)
		}
	}
}

func TestAPacketThatIsTooLongEndsTheConnection(t *testing.T) {
	b := serve(t)
	r := b.reader()
	r.sees("hello")
	_, _ = r.SendRequest("strange", true, make([]byte, 200_000))
	r.left()
	if why := b.ended(1)[0]; why != ReasonFlood {
		t.Errorf("ended for %q, want %q", why, ReasonFlood)
	}
}

func TestBrokenRequestsAreRefused(t *testing.T) {
	b := serve(t)
	ch, _ := b.channel(b.client())
	for _, name := range []string{"pty-req", "env", "exec"} {
		for _, payload := range []string{"", "\x00", "\xff\xff\xff\xff", "\x00\x00\x00\x05abc"} {
			if ok, err := ch.SendRequest(name, true, []byte(payload)); ok || err != nil {
				t.Errorf("%s %q: got %v, %v", name, payload, ok, err)
			}
		}
	}
	if !request(t, ch, "shell", nil) {
		t.Error("shell was refused")
	}
}

// asked are the requests that FuzzGuard makes, besides one of a name that the input gives.
var asked = []string{"pty-req", "env", "shell", "exec", "subsystem", "window-change", "signal", "x11-req", "auth-agent-req@openssh.com"}

// FuzzGuard makes requests on a channel. Each is, in the input: which of asked, the length of its payload in two bytes, its
// payload; the payload of one beyond asked begins with its name.
func FuzzGuard(f *testing.F) {
	one := func(name string, payload any) []byte {
		p := []byte{}
		if payload != nil {
			p = gossh.Marshal(payload)
		}
		which := slices.Index(asked, name)
		if which < 0 {
			which, p = len(asked), append(append([]byte{byte(len(name))}, name...), p...)
		}
		return append([]byte{byte(which), byte(len(p) >> 8), byte(len(p))}, p...)
	}
	type pair struct{ Name, Value string }
	f.Add(slices.Concat(one("pty-req", ptyRequest{"xterm-256color", 120, 40, 0, 0, "\x00"}), one("env", pair{"LANG", "de_DE.UTF-8"}), one("shell", nil)))
	f.Add(slices.Concat(one("pty-req", ptyRequest{"../\x1b]0;x\a", 1<<32 - 1, 0, 0, 0, ""}), one("window-change", windowSize{1 << 31, 1 << 31, 0, 0}), one("shell", nil)))
	f.Add(slices.Concat(one("env", pair{"TMUX", "x"}), one("env", pair{"LC_ALL", strings.Repeat("\u202e\x1b", 200)}), one("exec", struct{ Line string }{"cat 'a\xff\n"})))
	f.Add(slices.Concat(one("exec", struct{ Line string }{strings.Repeat("x", 2000)}), one("exec", struct{ Line string }{"ls"}), one("env", pair{"LANG", "C"})))
	f.Add(slices.Concat(one("subsystem", struct{ Name string }{"netconf"}), one("subsystem", struct{ Name string }{"sftp"}), one("signal", struct{ Name string }{"KILL"})))
	f.Add(one("strange", pair{"a", "b"}))

	bounds := DefaultBounds()
	bounds.Cells = 200 * 100
	server := &Server{bounds: bounds, cells: limit.NewShare(int64(bounds.Cells), int64(bounds.Cells)), subsystems: map[string]func(context.Context, *Session) int{"sftp": nil}}
	f.Fuzz(func(t *testing.T, input []byte) {
		ch := &channel{server: server, bounds: &server.bounds}
		ch.size.bounds, ch.size.spent = &server.bounds, server.cells
		passed := 0
		for len(input) >= 3 {
			which, length := int(input[0]), min(int(input[1])<<8|int(input[2]), len(input)-3)
			req := &gossh.Request{Payload: input[3 : 3+length]}
			input = input[3+length:]
			if which < len(asked) {
				req.Type = asked[which]
			} else if len(req.Payload) > 0 {
				name := min(int(req.Payload[0]), len(req.Payload)-1)
				req.Type, req.Payload = string(req.Payload[1:1+name]), req.Payload[1+name:]
			}
			switch {
			case req.Type == "window-change":
				ch.resize(req.Payload)
			case ch.ask(req):
				ch.started = true
				passed++
				if !slices.Contains([]string{"shell", "exec", "subsystem"}, req.Type) {
					t.Errorf("%q is passed on", req.Type)
				}
				if len(req.Payload) > bounds.Command+4 && req.Type == "exec" {
					t.Errorf("a command of %d bytes is passed on", len(req.Payload))
				}
			}
		}
		if passed > 1 {
			t.Errorf("%d sessions on a channel", passed)
		}
		if len(ch.command) > bounds.Command || ch.long && ch.command != "" {
			t.Errorf("keeps a command of %d bytes", len(ch.command))
		}
		if ch.subsystem != "" && ch.subsystem != "sftp" {
			t.Errorf("subsystem %q", ch.subsystem)
		}
		if len(ch.env) > bounds.Variables {
			t.Errorf("%d variables", len(ch.env))
		}
		for name, value := range ch.env {
			if len(value) > bounds.Variable || value != text.Line(value) {
				t.Errorf("%s=%q", name, value)
			}
		}
		if ch.term != termName(ch.term, bounds.Field) {
			t.Errorf("terminal %q", ch.term)
		}
		w, h := ch.size.take()
		if ch.pty != (w > 0 && h > 0) || w > bounds.Width || h > bounds.Height || w*h > bounds.Cells {
			t.Errorf("a terminal (%v) of %d × %d cells", ch.pty, w, h)
		}
		ch.size.close()
		if n := server.cells.Taken(); n != 0 {
			t.Errorf("%d cells are not given back", n)
		}
	})
}
