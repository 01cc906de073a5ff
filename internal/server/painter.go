package server

import (
	"io"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"lectern/internal/paint"
	"lectern/internal/text"
)

// A painter brings a program's frames to its reader's terminal. At most one frame is on its way at a time, written on a
// goroutine that lives as long as that takes; whoever draws asks ready first, and is told by wake when it is time for the
// frame that had to wait. So the first frame goes out at once, a slow line gets the newest frame and never a queue,
// and an idle terminal costs nothing.
type painter struct {
	server *Server
	out    io.Writer
	query  bool   // ask the terminal for its background colour
	wake   func() // asks for the frame that had to wait
	fail   func() // ends the session after a panic
	first  func() // is told that the first frame has been written

	mu      sync.Mutex
	free    sync.Cond // signalled when no frame is on its way
	screen  *paint.Screen
	width   int // of screen
	height  int
	busy    bool // a frame is on its way
	owed    bool // wake is to be called
	entered bool // the terminal shows the alternate screen
	title   string
	mouse   bool   // the terminal reports clicks and the wheel
	unsure  bool   // the terminal may show something else than screen believes
	before  []byte // is written before the next frame
	stopped bool
	next    time.Time // when the next frame may go
}

// A frame is what a terminal of a size is to show.
type frame struct {
	width, height int
	content       string
	cursor        *paint.Cursor
	title         string
	mouse         bool // clicks and the wheel are wanted
}

// ready reports whether paint may be called. If not, wake will be called on a goroutine of its own when it is time to
// ask again.
func (p *painter) ready() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch wait := time.Until(p.next); {
	case p.stopped || p.owed:
		return false
	case p.busy:
		p.owed = true
		return false
	case wait > 0:
		p.owed = true
		time.AfterFunc(wait, p.wakeUp)
		return false
	}
	return true
}

func (p *painter) wakeUp() {
	defer p.server.recovered("painter", nil)
	p.mu.Lock()
	p.owed = false
	stopped := p.stopped
	p.mu.Unlock()
	if !stopped {
		p.wake()
	}
}

// paint sends a frame on its way. Only after ready, and on the same goroutine.
func (p *painter) paint(f frame) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.stopped {
		return
	}
	p.busy = true
	b := &p.server.bounds
	spared := time.Now().Add(-time.Duration(b.FrameBurst-1) * b.Frame)
	if p.next.Before(spared) {
		p.next = spared
	}
	p.next = p.next.Add(b.Frame)
	go p.send(f)
}

// send writes a frame. The screen is its own while busy.
func (p *painter) send(f frame) {
	defer p.server.recovered("painter", p.fail)
	defer p.sent()
	buf := p.server.buffers.Get().(*[]byte)
	defer p.server.buffers.Put(buf)
	b := append((*buf)[:0], p.taken()...)
	title := text.Line(f.title)
	first := !p.entered
	if first {
		b = paint.Enter(b, title)
		if p.query {
			b = append(b, ansi.RequestBackgroundColor...)
		}
		p.screen = paint.New(f.width, f.height)
	} else {
		if p.forgotten() || f.width != p.width || f.height != p.height {
			p.screen.Resize(f.width, f.height)
		}
		if title != p.title {
			b = paint.Title(b, title)
		}
	}
	if f.mouse != p.mouse {
		b = paint.Mouse(b, f.mouse)
	}
	p.entered, p.width, p.height, p.title, p.mouse = true, f.width, f.height, title, f.mouse
	b = p.screen.Frame(b, f.content, f.cursor)
	*buf = b
	if len(b) == 0 {
		return
	}
	if _, err := p.out.Write(b); err == nil && first { // an error means that the session is ending
		p.first()
	}
}

// maxRaw bounds what a program may write beside its frames and that was not written yet, in bytes.
const maxRaw = 256 << 10

// raw writes a sequence that changes nothing on the screen before the next frame. Where it does not fit it is dropped, and
// while memory is tight.
func (p *painter) raw(s string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.before)+len(s) <= maxRaw && !p.server.tight() {
		p.before = append(p.before, s...)
	}
}

// taken is what raw was given since the last frame.
func (p *painter) taken() []byte {
	p.mu.Lock()
	defer p.mu.Unlock()
	b := p.before
	p.before = nil
	return b
}

// forget makes the next frame a whole one: something else may have been written to the terminal.
func (p *painter) forget() {
	p.mu.Lock()
	p.unsure = true
	p.mu.Unlock()
}

// forgotten reports whether forget was called since it was asked last.
func (p *painter) forgotten() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	unsure := p.unsure
	p.unsure = false
	return unsure
}

func (p *painter) sent() {
	p.mu.Lock()
	p.busy = false
	if p.owed {
		time.AfterFunc(time.Until(p.next), p.wakeUp)
	}
	p.free.Broadcast()
	p.mu.Unlock()
}

// stop waits for the frame on its way, and then restores the terminal and writes a last line, if there is one.
func (p *painter) stop(line string) {
	p.mu.Lock()
	p.stopped = true
	for p.busy {
		p.free.Wait()
	}
	p.mu.Unlock()
	var b []byte
	if p.entered {
		b = paint.Leave(b)
	}
	if line != "" {
		b = append(b, line+"\r\n"...)
	}
	if len(b) > 0 {
		_, _ = p.out.Write(b)
	}
}

// cursorOf returns where a view wants the cursor.
func cursorOf(v tea.View) *paint.Cursor {
	if v.Cursor == nil {
		return nil
	}
	return &paint.Cursor{X: v.Cursor.X, Y: v.Cursor.Y}
}
