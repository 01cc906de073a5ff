package server

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	gossh "golang.org/x/crypto/ssh"
)

func TestProgramIsShownAndLeft(t *testing.T) {
	b := serve(t, withProgram(func(_ context.Context, s *Session) tea.Model {
		s.Reading("first-post")
		s.Reading("second-post")
		return &probe{}
	}))
	r := b.reader()
	r.sees("\x1b[?1049h")
	r.sees("hello reader")
	r.press("q")
	r.left()
	r.restored()
	if why := b.ended(1)[0]; why != ReasonQuit {
		t.Errorf("ended for %q", why)
	}
	started, ended := b.logged("session started")[0], b.logged("session ended")[0]
	for key, want := range map[string]any{"remote": "127.0.0.1/32", "client": "SSH-2.0-Go", "term": "xterm", "width": 80.0, "height": 24.0} {
		if started[key] != want {
			t.Errorf("started: %s is %v, want %v", key, started[key], want)
		}
	}
	if got, want := ended["read"], "first-post second-post"; got != want {
		t.Errorf("read %q, want %q", got, want)
	}
	if got, want := ended["bytes"], float64(r.screen.Len()); got != want {
		t.Errorf("logged %v bytes, the reader got %v", got, want)
	}
}

func TestCtrlLPaintsTheScreenAnew(t *testing.T) {
	b := serve(t)
	r := b.reader()
	r.sees("hello reader")
	r.press("x") // an unchanged frame, which costs nothing
	r.press("\x0c")
	eventually(t, "the frame a second time", func() bool { return strings.Count(r.screen.String(), "hello reader") == 2 })
}

func TestWindowTitleFollowsTheProgram(t *testing.T) {
	title := "first"
	b := serve(t, withProgram(func(context.Context, *Session) tea.Model {
		return &probe{
			update: func(msg tea.Msg) tea.Cmd {
				if key, ok := msg.(tea.KeyPressMsg); ok && key.String() == "n" {
					title = "sec\aond"
				}
				return quitOnQ(msg)
			},
			view: func() tea.View { return tea.View{Content: "hello reader", WindowTitle: title} },
		}
	}))
	r := b.reader()
	r.sees("\x1b]2;first\x1b\\")
	r.press("n")
	r.sees("\x1b]2;second\x1b\\")
}

func TestProgramsContextEndsWithTheProgram(t *testing.T) {
	over := make(chan struct{})
	b := serve(t, withProgram(func(ctx context.Context, _ *Session) tea.Model {
		context.AfterFunc(ctx, func() { close(over) })
		return &probe{}
	}))
	ch, _ := b.channel(b.client()) // kept open by the client
	_, _ = ch.SendRequest("pty-req", true, gossh.Marshal(ptyRequest{Term: "xterm", Width: 80, Height: 24}))
	_, _ = ch.SendRequest("shell", true, nil)
	_, _ = ch.Write([]byte("q"))
	soon(t, patience, "context ended", over)
}

func TestBackgroundColourIsAskedForAndNotWaitedFor(t *testing.T) {
	dark := make(chan bool, 1)
	b := serve(t, withUpdate(func(msg tea.Msg) tea.Cmd {
		if bg, ok := msg.(tea.BackgroundColorMsg); ok {
			dark <- bg.IsDark()
		}
		return nil
	}))
	r := b.reader()
	r.sees("\x1b]11;?")
	r.sees("hello reader")
	r.press("\x1b]11;rgb:ffff/ffff/ffff\x1b\\")
	if receive(t, dark) {
		t.Error("white is taken for dark")
	}
}

func TestEveryWayOutRestoresTheTerminal(t *testing.T) {
	for name, tt := range map[string]struct {
		settings []setting
		leave    func(b *bench, r *reader)
		want     Reason
		line     string
	}{
		"quit":      {nil, func(_ *bench, r *reader) { r.press("q") }, ReasonQuit, ""},
		"interrupt": {[]setting{withUpdate(func(msg tea.Msg) tea.Cmd { return onKey(msg, tea.Interrupt) })}, func(_ *bench, r *reader) { r.press("x") }, ReasonQuit, ""},
		"end of input": {[]setting{withBounds(func(b *Bounds) { b.NoSession = 300 * time.Millisecond })}, func(_ *bench, r *reader) {
			_ = r.keys.(io.Closer).Close()
		}, ReasonIdle, "No key was pressed"},
		"shutdown": {nil, func(b *bench, _ *reader) { b.stop() }, ReasonShutdown, "restarting"},
		"idle":     {[]setting{withBounds(func(b *Bounds) { b.Idle = 200 * time.Millisecond })}, func(*bench, *reader) {}, ReasonIdle, "No key was pressed"},
		"too much input": {[]setting{withBounds(func(b *Bounds) { b.InputTotal = 1000 })}, func(_ *bench, r *reader) {
			r.press(strings.Repeat("x", 1000))
		}, ReasonInput, "More was typed"},
		"panic in Update": {[]setting{withUpdate(func(msg tea.Msg) tea.Cmd {
			if _, ok := msg.(tea.KeyPressMsg); ok {
				panic("update broke")
			}
			return nil
		})}, func(_ *bench, r *reader) { r.press("x") }, ReasonPanic, "Something went wrong"},
		"panic in View": {[]setting{withProgram(func(context.Context, *Session) tea.Model {
			views := 0
			return &probe{view: func() tea.View {
				if views++; views > 1 {
					panic("view broke")
				}
				return tea.NewView("hello reader")
			}}
		})}, func(_ *bench, r *reader) { r.press("x") }, ReasonPanic, "Something went wrong"},
		"panic in a command":  {[]setting{withUpdate(func(msg tea.Msg) tea.Cmd { return onKey(msg, broken) })}, func(_ *bench, r *reader) { r.press("x") }, ReasonPanic, "Something went wrong"},
		"panic in a batch":    {[]setting{withUpdate(func(msg tea.Msg) tea.Cmd { return onKey(msg, tea.Batch(broken, tea.Batch(broken, nothing))) })}, func(_ *bench, r *reader) { r.press("x") }, ReasonPanic, "Something went wrong"},
		"panic in a sequence": {[]setting{withUpdate(func(msg tea.Msg) tea.Cmd { return onKey(msg, tea.Sequence(nothing, tea.Sequence(nothing, broken))) })}, func(_ *bench, r *reader) { r.press("x") }, ReasonPanic, "Something went wrong"},
	} {
		t.Run(name, func(t *testing.T) {
			b := serve(t, tt.settings...)
			other := b.reader()
			other.sees("hello reader")
			r := b.reader()
			r.sees("hello reader")
			tt.leave(b, r)
			r.left()
			r.restored()
			if why := b.ended(1)[0]; why != tt.want {
				t.Errorf("ended for %q, want %q", why, tt.want)
			}
			_, last, _ := strings.Cut(r.screen.String(), "\x1b[?1049l")
			if tt.line != "" && !strings.Contains(last, tt.line) {
				t.Errorf("the reader was left with %q, want %q in it", last, tt.line)
			}
			if tt.want != ReasonPanic {
				return
			}
			eventually(t, "panic logged", func() bool { return len(b.logged("panic")) > 0 })
			if stack := b.logged("panic")[0]["stack"].(string); !strings.Contains(stack, "runner_test.go") {
				t.Errorf("stack does not show where: %s", stack)
			}
			select {
			case <-other.gone:
				t.Error("another session ended as well")
			default:
			}
		})
	}
}

func onKey(msg tea.Msg, cmd tea.Cmd) tea.Cmd {
	if _, ok := msg.(tea.KeyPressMsg); ok {
		return cmd
	}
	return nil
}

func broken() tea.Msg { panic("command broke") }

func nothing() tea.Msg { return nil }

func TestPanicInACommandLineEndsThatSessionAlone(t *testing.T) {
	b := serve(t, withCommand(func(context.Context, *Session) int { panic("verb broke") }))
	r := b.reader()
	s, err := b.client().NewSession()
	if err != nil {
		t.Fatal(err)
	}
	out, err := s.CombinedOutput("ls")
	var exit *gossh.ExitError
	if !errors.As(err, &exit) || exit.ExitStatus() != 1 || !strings.Contains(string(out), "Something went wrong") {
		t.Errorf("got %q, %v", out, err)
	}
	r.press("q")
	r.left()
	for _, why := range b.ended(2) {
		if why != ReasonPanic && why != ReasonQuit {
			t.Errorf("ended for %q", why)
		}
	}
}

func TestSessionEndsWithItsChannelThoughTheConnectionIsKept(t *testing.T) {
	done := make(chan struct{})
	b := serve(t, withCommand(func(ctx context.Context, _ *Session) int {
		<-ctx.Done()
		close(done)
		return 0
	}))
	client := b.client()
	r := b.readerOn(client)
	r.sees("hello")
	_ = r.Close()
	if why := b.ended(1)[0]; why != ReasonHangup {
		t.Errorf("ended for %q", why)
	}
	ch, _ := b.channel(client)
	request(t, ch, "exec", struct{ Command string }{"wait"})
	_ = ch.Close()
	soon(t, patience, "command's context ended", done)
}

func TestKeysInFlightAtQuitStrandNobody(t *testing.T) {
	b := serve(t)
	r := b.reader()
	r.sees("hello")
	before := runtime.NumGoroutine()
	r.press(strings.Repeat("j", 300) + "q" + strings.Repeat("j", 300))
	r.left()
	r.restored()
	eventually(t, "goroutines gone", func() bool { return runtime.NumGoroutine() < before })
}

func TestFloodOfKeysReachesTheProgramAtABoundedRate(t *testing.T) {
	var keys atomic.Int64
	b := serve(t, withBounds(func(b *Bounds) { b.NetworkBurst = 10 << 20 }), withUpdate(func(msg tea.Msg) tea.Cmd {
		if _, ok := msg.(tea.KeyPressMsg); ok {
			keys.Add(1)
		}
		return quitOnQ(msg)
	}))
	r := b.reader()
	r.sees("hello")
	start := time.Now()
	for range 200 {
		r.press(strings.Repeat("j", 1000))
	}
	if _, err := r.SendRequest("strange", true, nil); err != nil { // answered after all of them came in
		t.Fatal(err)
	}
	eventually(t, "many keys reach the program", func() bool { return keys.Load() >= 10_000 })
	eventually(t, "a second has passed", func() bool {
		got, bound := keys.Load(), 16<<10+int64((time.Since(start)+gateRest).Seconds()*(2<<10))
		if got > bound {
			t.Fatalf("%d keys reached the program, want at most %d", got, bound)
		}
		return time.Since(start) > time.Second
	})
	// The reader is not locked out by it.
	eventually(t, "q works again", func() bool {
		_, err := io.WriteString(r.keys, "q")
		select {
		case <-r.gone:
			return true
		case <-time.After(100 * time.Millisecond):
		}
		return err != nil
	})
}

func TestPasteIsOneMessageWithinBounds(t *testing.T) {
	pastes := make(chan string, 8)
	b := serve(t, withUpdate(func(msg tea.Msg) tea.Cmd {
		if paste, ok := msg.(tea.PasteMsg); ok {
			pastes <- paste.Content
		}
		return quitOnQ(msg)
	}))
	r := b.reader()
	r.press(pasteStart + strings.Repeat("quit ", 20_000) + pasteEnd) // 100 KB, more than the gate lets pass
	r.press("q")
	r.left()
	if got := receive(t, pastes); len(got) != 4096 || !strings.HasPrefix(got, "quit quit ") {
		t.Errorf("pasted %d bytes: %.20q", len(got), got)
	}
	if len(pastes) > 0 {
		t.Errorf("pasted again: %.20q", <-pastes)
	}
}

func TestSizesAreToldAtABoundedRateAndTheNewestLast(t *testing.T) {
	var told atomic.Int64
	last := make(chan tea.WindowSizeMsg, 10_000)
	b := serve(t, withUpdate(func(msg tea.Msg) tea.Cmd {
		if size, ok := msg.(tea.WindowSizeMsg); ok {
			told.Add(1)
			last <- size
		}
		return nil
	}))
	r := b.reader()
	r.sees("hello")
	start := time.Now()
	for i := range 2000 {
		if err := r.WindowChange(20+i%50, 40+i%100); err != nil {
			t.Fatal(err)
		}
	}
	if err := r.WindowChange(33, 111); err != nil {
		t.Fatal(err)
	}
	want := tea.WindowSizeMsg{Width: 111, Height: 33}
	for got := range last {
		if got == want {
			break
		}
	}
	if most := int64(time.Since(start)/(33*time.Millisecond)) + 3; told.Load() > most {
		t.Errorf("told %d sizes, want at most %d", told.Load(), most)
	}
	// The terminal's own report counts as well.
	r.press("\x1b[48;30;90;600;900t")
	want = tea.WindowSizeMsg{Width: 90, Height: 30}
	for got := range last {
		if got == want {
			break
		}
	}
}

func TestFramesHaveTheSizeTheyWereDrawnFor(t *testing.T) {
	b := serve(t, withProgram(func(context.Context, *Session) tea.Model {
		var size tea.WindowSizeMsg
		return &probe{
			update: func(msg tea.Msg) tea.Cmd {
				if s, ok := msg.(tea.WindowSizeMsg); ok {
					size = s
				}
				return nil
			},
			view: func() tea.View {
				rows := make([]string, size.Height)
				for i := range rows {
					rows[i] = fmt.Sprintf("row-%d-of-%d", i+1, size.Height)
				}
				return tea.NewView(strings.Join(rows, "\n"))
			},
		}
	}))
	r := b.reader()
	r.sees("row-24-of-24")
	if err := r.WindowChange(40, 120); err != nil {
		t.Fatal(err)
	}
	r.sees("row-40-of-40")
}

func TestFramesAreBoundedAndTheNewestIsShown(t *testing.T) {
	var views, n atomic.Int64
	type tick struct{}
	b := serve(t, withProgram(func(context.Context, *Session) tea.Model {
		return &probe{
			update: func(msg tea.Msg) tea.Cmd {
				switch msg.(type) {
				case tea.KeyPressMsg, tick:
					if n.Add(1) < 20_000 {
						return func() tea.Msg { return tick{} }
					}
				}
				return nil
			},
			view: func() tea.View {
				views.Add(1)
				if n.Load() == 20_000 { // only what changes is sent: of a number, some digits
					return tea.NewView("over")
				}
				return tea.NewView(fmt.Sprintf("<%d>", n.Load()))
			},
		}
	}))
	r := b.reader()
	r.sees("<0>")
	start := time.Now()
	r.press("x")
	eventually(t, "last frame is shown", func() bool { return strings.Contains(r.screen.String(), "over") })
	if most := int64(time.Since(start)/(16*time.Millisecond)) + 6; views.Load() > most {
		t.Errorf("%d frames were drawn, want at most %d", views.Load(), most)
	}
}

func TestAnAnswerDoesNotWaitForTheFrameBeforeIt(t *testing.T) {
	var n atomic.Int64
	b := serve(t, withBounds(func(b *Bounds) { b.Frame, b.FrameBurst = time.Hour, 3 }), withProgram(func(context.Context, *Session) tea.Model {
		return &probe{
			update: func(msg tea.Msg) tea.Cmd {
				if _, ok := msg.(tea.KeyPressMsg); ok {
					n.Add(1)
				}
				return nil
			},
			view: func() tea.View { return tea.NewView(strings.Repeat(string(rune('A'+n.Load())), 5)) },
		}
	}))
	r := b.reader()
	for _, shown := range []string{"AAAAA", "BBBBB", "CCCCC"} {
		r.sees(shown)
		r.press("x")
	}
	eventually(t, "key is taken", func() bool { return n.Load() == 3 })
	if s := r.screen.String(); strings.Contains(s, "DDDDD") {
		t.Errorf("got %q, want no fourth frame in an hour", s)
	}
}

func TestIdleProgramsDoNothing(t *testing.T) {
	b := serve(t)
	const readers = 100
	for range readers {
		b.reader().sees("hello")
	}
	// Bubble Tea's ticker is a goroutine of its own, until it is stopped.
	eventually(t, "tickers stopped", func() bool {
		stacks := make([]byte, 8<<20)
		return !strings.Contains(string(stacks[:runtime.Stack(stacks, true)]), "startRenderer")
	})
	before := switches(t)
	<-time.After(2 * time.Second)
	if got := switches(t) - before; got > readers {
		t.Errorf("%d context switches in 2 s with %d idle readers", got, readers)
	}
}

func TestSignalsStayTheServers(t *testing.T) {
	b := serve(t)
	r := b.reader()
	r.sees("hello")
	stacks := make([]byte, 8<<20)
	if strings.Contains(string(stacks[:runtime.Stack(stacks, true)]), "handleSignals") {
		t.Error("a program waits for signals")
	}
	r.press("\x1a\x03") // ctrl+z and ctrl+c are keys like others
	r.press("q")
	r.left()
}

func TestSuspendStopsNobody(t *testing.T) {
	b := serve(t, withUpdate(func(msg tea.Msg) tea.Cmd {
		if quit := quitOnQ(msg); quit != nil {
			return quit
		}
		return onKey(msg, tea.Sequence(tea.Suspend, tea.Quit)) // would stop the process
	}))
	r := b.reader()
	r.press("z")
	r.left()
}

func TestDumbTerminalAndNoTerminalGetTheIndex(t *testing.T) {
	b := serve(t)
	for _, term := range []string{"dumb", "", "none at all"} {
		s, err := b.client().NewSession()
		if err != nil {
			t.Fatal(err)
		}
		want := "index\r\n"
		if term == "none at all" {
			want = "index\n"
		} else if err := s.RequestPty(term, 24, 80, nil); err != nil {
			t.Fatal(err)
		}
		out := &buffer{}
		s.Stdout = out
		if err := s.Shell(); err != nil {
			t.Fatal(err)
		}
		if err := s.Wait(); err != nil {
			t.Fatal(err)
		}
		if got := out.String(); got != want {
			t.Errorf("TERM %q: got %q, want %q", term, got, want)
		}
	}
}

func TestWhatAProgramWritesBesideItsFramesIsSentWithinBounds(t *testing.T) {
	const sequence = "\x1b]52;c;aGVsbG8=\x1b\\"
	b := serve(t, withProgram(func(context.Context, *Session) tea.Model {
		return &probe{update: func(msg tea.Msg) tea.Cmd {
			if key, ok := msg.(tea.KeyPressMsg); ok && key.String() == "c" {
				return tea.Sequence(tea.Raw([]int{1}), tea.Raw(sequence))
			}
			return quitOnQ(msg)
		}}
	}))
	r := b.reader()
	r.sees("hello reader")
	r.press("c")
	r.sees(sequence)
	r.press("q")
	r.left()
	r.restored()
	p := painter{server: b.server}
	p.raw(strings.Repeat("x", maxRaw))
	p.raw(sequence)
	if got := len(p.taken()); got != maxRaw {
		t.Errorf("%d bytes are kept, want %d", got, maxRaw)
	}
}

func TestTheMouseIsTakenAndGivenBackAsTheProgramAsks(t *testing.T) {
	mode := tea.MouseModeNone
	b := serve(t, withProgram(func(context.Context, *Session) tea.Model {
		return &probe{
			update: func(msg tea.Msg) tea.Cmd {
				if key, ok := msg.(tea.KeyPressMsg); ok && key.String() == "m" {
					mode = tea.MouseModeCellMotion - mode
				}
				return quitOnQ(msg)
			},
			view: func() tea.View { return tea.View{Content: "hello reader", MouseMode: mode} },
		}
	}))
	r := b.reader()
	r.sees("hello reader")
	if strings.Contains(r.screen.String(), "\x1b[?1000h") {
		t.Error("the mouse is taken though the program does not ask for it")
	}
	r.press("m")
	r.sees("\x1b[?1000h\x1b[?1006h")
	r.press("m")
	r.sees("\x1b[?1006l\x1b[?1000l")
	r.press("m")
	r.press("q")
	r.left()
	r.restored()
}
