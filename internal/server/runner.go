package server

import (
	"context"
	"io"
	"reflect"
	"runtime/debug"
	"strings"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
)

// A runner runs one reader's program. It is the model that Bubble Tea sees, around the program's own, and stands where
// Bubble Tea would read the terminal and draw on it:
//
//   - keys come from the channel through a gate and a decoder;
//   - sizes come from the guard and from the terminal itself, the newest, at a bounded rate;
//   - frames go to the painter: the program's View is called when the painter can take one, and at no other time;
//   - every way out leads through Run's return: the event loop is asked to quit and never killed, so that nobody is left
//     waiting for it, and the terminal is restored after.
type runner struct {
	ch      *channel
	program *tea.Program
	model   tea.Model
	painter painter
	width   int
	height  int
	failed  bool // the program panicked; it is not called again

	input   sync.Mutex // guards what follows
	idle    *vigil
	gate    gate
	decoder decoder
	wait    *time.Timer // for the rest of a sequence
	over    bool        // keys are no longer wanted
}

// Messages of the runner to itself.
type (
	sizeMsg struct{} // there is a new size
	drawMsg struct{} // the painter can take a frame
)

// run runs model until its reader quits or the session must end, and leaves the terminal as it was. What it needs for that is made
// elsewhere, since what waits here for an hour should be small: Go halves a stack only when less than a quarter of it is used.
func (ch *channel) run(model tea.Model) {
	r := ch.newRunner(model)
	defer r.begin()()
	_, err := r.program.Run()
	r.finish(err)
}

// newRunner makes the runner of a program.
func (ch *channel) newRunner(model tea.Model) *runner {
	r := &runner{ch: ch, model: model, gate: newGate(ch.bounds)}
	ch.out.hurry(ch.bounds.Stall)
	ch.conn.narrow()
	r.decoder = decoder{bounds: ch.bounds, emit: r.key, resize: ch.size.set}
	r.painter = painter{
		server: ch.server,
		out:    ch.out.to(ch.raw),
		query:  answers(ch.term),
		wake:   func() { r.program.Send(drawMsg{}) },
		fail:   func() { r.end(ReasonPanic) },
		first:  ch.painted,
	}
	r.painter.free.L = &r.painter.mu
	r.program = tea.NewProgram(r,
		tea.WithInput(nil),         // read by listen
		tea.WithOutput(io.Discard), // written by the painter
		tea.WithoutRenderer(),
		tea.WithoutSignalHandler(),               // a server's signals are not its readers'
		tea.WithEnvironment([]string{}),          // nothing of the server's, nothing of the client's
		tea.WithColorProfile(colorprofile.NoTTY), // nothing is detected: programs know their session's terminal
		tea.WithFPS(1),                           // the ticks are stopped, see quiet
		tea.WithFilter(func(_ tea.Model, msg tea.Msg) tea.Msg { return r.filter(msg) }),
	)
	return r
}

// begin lets the reader's keys and all else that may end the program reach it, and returns what stops that.
func (r *runner) begin() (stop func()) {
	ch := r.ch
	ch.size.notify(func() { r.program.Send(sizeMsg{}) })
	r.input.Lock()
	r.idle = newVigil(ch.bounds, r.idled)
	r.input.Unlock()
	r.wait = time.AfterFunc(time.Hour, r.expire)
	hangup := context.AfterFunc(ch.ctx, func() { r.end(ReasonHangup) })
	shutdown := context.AfterFunc(ch.server.closing, func() { r.end(ReasonShutdown) })
	go ch.listen(ch.bounds.InputTotal, r.bytes, func() { r.end(ReasonInput) }, r.eof)
	return func() {
		shutdown()
		hangup()
		r.wait.Stop()
		r.idle.timer.Stop()
		ch.size.notify(nil)
		ch.server.programs.leave(r)
	}
}

// finish restores the terminal of a program that has ended, as it should or with an error.
func (r *runner) finish(err error) {
	ch := r.ch
	if err != nil { // Bubble Tea recovered from a panic that we did not
		r.crash(err, nil)
	}
	r.input.Lock()
	r.over = true
	r.input.Unlock()
	ch.end(ReasonQuit)
	why := ch.reason()
	if why == ReasonPanic {
		ch.exit = 1
	}
	r.painter.stop(farewell(why))
}

// painted tells the observer that a program's first frame has been written.
func (ch *channel) painted() {
	connection := time.Duration(0)
	if !ch.conn.painted.Swap(true) {
		connection = time.Since(ch.conn.accepted)
	}
	ch.server.observer.Painted(time.Since(ch.began), connection)
}

// farewell is the last line that a reader sees.
func farewell(why Reason) string {
	switch why {
	case ReasonIdle:
		return "No key was pressed for a long time, so the session was closed. Come back any time."
	case ReasonInput:
		return "More was typed than the blog takes from one session, so it was closed."
	case ReasonShutdown:
		return "The blog is restarting. Please come back in a minute."
	case ReasonPanic:
		return "Something went wrong here. It has been noted; please connect again."
	}
	return ""
}

// answers reports whether a terminal is worth asking for its colours. The others show the question.
func answers(term string) bool {
	for _, t := range []string{"linux", "vt", "ansi", "cons", "dumb", "unknown"} {
		if strings.HasPrefix(term, t) {
			return false
		}
	}
	return term != ""
}

// end asks the event loop to quit. From any goroutine but the event loop's.
func (r *runner) end(why Reason) {
	defer r.ch.server.recovered("program", nil)
	r.ch.end(why)
	r.program.Quit()
}

// bytes takes what the client sent.
func (r *runner) bytes(b []byte) {
	r.input.Lock()
	defer r.input.Unlock()
	if r.over || !r.decoder.full() && !r.gate.pass(len(b), time.Now()) {
		return
	}
	r.wait.Stop()
	if d := r.decoder.write(b); d > 0 {
		r.wait.Reset(d)
	}
}

// eof takes the end of the client's input. What is shown may still be looked at for a while, by a script without
// keys to press, but not for as long as a reader may think.
func (r *runner) eof() {
	r.input.Lock()
	defer r.input.Unlock()
	if !r.over {
		r.idle.eof(r.ch.bounds.NoSession)
	}
}

// idled warns the reader who has pressed no key for long, or ends the session.
func (r *runner) idled() {
	defer r.ch.server.recovered("program", func() { _ = r.ch.conn.Close() })
	r.input.Lock()
	warn, end := false, false
	if !r.over {
		warn, end = r.idle.expired()
	}
	r.input.Unlock()
	if warn {
		r.program.Send(drawMsg{})
	}
	if end {
		r.end(ReasonIdle)
	}
}

// expire ends the wait for the rest of a sequence.
func (r *runner) expire() {
	defer r.ch.server.recovered("program", func() { _ = r.ch.conn.Close() })
	r.input.Lock()
	defer r.input.Unlock()
	if !r.over {
		r.decoder.expire()
	}
}

// key hands the program a message that the decoder made. As in most programs, ctrl+l paints the screen anew.
func (r *runner) key(msg tea.Msg) {
	switch key := msg.(type) {
	case tea.KeyPressMsg:
		r.idle.key()
		if key.String() == "ctrl+l" {
			r.painter.forget()
		}
	case tea.PasteMsg, tea.MouseClickMsg, tea.MouseWheelMsg:
		r.idle.key()
	}
	r.program.Send(msg)
}

// filter keeps from the program what Bubble Tea says of a terminal that it does not have, and from Bubble Tea what
// would stop the whole server, as ctrl+z in a shell would.
//
// What a program writes with tea.Raw would end in Bubble Tea's discarded output. It is taken up here, and the painter
// writes it before the next frame.
func (r *runner) filter(msg tea.Msg) tea.Msg {
	switch msg := msg.(type) {
	case tea.RawMsg:
		if s, ok := msg.Msg.(string); ok {
			r.painter.raw(s)
			return drawMsg{}
		}
		return nil
	case tea.EnvMsg, tea.ColorProfileMsg, tea.WindowSizeMsg, tea.SuspendMsg, tea.ResumeMsg:
		return nil
	case tea.InterruptMsg:
		return tea.QuitMsg{}
	}
	return msg
}

// Init starts the program with its size, so that its first frame is a whole one.
func (r *runner) Init() tea.Cmd {
	r.ch.server.programs.join(r)
	r.ch.server.work.Add(1) // in a session, which is work itself
	go r.quiet()
	var start, sized tea.Cmd
	r.try(func() {
		start = r.model.Init()
		sized = r.sized()
	})
	return tea.Batch(r.guard(start), r.guard(sized))
}

// sized tells the program the newest size.
func (r *runner) sized() (cmd tea.Cmd) {
	r.width, r.height = r.ch.size.take()
	r.model, cmd = r.model.Update(tea.WindowSizeMsg{Width: r.width, Height: r.height})
	return cmd
}

// quiet stops the ticker that bubbletea v2.1.1 starts with every program, though there is nothing to render: with it,
// a thousand idle readers wake the server a thousand times a second. It takes half a second, which that version waits for
// an input that there is not.
func (r *runner) quiet() {
	defer r.ch.server.work.Done()
	defer r.ch.server.recovered("program", nil)
	_ = r.program.ReleaseTerminal()
}

// Update hands the program a message.
func (r *runner) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	var cmd tea.Cmd
	switch msg.(type) {
	case drawMsg: // View follows
	case sizeMsg:
		r.try(func() { cmd = r.sized() })
	default:
		r.try(func() { r.model, cmd = r.model.Update(msg) })
	}
	return r, r.guard(cmd)
}

// View sends the painter a frame, if it can take one. Bubble Tea gets nothing to draw.
func (r *runner) View() tea.View {
	if !r.failed && r.painter.ready() {
		r.try(func() {
			v := r.model.View()
			f := frame{r.width, r.height, v.Content, cursorOf(v), v.WindowTitle, v.MouseMode != tea.MouseModeNone}
			if r.idle.warned.Load() {
				f = overlaid(f, r.idle.warning())
			}
			r.painter.paint(f)
		})
	}
	return tea.View{}
}

// try calls the program. Only on the event loop's goroutine.
func (r *runner) try(call func()) {
	if r.failed {
		return
	}
	defer func() {
		if v := recover(); v != nil {
			r.failed = true
			r.crash(v, debug.Stack())
		}
	}()
	call()
}

// guard wraps a command, and the commands that it results in, so that a panic ends this session and no other.
func (r *runner) guard(cmd tea.Cmd) tea.Cmd {
	if cmd == nil {
		return nil
	}
	return func() (msg tea.Msg) {
		defer func() {
			if v := recover(); v != nil {
				r.crash(v, debug.Stack())
			}
		}()
		msg = cmd()
		// A batch and a sequence are both slices of commands; the type of the latter is not exported.
		v := reflect.ValueOf(msg)
		if !v.IsValid() || !v.CanConvert(reflect.TypeFor[[]tea.Cmd]()) {
			return msg
		}
		guarded := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
		for i := range v.Len() {
			guarded.Index(i).Set(reflect.ValueOf(r.guard(v.Index(i).Interface().(tea.Cmd))))
		}
		return guarded.Interface()
	}
}

// crash notes a panic of the program, and ends it. From any goroutine.
func (r *runner) crash(v any, stack []byte) {
	r.ch.server.panicked("program", v, stack)
	go r.end(ReasonPanic)
}
