package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestMain makes `lectern` in the scripts the real program.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"lectern": main})
}

var update = flag.Bool("update", false, "write what the program prints now into the scripts, where they compare it")

// TestScripts runs testdata/script against the real program and the real
// OpenSSH client. Besides testscript's own commands there are
//
//	serve [FLAG...]    start the server on a free port, wait until it listens; $PORT and $PID; log$SERVER.json and err$SERVER.txt hold
//	                   what it says
//	terminate          SIGTERM; it must exit with 0 within 6 s
//	reader ARG...      OpenSSH's client to that server; its exit status must be 0 (! reader: not 0)
//	client PROGRAM ARG...   another of OpenSSH's clients, scp or sftp, in the same way; or rsync
//	typist FILE ARG... the same, in a terminal of the kind $TERM, with the file's lines typed as keys
//	terminal FILE [ARG...]   a reader with a terminal, who presses no key; what it shows goes to the file
//	status N PROGRAM ARG...   the program must end with this exit status
//	await FILE TEXT    wait until the file holds the text
//	haproxy FILE       start a load balancer with that config, where $V1, $V2 and $PLAIN are free ports, and wait for these
//	redis start|kill   start a Redis on the port $REDIS, which is a free one at first; or kill it
//	hold ADDR PORT N   make N connections from an address to a port, on which nothing is said until the script ends; all must be
//	                   let in
//	share ADDR P1 P2   wait until two servers hold one limit, for ADDR or one of those that follow; or (! share) see that
//	                   they do not
//	await-post [!] SLUG   wait until ls shows the post, or no longer does
func TestScripts(t *testing.T) {
	need(t, "ssh")
	runScripts(t, "testdata/script")
}

// TestFileScripts runs testdata/files in the same way, with the programs that fetch
// files over SSH.
func TestFileScripts(t *testing.T) {
	need(t, "ssh", "scp", "sftp", "rsync")
	runScripts(t, "testdata/files")
}

// TestProxyScripts runs testdata/proxy in the same way, behind a real load balancer.
func TestProxyScripts(t *testing.T) {
	need(t, "ssh", "haproxy", "redis-server")
	runScripts(t, "testdata/proxy")
}

// TestClientScripts runs testdata/clients in the same way, with clients other than OpenSSH's.
func TestClientScripts(t *testing.T) {
	need(t, "ssh-keygen", "dbclient", "plink")
	runScripts(t, "testdata/clients")
}

func runScripts(t *testing.T, dir string) {
	for _, path := range scriptsIn(t, dir) {
		// testscript's own stop ends a script there and then, and calls it passed.
		if b, err := os.ReadFile(path); err != nil || strings.Contains("\n"+string(b), "\nstop") {
			t.Errorf("%s stops before its end, or cannot be read (%v); to stop the server is terminate", path, err)
		}
	}
	testscript.Run(t, testscript.Params{
		Dir:           dir,
		UpdateScripts: *update,
		Setup: func(e *testscript.Env) error {
			e.Setenv("SSH", mustLook(t, "ssh"))
			return nil
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"serve":     serveScript,
			"terminate": terminateScript,
			"reader":    readerScript,
			"client":    clientScript,
			"typist":    typistScript,
			"status":    statusScript,
			"terminal":  terminalScript,
			"await":     awaitScript,

			"haproxy":    haproxyScript,
			"redis":      redisScript,
			"hold":       holdScript,
			"share":      shareScript,
			"await-post": awaitPostScript,
		},
	})
}

func scriptsIn(t *testing.T, dir string) []string {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(dir, "*.txtar"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("%d scripts in %s, %v", len(paths), dir, err)
	}
	return paths
}

// need skips the test, or fails it where LECTERN_TEST_ALL says that nothing
// may be skipped, when a program is not installed.
func need(t *testing.T, programs ...string) {
	t.Helper()
	for _, p := range programs {
		if _, err := exec.LookPath(p); err != nil {
			if os.Getenv("LECTERN_TEST_ALL") != "" {
				t.Fatalf("%s is not installed", p)
			}
			t.Skipf("%s is not installed: this test needs it", p)
		}
	}
}

func mustLook(t *testing.T, program string) string {
	path, err := exec.LookPath(program)
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// patience bounds every wait of the scripts.
const patience = 20 * time.Second

func serveScript(ts *testscript.TestScript, neg bool, args []string) {
	cmd := exec.Command(look(ts, "lectern"), append([]string{"serve", "--listen", "127.0.0.1:0"}, args...)...)
	cmd.Dir = ts.Getenv("WORK")
	cmd.Env = environ(ts)
	errs, err := os.Create(filepath.Join(ts.Getenv("WORK"), "err"+ts.Getenv("SERVER")+".txt"))
	ts.Check(err)
	cmd.Stderr = errs
	out, err := cmd.StdoutPipe()
	ts.Check(err)
	ts.Check(cmd.Start())
	ended := make(chan struct{})
	listening := make(chan string, 1)
	logFile, err := os.Create(filepath.Join(ts.Getenv("WORK"), "log"+ts.Getenv("SERVER")+".json"))
	ts.Check(err)
	go func() {
		defer close(ended)
		defer logFile.Close()
		lines := bufio.NewScanner(out)
		for lines.Scan() {
			fmt.Fprintln(logFile, lines.Text())
			var l struct{ Msg, Addr string }
			if json.Unmarshal(lines.Bytes(), &l) == nil && l.Msg == "listening" {
				listening <- l.Addr
			}
		}
		cmd.Wait()
	}()
	ts.Defer(func() {
		cmd.Process.Kill()
		<-ended
		errs.Close()
	})
	select {
	case addr := <-listening:
		_, port, err := net.SplitHostPort(addr)
		ts.Check(err)
		ts.Setenv("PORT", port)
		ts.Setenv("PID", fmt.Sprint(cmd.Process.Pid))
	case <-ended:
		ts.Fatalf("the server ended: %v", cmd.ProcessState)
	case <-time.After(patience):
		ts.Fatalf("the server does not listen")
	}
}

func terminateScript(ts *testscript.TestScript, neg bool, args []string) {
	var pid int
	fmt.Sscan(ts.Getenv("PID"), &pid)
	p, err := os.FindProcess(pid)
	ts.Check(err)
	ts.Check(p.Signal(syscall.SIGTERM))
	if !within(6*time.Second, func() bool { return p.Signal(syscall.Signal(0)) != nil }) {
		ts.Fatalf("the server still runs 6 s after SIGTERM")
	}
}

func readerScript(ts *testscript.TestScript, neg bool, args []string) {
	cmd := exec.Command(ts.Getenv("SSH"), append(sshOptions(ts), args...)...)
	cmd.Env = append(os.Environ(), "TERM="+ts.Getenv("TERM"))
	runReader(ts, neg, cmd)
}

func clientScript(ts *testscript.TestScript, neg bool, args []string) {
	options := sshOptions(ts)
	for i, o := range options {
		if o == "-p" {
			options[i] = "-P" // as scp and sftp have it
		}
	}
	if args[0] == "rsync" {
		options = []string{"-e", strings.Join(append([]string{ts.Getenv("SSH")}, sshOptions(ts)...), " ")}
	}
	program, err := exec.LookPath(args[0])
	ts.Check(err)
	runReader(ts, neg, exec.Command(program, append(options, args[1:]...)...))
}

func typistScript(ts *testscript.TestScript, neg bool, args []string) {
	keys := strings.ReplaceAll(ts.ReadFile(args[0]), "\n", "\r")
	cmd := exec.Command(ts.Getenv("SSH"), append(append(sshOptions(ts), "-tt"), args[1:]...)...)
	cmd.Stdin = strings.NewReader(keys)
	cmd.Env = append(os.Environ(), "TERM="+ts.Getenv("TERM"))
	runReader(ts, neg, cmd)
}

// runReader runs a client to its end.
func runReader(ts *testscript.TestScript, neg bool, cmd *exec.Cmd) {
	cmd.Dir, cmd.Stdout, cmd.Stderr = ts.Getenv("WORK"), ts.Stdout(), ts.Stderr()
	switch err := cmd.Run(); {
	case err == nil && neg:
		ts.Fatalf("ssh succeeded")
	case err != nil && !neg:
		ts.Fatalf("ssh: %v", err)
	case err != nil:
		fmt.Fprintf(ts.Stdout(), "[%v]\n", err)
	}
}

func statusScript(ts *testscript.TestScript, neg bool, args []string) {
	err := exec.Command(look(ts, args[1]), args[2:]...).Run()
	got := 0
	if exit := new(exec.ExitError); errors.As(err, &exit) {
		got = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if fmt.Sprint(got) != args[0] {
		ts.Fatalf("exit status %d, want %s", got, args[0])
	}
}

func terminalScript(ts *testscript.TestScript, neg bool, args []string) {
	screen, err := os.Create(ts.MkAbs(args[0]))
	ts.Check(err)
	cmd := exec.Command(ts.Getenv("SSH"), append(append(sshOptions(ts), "-tt", "localhost"), args[1:]...)...)
	cmd.Env = append(os.Environ(), "TERM=xterm-256color")
	cmd.Stdout, cmd.Stderr = screen, screen
	keyboard, err := cmd.StdinPipe()
	ts.Check(err)
	ts.Check(cmd.Start())
	ts.Defer(func() {
		keyboard.Close()
		cmd.Process.Kill()
		cmd.Wait()
		screen.Close()
	})
}

// sshOptions make OpenSSH's client ask nothing and touch nothing of its user's.
func sshOptions(ts *testscript.TestScript) []string {
	return []string{
		"-F", "none", "-p", ts.Getenv("PORT"), "-o", "BatchMode=yes", "-o", "LogLevel=ERROR",
		"-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=" + filepath.Join(ts.Getenv("WORK"), "known_hosts"),
	}
}

func awaitPostScript(ts *testscript.TestScript, neg bool, args []string) {
	slug, want := args[len(args)-1], args[0] != "!"
	shown := func() bool {
		out, err := exec.Command(ts.Getenv("SSH"), append(sshOptions(ts), "localhost", "ls")...).Output()
		ts.Check(err)
		return strings.Contains("\n"+string(out), "\n"+slug+"\t")
	}
	if !within(patience, func() bool { return shown() == want }) {
		ts.Fatalf("ls shows %s: %v, want %v", slug, !want, want)
	}
}

func awaitScript(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: await FILE TEXT")
	}
	var data []byte
	held := within(patience, func() bool {
		data, _ = os.ReadFile(ts.MkAbs(args[0]))
		return strings.Contains(string(data), args[1])
	})
	if !held {
		ts.Fatalf("%s does not hold %q:\n%s", args[0], args[1], data)
	}
}

// within asks until the condition holds, and reports whether it came to.
func within(limit time.Duration, holds func() bool) bool {
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	deadline := time.After(limit)
	for !holds() {
		select {
		case <-tick.C:
		case <-deadline:
			return false
		}
	}
	return true
}

// look finds a program on the script's own PATH.
func look(ts *testscript.TestScript, name string) string {
	for _, dir := range filepath.SplitList(ts.Getenv("PATH")) {
		path := filepath.Join(dir, name)
		if info, err := os.Stat(path); err == nil && info.Mode()&0o111 != 0 {
			return path
		}
	}
	ts.Fatalf("%s is not on PATH", name)
	return ""
}

// environ is the script's environment, as far as the server may see it.
func environ(ts *testscript.TestScript) []string {
	var env []string
	for _, name := range []string{"PATH", "HOME", "WORK", "TMPDIR", "LECTERN_CONTENT", "LECTERN_HOSTKEYS", "LECTERN_IDLE", "LECTERN_REDIS", "GOCOVERDIR"} {
		if v := ts.Getenv(name); v != "" {
			env = append(env, name+"="+v)
		}
	}
	return env
}
