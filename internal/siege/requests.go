//go:build unix

package siege

import (
	"context"
	"math"
	"strings"

	"golang.org/x/crypto/ssh"
)

// requests are the attacks of clients which ask for too much, or for what there is not.
func requests() []Attack {
	return []Attack{
		{"channels", 8, channels},
		{"forwarding and other channels", 8, otherChannels},
		{"variables", 8, variables},
		{"commands", 8, commands},
		{"giant and zero terminals", 8, terminals},
		{"window changes", 8, windowChanges},
		{"signals and breaks", 8, signals},
		{"requests outside of channels", 8, globals},
		{"agent, x11 and unknown requests", 8, strange},
		{"subsystems", 8, subsystems},
		{"messages out of place", 8, stray},
		{"empty packets", 8, ignored},
	}
}

func channels(ctx context.Context, t *Target) error {
	w, err := t.raw(ctx)
	if err != nil {
		return err
	}
	go linger(w.r)
	for id := uint32(0); w.send(openRequest("session", id, 1<<31)) == nil; id++ {
	}
	return nil
}

func otherChannels(ctx context.Context, t *Target) error {
	w, err := t.raw(ctx)
	if err != nil {
		return err
	}
	go linger(w.r)
	kinds := []string{"direct-tcpip", "forwarded-tcpip", "x11", "auth-agent@openssh.com", "tun@openssh.com", "direct-streamlocal@openssh.com", strings.Repeat("x", 30000)}
	place := ssh.Marshal(struct {
		Host     string
		Port     uint32
		From     string
		FromPort uint32
	}{"169.254.169.254", 80, "127.0.0.1", 1})
	for id := uint32(0); w.send(append(openRequest(kinds[t.next(len(kinds))], id, 1<<20), place...)) == nil; id++ {
	}
	return nil
}

// channel lets a hostile client in and opens a channel.
func (t *Target) channel(ctx context.Context) (*wire, uint32, error) {
	w, err := t.raw(ctx)
	if err != nil {
		return nil, 0, err
	}
	id, err := w.open(0, 1<<30)
	return w, id, err
}

// ask makes one request after another, until the server has cut the connection off. Nobody reads the answers in ten.
func (t *Target) ask(ctx context.Context, next func() (kind string, rest any)) error {
	w, channel, err := t.channel(ctx)
	if err != nil {
		return err
	}
	if t.next(10) > 0 {
		go linger(w.r)
	}
	for {
		kind, rest := next()
		if w.request(channel, kind, true, rest) != nil {
			return nil
		}
	}
}

func variables(ctx context.Context, t *Target) error {
	names := []string{"LANG", "LC_ALL", "TMUX", "TTY_FORCE", "LD_PRELOAD", "COLORTERM", strings.Repeat("N", 10000)}
	return t.ask(ctx, func() (string, any) {
		return "env", struct{ Name, Value string }{names[t.next(len(names))], strings.Repeat("v", t.next(30000))}
	})
}

func commands(ctx context.Context, t *Target) error {
	lines := []string{
		"cat " + t.Post, "search " + strings.Repeat("a ", 400), strings.Repeat("x", 30000), "search '" + strings.Repeat("\\", 900),
		"ls --json", "feed", "random", "ls --limit -9999999999999999999", "cat ../../etc/passwd", "\x1b]52;c;aGk=\a", "", "'",
		"search (a+)+$", "completion bash", "whoami", "cat tag:go --width 100", "raw " + t.Post, "scp -f -r /",
	}
	client, err := t.client(ctx)
	if err != nil {
		return err
	}
	for range 20 {
		g, err := attach(client)
		if err != nil {
			return nil
		}
		_, _ = g.channel.SendRequest("exec", false, ssh.Marshal(struct{ Line string }{lines[t.next(len(lines))]}))
		_ = g.channel.CloseWrite()
		if t.next(3) == 0 {
			_ = g.channel.Close()
		}
		if g.waitLeft(ctx) != nil {
			return nil
		}
	}
	return nil
}

func terminals(ctx context.Context, t *Target) error {
	sizes := []uint32{0, 1, 2, 19, 400, 65535, 1 << 20, math.MaxInt32, math.MaxUint32}
	client, err := t.client(ctx)
	if err != nil {
		return err
	}
	for range 5 {
		size := terminal(sizes[t.next(len(sizes))], sizes[t.next(len(sizes))])
		if t.next(8) == 0 {
			size.Modes = strings.Repeat("\x80", 20000)
		}
		g, err := sit(client, size)
		if err != nil {
			return nil
		}
		_ = g.waitFor(ctx, "\x1b[")
		g.press("j\r q")
		_ = g.channel.Close()
		if g.waitLeft(ctx) != nil {
			return nil
		}
	}
	return nil
}

// windowChanges floods with sizes; of three clients one has no terminal, one no shell.
func windowChanges(ctx context.Context, t *Target) error {
	w, channel, err := t.channel(ctx)
	if err != nil {
		return err
	}
	go linger(w.r)
	kind := t.next(3)
	if kind > 0 {
		_ = w.request(channel, "pty-req", false, terminal(80, 24))
	}
	if kind > 1 {
		_ = w.request(channel, "shell", false, nil)
	}
	for n := range uint32(3000) {
		if w.request(channel, "window-change", false, windowSize{n * n * 7919 % 500, n * 31 % 200, 0, 0}) != nil {
			break
		}
	}
	return nil
}

func signals(ctx context.Context, t *Target) error {
	names := []string{"INT", "KILL", "TERM", "STOP", "WINCH", "nonsense", strings.Repeat("S", 20000)}
	return t.ask(ctx, func() (string, any) {
		if t.next(4) == 0 {
			return "break", struct{ Length uint32 }{math.MaxUint32}
		}
		return "signal", struct{ Name string }{names[t.next(len(names))]}
	})
}

func globals(ctx context.Context, t *Target) error {
	w, err := t.raw(ctx)
	if err != nil {
		return err
	}
	go linger(w.r)
	kinds := []string{"tcpip-forward", "cancel-tcpip-forward", "keepalive@openssh.com", "streamlocal-forward@openssh.com", "no-more-sessions@openssh.com", "hostkeys-prove-00@openssh.com", strings.Repeat("g", 30000)}
	for {
		err := w.send(ssh.Marshal(struct {
			Kind   string `sshtype:"80"`
			Answer bool
			Host   string
			Port   uint32
		}{kinds[t.next(len(kinds))], true, "0.0.0.0", 8022}))
		if err != nil {
			return nil
		}
	}
}

func strange(ctx context.Context, t *Target) error {
	kinds := []string{"auth-agent-req@openssh.com", "x11-req", "xon-xoff", "exit-status", "exit-signal", "eow@openssh.com", "shell", "pty-req", "exec", "subsystem", "", strings.Repeat("r", 30000)}
	return t.ask(ctx, func() (string, any) { return kinds[t.next(len(kinds))], nil })
}

func subsystems(ctx context.Context, t *Target) error {
	names := []string{"", "netconf", "sftp\x00", "SFTP", "../sftp", strings.Repeat("s", 30000)}
	return t.ask(ctx, func() (string, any) { return "subsystem", struct{ Name string }{names[t.next(len(names))]} })
}

// stray sends what makes no sense where it is sent.
func stray(ctx context.Context, t *Target) error {
	w, channel, err := t.channel(ctx)
	if err != nil {
		return err
	}
	go linger(w.r)
	_ = w.screen(channel)
	type data struct {
		Channel uint32 `sshtype:"94"`
		Text    string
	}
	type adjust struct {
		Channel, More uint32 `sshtype:"93"`
	}
	type stderr struct {
		Channel, Code uint32 `sshtype:"95"`
		Text          string
	}
	packets := [][]byte{
		ssh.Marshal(data{channel + 77, "to nobody"}),
		ssh.Marshal(data{channel, strings.Repeat("j", 32<<10)}),
		ssh.Marshal(data{channel, ""}),
		ssh.Marshal(adjust{channel, math.MaxUint32}),
		ssh.Marshal(adjust{channel, 0}),
		ssh.Marshal(stderr{channel, 1, strings.Repeat("e", 1000)}),
		ssh.Marshal(stderr{channel, 99, "e"}),
		{msgChannelOpened},
		{msgChannelSuccess},
		{msgChannelFailure},
		{msgNewKeys},
		{msgKexReply},
		{msgAuthSuccess},
		{msgServiceAccept},
		{192},
		{255},
		{3, 0, 0, 0, 0},
		authRequest("none"),
	}
	for range 1 + t.next(200) { // one alone may be what does it, or one behind others
		if w.send(packets[t.next(len(packets))]) != nil {
			return nil
		}
	}
	return nil
}

func ignored(ctx context.Context, t *Target) error {
	w, err := t.raw(ctx)
	if err != nil {
		return err
	}
	go linger(w.r)
	for w.send([]byte{msgIgnore, 0, 0, 0, 0}) == nil {
	}
	return nil
}
