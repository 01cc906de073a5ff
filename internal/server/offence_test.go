package server

import (
	"bufio"
	"io"
	"net"
	"strings"
	"testing"
	"time"

	gossh "golang.org/x/crypto/ssh"

	"lectern/internal/limit"
)

// barred reports whether the next connection is refused for what those before it did.
func (b *bench) barred() bool {
	b.t.Helper()
	nc := b.dial()
	defer nc.Close()
	line, err := bufio.NewReader(nc).ReadString('\n')
	if err != nil {
		b.t.Fatal(err)
	}
	return strings.Contains(line, "broke the rules")
}

func TestWhoBreaksTheProtocolWaits(t *testing.T) {
	for name, attack := range map[string]func(t *testing.T, b *bench){
		"no version": func(t *testing.T, b *bench) {
			nc := b.dial()
			_, _ = io.WriteString(nc, "GET / HTTP/1.1\r\nHost: blog\r\n\r\n"+strings.Repeat("x", 1000))
			drained(t, nc)
		},
		"garbage behind the version": func(t *testing.T, b *bench) {
			nc := b.dial()
			_, _ = io.WriteString(nc, "SSH-2.0-x\r\n"+strings.Repeat("\xff", 1000))
			drained(t, nc)
		},
		"no handshake in time": func(t *testing.T, b *bench) { drained(t, b.dial()) },
		"a flood of requests": func(t *testing.T, b *bench) {
			client := b.client()
			for range 1000 {
				if _, _, err := client.SendRequest("keepalive@openssh.com", true, nil); err != nil {
					break
				}
			}
			cutOff(t, client)
		},
	} {
		t.Run(name, func(t *testing.T) {
			b := serve(t, withBounds(func(b *Bounds) { b.Handshake = 200 * time.Millisecond }))
			for range 2 { // one alone may be an accident
				attack(t, b)
			}
			eventually(t, "the offenders wait", b.barred)
		})
	}
}

func TestHonestFailuresMakeNobodyWait(t *testing.T) {
	for name, fail := range map[string]func(t *testing.T, b *bench){
		"a look at the port": func(t *testing.T, b *bench) { _ = b.dial().Close() },
		"a version and gone": func(t *testing.T, b *bench) {
			nc := b.dial()
			_, _ = io.WriteString(nc, "SSH-2.0-x\r\n")
			_ = nc.Close()
		},
		"a reset": func(t *testing.T, b *bench) {
			nc := b.dial()
			_ = nc.(*net.TCPConn).SetLinger(0)
			_ = nc.Close()
		},
		"another host key": func(t *testing.T, b *bench) {
			_, _, _, err := gossh.NewClientConn(b.dial(), b.addr, &gossh.ClientConfig{
				HostKeyCallback: func(string, net.Addr, gossh.PublicKey) error { return io.ErrUnexpectedEOF },
			})
			if err == nil {
				t.Fatal("the client took the key")
			}
		},
		"nothing to agree on": func(t *testing.T, b *bench) {
			_, _, _, err := gossh.NewClientConn(b.dial(), b.addr, &gossh.ClientConfig{
				Config: gossh.Config{KeyExchanges: []string{"diffie-hellman-group14-sha1"}}, HostKeyCallback: gossh.InsecureIgnoreHostKey(),
			})
			if err == nil {
				t.Fatal("they agreed")
			}
		},
		"a reader": func(t *testing.T, b *bench) { _ = b.client().Close() },
	} {
		t.Run(name, func(t *testing.T) {
			b := serve(t, withLimits(func(c *limit.Config) { c.Rate, c.Burst = 1000, 1000 }))
			for range 20 {
				fail(t, b)
			}
			eventually(t, "all are gone", func() bool {
				b.server.mu.Lock()
				defer b.server.mu.Unlock()
				return len(b.server.conns) == 0
			})
			if b.barred() {
				t.Error("an honest client has to wait")
			}
		})
	}
}

// drained reads what the server says until it closes the connection.
func drained(t *testing.T, nc net.Conn) {
	t.Helper()
	defer nc.Close()
	_ = nc.SetReadDeadline(time.Now().Add(patience))
	if _, err := io.Copy(io.Discard, nc); err != nil && !strings.Contains(err.Error(), "reset") {
		t.Fatal(err)
	}
}
