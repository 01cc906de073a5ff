package server

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	gossh "golang.org/x/crypto/ssh"

	"lectern/internal/limit"
)

// withSubsystem serves one subsystem, "echo".
func withSubsystem(run func(context.Context, *Session) int) setting {
	return func(c *Config, _ *limit.Config) {
		c.Subsystems = map[string]func(context.Context, *Session) int{"echo": run}
	}
}

// echo sends back what it is sent.
func echo(_ context.Context, s *Session) int {
	if _, err := io.Copy(s.Out, s.In); err != nil {
		return 1
	}
	return 0
}

// A copying is a client of a subsystem.
type copying struct {
	gossh.Channel
	out, errs buffer
	status    chan uint32 // its exit status, if it has one
	gone      chan struct{}
}

// subsystem starts the subsystem "echo" on a connection of its own, and reads what it sends unless that is not wanted.
func (b *bench) subsystem(read bool) *copying {
	b.t.Helper()
	ch, requests := b.channel(b.client())
	if ok, err := ch.SendRequest("subsystem", true, gossh.Marshal(struct{ Name string }{"echo"})); !ok || err != nil {
		b.t.Fatalf("subsystem: %v, %v", ok, err)
	}
	c := &copying{Channel: ch, status: make(chan uint32, 1), gone: make(chan struct{})}
	var wait sync.WaitGroup
	wait.Go(func() {
		for req := range requests {
			var exit struct{ Status uint32 }
			if req.Type == "exit-status" && gossh.Unmarshal(req.Payload, &exit) == nil {
				c.status <- exit.Status
			}
		}
	})
	if read {
		wait.Go(func() { _, _ = io.Copy(&c.out, ch) })
		wait.Go(func() { _, _ = io.Copy(&c.errs, ch.Stderr()) })
	}
	go func() {
		defer close(c.gone)
		wait.Wait()
	}()
	return c
}

func TestOnlySubsystemsThatThereAreAreServed(t *testing.T) {
	b := serve(t, withSubsystem(echo))
	ch, _ := b.channel(b.client())
	for _, name := range []string{"", "sftp", "default", "echo\x00", "ECHO", strings.Repeat("x", 30_000)} {
		if request(t, ch, "subsystem", struct{ Name string }{name}) {
			t.Errorf("subsystem %.20q was granted", name)
		}
	}
	if request(t, ch, "subsystem", nil) {
		t.Error("a subsystem without a name was granted")
	}
	if !request(t, ch, "subsystem", struct{ Name string }{"echo"}) {
		t.Error("the subsystem was refused")
	}
	for name, payload := range map[string]any{"subsystem": struct{ Name string }{"echo"}, "exec": struct{ Command string }{"ls"}, "shell": nil} {
		if request(t, ch, name, payload) {
			t.Errorf("%s was granted beside a subsystem", name)
		}
	}
}

// An observed server notes what its observer is told.
type observed struct {
	nobody
	mu   sync.Mutex
	told []any
}

func (o *observed) SessionStarted(kind Kind) { o.note(kind) }

func (o *observed) SessionEnded(kind Kind, why Reason, _ time.Duration, bytes int64) {
	o.note(kind, why, bytes)
}

func (o *observed) note(what ...any) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.told = append(o.told, what...)
}

func TestSubsystemIsServedAsACommandIs(t *testing.T) {
	seen := make(chan *Session, 1)
	o := &observed{}
	b := serve(t, withSubsystem(func(ctx context.Context, s *Session) int {
		seen <- s
		return echo(ctx, s)
	}), func(c *Config, _ *limit.Config) { c.Observer = o })
	ch, requests := b.channel(b.client())
	if !request(t, ch, "pty-req", ptyRequest{Term: "xterm", Width: 80, Height: 24}) {
		t.Fatal("a terminal was refused")
	}
	if !request(t, ch, "subsystem", struct{ Name string }{"echo"}) {
		t.Fatal("the subsystem was refused")
	}
	const sent = "one\ntwo\n\x00\xff\r\n"
	if _, err := io.WriteString(ch, sent); err != nil {
		t.Fatal(err)
	}
	if err := ch.CloseWrite(); err != nil {
		t.Fatal(err)
	}
	got, err := io.ReadAll(ch)
	if string(got) != sent || err != nil {
		t.Errorf("got %q, %v, want %q", got, err, sent)
	}
	exits := 0
	for req := range requests {
		if req.Type == "exit-status" && bytes.Equal(req.Payload, []byte{0, 0, 0, 0}) {
			exits++
		}
	}
	if exits != 1 {
		t.Errorf("exit status 0 was sent %d times", exits)
	}
	s := receive(t, seen)
	if s.Subsystem != "echo" || s.PTY || s.Term != "" || s.Width != 0 || s.Raw != "" || len(s.Args) != 0 {
		t.Errorf("session is %+v", s)
	}
	if d := cmp.Diff([]Reason{ReasonDone}, b.ended(1)); d != "" {
		t.Errorf("reasons (-want +got):\n%s", d)
	}
	if line := b.logged("session started")[0]; line["subsystem"] != "echo" || line["term"] != nil || line["command"] != nil {
		t.Errorf("the log says %v", line)
	}
	if d := cmp.Diff([]any{KindSubsystem, KindSubsystem, ReasonDone, int64(len(sent))}, o.told); d != "" {
		t.Errorf("observer was told (-want +got):\n%s", d)
	}
}

func TestSubsystemsLimitsAreThoseOfSessions(t *testing.T) {
	b := serve(t, withSubsystem(echo), withLimits(func(l *limit.Config) { l.SessionRate, l.SessionBurst = 0.001, 1 }))
	first := b.subsystem(true)
	_ = first.CloseWrite()
	if got := receive(t, first.status); got != 0 {
		t.Errorf("first: status %d", got)
	}
	if got := receive(t, b.subsystem(true).status); got != tryAgain {
		t.Errorf("second: status %d, want %d", got, tryAgain)
	}
}

// refusesSubsystem fails unless one more is refused with a line that has such words.
func (b *bench) refusesSubsystem(words string) {
	b.t.Helper()
	more := b.subsystem(true)
	if got := receive(b.t, more.status); got != tryAgain {
		b.t.Errorf("status %d, want %d", got, tryAgain)
	}
	soon(b.t, patience, "session ended", more.gone)
	if says := more.errs.String(); strings.Count(says, "\n") != 1 || !strings.Contains(says, words) {
		b.t.Errorf("the client is told %q", says)
	}
}

func TestPlacesForSubsystemsAreBounded(t *testing.T) {
	b := serve(t, withSubsystem(echo), withBounds(func(b *Bounds) { b.Subsystems = 2 }))
	one := b.subsystem(true)
	b.subsystem(true)
	eventually(t, "two run", func() bool { return b.server.running.Taken() == 2 })
	b.refusesSubsystem("copying files")
	if got := b.ended(1)[0]; got != ReasonRefused {
		t.Errorf("reason %q, want %q", got, ReasonRefused)
	}
	if _, err := b.readerOn(b.client()).SendRequest("keepalive@openssh.com", true, nil); err != nil {
		t.Errorf("a reader was not let in: %v", err)
	}
	_ = one.CloseWrite()
	receive(t, one.status)
	eventually(t, "a place is free", func() bool { return b.server.running.Taken() == 1 })
	fourth := b.subsystem(true)
	_ = fourth.CloseWrite()
	if got := receive(t, fourth.status); got != 0 {
		t.Errorf("after a place was free: status %d", got)
	}
}

func TestACommandThatCopiesTakesAPlaceOfASubsystem(t *testing.T) {
	b := serve(t, withSubsystem(echo), withBounds(func(b *Bounds) { b.Subsystems = 2 }), withCommand(dialogue), func(c *Config, _ *limit.Config) {
		c.Copies = func(s *Session) bool { return s.Raw == "copy" }
	})
	b.subsystem(true)
	run := func(command string) (says string, status int) {
		s, err := b.client().NewSession()
		if err != nil {
			t.Fatal(err)
		}
		out, err := s.CombinedOutput(command)
		if exit := (*gossh.ExitError)(nil); errors.As(err, &exit) {
			status = exit.ExitStatus()
		}
		return string(out), status
	}
	if says, status := run("copy"); status != 0 {
		t.Errorf("the one that there is room for: status %d, %q", status, says)
	}
	eventually(t, "it has ended", func() bool { return b.server.running.Taken() == 1 })
	b.subsystem(true)
	eventually(t, "all places are taken", func() bool { return b.server.running.Taken() == 2 })
	if says, status := run("copy"); status != tryAgain || !strings.Contains(says, "copying files") {
		t.Errorf("one too many: status %d, %q", status, says)
	}
	if says, status := run("other"); status != 0 {
		t.Errorf("a command that copies nothing: status %d, %q", status, says)
	}
}

func TestAllStreamsTogetherAreBoundedAndSmallPacketsCountForMore(t *testing.T) {
	b := serve(t, withBounds(func(b *Bounds) { b.StreamRate, b.StreamBurst, b.StreamPacket = 200_000, 100_000, 1000 }), withCommand(func(_ context.Context, s *Session) int {
		for range 100 { // a packet each
			_, _ = io.WriteString(s.Out, "x")
		}
		return 0
	}))
	start := time.Now()
	var all sync.WaitGroup
	const streams = 3
	for range streams {
		client := b.client()
		all.Go(func() {
			if s, err := client.NewSession(); err == nil {
				_ = s.Run("many")
			}
		})
	}
	all.Wait()
	if took, least := time.Since(start), time.Second*(streams*100_000-100_000)/200_000; took < least {
		t.Errorf("took %v, want at least %v", took, least)
	}
	reader := b.reader() // who does not wait for streams
	reader.sees("hello")
}

func TestOneAddressHasItsShareOfThePlacesForSubsystems(t *testing.T) {
	b := serve(t, withSubsystem(echo), withBounds(func(b *Bounds) { b.SubsystemShare = 2 }))
	one := b.subsystem(true)
	b.subsystem(true)
	eventually(t, "two run", func() bool { return b.server.running.Taken() == 2 })
	b.refusesSubsystem("your address")
	_ = one.CloseWrite()
	receive(t, one.status)
	eventually(t, "a place is free", func() bool { return b.server.running.Taken() == 1 })
}

func TestSubsystemReadsWithinItsOwnBounds(t *testing.T) {
	t.Run("more than a command, at once", func(t *testing.T) {
		b := serve(t, withSubsystem(echo), withBounds(func(b *Bounds) {
			b.Stdin, b.StdinAhead, b.InputRate, b.InputBurst = 1, 1, 1, 1
			b.NetworkRate, b.NetworkBurst = 1<<30, 1<<30
		}))
		c := b.subsystem(true)
		sent := strings.Repeat("x", 200_000)
		for i := 0; i < len(sent); i += 20_000 {
			_, _ = io.WriteString(c, sent[i:i+20_000])
			eventually(t, "echo", func() bool { return c.out.Len() == i+20_000 })
		}
		_ = c.CloseWrite()
		if got := receive(t, c.status); got != 0 {
			t.Errorf("status %d", got)
		}
	})
	t.Run("in all", func(t *testing.T) {
		b := serve(t, withSubsystem(echo), withBounds(func(b *Bounds) { b.SubsystemInput = 10_000 }))
		c := b.subsystem(true)
		_, _ = io.WriteString(c, strings.Repeat("x", 10_001))
		if got := receive(t, c.status); got != 1 {
			t.Errorf("status %d, want that of an error", got)
		}
		soon(t, patience, "session ended", c.gone)
		if got := c.out.Len(); got != 10_000 {
			t.Errorf("%d bytes were read, want 10000", got)
		}
		if got := b.ended(1)[0]; got != ReasonInput {
			t.Errorf("reason %q, want %q", got, ReasonInput)
		}
	})
	t.Run("that wait", func(t *testing.T) {
		b := serve(t, withSubsystem(func(ctx context.Context, s *Session) int {
			<-ctx.Done()
			n, _ := io.Copy(io.Discard, s.In)
			s.Reading(strings.Repeat("x", int(n/1000)))
			return 0
		}), withBounds(func(b *Bounds) { b.SubsystemAhead = 5_000 }))
		c := b.subsystem(true)
		_, _ = io.WriteString(c, strings.Repeat("x", 30_000))
		eventually(t, "all has come", func() bool {
			_ = c.Close()
			return len(b.logged("session ended")) == 1
		})
		if got := b.logged("session ended")[0]["read"]; got != "xxxxx" {
			t.Errorf("read %q thousands, want 5", got)
		}
	})
	t.Run("and is ended when nothing comes", func(t *testing.T) {
		b := serve(t, withSubsystem(echo), withBounds(func(b *Bounds) { b.SubsystemIdle = 100 * time.Millisecond }))
		c := b.subsystem(true)
		if got := receive(t, c.status); got != 0 {
			t.Errorf("status %d", got)
		}
		if got := b.ended(1)[0]; got != ReasonIdle {
			t.Errorf("reason %q, want %q", got, ReasonIdle)
		}
	})
}

func TestSubsystemWhoseClientTakesNothingIsEnded(t *testing.T) {
	b := serve(t, withSubsystem(endless), withBounds(func(b *Bounds) { b.CommandStall = 300 * time.Millisecond }))
	b.subsystem(false)
	if got := b.ended(1)[0]; got != ReasonStalled {
		t.Errorf("reason %q, want %q", got, ReasonStalled)
	}
	eventually(t, "its place is free", func() bool { return b.server.running.Taken() == 0 })
}

func TestShutdownEndsTransfers(t *testing.T) {
	answer := bytes.Repeat([]byte("x"), 32<<10)
	b := serve(t, withSubsystem(func(_ context.Context, s *Session) int {
		for {
			if _, err := io.ReadFull(s.In, make([]byte, 10)); errors.Is(err, io.EOF) {
				return 0
			}
			if _, err := s.Out.Write(answer); err != nil {
				return 1
			}
		}
	}))
	busy, stalled := b.subsystem(true), b.subsystem(false)
	for _, c := range []*copying{busy, stalled} { // 48 MiB of answers are asked for
		if _, err := io.WriteString(c, strings.Repeat("request...", 1500)); err != nil {
			t.Fatal(err)
		}
	}
	eventually(t, "transfers run", func() bool { return busy.out.Len() > 4<<20 })
	start := time.Now()
	b.stop()
	soon(t, 5*time.Second, "server ended", b.over)
	t.Logf("took %v", time.Since(start))
	soon(t, patience, "session ended", busy.gone)
	if says := busy.errs.String(); !strings.Contains(says, "restarting") {
		t.Errorf("the client is told %q", says)
	}
}

func TestOutputIsPacedUnlessItIsAPrograms(t *testing.T) {
	const size, rate, burst = 12_000, 10_000, 5_000
	write := func(_ context.Context, s *Session) int {
		_, _ = s.Out.Write(make([]byte, size))
		return 0
	}
	b := serve(t, withSubsystem(write), withCommand(write), withBounds(func(b *Bounds) {
		b.OutputRate, b.OutputBurst, b.CommandStall = rate, burst, 250*time.Millisecond // the pace is no stall
	}))
	least := time.Duration(size-burst) * time.Second / rate
	start := time.Now()
	c := b.subsystem(true)
	soon(t, patience, "session ended", c.gone)
	if took := time.Since(start); c.out.Len() != size || took < least {
		t.Errorf("subsystem: %d bytes in %v, want %d in %v at least", c.out.Len(), took, size, least)
	}
	start = time.Now()
	s, err := b.client().NewSession()
	if err != nil {
		t.Fatal(err)
	}
	out, err := s.Output("write")
	if took := time.Since(start); len(out) != size || err != nil || took < least {
		t.Errorf("command: %d bytes in %v, %v, want %d in %v at least", len(out), took, err, size, least)
	}
	// A client that goes while its command waits for the pace lets the command go.
	o := &output{chunk: 10, timer: time.NewTimer(time.Hour)}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	o.slow(ctx, newGate(&b.server.bounds).bucket)
	if n, err := o.to(io.Discard).Write(make([]byte, 1<<20)); err == nil {
		t.Errorf("%d bytes were written for a client that has gone", n)
	}
}

func TestPanicOfSubsystemEndsItAlone(t *testing.T) {
	b := serve(t, withSubsystem(func(context.Context, *Session) int { panic("trouble") }))
	c := b.subsystem(true)
	if got := receive(t, c.status); got != 1 {
		t.Errorf("status %d, want 1", got)
	}
	if got := b.ended(1)[0]; got != ReasonPanic {
		t.Errorf("reason %q, want %q", got, ReasonPanic)
	}
	eventually(t, "its place is free", func() bool { return b.server.running.Taken() == 0 })
	b.reader().sees("hello")
}
