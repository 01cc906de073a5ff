//go:build unix

// Package process starts the servers that are measured, as processes of their own, and looks at what they take.
//
// A Program is what can be started: it takes --listen and --hostkeys, and says on standard error "-p PORT" once it listens. A
// Process is one that runs, on which OpenSession opens sessions. All of its figures come from outside, so that they hold for
// every program alike.
package process

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

// A Program is a server that can be started.
type Program struct {
	Binary string
	Keys   string   // folder of the host key
	Args   []string // beside --listen and --hostkeys
	Env    []string
}

// Build builds a command of this module into a folder, and returns the binary's path.
func Build(ctx context.Context, dir, pkg string) (string, error) {
	binary := filepath.Join(dir, path.Base(pkg))
	build := exec.CommandContext(ctx, "go", "build", "-o", binary, pkg)
	if out, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build %s: %w: %s", pkg, err, bytes.TrimSpace(out))
	}
	return binary, nil
}

// A Process is a server that runs. It is made by Start, or by Attach for one that somebody else started, of which less can be
// seen. Safe for concurrent use.
type Process struct {
	Addr string
	pid  int           // 0: not known
	over chan struct{} // closed when it has ended; nil for one of somebody else

	stdout *os.File // what nobody reads, if it is blocked
	ended  sync.WaitGroup

	mu         sync.Mutex
	port       chan string
	heap       int // after the last collection, MiB
	collected  int // collections
	goroutines int // in the dump at the end
	stacks     []string
	panics     []string
}

// Setting is how servers are started: on a core of their own, if taskset is there, and with the memory of the container.
func Setting() string {
	setting := "GOMAXPROCS=1, GOMEMLIMIT=" + memory
	if core := serverCore(); core != "" {
		setting += ", taskset -c " + core
	}
	return setting
}

// memory is what of the container's 512 MiB the program lets Go have.
const memory = "410MiB"

// patience is how long a process may take to start, or to say what it is asked.
const patience = 20 * time.Second

// Start starts the program, and returns when it listens. With blocked, nobody reads its standard output.
func (p Program) Start(blocked bool) (*Process, error) {
	args := append([]string{p.Binary, "--listen", "127.0.0.1:0", "--hostkeys", p.Keys}, p.Args...)
	if core := serverCore(); core != "" {
		args = append([]string{"taskset", "-c", core}, args...)
	}
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Env = append(os.Environ(), "GOMAXPROCS=1", "GOMEMLIMIT="+memory, "GOTRACEBACK=all")
	cmd.Env = append(cmd.Env, p.Env...)
	out, in, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	defer in.Close()
	cmd.Stdout = in
	stderr, err := cmd.StderrPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	s := &Process{pid: cmd.Process.Pid, over: make(chan struct{}), port: make(chan string, 1)}
	if blocked {
		s.stdout = out
		const setPipeSize = 1031 // F_SETPIPE_SZ: as small as it gets
		_, _, _ = syscall.Syscall(syscall.SYS_FCNTL, in.Fd(), setPipeSize, 4096)
	} else {
		s.ended.Go(func() { s.lines(out, s.logged) })
	}
	s.ended.Go(func() { s.lines(stderr, s.said) })
	go func() {
		s.ended.Wait() // all of the output, before Wait closes it
		_ = cmd.Wait()
		_ = out.Close()
		close(s.over)
	}()
	select {
	case port := <-s.port:
		s.Addr = "127.0.0.1:" + port
		return s, nil
	case <-s.over:
		return nil, fmt.Errorf("start %s: it ended: %s", p.Binary, s.Stacks())
	case <-time.After(patience):
		s.Kill()
		return nil, fmt.Errorf("start %s: no port was said", p.Binary)
	}
}

// Attach returns a server that somebody else started. pid may be 0.
func Attach(addr string, pid int) *Process { return &Process{Addr: addr, pid: pid} }

// lines hands on the lines of r, cut to a bearable length.
func (s *Process) lines(r io.Reader, take func(string)) {
	b := bufio.NewReader(r)
	for {
		line, _, err := b.ReadLine()
		if err != nil {
			return
		}
		s.mu.Lock()
		take(string(line))
		s.mu.Unlock()
	}
}

// logged takes a line of the log.
func (s *Process) logged(line string) {
	if strings.Contains(line, "panic") && len(s.panics) < 10 {
		s.panics = append(s.panics, line)
	}
}

var (
	portSaid  = regexp.MustCompile(`-p (\d+)`)
	heapSaid  = regexp.MustCompile(`^gc \d+ .* \d+->\d+->(\d+) MB`)
	stackSaid = regexp.MustCompile(`^goroutine \d+ .*\[`)
)

// said takes a line of standard error: the port, a trace of the collector, a stack of the dump.
func (s *Process) said(line string) {
	if m := heapSaid.FindStringSubmatch(line); m != nil {
		s.heap, _ = strconv.Atoi(m[1])
		s.collected++
		return
	}
	if m := portSaid.FindStringSubmatch(line); m != nil {
		select {
		case s.port <- m[1]:
		default:
		}
		return
	}
	if stackSaid.MatchString(line) {
		s.goroutines++
	}
	if strings.HasPrefix(line, "panic: ") || strings.HasPrefix(line, "fatal error: ") {
		s.panics = append(s.panics, line)
	}
	if len(s.stacks) < 20000 {
		s.stacks = append(s.stacks, line)
	}
}

// Known reports whether the process can be looked at.
func (s *Process) Known() bool { return s.pid != 0 }

// Alive reports whether the process has not ended.
func (s *Process) Alive() bool {
	if s.over == nil {
		return s.pid == 0 || syscall.Kill(s.pid, 0) == nil
	}
	select {
	case <-s.over:
		return false
	default:
		return true
	}
}

// Panics returns the panics that were logged, ten at most.
func (s *Process) Panics() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.panics
}

// Collections returns how often the collector has run, and what it left at last, in MiB. Only of a program that has
// GODEBUG=gctrace=1 in its Env.
func (s *Process) Collections() (n, heap int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.collected, s.heap
}

// Quits asks the process to end, and returns a channel that is closed when it has.
func (s *Process) Quits() <-chan struct{} {
	_ = syscall.Kill(s.pid, syscall.SIGTERM)
	return s.over
}

// Goroutines ends the process and returns how many goroutines it had: those that the runtime lists when it is told to quit.
func (s *Process) Goroutines() (int, error) {
	if s.over == nil {
		return 0, errors.New("not ours to end")
	}
	if !s.Alive() {
		return 0, errors.New("the server has died")
	}
	s.mu.Lock()
	s.goroutines, s.stacks = 0, nil
	s.mu.Unlock()
	_ = syscall.Kill(s.pid, syscall.SIGQUIT)
	select {
	case <-s.over:
	case <-time.After(2 * patience):
		s.Kill()
		return 0, errors.New("no dump of goroutines came")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.goroutines, nil
}

// Stacks returns what the process said on standard error, the dump of its goroutines with it.
func (s *Process) Stacks() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return strings.Join(s.stacks, "\n")
}

// Kill ends the process at once, unless it is somebody else's.
func (s *Process) Kill() {
	if s.over == nil || !s.Alive() {
		return
	}
	_ = syscall.Kill(s.pid, syscall.SIGKILL)
	<-s.over
}
