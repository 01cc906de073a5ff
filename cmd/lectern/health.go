package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/netip"
	"strings"
	"time"

	"golang.org/x/crypto/ssh"

	"lectern/internal/proxy"
	"lectern/internal/server"
)

const (
	// healthBudget is all the time a check may take: a little under the three
	// seconds after which a container's health check is killed without a reason.
	healthBudget = 2500 * time.Millisecond

	// healthOutput is how many bytes of a command's output are read. A post that
	// gets this far is being served; the rest of it would only cost time.
	healthOutput = 64 << 10

	// healthStderr is how many bytes of a command's error output are kept.
	healthStderr = 256

	// healthVersion is the client version of a check, by which the server knows one.
	healthVersion = "SSH-2.0-lectern-health"
)

// A healthServer is the server to check, and what is known of it here.
type healthServer struct {
	addr     string         // HOST:PORT; an empty or unspecified host is this machine
	hostkeys string         // the folder of its host key
	trusted  []netip.Prefix // from where it requires a PROXY header
}

// health reads a post as a reader would: it connects to the server over SSH, compares
// the server's host key with the one in its folder, lists the posts
// and reads the first of them. Whatever keeps a reader from a post is an error
// of one line that names the address, the reason and the mend. On success one
// line goes to stderr.
//
// The check takes 2.5 seconds at most, less when ctx ends before that.
func health(ctx context.Context, of healthServer, stderr io.Writer) error {
	start := time.Now()
	ctx, cancel := context.WithTimeout(ctx, healthBudget)
	defer cancel()

	target, err := healthTarget(of.addr)
	if err != nil {
		return err
	}
	slug, err := healthRead(ctx, target, of)
	switch {
	case err == nil:
		took := time.Since(start).Round(time.Millisecond)
		_, err = fmt.Fprintf(stderr, "%s: healthy, read %q in %s\n", target, slug, took)
		return err
	case ctx.Err() != nil:
		took := time.Since(start).Round(100 * time.Millisecond)
		return fmt.Errorf("%s: %w (gave up after %s)", target, err, took)
	default:
		return fmt.Errorf("%s: %w", target, err)
	}
}

// healthTarget turns an address to listen on into one to connect to: an empty
// or unspecified host becomes the loopback address of its family. A container
// without an /etc/hosts knows no localhost, so none is looked up for them.
func healthTarget(addr string) (string, error) {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return "", fmt.Errorf("%q is no address to check; write --addr as HOST:PORT", addr)
	}
	switch host {
	case "", "0.0.0.0":
		host = "127.0.0.1"
	case "::":
		host = "::1"
	}
	return net.JoinHostPort(host, port), nil
}

// healthRead reads the first post of the server at target and returns its slug.
// Its errors leave the address to the caller.
func healthRead(ctx context.Context, target string, of healthServer) (string, error) {
	key, err := healthKey(of.hostkeys)
	if err != nil {
		return "", err
	}
	client, err := healthConnect(ctx, target, key, of.trusted)
	if err != nil {
		return "", err
	}
	defer client.Close()

	index, err := healthRun(ctx, client, "ls")
	if err != nil {
		return "", err
	}
	line, _, _ := strings.Cut(index, "\n")
	slug, _, ok := strings.Cut(line, "\t")
	if !ok || slug == "" {
		return "", errors.New("serves no posts; put a Markdown file into its content folder, and run `lectern check` on it")
	}
	body, err := healthRun(ctx, client, "cat "+slug)
	if err != nil {
		return "", err
	}
	if strings.TrimSpace(body) == "" {
		return "", fmt.Errorf("post %q is empty; run `lectern check` on the content folder", slug)
	}
	return slug, nil
}

// healthKey is the public half of the server's host key in the folder dir.
func healthKey(dir string) (ssh.PublicKey, error) {
	signer, err := server.LoadHostKey(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("no host key to compare with: %w; name the server's folder with --hostkeys", err)
	}
	if err != nil {
		return nil, fmt.Errorf("no host key to compare with: %w", err)
	}
	return signer.PublicKey(), nil
}

// healthConnect opens an SSH connection to target without authentication. The
// connection is closed when ctx ends, which also ends whatever waits for it.
func healthConnect(ctx context.Context, target string, key ssh.PublicKey, trusted []netip.Prefix) (*ssh.Client, error) {
	var dialer net.Dialer
	conn, err := dialer.DialContext(ctx, "tcp", target)
	if err != nil {
		if op, ok := errors.AsType[*net.OpError](err); ok {
			err = op.Err // without the address, which the caller names
		}
		return nil, fmt.Errorf("nothing listens (%w); start `lectern serve`, or name its address with --addr", err)
	}
	stop := context.AfterFunc(ctx, func() { conn.Close() })
	if here, ok := conn.LocalAddr().(*net.TCPAddr); ok && proxy.Trusts(trusted, here.AddrPort().Addr()) {
		_, _ = conn.Write(proxy.LocalHeader()) // if it fails, so does what follows
	}
	client, err := healthHandshake(ctx, conn, target, key)
	if err != nil {
		stop()
		conn.Close()
		return nil, err
	}
	return client, nil
}

// healthHandshake makes an SSH client of conn, if the other side is an SSH
// server with the host key want. The server's first bytes are looked at before
// the SSH library gets them: it would skip the line that says why a reader was
// refused, and calls silence and hanging up by the same name.
func healthHandshake(ctx context.Context, conn net.Conn, target string, want ssh.PublicKey) (*ssh.Client, error) {
	in := bufio.NewReader(conn)
	if first, err := in.Peek(4); string(first) != "SSH-" {
		switch line, _ := in.ReadSlice('\n'); {
		case ctx.Err() != nil && len(line) == 0:
			return nil, errors.New("accepts and says nothing; another program may hold the port (see `ss -ltnp`), or it wants a PROXY header (see --trust-proxy)")
		case len(line) == 0:
			return nil, fmt.Errorf("hangs up without a word (%w); see the server's log", err)
		default:
			return nil, fmt.Errorf("refuses: %.200q; see the server's log, or whether another program holds the port", strings.TrimSpace(string(line)))
		}
	}

	config := &ssh.ClientConfig{
		User:              "health",
		ClientVersion:     healthVersion,
		HostKeyAlgorithms: healthAlgorithms(),
		HostKeyCallback: func(_ string, _ net.Addr, got ssh.PublicKey) error {
			if bytes.Equal(got.Marshal(), want.Marshal()) {
				return nil
			}
			return &healthOtherKey{got: got, want: want}
		},
	}
	c, channels, requests, err := ssh.NewClientConn(healthConn{conn, in}, target, config)
	if other, ok := errors.AsType[*healthOtherKey](err); ok {
		return nil, other
	}
	if err != nil {
		return nil, fmt.Errorf("does not let a reader in (%w); see the server's log", err)
	}
	return ssh.NewClient(c, channels, requests), nil
}

// healthAlgorithms are the host key algorithms to ask for: that of the server's
// key first, then the others, so that a server with another kind of key is
// told by its fingerprint too.
func healthAlgorithms() []string {
	return append([]string{ssh.KeyAlgoED25519}, ssh.SupportedAlgorithms().HostKeys...)
}

// healthOtherKey is a server's host key that is not the one to expect.
type healthOtherKey struct{ got, want ssh.PublicKey }

func (e *healthOtherKey) Error() string {
	return fmt.Sprintf("answers with another host key: got %s, want %s; stop the other server, or name this one's folder with --hostkeys",
		ssh.FingerprintSHA256(e.got), ssh.FingerprintSHA256(e.want))
}

// healthConn is a connection whose first bytes have been looked at already.
type healthConn struct {
	net.Conn
	in *bufio.Reader
}

func (c healthConn) Read(p []byte) (int, error) { return c.in.Read(p) }

// healthSession opens a session, for which NewSession of x/crypto v0.58.0 waits for ever if the connection ends just then.
func healthSession(ctx context.Context, client *ssh.Client) (*ssh.Session, error) {
	type answer struct {
		session *ssh.Session
		err     error
	}
	answered := make(chan answer, 1)
	go func() {
		session, err := client.NewSession()
		answered <- answer{session, err}
	}()
	select {
	case a := <-answered:
		return a.session, a.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// healthRun runs a command and returns the first [healthOutput] bytes that it prints.
func healthRun(ctx context.Context, client *ssh.Client, command string) (string, error) {
	session, err := healthSession(ctx, client)
	if err != nil {
		return "", fmt.Errorf("opens no session for `%s` (%w); see the server's log", command, err)
	}
	defer session.Close()
	var said healthHead
	session.Stderr = &said
	stdout, err := session.StdoutPipe()
	if err != nil {
		return "", fmt.Errorf("%s: %w", command, err)
	}
	if err := session.Start(command); err != nil {
		return "", fmt.Errorf("does not run `%s` (%w); see the server's log", command, err)
	}
	out, _ := io.ReadAll(io.LimitReader(stdout, healthOutput)) // an error is the end of the connection: Wait tells
	if len(out) == healthOutput {
		return string(out), nil
	}
	err = session.Wait()
	if ctx.Err() != nil {
		return "", fmt.Errorf("does not answer `%s`; see the server's log, and whether it is short of CPU", command)
	}
	if err != nil {
		return "", fmt.Errorf("fails at `%s` (%w; stderr %q); see the server's log", command, err, bytes.TrimSpace(said))
	}
	return string(out), nil
}

// healthHead keeps the first [healthStderr] bytes written to it.
type healthHead []byte

func (h *healthHead) Write(p []byte) (int, error) {
	*h = append(*h, p[:min(len(p), healthStderr-len(*h))]...)
	return len(p), nil
}
