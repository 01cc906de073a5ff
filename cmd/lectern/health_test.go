package main

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"encoding/pem"
	"io"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"
	"golang.org/x/crypto/ssh"

	"lectern/internal/server"
)

// healthAnswer is what a test's server does with one command.
type healthAnswer struct {
	stdout, stderr string
	status         uint32
	hang           bool // answer nothing until the client is gone
}

// healthPosts is a server with one post to read.
func healthPosts() map[string]healthAnswer {
	return map[string]healthAnswer{
		"ls":        {stdout: "hello\t2025-11-20\tHello\nolder\t2024-01-02\tOlder\n"},
		"cat hello": {stdout: "Hello\n\nWords.\n"},
	}
}

// healthListen gives each connection to serve, and ends them all with the test.
func healthListen(t *testing.T, serve func(net.Conn)) string {
	t.Helper()
	before := goleak.IgnoreCurrent()
	t.Cleanup(func() { goleak.VerifyNone(t, before) })
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	all.Go(func() {
		for {
			conn, err := ln.Accept()
			if err != nil {
				return
			}
			all.Go(func() {
				defer conn.Close()
				serve(conn)
			})
		}
	})
	t.Cleanup(func() {
		ln.Close()
		all.Wait()
	})
	return ln.Addr().String()
}

// healthServe is an SSH server that answers commands, and nothing else.
func healthServe(t *testing.T, key ssh.Signer, answers map[string]healthAnswer) string {
	t.Helper()
	config := &ssh.ServerConfig{NoClientAuth: true}
	config.AddHostKey(key)
	return healthListen(t, func(conn net.Conn) {
		client, channels, requests, err := ssh.NewServerConn(conn, config)
		if err != nil {
			return
		}
		defer client.Close()
		var all sync.WaitGroup
		defer all.Wait()
		all.Go(func() { ssh.DiscardRequests(requests) })
		for offered := range channels {
			channel, requests, err := offered.Accept()
			if err != nil {
				return
			}
			all.Go(func() {
				defer channel.Close()
				healthReply(channel, requests, answers)
			})
		}
	})
}

// healthReply answers the one exec request of a channel.
func healthReply(channel ssh.Channel, requests <-chan *ssh.Request, answers map[string]healthAnswer) {
	for request := range requests {
		var exec struct{ Command string }
		if request.Type != "exec" || ssh.Unmarshal(request.Payload, &exec) != nil {
			request.Reply(false, nil)
			continue
		}
		request.Reply(true, nil)
		answer, ok := answers[exec.Command]
		if !ok {
			answer = healthAnswer{stderr: "no such command\n", status: 2}
		}
		if answer.hang {
			io.Copy(io.Discard, channel)
			for range requests {
			}
			return
		}
		io.WriteString(channel, answer.stdout)
		io.WriteString(channel.Stderr(), answer.stderr)
		channel.SendRequest("exit-status", false, ssh.Marshal(struct{ Status uint32 }{answer.status}))
		return
	}
}

// healthNewKey makes a host key, and a folder that holds it as the server's does.
func healthNewKey(t *testing.T) (ssh.Signer, string) {
	t.Helper()
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	signer, err := ssh.NewSignerFromKey(private)
	if err != nil {
		t.Fatal(err)
	}
	block, err := ssh.MarshalPrivateKey(private, "")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, server.HostKeyFile), pem.EncodeToMemory(block), 0o600); err != nil {
		t.Fatal(err)
	}
	return signer, dir
}

// healthWant runs a check that must fail, for the reasons in want, on one line.
func healthWant(t *testing.T, ctx context.Context, addr, hostkeys string, want ...string) {
	t.Helper()
	var stderr bytes.Buffer
	err := health(ctx, healthServer{addr: addr, hostkeys: hostkeys}, &stderr)
	if err == nil {
		t.Fatalf("health(%s) = nil, want an error with %q", addr, want)
	}
	for _, part := range append(want, "; ") { // the mend stands behind a semicolon
		if !strings.Contains(err.Error(), part) {
			t.Errorf("health(%s) = %q, want it to hold %q", addr, err, part)
		}
	}
	if strings.ContainsAny(err.Error(), "\r\n") || len(err.Error()) > 1000 {
		t.Errorf("health(%s) = %q, want one short line", addr, err)
	}
	if got := strings.Count(err.Error(), addr); got != 1 {
		t.Errorf("health(%s) = %q, names the address %d times, want once", addr, err, got)
	}
	if stderr.Len() > 0 {
		t.Errorf("health(%s) wrote %q, want the error alone", addr, stderr.String())
	}
}

func TestHealthPassesWhenAPostCanBeRead(t *testing.T) {
	key, dir := healthNewKey(t)
	addr := healthServe(t, key, healthPosts())
	var stderr bytes.Buffer
	if err := health(t.Context(), healthServer{addr: addr, hostkeys: dir}, &stderr); err != nil {
		t.Fatalf("health() = %v, want nil", err)
	}
	want := addr + `: healthy, read "hello" in `
	if got := stderr.String(); !strings.HasPrefix(got, want) || strings.Count(got, "\n") != 1 {
		t.Errorf("stderr = %q, want one line that begins with %q", got, want)
	}
}

func TestHealthTakesTheAddressToListenOn(t *testing.T) {
	for addr, want := range map[string]string{
		":2222":          "127.0.0.1:2222",
		"0.0.0.0:2222":   "127.0.0.1:2222",
		"[::]:2222":      "[::1]:2222",
		"10.1.2.3:22":    "10.1.2.3:22",
		"localhost:2222": "localhost:2222",
	} {
		if got, err := healthTarget(addr); err != nil || got != want {
			t.Errorf("healthTarget(%q) = %q, %v, want %q", addr, got, err, want)
		}
	}
}

func TestHealthPassesOnAPostLongerThanItReads(t *testing.T) {
	key, dir := healthNewKey(t)
	posts := healthPosts()
	posts["cat hello"] = healthAnswer{stdout: strings.Repeat("words ", 1<<20)} // more than SSH's window
	if err := health(t.Context(), healthServer{addr: healthServe(t, key, posts), hostkeys: dir}, io.Discard); err != nil {
		t.Errorf("health() = %v, want nil", err)
	}
}

func TestHealthRefusesAnotherHostKey(t *testing.T) {
	expected, dir := healthNewKey(t)
	other, _ := healthNewKey(t)
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	otherKind, err := ssh.NewSignerFromKey(private)
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range []ssh.Signer{other, otherKind} {
		healthWant(t, t.Context(), healthServe(t, key, healthPosts()), dir,
			"answers with another host key: got "+ssh.FingerprintSHA256(key.PublicKey())+
				", want "+ssh.FingerprintSHA256(expected.PublicKey()))
	}
}

func TestHealthFailsWithoutAPostToRead(t *testing.T) {
	for name, test := range map[string]struct {
		answers map[string]healthAnswer
		want    string
	}{
		"an index of nothing":  {map[string]healthAnswer{"ls": {}}, "serves no posts"},
		"an index of words":    {map[string]healthAnswer{"ls": {stdout: "No posts yet.\n"}}, "serves no posts"},
		"no index":             {nil, "fails at `ls` (Process exited with status 2; stderr \"no such command\")"},
		"a post it can't read": {map[string]healthAnswer{"ls": healthPosts()["ls"]}, "fails at `cat hello`"},
		"a long complaint":     {map[string]healthAnswer{"ls": {stderr: strings.Repeat("no ", 10_000), status: 75}}, "status 75; stderr \"no no no"},
		"an empty post":        {map[string]healthAnswer{"ls": healthPosts()["ls"], "cat hello": {stdout: " \n"}}, `post "hello" is empty`},
	} {
		t.Run(name, func(t *testing.T) {
			key, dir := healthNewKey(t)
			addr := healthServe(t, key, test.answers)
			healthWant(t, t.Context(), addr, dir, addr, test.want)
		})
	}
}

func TestHealthFailsWhereNoReaderGetsIn(t *testing.T) {
	for name, test := range map[string]struct{ says, want string }{
		"hangs up":          {"", "hangs up without a word (EOF)"},
		"refuses":           {"Too many readers from your network.\r\n", `refuses: "Too many readers from your network."`},
		"refuses in short":  {"no", `refuses: "no"`},
		"escapes":           {"\x1b]0;x\x07" + strings.Repeat("y", 5000), `refuses: "\x1b]0;x\a`},
		"hangs up politely": {"SSH-2.0-other\r\n", "does not let a reader in"},
	} {
		t.Run(name, func(t *testing.T) {
			_, dir := healthNewKey(t)
			addr := healthListen(t, func(conn net.Conn) {
				io.WriteString(conn, test.says)
				conn.(*net.TCPConn).CloseWrite()
				io.Copy(io.Discard, conn) // a reset would take the words away
			})
			healthWant(t, t.Context(), addr, dir, addr, test.want)
		})
	}
}

func TestHealthFailsWhereNothingListens(t *testing.T) {
	_, dir := healthNewKey(t)
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ln.Close()
	healthWant(t, t.Context(), ln.Addr().String(), dir, "nothing listens", "connection refused", "start `lectern serve`")
	healthWant(t, t.Context(), "2222", dir, `"2222" is no address`, "HOST:PORT")
}

func TestHealthGivesUpOnASilentPortInTime(t *testing.T) {
	_, dir := healthNewKey(t)
	addr := healthListen(t, func(conn net.Conn) { io.Copy(io.Discard, conn) })
	start := time.Now()
	healthWant(t, t.Context(), addr, dir, "accepts and says nothing", "gave up after 2.")
	if took := time.Since(start); took >= 3*time.Second {
		t.Errorf("took %s, want less than 3s", took)
	}
}

func TestHealthEndsWithItsContext(t *testing.T) {
	key, dir := healthNewKey(t)
	for _, command := range []string{"ls", "cat hello"} {
		posts := healthPosts()
		posts[command] = healthAnswer{hang: true}
		ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
		defer cancel()
		start := time.Now()
		healthWant(t, ctx, healthServe(t, key, posts), dir, "does not answer `"+command+"`")
		if took := time.Since(start); took >= healthBudget {
			t.Errorf("took %s, want about 300ms", took)
		}
	}
}

func TestHealthFailsWithoutAKeyToCompareWith(t *testing.T) {
	key, dir := healthNewKey(t)
	addr := healthServe(t, key, healthPosts())
	healthWant(t, t.Context(), addr, t.TempDir(), "no host key to compare with", "no such file", "--hostkeys")
	if err := os.WriteFile(filepath.Join(dir, server.HostKeyFile), []byte("not a key"), 0o600); err != nil {
		t.Fatal(err)
	}
	healthWant(t, t.Context(), addr, dir, "no host key to compare with", server.HostKeyFile)
}

func TestHealthEndsBeforeTheContainerEndsIt(t *testing.T) {
	for _, test := range []struct{ file, pattern string }{
		{"../../Dockerfile", `(?m)^HEALTHCHECK .*--timeout=(\S+)`},
		{"../../deploy/compose.yaml", `(?ms)^\s+healthcheck:.*?^\s+timeout: (\S+)$`},
	} {
		text, err := os.ReadFile(test.file)
		if err != nil {
			t.Fatal(err)
		}
		found := regexp.MustCompile(test.pattern).FindSubmatch(text)
		if found == nil {
			t.Fatalf("%s sets no timeout for its health check", test.file)
		}
		timeout, err := time.ParseDuration(string(found[1]))
		if err != nil {
			t.Fatal(err)
		}
		if healthBudget >= timeout {
			t.Errorf("a check may take %s, %s ends it after %s", healthBudget, test.file, timeout)
		}
	}
}
