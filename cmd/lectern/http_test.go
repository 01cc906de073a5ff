package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/crypto/ssh"

	"lectern/internal/command"
	"lectern/internal/limit"
	"lectern/internal/server"
)

// freeAddr is an address on which nothing listens.
func freeAddr(t *testing.T) string {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	return ln.Addr().String()
}

// get asks the program over HTTP; 0 when it does not answer.
func get(t *testing.T, url string) (status int, body string) {
	t.Helper()
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}, Timeout: patience}
	response, err := client.Get(url)
	if err != nil {
		return 0, err.Error()
	}
	defer response.Body.Close()
	b, err := io.ReadAll(response.Body)
	if err != nil {
		return 0, err.Error()
	}
	return response.StatusCode, string(b)
}

func TestAServerThatStopsIsNotReadyBeforeItStopsListening(t *testing.T) {
	addr := freeAddr(t)
	t.Setenv("LECTERN_HTTP", addr)
	p := startServer(t)
	if status, body := get(t, "http://"+addr+"/readyz"); status != 200 {
		t.Fatalf("a server that listens: %d %s", status, body)
	}
	readerOf(t, p.addr, &tally{})() // who is waited for as long as may be
	if err := p.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	asked := 0
	for closed := false; ; {
		status, body := get(t, "http://"+addr+"/readyz")
		if status == 0 {
			break
		}
		if closed {
			if asked++; status != 503 || !strings.Contains(body, "stopping") {
				t.Fatalf("while it takes leave: %d %q", status, body)
			}
			if alive, _ := get(t, "http://"+addr+"/healthz"); alive != 200 && alive != 0 {
				t.Fatalf("while it takes leave it is not alive: %d", alive)
			}
		}
		nc, err := net.Dial("tcp", p.addr)
		if err == nil {
			_ = nc.Close()
		}
		closed = err != nil
	}
	if asked < 10 {
		t.Errorf("asked %d times while it took leave", asked)
	}
	if status := p.ended(t, 6*time.Second); status != 0 {
		t.Errorf("exit status %d: %s", status, p.errs.String())
	}
}

func TestAFolderThatVanishesKeepsTheServerReadyAndShows(t *testing.T) {
	addr, dir := freeAddr(t), filepath.Join(t.TempDir(), "content")
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv("LECTERN_HTTP", addr)
	t.Setenv("LECTERN_CONTENT", dir)
	startServer(t)
	ready := func() int { status, _ := get(t, "http://"+addr+"/readyz"); return status }
	empty := func() bool {
		status, body := get(t, "http://"+addr+"/readyz")
		return status == 503 && strings.Contains(body, "no posts")
	}
	shows := func(line string) bool {
		_, body := get(t, "http://"+addr+"/metrics")
		return strings.Contains(body, "\n"+line+"\n")
	}
	if !within(patience, empty) {
		t.Errorf("a server without posts is ready")
	}
	if err := os.WriteFile(filepath.Join(dir, "a.md"), []byte("A post."), 0o644); err != nil {
		t.Fatal(err)
	}
	if !within(patience, func() bool {
		return ready() == 200 && shows("lectern_library_posts 1") && shows("lectern_library_readable 1")
	}) {
		t.Fatal("a server with a post is not ready, or does not show it")
	}
	if err := os.Rename(dir, dir+"-away"); err != nil {
		t.Fatal(err)
	}
	if !within(patience, func() bool { return shows("lectern_library_readable 0") }) {
		t.Error("no metric shows that the folder is gone")
	}
	if got := ready(); got != 200 || !shows("lectern_library_posts 1") {
		t.Errorf("a server whose folder is gone: %d, want 200 and the post", got)
	}
}

// serveMetrics serves the embedded posts in this process with the real limits, and returns where readers and operators ask.
func serveMetrics(t testing.TB) (addr, url string) {
	t.Helper()
	key, _, err := server.HostKey(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	live, err := openLive("")
	if err != nil {
		t.Fatal(err)
	}
	log, queue := server.NewLog(io.Discard)
	b := newBlogger(live, log)
	m := newMetrics(b, queue, nil)
	ready := &readiness{stopping: t.Context(), posts: func() int { return len(b.current().Posts()) }}
	ready.open.Store(true)
	operators, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	http := m.Serve(operators, ready.why, slog.New(slog.DiscardHandler))
	t.Cleanup(func() { // once the server has ended
		http.Close()
		b.close()
		queue.Close(patience)
	})
	addr = serveWith(t, server.Config{
		Signers:    []ssh.Signer{key},
		Limits:     limit.New(limit.DefaultConfig()),
		Program:    b.program,
		Command:    b.command,
		Screen:     isPlace,
		Subsystems: map[string]func(context.Context, *server.Session) int{"sftp": b.sftp},
		Routine:    isHealthCheck,
		Observer:   m,
		Log:        log,
	})
	return addr, "http://" + operators.Addr().String()
}

// hostile words are what a client says of itself, and asks for.
var hostile = []string{"x", "zzz\x1b[2J", `"} 1` + "\n" + `lectern_evil{a="b`, strings.Repeat("long", 200), "наука", "\xff\xfe", "--json", "docker-production", "../..", "{}"}

// TestNothingThatAClientSentIsALabel lets clients in that try, and holds which values each label has.
func TestNothingThatAClientSentIsALabel(t *testing.T) {
	addr, url := serveMetrics(t)
	for i, word := range hostile {
		nc, err := net.Dial("tcp", addr)
		if err != nil {
			t.Fatal(err)
		}
		version := "SSH-2.0-" + fmt.Sprintf("client_%d_", i) + strings.Map(func(r rune) rune {
			if r < ' ' || r > '~' {
				return '_'
			}
			return r
		}, word)
		conn, chans, reqs, err := ssh.NewClientConn(nc, addr, &ssh.ClientConfig{User: word, ClientVersion: version[:min(len(version), 200)], HostKeyCallback: ssh.InsecureIgnoreHostKey()})
		if err != nil {
			t.Fatal(err)
		}
		client := ssh.NewClient(conn, chans, reqs)
		for _, command := range []string{word, "ls --tag " + word, "cat " + word, "scp -f " + word, "rsync " + word, "help " + word} {
			session, err := client.NewSession()
			if err != nil {
				t.Fatal(err)
			}
			_ = session.Setenv("LANG", word)
			_ = session.Run(command)
			_ = session.Close()
		}
		session, err := client.NewSession()
		if err != nil {
			t.Fatal(err)
		}
		_ = session.RequestSubsystem(word)
		_ = session.RequestSubsystem("sftp")
		_ = session.Close()
		if session, err = client.NewSession(); err != nil {
			t.Fatal(err)
		}
		_ = session.RequestPty(word, 24, 80, nil)
		_ = session.Shell()
		_ = client.Close()
	}
	for _, sent := range []string{"", "GET / HTTP/1.0\r\n\r\n", "SSH-2.0-x\r\n\x00\x00\x00\x00\x00"} {
		nc, err := net.Dial("tcp", addr)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.WriteString(nc, sent)
		_ = nc.Close()
	}

	kinds := []string{"command", "program", "routine", "subsystem"}
	reasons := []string{
		"dead", "done", "flood", "hangup", "idle", "input", "memory", "panic", "quit", "refused", "setup", "shutdown", "stalled", "unused",
	}
	verbs := append(command.Verbs(), "scp", "other")
	slices.Sort(verbs)
	want := map[string][]string{
		"lectern_build_info version":               {version()},
		"lectern_commands_total verb":              verbs,
		"lectern_connections_refused_total reason": {"crowded", "established", "full", "half-open", "other", "penalty", "rate"},
		"lectern_handshake_seconds outcome":        {"broken", "differs", "done", "gone", "late", "shutdown"},
		"lectern_library_problems level":           {"error", "warning"},
		"lectern_renders_total how":                {"cached", "failed", "full", "rendered", "shared"},
		"lectern_session_seconds kind":             kinds,
		"lectern_sessions kind":                    kinds,
		"lectern_sessions_ended_total kind":        kinds,
		"lectern_sessions_ended_total why":         reasons,
		"lectern_sessions_refused_total reason":    {"closing", "copies", "other", "places", "seats", "sessions"},
		"lectern_sessions_started_total kind":      kinds,
	}
	_, text := get(t, url+"/metrics")
	got := labels(t, text)
	delete(got, "lectern_build_info go")
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("labels and their values (-want +got):\n%s", d)
	}
	for _, line := range []string{`lectern_commands_total{verb="scp"} 10`, `lectern_commands_total{verb="help"} 10`} {
		if !strings.Contains(text, "\n"+line+"\n") {
			t.Errorf("no %s in\n%s", line, regexp.MustCompile(`(?m)^lectern_commands.*`).FindAllString(text, -1))
		}
	}
}

// labels are the values of each label of our metrics, but for the bounds of buckets.
func labels(t *testing.T, text string) map[string][]string {
	t.Helper()
	series := regexp.MustCompile(`^(\w+?)(?:_bucket|_sum|_count)?\{(.*)\} \S+$`)
	pair := regexp.MustCompile(`(\w+)="((?:[^"\\]|\\.)*)"`)
	all := map[string]map[string]bool{}
	for line := range strings.Lines(text) {
		m := series.FindStringSubmatch(strings.TrimSuffix(line, "\n"))
		if m == nil {
			if strings.HasPrefix(line, "lectern_") && strings.ContainsAny(line, `{"`) {
				t.Errorf("not understood: %q", line)
			}
			continue
		}
		if !strings.HasPrefix(m[1], "lectern_") {
			continue
		}
		for _, p := range pair.FindAllStringSubmatch(m[2], -1) {
			if p[1] == "le" {
				continue
			}
			name := m[1] + " " + p[1]
			if all[name] == nil {
				all[name] = map[string]bool{}
			}
			all[name][p[2]] = true
		}
	}
	sorted := map[string][]string{}
	for name, values := range all {
		sorted[name] = slices.Sorted(maps.Keys(values))
	}
	return sorted
}
