package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"net"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/crypto/ssh"
)

// A process is the real program, serving the posts that are built into it.
type process struct {
	*exec.Cmd
	addr string
	errs bytes.Buffer  // read it after ended
	done chan struct{} // closed when it has ended
}

// startServer starts the program, which ends with the test, with flags besides, and waits until it listens.
func startServer(t *testing.T, flags ...string) *process {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	p := &process{done: make(chan struct{})}
	p.Cmd = &exec.Cmd{Path: self, Args: append([]string{"lectern", "serve", "--listen", "127.0.0.1:0", "--hostkeys", t.TempDir()}, flags...), Stderr: &p.errs}
	out, err := p.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = p.Process.Kill()
		<-p.done
	})
	listening := make(chan string, 1)
	go func() {
		defer close(p.done)
		for lines := bufio.NewScanner(out); lines.Scan(); {
			var l struct{ Msg, Addr string }
			if json.Unmarshal(lines.Bytes(), &l) == nil && l.Msg == "listening" {
				listening <- l.Addr
			}
		}
		_ = p.Wait()
	}()
	select {
	case p.addr = <-listening:
	case <-time.After(patience):
		t.Fatal("the server does not listen")
	}
	return p
}

// ended waits until the program has, and returns its exit status.
func (p *process) ended(t *testing.T, limit time.Duration) int {
	t.Helper()
	select {
	case <-p.done:
	case <-time.After(limit):
		t.Fatalf("the server still runs after %v", limit)
	}
	return p.ProcessState.ExitCode()
}

// deaf is a connection whose client, from some time on, takes nothing more and closes nothing.
type deaf struct {
	net.Conn
	now chan struct{}
}

func (d deaf) Read(p []byte) (int, error) {
	n, err := d.Conn.Read(p)
	select {
	case <-d.now:
		select {}
	default:
		return n, err
	}
}

// readerOf opens the list, and returns what makes its client deaf.
func readerOf(t *testing.T, addr string, out *tally) (goDeaf func()) {
	t.Helper()
	nc, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	d := deaf{nc, make(chan struct{})}
	conn, chans, reqs, err := ssh.NewClientConn(d, addr, &ssh.ClientConfig{User: "reader", HostKeyCallback: ssh.InsecureIgnoreHostKey()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = nc.Close() })
	shell(t, ssh.NewClient(conn, chans, reqs), "", out)
	if !within(patience, func() bool { return out.Load() > 0 }) {
		t.Fatal("the list is not shown")
	}
	return func() { close(d.now) }
}

func TestSecondSignalEndsAtOnce(t *testing.T) {
	for name, second := range map[string]os.Signal{"interrupt": os.Interrupt, "SIGTERM": syscall.SIGTERM} {
		t.Run(name, func(t *testing.T) {
			p := startServer(t)
			goDeaf := readerOf(t, p.addr, &tally{})
			goDeaf()
			if err := p.Process.Signal(syscall.SIGTERM); err != nil {
				t.Fatal(err)
			}
			if !within(patience, func() bool {
				nc, err := net.Dial("tcp", p.addr)
				if err == nil {
					_ = nc.Close()
				}
				return err != nil
			}) {
				t.Fatal("it still listens")
			}
			start := time.Now()
			if err := p.Process.Signal(second); err != nil {
				t.Fatal(err)
			}
			if status := p.ended(t, 5*time.Second); status != 1 || !strings.Contains(p.errs.String(), "again: stopped at once") {
				t.Errorf("exit status %d, %q", status, p.errs.String())
			}
			t.Logf("took %v", time.Since(start))
		})
	}
}

func TestOneSignalEndsWithinFiveSecondsWhateverReadersDo(t *testing.T) {
	p := startServer(t)
	for range 20 {
		readerOf(t, p.addr, &tally{})()
	}
	start := time.Now()
	if err := p.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if status := p.ended(t, 5*time.Second); status != 0 {
		t.Errorf("exit status %d", status)
	}
	t.Logf("took %v", time.Since(start))
}

func TestRestartedServerPaintsWithinASecond(t *testing.T) {
	start := time.Now()
	readerOf(t, startServer(t).addr, &tally{})
	took := time.Since(start)
	t.Logf("took %v", took)
	if took > 3*time.Second { // on a machine that does other things as well
		t.Errorf("took %v", took)
	}
}
