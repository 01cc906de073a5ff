package main

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/vt"
	"golang.org/x/crypto/ssh"
)

// A wire is a reader's terminal, and what comes over the wire for it.
type wire struct {
	tb      testing.TB
	keys    io.Writer
	arrived chan []byte
	hung    chan struct{} // closed with the test
	term    *vt.Emulator
	painted string // what came until the screen was there
}

// openWire opens the blog at a place, and waits until it shows a text there.
func openWire(tb testing.TB, addr, place, shows string) *wire {
	tb.Helper()
	w := &wire{
		tb:      tb,
		arrived: make(chan []byte),
		hung:    make(chan struct{}),
		term:    vt.NewEmulator(wireWidth, wireHeight),
	}
	client := dialHere(tb, addr)
	answered := make(chan struct{})
	go func() { // no answer of the terminal is sent, but x/vt waits until each was read
		defer close(answered)
		_, _ = io.Copy(io.Discard, w.term)
	}()
	tb.Cleanup(func() {
		close(w.hung)
		_ = client.Close()
		_ = w.term.InputPipe().(io.Closer).Close()
		<-answered
	})
	w.keys = shell(tb, client, place, w)
	for late := time.Now().Add(patience); !strings.Contains(w.term.Render(), shows); {
		if w.painted += w.answer(); time.Now().After(late) {
			tb.Fatalf("waited %v for %q:\n%s", patience, shows, w.term)
		}
	}
	return w
}

// dialHere makes an SSH connection.
func dialHere(tb testing.TB, addr string) *ssh.Client {
	tb.Helper()
	client, err := ssh.Dial("tcp", addr, &ssh.ClientConfig{User: "reader", HostKeyCallback: ssh.InsecureIgnoreHostKey()})
	if err != nil {
		tb.Fatal(err)
	}
	return client
}

// shell starts a session with a terminal, which writes to out, and returns where
// its keys go.
func shell(tb testing.TB, client *ssh.Client, place string, out io.Writer) io.Writer {
	tb.Helper()
	session, err := client.NewSession()
	if err != nil {
		tb.Fatal(err)
	}
	session.Stdout = out
	keys, err := session.StdinPipe()
	if err != nil {
		tb.Fatal(err)
	}
	if err := session.RequestPty("xterm-256color", wireHeight, wireWidth, nil); err != nil {
		tb.Fatal(err)
	}
	if place == "" {
		err = session.Shell()
	} else {
		err = session.Start(place)
	}
	if err != nil {
		tb.Fatal(err)
	}
	return keys
}

// Write takes the session's output.
func (w *wire) Write(p []byte) (int, error) {
	select {
	case w.arrived <- bytes.Clone(p):
	case <-w.hung:
	}
	return len(p), nil
}

// send sends keys.
func (w *wire) send(keys string) {
	w.tb.Helper()
	if _, err := io.WriteString(w.keys, keys); err != nil {
		w.tb.Fatal(err)
	}
}

// press presses a key and returns the answer to it.
func (w *wire) press(key string) string {
	w.tb.Helper()
	w.send(key)
	return w.answer()
}

// answer returns what comes from now on until nothing comes any more.
func (w *wire) answer() string {
	w.tb.Helper()
	answer := w.within(patience)
	if answer == "" {
		w.tb.Fatalf("waited %v, and no byte came", patience)
	}
	return answer
}

// within returns what comes, if anything begins to within limit.
func (w *wire) within(limit time.Duration) string {
	var b strings.Builder
	for over := time.After(limit); ; over = time.After(quiet) {
		select {
		case p := <-w.arrived:
			b.Write(p)
			_, _ = w.term.Write(p)
		case <-over:
			return b.String()
		}
	}
}

// rows returns what the terminal shows: the text of each row and its colours, in
// the fewest bytes that say them.
func (w *wire) rows() []string {
	return strings.Split(w.term.Render(), "\n")
}
