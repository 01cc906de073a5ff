package server

import (
	"context"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"lectern/internal/limit"
)

// A tally counts what an observer is told.
type tally struct {
	mu      sync.Mutex
	times   map[string]int
	in, out int
	painted [2][]time.Duration // since the session began, and since the connection was accepted
}

func (o *tally) count(what ...any) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.times == nil {
		o.times = make(map[string]int)
	}
	o.times[strings.TrimSuffix(fmt.Sprintln(what...), "\n")]++
}

func (o *tally) ConnectionRefused(reason string)       { o.count("connection refused", reason) }
func (o *tally) ConnectionOpened()                     { o.count("connection opened") }
func (o *tally) ConnectionClosed()                     { o.count("connection closed") }
func (o *tally) Handshake(of Outcome, _ time.Duration) { o.count("handshake", of) }
func (o *tally) SessionRefused(reason string)          { o.count("session refused", reason) }
func (o *tally) SessionStarted(kind Kind)              { o.count("session started", kind) }
func (o *tally) SessionEnded(kind Kind, why Reason, _ time.Duration, _ int64) {
	o.count("session ended", kind, why)
}

func (o *tally) Moved(in, out int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.in += in
	o.out += out
}

func (o *tally) Painted(session, connection time.Duration) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.painted[0] = append(o.painted[0], session)
	o.painted[1] = append(o.painted[1], connection)
}

// told waits until the observer was told all of this.
func (o *tally) told(t *testing.T, want map[string]int) {
	t.Helper()
	var got map[string]int
	defer func() {
		if t.Failed() {
			t.Logf("told (-want +got):\n%s", cmp.Diff(want, got))
		}
	}()
	eventually(t, "the observer is told", func() bool {
		o.mu.Lock()
		defer o.mu.Unlock()
		got = o.times
		return cmp.Equal(want, got)
	})
}

func withObserver(o Observer) setting {
	return func(c *Config, _ *limit.Config) { c.Observer = o }
}

func TestObserverIsToldOfAReader(t *testing.T) {
	o := &tally{}
	b := serve(t, withObserver(o))
	client := b.client()
	for range 2 { // on one connection
		r := b.readerOn(client)
		r.sees("hello reader")
		r.press("q")
		r.left()
	}
	_ = client.Close()
	o.told(t, map[string]int{
		"connection opened": 1, "connection closed": 1, "handshake done": 1,
		"session started program": 2, "session ended program quit": 2,
	})
	if len(o.painted[0]) != 2 || slices.Min(o.painted[0]) <= 0 {
		t.Errorf("first frames after %v, want one in each session", o.painted[0])
	}
	if o.painted[1][0] <= o.painted[0][0] || o.painted[1][1] != 0 {
		t.Errorf("and after accepting the connection %v, want longer, and only once", o.painted[1])
	}
	if o.in < 500 || o.out < 1000 {
		t.Errorf("%d bytes in and %d out, want those of a handshake at least", o.in, o.out)
	}
}

func TestObserverIsToldOfRefusals(t *testing.T) {
	o := &tally{}
	block := make(chan struct{})
	defer close(block)
	b := serve(t, withObserver(o), withSubsystem(func(context.Context, *Session) int {
		<-block
		return 0
	}), func(_ *Config, l *limit.Config) {
		l.Burst, l.Rate = 3, 0.001
	}, withBounds(func(b *Bounds) {
		b.Sessions, b.Place, b.Subsystems, b.SubsystemShare, b.TotalSessions = 2, time.Millisecond, 2, 1, 2
	}))
	client := b.client()
	first, _ := b.channel(client)
	second, _ := b.channel(client)
	if _, _, err := client.OpenChannel("session", nil); err == nil {
		t.Error("a third session on a connection is let in")
	}
	want := map[string]int{"connection opened": 1, "handshake done": 1, "session refused places": 1}
	o.told(t, want)

	request(t, first, "subsystem", struct{ Name string }{"echo"})
	want["session started subsystem"] = 1
	o.told(t, want)
	request(t, second, "subsystem", struct{ Name string }{"echo"})
	want["session started subsystem"], want["session ended subsystem refused"], want["session refused copies"] = 2, 1, 1
	o.told(t, want)

	b.server.seats <- struct{}{} // the last one
	third, _ := b.channel(b.client())
	request(t, third, "shell", nil)
	want["connection opened"], want["handshake done"], want["session refused seats"] = 2, 2, 1
	o.told(t, want)

	_ = b.dial() // the third of three
	want["connection opened"] = 3
	o.told(t, want)
	_, _ = io.ReadAll(b.dial())
	want["connection refused rate"] = 1
	o.told(t, want)
	<-b.server.seats
}

func TestObserverIsToldOfHandshakesThatFail(t *testing.T) {
	o := &tally{}
	b := serve(t, withObserver(o), withBounds(func(b *Bounds) { b.Handshake = 200 * time.Millisecond }))
	_ = b.dial().Close()
	_, _ = io.WriteString(b.dial(), "GET / HTTP/1.0\r\n\r\n")
	b.dial()
	o.told(t, map[string]int{
		"connection opened": 3, "connection closed": 3, "handshake gone": 1, "handshake broken": 1, "handshake late": 1,
	})
}

func TestWhatIsRoutineIsAKindOfItsOwn(t *testing.T) {
	o := &tally{}
	b := serve(t, withObserver(o), func(c *Config, _ *limit.Config) {
		c.Routine = func(s *Session) bool { return s.Raw == "check" }
	})
	client := b.client()
	for _, command := range []string{"check", "ls"} {
		s, err := client.NewSession()
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Run(command); err != nil {
			t.Fatal(err)
		}
	}
	o.told(t, map[string]int{
		"connection opened": 1, "handshake done": 1,
		"session started routine": 1, "session ended routine done": 1, "session started command": 1, "session ended command done": 1,
	})
}

// A reason that is in no list would be counted as another, or nowhere.
func TestListsForObserversAreComplete(t *testing.T) {
	var got []string
	for _, list := range [][]string{asStrings(Kinds()), asStrings(Outcomes()), asStrings(Reasons()), SessionRefusals()} {
		got = append(got, list...)
	}
	var want []string
	for _, name := range []string{"observer.go", "session.go"} {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, decl := range file.Decls {
			if gen, ok := decl.(*ast.GenDecl); ok && gen.Tok == token.CONST {
				for _, spec := range gen.Specs {
					if literal, ok := spec.(*ast.ValueSpec).Values[0].(*ast.BasicLit); ok && literal.Kind == token.STRING {
						want = append(want, strings.Trim(literal.Value, `"`))
					}
				}
			}
		}
	}
	slices.Sort(got)
	slices.Sort(want)
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("constants, and what the lists hold (-want +got):\n%s", d)
	}
}

func asStrings[S ~string](list []S) (all []string) {
	for _, v := range list {
		all = append(all, string(v))
	}
	return all
}
