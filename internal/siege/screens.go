//go:build unix

package siege

import (
	"context"
	"strings"
	"time"
)

// screens are the attacks of clients that have a screen, by what they type and by how they leave.
func screens() []Attack {
	return []Attack{
		{"pastes", 15, paste},
		{"sequences without end", 8, unterminated},
		{"keys of all kinds", 8, monkey},
		{"keys at quit", 8, way("keys at quit")},
		{"half-closed channels", 8, halfClosed},
		{"channels closed on a kept connection", 8, kept},
		{"resized before the shell, and gone", 8, way("early resize")},
		{"dropped on the screen", 8, way("drop")},
	}
}

// guest sits down at a screen, and waits until it is painted.
func (t *Target) guest(ctx context.Context) (*guest, error) {
	client, err := t.client(ctx)
	if err != nil {
		return nil, err
	}
	g, err := sit(client, terminal(100, 30))
	if err != nil {
		return nil, err
	}
	return g, g.waitFor(ctx, "\x1b[")
}

// typing writes text over and over until the session is gone.
func (t *Target) typing(ctx context.Context, text string) error {
	g, err := t.guest(ctx)
	if err != nil {
		return err
	}
	pour(g.channel, []byte(text))
	return nil
}

func paste(ctx context.Context, t *Target) error {
	texts := []string{strings.Repeat("jk", 4<<10), "\x1b[200~" + strings.Repeat("pasted ", 4<<10), "/" + strings.Repeat("a", 8<<10), "\r" + strings.Repeat(" b", 4<<10)}
	return t.typing(ctx, texts[t.next(len(texts))])
}

func unterminated(ctx context.Context, t *Target) error {
	begins := []string{"\x1b]52;c;", "\x1bP", "\x1b_", "\x1b^", "\x1bX", "\x1b[", "\x1b[<", "\x1b[200~", "\x1b]11;rgb:", "\x1b", "\xf0\x9f"}
	text := begins[t.next(len(begins))]
	return t.typing(ctx, text+strings.Repeat("0;", 2<<10))
}

// monkey presses keys at random, as fast as they are taken.
func monkey(ctx context.Context, t *Target) error {
	g, err := t.guest(ctx)
	if err != nil {
		return err
	}
	keys := []string{"j", "k", "\r", " ", "/", "s", "o", "l", "y", "p", "t", "?", "\x1b", "\x7f", "\t", "\x1b[A", "\x1b[6~", "a", "é", "\x00", "\x03", "\x0c", "\x1b[<0;5;5M", "q"}
	for range 2000 {
		select {
		case <-g.left:
			return nil
		default:
			g.press(keys[t.next(len(keys)*7919)%len(keys)])
		}
	}
	return nil
}

// halfClosed ends its input and stays.
func halfClosed(ctx context.Context, t *Target) error {
	g, err := t.guest(ctx)
	if err != nil {
		return err
	}
	_ = g.channel.CloseWrite()
	ctx, end := context.WithTimeout(ctx, 2*time.Second)
	defer end()
	_ = g.waitLeft(ctx)
	return nil
}

// kept closes channels, one after another, and keeps the connection, as OpenSSH's ControlMaster does.
func kept(ctx context.Context, t *Target) error {
	client, err := t.client(ctx)
	if err != nil {
		return err
	}
	for i := range 20 {
		g, err := sit(client, terminal(80, 24))
		if err != nil && i == 0 {
			return err
		}
		if err != nil {
			return nil
		}
		_ = g.waitFor(ctx, "\x1b[")
		_ = g.channel.Close()
	}
	return nil
}

// A Way is a way to leave.
type Way struct {
	Name string
	once func(ctx context.Context, t *Target) error // comes and leaves
}

// Ways returns the ways to leave.
func Ways() []Way {
	return []Way{
		{"quit", seated(func(ctx context.Context, g *guest) {
			g.press("q")
			_ = g.waitLeft(ctx)
		})},
		{"drop", seated(func(context.Context, *guest) {})},
		{"keys at quit", seated(func(_ context.Context, g *guest) { g.press("jjj\r   ?qqqq" + strings.Repeat("jk", 50)) })},
		{"early resize", resizedEarly},
		{"end of input", seated(func(_ context.Context, g *guest) { _ = g.channel.CloseWrite() })},
		{"channel closed", seated(func(ctx context.Context, g *guest) {
			_ = g.channel.Close()
			_ = g.waitLeft(ctx)
		})},
		{"a mistake", mistaken},
		{"a failed attempt", unlucky},
		{"a wrong service", misguided},
		{"all at once", hasty},
	}
}

// way is an attack of leaving in one way.
func way(name string) func(context.Context, *Target) error {
	for _, w := range Ways() {
		if w.Name == name {
			return w.once
		}
	}
	panic("no such way: " + name)
}

// seated comes, sees the list, and leaves it, whereupon the connection is closed.
func seated(leave func(ctx context.Context, g *guest)) func(context.Context, *Target) error {
	return func(ctx context.Context, t *Target) error {
		g, err := t.guest(ctx)
		if err != nil {
			return err
		}
		late, end := context.WithTimeout(ctx, patience)
		defer end()
		leave(late, g)
		return nil
	}
}

// resizedEarly changes the size of a terminal that runs nothing; some then start a shell, and all go at once.
func resizedEarly(ctx context.Context, t *Target) error {
	w, channel, err := t.channel(ctx)
	if err != nil {
		return err
	}
	_ = w.request(channel, "pty-req", false, terminal(80, 24))
	for n := range uint32(20) {
		_ = w.request(channel, "window-change", false, windowSize{80 + n, 24, 0, 0})
	}
	if t.next(3) > 0 {
		_ = w.request(channel, "shell", false, nil)
	}
	// An answered request says that the server has seen them all.
	if w.request(channel, "signal", true, struct{ Name string }{"USR1"}) == nil && t.next(2) == 0 {
		_, _ = w.until(msgChannelFailure, msgChannelSuccess)
	}
	return nil
}
