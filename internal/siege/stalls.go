//go:build unix

package siege

import (
	"context"
	"time"

	"golang.org/x/crypto/ssh"
)

// stalls are the attacks of clients that do not take what they asked for.
func stalls() []Attack {
	return []Attack{
		{"network windows shut", 8, stalledTCP},
		{"SSH windows never opened", 8, stalledSSH},
		{"SSH windows of no bytes", 8, shutSSH},
		{"commands whose output nobody takes", 8, stalledCommand},
		{"answers nobody takes", 8, stalledAnswers},
	}
}

// stall presses keys until the server has cut the connection off.
func stall(w *wire, channel uint32) {
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	keys := []string{"\r", " ", " ", "q"}
	for i := 0; w.keys(channel, keys[i%len(keys)]) == nil; i++ {
		<-tick.C
	}
}

// stalledTCP reads nothing more from the network once it is let in.
func stalledTCP(ctx context.Context, t *Target) error {
	nc, err := t.dialNarrow(ctx)
	if err != nil {
		return err
	}
	w, err := enter(nc)
	if err != nil {
		return err
	}
	channel, err := w.open(0, 1<<31)
	if err != nil {
		return err
	}
	if err := w.screen(channel); err != nil {
		return err
	}
	stall(w, channel)
	return nil
}

// stalledSSH reads from the network, but never gives the server more window than for two frames.
func stalledSSH(ctx context.Context, t *Target) error { return stalledWindow(ctx, t, 4<<10) }

func shutSSH(ctx context.Context, t *Target) error { return stalledWindow(ctx, t, 0) }

func stalledWindow(ctx context.Context, t *Target, window uint32) error {
	w, err := t.raw(ctx)
	if err != nil {
		return err
	}
	channel, err := w.open(0, window)
	if err != nil {
		return err
	}
	if err := w.screen(channel); err != nil {
		return err
	}
	go linger(w.r)
	stall(w, channel)
	return nil
}

// stalledCommand waits for a command whose output does not fit, and makes no room for it.
func stalledCommand(ctx context.Context, t *Target) error {
	w, err := t.raw(ctx)
	if err != nil {
		return err
	}
	for id := range uint32(2) {
		channel, err := w.open(id, 1000)
		if err != nil {
			return err
		}
		if err := w.request(channel, "exec", false, struct{ Line string }{"cat " + t.Post}); err != nil {
			return err
		}
	}
	linger(w.r)
	return nil
}

// stalledAnswers asks for much, and does not take what it is answered.
func stalledAnswers(ctx context.Context, t *Target) error {
	nc, err := t.dialNarrow(ctx)
	if err != nil {
		return err
	}
	w, err := enter(nc)
	if err != nil {
		return err
	}
	for w.send(ssh.Marshal(struct {
		Kind   string `sshtype:"80"`
		Answer bool
	}{"keepalive@openssh.com", true})) == nil {
	}
	return nil
}
