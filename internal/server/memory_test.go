package server

import (
	"bytes"
	"errors"
	"io"
	"net"
	"runtime"
	"runtime/debug"
	"strings"
	"testing"
	"time"

	gossh "golang.org/x/crypto/ssh"

	"lectern/internal/limit"
)

// A ballast is memory that is in use. With it, a quarter of what the test lets Go have is.
type ballast []byte

const ballastBytes = 256 << 20

// load takes the ballast up, until drop. Go collects only when it is told to.
func load(t *testing.T) *ballast {
	t.Helper()
	last, percent := debug.SetMemoryLimit(4*ballastBytes), debug.SetGCPercent(-1)
	t.Cleanup(func() {
		debug.SetMemoryLimit(last)
		debug.SetGCPercent(percent)
		debug.FreeOSMemory() // else Go gives it back bit by bit, and a test that counts wake-ups counts these
	})
	b := ballast(make([]byte, ballastBytes))
	t.Cleanup(b.drop)
	runtime.GC()
	if held := measureMemory(); held < 25 || held > 35 {
		t.Fatalf("with the ballast %d hundredths are held, want 25", held)
	}
	return &b
}

func (b *ballast) drop() {
	runtime.KeepAlive(*b)
	*b = nil
}

// fullAt and tightAt make a server with the ballast full, or short of memory.
func fullAt(b *Bounds)  { b.MemoryFull, b.MemoryTight, b.MemoryFew = 20, 1000, 1 }
func tightAt(b *Bounds) { b.MemoryFull, b.MemoryTight, b.MemoryFew = 20, 20, 1 }

// sessionOf runs a command, and returns what it says on standard error, and its status.
func sessionOf(t *testing.T, b *bench, command string) (says string, status int) {
	t.Helper()
	client := b.client()
	defer client.Close()
	s, err := client.NewSession()
	if err != nil {
		t.Fatal(err)
	}
	var errs buffer
	s.Stderr = &errs
	if err := s.Run(command); err != nil {
		exit := (*gossh.ExitError)(nil)
		if !errors.As(err, &exit) {
			t.Fatal(err)
		}
		status = exit.ExitStatus()
	}
	return errs.String(), status
}

func TestNoSessionBeginsWhileMemoryIsFull(t *testing.T) {
	routine := func(s *Session) bool { return s.Raw == "health" }
	b := serve(t, withBounds(fullAt), func(c *Config, _ *limit.Config) { c.Routine = routine })
	there := b.reader()
	there.sees("hello")
	full := load(t)
	eventually(t, "the server is full", b.server.full)
	says, status := sessionOf(t, b, "ls")
	if status != tryAgain || strings.Count(says, "\n") != 1 || !strings.Contains(says, "as many readers as it can hold") {
		t.Errorf("a session got status %d, %q", status, says)
	}
	if says, status := sessionOf(t, b, "health"); status != 0 {
		t.Errorf("a health check got status %d, %q", status, says)
	}
	eventually(t, "the log says why", func() bool { return len(b.logged("no memory for more readers")) > 0 })
	there.press("q") // who reads feels nothing
	there.left()
	full.drop()
	eventually(t, "the server knows that there is memory", func() bool { return !b.server.full() })
	if says, status := sessionOf(t, b, "ls"); status != 0 {
		t.Errorf("with memory, a session got status %d, %q", status, says)
	}
}

func TestAFewSessionsBeginThoughMemoryIsFull(t *testing.T) {
	b := serve(t, withBounds(fullAt), withBounds(func(b *Bounds) { b.MemoryFew = 2 }))
	b.reader().sees("hello")
	full := load(t)
	eventually(t, "the server is full", b.server.full)
	b.reader().sees("hello")
	if says, status := sessionOf(t, b, "ls"); status != tryAgain {
		t.Errorf("a session beyond the few got status %d, %q", status, says)
	}
	full.drop()
}

func TestNoConnectionIsLetInWhileMemoryIsTight(t *testing.T) {
	b := serve(t, withBounds(tightAt))
	full := load(t)
	eventually(t, "memory is tight", b.server.tight)
	nc := b.dial()
	defer nc.Close()
	_ = nc.SetDeadline(time.Now().Add(patience))
	if says, _ := io.ReadAll(nc); !bytes.HasPrefix(says, []byte(limit.Full().Message)) {
		t.Errorf("a connection is told %q, want %q", says, limit.Full().Message)
	}
	full.drop()
}

func TestWhoHoldsMoreThanAReaderGoesWhenMemoryIsFull(t *testing.T) {
	b := serve(t, withBounds(fullAt))
	long := bytes.Repeat([]byte{'x'}, 30<<10)
	send := func(c *gossh.Client) {
		t.Helper()
		if _, _, err := c.SendRequest("padding", true, long); err != nil {
			t.Fatalf("while there is memory: %v", err)
		}
	}
	holds, late, reads := b.client(), b.client(), b.client()
	b.readerOn(holds).sees("hello")
	b.readerOn(late).sees("hello")
	r := b.readerOn(reads)
	r.sees("hello")
	send(holds)
	load(t)
	eventually(t, "the server is full", b.server.full) // which is what those find who knock
	cutOff(t, holds)
	_, _, _ = late.SendRequest("padding", true, long)
	cutOff(t, late)
	r.press("q")
	r.left()
}

func TestNothingIsReadBehindWhatWaitsWhileMemoryIsTight(t *testing.T) {
	b := serve(t, withBounds(tightAt))
	ours, theirs := net.Pipe()
	defer theirs.Close()
	grant, err := limit.New(limit.DefaultConfig()).Admit(addrOf(ours.RemoteAddr()), time.Now())
	if err != nil {
		t.Fatal(err)
	}
	c := newConn(b.server, ours, addrOf(ours.RemoteAddr()), grant)
	incoming := make(chan []byte, 2)
	c.drainLater(incoming)
	incoming <- []byte("one that waits")
	if !c.afford(10) {
		t.Error("with memory nothing is read behind a packet that waits")
	}
	load(t)
	eventually(t, "memory is tight", b.server.tight)
	afforded := make(chan bool, 2)
	go func() { afforded <- c.afford(10) }()
	select {
	case <-afforded:
		t.Error("more is read behind a packet that waits")
	case <-time.After(3 * memoryInterval):
	}
	<-incoming
	if !receive(t, afforded) {
		t.Error("nothing is read when nothing waits any more")
	}
	incoming <- []byte("one that stays")
	go func() { afforded <- c.afford(10) }()
	close(incoming)
	_ = c.Close()
	receive(t, afforded) // nobody is left waiting
}

func TestNothingIsCopiedWhileMemoryIsTight(t *testing.T) {
	b := serve(t, withBounds(tightAt))
	p := painter{server: b.server}
	p.raw("copied")
	load(t)
	eventually(t, "memory is tight", b.server.tight)
	p.raw("not copied")
	if got := string(p.taken()); got != "copied" {
		t.Errorf("%q goes to the terminal, want %q", got, "copied")
	}
}

func TestWithoutALimitMemoryIsNeverFull(t *testing.T) {
	load(t).drop()
	debug.SetMemoryLimit(1<<63 - 1)
	if held := measureMemory(); held != 0 {
		t.Errorf("%d hundredths are held of no limit", held)
	}
}
