package server

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	gossh "golang.org/x/crypto/ssh"
)

func TestCommandReadsStandardInputWithinBounds(t *testing.T) {
	got := make(chan error, 1)
	b := serve(t, withBounds(func(b *Bounds) {
		b.Stdin, b.StdinAhead, b.InputRate, b.InputBurst = 16<<10, 16<<10, 1<<20, 1<<20
	}), withCommand(func(_ context.Context, s *Session) int {
		in, err := io.ReadAll(s.In)
		got <- err
		return len(in) / 1000
	}))
	for size, want := range map[int]struct {
		exit int
		err  error
		says string
	}{5000: {5, nil, ""}, 100_000: {16, errStdinTooLong, "More was typed"}} {
		s, err := b.client().NewSession()
		if err != nil {
			t.Fatal(err)
		}
		s.Stdin = strings.NewReader(strings.Repeat("x", size))
		errs := &buffer{}
		s.Stderr = errs
		err = s.Run("count")
		var exit *gossh.ExitError
		if !errors.As(err, &exit) || exit.ExitStatus() != want.exit {
			t.Errorf("%d bytes: got %v, want status %d", size, err, want.exit)
		}
		if err := receive(t, got); !errors.Is(err, want.err) {
			t.Errorf("%d bytes: command read %v, want %v", size, err, want.err)
		}
		if says := errs.String(); !strings.HasPrefix(says, want.says) || want.says == "" && says != "" {
			t.Errorf("%d bytes: the client is told %q, want %q", size, says, want.says)
		}
	}
}

func TestStandardInputThatNobodyReadsIsKeptWithinBounds(t *testing.T) {
	bounds := DefaultBounds()
	in := newStdin(commandInput(&bounds))
	for range 1000 {
		in.keep(make([]byte, 512))
	}
	if len(in.data) != bounds.StdinAhead {
		t.Errorf("%d bytes wait, want %d", len(in.data), bounds.StdinAhead)
	}

	in = newStdin(commandInput(&bounds))
	in.pace.SetLimit(1e9)
	read := 0
	for p := make([]byte, 512); read < 2*bounds.Stdin; {
		in.keep(p)
		n, err := in.Read(p)
		if read += n; err != nil {
			break
		}
	}
	if read != bounds.Stdin {
		t.Errorf("%d bytes were read, want %d", read, bounds.Stdin)
	}
}

// A dialogue is a command that waits for its reader.
func dialogue(_ context.Context, s *Session) int {
	_, _ = io.WriteString(s.Out, "hello reader\n")
	_, _ = io.Copy(s.Out, s.In)
	return 0
}

func TestCommandThatWaitsForItsReaderIsEndedWithAWord(t *testing.T) {
	for name, tt := range map[string]struct {
		bounds func(*Bounds)
		leave  func(*bench)
		want   Reason
		line   string
	}{
		"idle":     {func(b *Bounds) { b.Idle = 200 * time.Millisecond }, func(*bench) {}, ReasonIdle, "No key was pressed"},
		"hangup":   {func(*Bounds) {}, nil, ReasonHangup, ""},
		"shutdown": {func(*Bounds) {}, func(b *bench) { b.stop() }, ReasonShutdown, "The blog is restarting"},
	} {
		for _, term := range []string{"dumb", ""} {
			t.Run(name+" "+term, func(t *testing.T) {
				b := serve(t, withBounds(tt.bounds), withCommand(dialogue))
				client := b.client()
				s, err := client.NewSession()
				if err != nil {
					t.Fatal(err)
				}
				out, errs := &buffer{}, &buffer{}
				s.Stdout, s.Stderr = out, errs
				if _, err := s.StdinPipe(); err != nil { // and nobody writes to it
					t.Fatal(err)
				}
				if term != "" {
					if err := s.RequestPty(term, 24, 80, nil); err != nil {
						t.Fatal(err)
					}
				}
				if err := s.Shell(); err != nil {
					t.Fatal(err)
				}
				eventually(t, "dialogue begins", func() bool { return strings.Contains(out.String(), "hello reader") })
				if tt.leave == nil {
					_ = client.Close()
				} else {
					tt.leave(b)
				}
				if err := s.Wait(); err != nil && tt.leave != nil {
					t.Errorf("exit: %v", err)
				}
				got := strings.TrimPrefix(errs.String(), idleWarning(100*time.Millisecond)+"\r\n") // at a terminal
				if !strings.HasPrefix(got, tt.line) || strings.Count(got, "\n") != min(1, len(tt.line)) {
					t.Errorf("the reader is told %q, want %q", got, tt.line)
				}
				why := b.ended(1)[0]
				if why == ReasonDone && tt.want == ReasonHangup {
					return // it came to the end of its input before the connection was known to be gone
				}
				if why != tt.want {
					t.Errorf("ended for %q, want %q", why, tt.want)
				}
			})
		}
	}
}

func TestReaderOfADialogueIsWarnedAndStaysWithAKey(t *testing.T) {
	for _, term := range []string{"dumb", ""} {
		b := serve(t, withBounds(func(b *Bounds) { b.Idle, b.Warning = 1500*time.Millisecond, time.Second }), withCommand(dialogue))
		s, err := b.client().NewSession()
		if err != nil {
			t.Fatal(err)
		}
		errs := &buffer{}
		s.Stderr = errs
		keys, err := s.StdinPipe()
		if err != nil {
			t.Fatal(err)
		}
		if term != "" {
			if err := s.RequestPty(term, 24, 80, nil); err != nil {
				t.Fatal(err)
			}
		}
		if err := s.Shell(); err != nil {
			t.Fatal(err)
		}
		warnings := func() int { return strings.Count(errs.String(), "Press a key to stay.") }
		want := 0
		if term != "" {
			eventually(t, "a warning", func() bool { return warnings() == 1 })
			if _, err := io.WriteString(keys, "x"); err != nil {
				t.Fatal(err)
			}
			want = 2 // it stays, and is warned again
		}
		if err := s.Wait(); err != nil {
			t.Errorf("exit: %v", err)
		}
		if got := warnings(); got != want {
			t.Errorf("terminal %q: %d warnings, want %d: %q", term, got, want, errs.String())
		}
	}
}

func TestCommandThatReadsNothingIsNotEndedForIt(t *testing.T) {
	release := make(chan struct{})
	b := serve(t, withBounds(func(b *Bounds) { b.Idle = 20 * time.Millisecond }), withCommand(func(_ context.Context, s *Session) int {
		<-release
		_, _ = io.WriteString(s.Out, "all of it\n")
		return 0
	}))
	s, err := b.client().NewSession()
	if err != nil {
		t.Fatal(err)
	}
	time.AfterFunc(200*time.Millisecond, func() { close(release) })
	out, err := s.CombinedOutput("cat")
	if string(out) != "all of it\n" || err != nil {
		t.Errorf("got %q, %v", out, err)
	}
	if why := b.ended(1)[0]; why != ReasonDone {
		t.Errorf("ended for %q", why)
	}
}
