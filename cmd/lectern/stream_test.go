package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/crypto/ssh"
)

// TestTwoHundredStreamsLeaveNothingBehind prints much to two hundred readers at
// once. Half of them take a line and go: by the channel, by the connection, or by
// reading no more before they do.
func TestTwoHundredStreamsLeaveNothingBehind(t *testing.T) {
	dir := t.TempDir()
	long := "---\ntitle: Long\ndate: 2026-01-01\n---\n\n" + strings.Repeat("Many words, and then some more of them.\n\n", 20_000)
	for name, data := range map[string]string{"long.md": long, "short.md": "# Short\n\nA line.\n"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	addr := serveFolder(t, dir)
	whole := streamed(t, addr, "cat long", io.Discard)
	if whole < 800_000 {
		t.Fatalf("cat long has %d bytes", whole)
	}
	before := settled()
	files := descriptors(t)

	var wg, served sync.WaitGroup // all, and those who read to the end
	for i := range 200 {
		if i%6 > 2 {
			served.Add(1)
		}
		wg.Go(func() {
			client, session, out := stream(t, addr, "cat long")
			if session == nil {
				return
			}
			defer client.Close()
			lines := bufio.NewReader(out)
			if line, err := lines.ReadString('\n'); line != "Long\n" {
				t.Errorf("the first line is %q, %v", line, err)
			}
			switch i % 6 {
			case 0:
				session.Close()
			case 1:
				client.Close()
			case 2: // nothing is read while others are served, and then the line is cut
				served.Wait()
			default:
				defer served.Done()
				n, err := io.Copy(io.Discard, lines)
				if err := session.Wait(); err != nil {
					t.Error(err)
				}
				if n += int64(len("Long\n")); n != whole || err != nil {
					t.Errorf("%d bytes of %d: %v", n, whole, err)
				}
			}
		})
	}
	wg.Wait()
	if !within(patience, func() bool { return runtime.NumGoroutine() <= before }) {
		var stacks bytes.Buffer
		buf := make([]byte, 1<<20)
		stacks.Write(buf[:runtime.Stack(buf, true)])
		t.Errorf("%d goroutines, there were %d\n%.4000s", runtime.NumGoroutine(), before, &stacks)
	}
	if !within(patience, func() bool { return descriptors(t) <= files }) {
		t.Errorf("%d descriptors, there were %d", descriptors(t), files)
	}
}

// stream asks for a command on a connection of its own.
func stream(t *testing.T, addr, command string) (*ssh.Client, *ssh.Session, io.Reader) {
	client, err := ssh.Dial("tcp", addr, &ssh.ClientConfig{User: "reader", HostKeyCallback: ssh.InsecureIgnoreHostKey()})
	if err != nil {
		t.Error(err)
		return nil, nil, nil
	}
	session, err := client.NewSession()
	if err == nil {
		var out io.Reader
		if out, err = session.StdoutPipe(); err == nil {
			if err = session.Start(command); err == nil {
				return client, session, out
			}
		}
	}
	t.Error(err)
	client.Close()
	return nil, nil, nil
}

// streamed reads all that a command prints, and returns how many bytes it is.
func streamed(t *testing.T, addr, command string, w io.Writer) int64 {
	t.Helper()
	client, session, out := stream(t, addr, command)
	if session == nil {
		t.FailNow()
	}
	defer client.Close()
	n, err := io.Copy(w, out)
	if err == nil {
		err = session.Wait()
	}
	if err != nil {
		t.Fatalf("%s: %v", command, err)
	}
	return n
}

// settled is how many goroutines there are once none ends any more.
func settled() int {
	n := runtime.NumGoroutine()
	within(2*time.Second, func() bool {
		n = min(n, runtime.NumGoroutine())
		return false
	})
	return n
}

// descriptors is how many files and sockets this process has open.
func descriptors(t *testing.T) int {
	entries, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Fatal(fmt.Errorf("count descriptors: %w", err))
	}
	return len(entries)
}
