package proxy

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"net/netip"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/pires/go-proxyproto"
)

// A queue is a listener whose connections a test makes, from any address.
type queue chan net.Conn

func (q queue) Accept() (net.Conn, error) {
	nc, ok := <-q
	if !ok {
		return nil, net.ErrClosed
	}
	return nc, nil
}

func (q queue) Close() error   { close(q); return nil }
func (q queue) Addr() net.Addr { return &net.TCPAddr{} }

// A caller is a connection that comes from an address.
type caller struct {
	net.Conn
	from net.Addr
}

func (c caller) RemoteAddr() net.Addr { return c.from }

// call makes a connection, of which it returns the far end and what the listener hands out.
func call(t testing.TB, l *Listener, from string) (far, near net.Conn) {
	t.Helper()
	far, inner := net.Pipe()
	t.Cleanup(func() { _ = far.Close(); _ = inner.Close() })
	l.Listener.(queue) <- caller{inner, net.TCPAddrFromAddrPort(netip.MustParseAddrPort(from))}
	near, err := l.Accept()
	if err != nil {
		t.Fatal(err)
	}
	return far, near
}

func listen(trusted ...string) *Listener {
	var nets []netip.Prefix
	for _, n := range trusted {
		nets = append(nets, netip.MustParsePrefix(n))
	}
	return Listen(make(queue, 1), nets)
}

// v2 is a header of version 2: command, family, and what follows the length.
func v2(command, family byte, rest ...byte) string {
	b := append([]byte("\r\n\r\n\x00\r\nQUIT\n"), command, family)
	b = binary.BigEndian.AppendUint16(b, uint16(len(rest)))
	return string(append(b, rest...))
}

func v4addrs() []byte { return []byte{203, 0, 113, 7, 192, 0, 2, 1, 0x30, 0x39, 0, 22} }

func v6addrs(source string) []byte {
	s := netip.MustParseAddr(source).As16()
	b := append(s[:], make([]byte, 16)...)
	return append(b, 0x30, 0x39, 0, 22)
}

const proxyAt = "10.0.0.5:40000"

func TestHeadersNameTheClientOrLeaveTheBalancer(t *testing.T) {
	for name, tt := range map[string]struct{ header, want string }{
		"v1 TCP4":                      {"PROXY TCP4 203.0.113.7 192.0.2.1 12345 22\r\n", "203.0.113.7:12345"},
		"v1 TCP6":                      {"PROXY TCP6 2001:db8::7 2001:db8::1 12345 22\r\n", "[2001:db8::7]:12345"},
		"v1 mapped":                    {"PROXY TCP6 ::ffff:203.0.113.7 2001:db8::1 12345 22\r\n", "203.0.113.7:12345"},
		"v1 UNKNOWN":                   {"PROXY UNKNOWN\r\n", proxyAt},
		"v1 UNKNOWN with addresses":    {"PROXY UNKNOWN 203.0.113.7 192.0.2.1 12345 22\r\n", proxyAt},
		"v1 of nobody":                 {"PROXY TCP4 0.0.0.0 192.0.2.1 0 22\r\n", proxyAt},
		"v2 TCP4":                      {v2(0x21, 0x11, v4addrs()...), "203.0.113.7:12345"},
		"v2 TCP6":                      {v2(0x21, 0x21, v6addrs("2001:db8::7")...), "[2001:db8::7]:12345"},
		"v2 mapped":                    {v2(0x21, 0x21, v6addrs("::ffff:203.0.113.7")...), "203.0.113.7:12345"},
		"v2 with extensions":           {v2(0x21, 0x11, append(v4addrs(), 4, 0, 2, 0, 0)...), "203.0.113.7:12345"},
		"v2 with 4 KiB of extensions":  {v2(0x21, 0x11, append(v4addrs(), make([]byte, maxHeader-prefix-12)...)...), "203.0.113.7:12345"},
		"v2 LOCAL":                     {v2(0x20, 0x00), proxyAt},
		"v2 LOCAL with addresses":      {v2(0x20, 0x11, v4addrs()...), proxyAt},
		"v2 LOCAL, family, no address": {v2(0x20, 0x11), proxyAt},
		"our own LOCAL":                {string(LocalHeader()), proxyAt},
		"v2 Unix":                      {v2(0x21, 0x31, append([]byte("/run/client"), make([]byte, 205)...)...), proxyAt},
	} {
		for pace, size := range map[string]int{"at once": len(tt.header) + 5, "byte by byte": 1} {
			t.Run(name+" "+pace, func(t *testing.T) {
				if len(tt.header) > 1000 && size == 1 {
					size = 100
				}
				far, near := call(t, listen("10.0.0.0/8"), proxyAt)
				go write(far, tt.header+"hello", size)
				if got := near.RemoteAddr().String(); got != tt.want {
					t.Errorf("remote address %s, want %s", got, tt.want)
				}
				hello := make([]byte, 5)
				if _, err := io.ReadFull(near, hello); string(hello) != "hello" || err != nil {
					t.Errorf("after the header came %q, %v", hello, err)
				}
			})
		}
	}
}

// write writes in pieces of a size.
func write(w io.Writer, s string, size int) {
	for len(s) > 0 {
		n := min(size, len(s))
		if _, err := io.WriteString(w, s[:n]); err != nil {
			return
		}
		s = s[n:]
	}
}

func TestWithoutAGoodHeaderATrustedConnectionIsClosed(t *testing.T) {
	for name, tt := range map[string]struct{ sent, want string }{
		"SSH at once":            {"SSH-2.0-client\r\n", "there is none"},
		"HTTP":                   {"POST / HTTP/1.1\r\n", "there is none"},
		"nearly v1":              {"PROXYX TCP4", "there is none"},
		"nearly v2":              {"\r\n\r\n\x00\r\nQUIZ", "there is none"},
		"v1 garbage":             {"PROXY TCP4 a b c d\r\n", "malformed"},
		"v1 with too little":     {"PROXY TCP4 203.0.113.7\r\n", "malformed"},
		"v1 of the other family": {"PROXY TCP4 2001:db8::7 2001:db8::1 12345 22\r\n", "malformed"},
		"v1 port":                {"PROXY TCP4 203.0.113.7 192.0.2.1 123456 22\r\n", "malformed"},
		"v1 bare line feed":      {"PROXY TCP4 203.0.113.7 192.0.2.1 12345 22\n", "malformed"},
		"v1 zone":                {"PROXY TCP6 fe80::1%eth0 2001:db8::1 12345 22\r\n", "malformed"},
		"v1 too long":            {"PROXY UNKNOWN " + strings.Repeat("x", 200) + "\r\n", "too long"},
		"v1 one byte too long":   {"PROXY UNKNOWN " + strings.Repeat("x", 107-14-1) + "\r\n", "too long"},
		"v2 version":             {v2(0x11, 0x11, v4addrs()...), "malformed"},
		"v2 command":             {v2(0x22, 0x11, v4addrs()...), "malformed"},
		"v2 family":              {v2(0x21, 0x41, v4addrs()...), "malformed"},
		"v2 too little":          {v2(0x21, 0x21, v4addrs()...), "malformed"},
		"v2 of nobody":           {v2(0x21, 0x00), "malformed"},
		"v2 datagram":            {v2(0x21, 0x12, v4addrs()...), "datagrams"},
		"v2 Unix datagram":       {v2(0x21, 0x32, make([]byte, 216)...), "datagrams"},
		"v2 too long":            {v2(0x21, 0x11, make([]byte, maxHeader-prefix+1)...), "too long"},
		"v2 cut off":             {v2(0x21, 0x11, v4addrs()...)[:20], "unexpected EOF"},
		"v1 cut off":             {"PROXY TCP4 203", "unexpected EOF"},
		"nothing":                {"", "EOF"},
	} {
		t.Run(name, func(t *testing.T) {
			far, near := call(t, listen("10.0.0.0/8"), proxyAt)
			go func() {
				write(far, tt.sent, 1<<20)
				_ = far.Close()
			}()
			if got := near.RemoteAddr().String(); got != proxyAt {
				t.Errorf("remote address %s, want %s", got, proxyAt)
			}
			_, err := near.Read(make([]byte, 1))
			var header *HeaderError
			if !errors.As(err, &header) || !errors.Is(err, net.ErrClosed) || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("read: %v, want a HeaderError with %q", err, tt.want)
			}
			if _, err := near.Write([]byte("x")); !errors.As(err, &header) {
				t.Errorf("write: %v", err)
			}
			if _, err := near.(*conn).Conn.Read(make([]byte, 1)); !errors.Is(err, io.ErrClosedPipe) {
				t.Errorf("the connection beneath: %v, want it closed", err)
			}
		})
	}
}

func TestOthersClaimsAreNotRead(t *testing.T) {
	for _, from := range []string{"192.0.2.66:1", "[2001:db8::66]:1", "[::ffff:192.0.2.66]:1", "[fe80::66%eth0]:1"} {
		far, near := call(t, listen("10.0.0.0/8", "2001:db8:1::/48"), from)
		const claim = "PROXY TCP4 203.0.113.7 192.0.2.1 12345 22\r\n"
		go func() {
			write(far, claim, 1<<20)
			_ = far.Close()
		}()
		want := net.TCPAddrFromAddrPort(netip.MustParseAddrPort(from)).String()
		if got := near.RemoteAddr().String(); got != want {
			t.Errorf("remote address %s, want %s", got, want)
		}
		got := make([]byte, len(claim))
		if _, err := io.ReadFull(near, got); string(got) != claim || err != nil {
			t.Errorf("%s: read %q, %v", from, got, err)
		}
	}
}

func TestUnixConnectionsAreTakenAsTheyAre(t *testing.T) {
	dir := t.TempDir()
	inner, err := net.Listen("unix", dir+"/socket")
	if err != nil {
		t.Fatal(err)
	}
	l := Listen(inner, []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")})
	defer l.Close()
	far, err := net.Dial("unix", dir+"/socket")
	if err != nil {
		t.Fatal(err)
	}
	defer far.Close()
	near, err := l.Accept()
	if err != nil {
		t.Fatal(err)
	}
	defer near.Close()
	if _, ok := near.(*net.UnixConn); !ok {
		t.Errorf("got a %T", near)
	}
}

func TestNetworksMayBeMapped(t *testing.T) {
	for _, tt := range []struct {
		network, addr string
		want          bool
	}{
		{"10.0.0.0/8", "10.1.2.3", true},
		{"10.0.0.0/8", "::ffff:10.1.2.3", true},
		{"10.0.0.0/8", "11.1.2.3", false},
		{"10.0.0.0/8", "::ffff:11.1.2.3", false},
		{"::ffff:10.0.0.0/104", "10.1.2.3", true},
		{"::ffff:10.0.0.0/104", "::ffff:10.1.2.3", true},
		{"::ffff:10.0.0.0/104", "11.1.2.3", false},
		{"2001:db8::/32", "2001:db8::1", true},
		{"2001:db8::/32", "2001:db9::1", false},
		{"fe80::/10", "fe80::1%eth0", true},
		{"10.0.0.0/8", "2001:db8::1", false},
	} {
		got := Trusts([]netip.Prefix{netip.MustParsePrefix("198.51.100.0/24"), netip.MustParsePrefix(tt.network)}, netip.MustParseAddr(tt.addr))
		if got != tt.want {
			t.Errorf("%s trusts %s: %v, want %v", tt.network, tt.addr, got, tt.want)
		}
	}
	if Trusts([]netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}, netip.Addr{}) {
		t.Error("no address is trusted")
	}
}

func TestAHeaderThatIsLateEndsTheConnection(t *testing.T) {
	const header = "PROXY TCP4 203.0.113.7 192.0.2.1 12345 22\r\n"
	for name, tt := range map[string]struct {
		between time.Duration // two bytes
		want    string
	}{
		"silent":               {time.Minute, proxyAt},
		"a little too slow":    {Wait / time.Duration(len(header)-1), proxyAt},
		"slow, but still done": {Wait / time.Duration(len(header)+1), "203.0.113.7:12345"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				far, near := call(t, listen("10.0.0.0/8"), proxyAt)
				sent := make(chan struct{})
				defer func() { <-sent }()
				go func() {
					defer close(sent)
					for _, b := range []byte(header) {
						time.Sleep(tt.between)
						if _, err := far.Write([]byte{b}); err != nil {
							return
						}
					}
				}()
				start := time.Now()
				if got := near.RemoteAddr().String(); got != tt.want {
					t.Errorf("remote address %s, want %s", got, tt.want)
				}
				if took := time.Since(start); took > Wait {
					t.Errorf("took %v, want %v at most", took, Wait)
				}
				if err := near.(*conn).header(); (err != nil) != (tt.want == proxyAt) || err != nil && !strings.Contains(err.Error(), "not whole after 3s") {
					t.Errorf("header: %v", err)
				}
			})
		})
	}
}

func TestAcceptWaitsForNoHeader(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := listen("10.0.0.0/8")
		start := time.Now()
		for i := range 100 {
			call(t, l, fmt.Sprintf("10.0.0.5:%d", 1000+i)) // none of which says a word
		}
		if took := time.Since(start); took > 0 {
			t.Errorf("Accept took %v", took)
		}
	})
}

func TestSoManyWaitAndCloseEndsThem(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := listen("10.0.0.0/8")
		gone := make(chan error, maxWaiting)
		for range maxWaiting {
			_, near := call(t, l, proxyAt)
			go func() {
				_, err := near.Read(make([]byte, 1))
				gone <- err
			}()
		}
		synctest.Wait()
		_, beyond := call(t, l, proxyAt)
		if _, err := beyond.Read(make([]byte, 1)); !errors.Is(err, errWaiting) {
			t.Errorf("one more than %d: %v", maxWaiting, err)
		}
		start := time.Now()
		if err := l.Close(); err != nil {
			t.Error(err)
		}
		for range maxWaiting {
			if err := <-gone; !errors.Is(err, net.ErrClosed) {
				t.Errorf("waited, and got %v", err)
			}
		}
		if took := time.Since(start); took > 0 {
			t.Errorf("they ended after %v, want at once", took)
		}
		if len(l.waiting) != 0 {
			t.Errorf("%d are still noted as waiting", len(l.waiting))
		}
	})
}

func FuzzHeader(f *testing.F) {
	for _, seed := range []string{
		"PROXY TCP4 203.0.113.7 192.0.2.1 12345 22\r\nSSH-2.0-x\r\n", "PROXY UNKNOWN\r\n", "PROXY ", "\r\n\r\n\x00\r\nQUIT\n",
		v2(0x21, 0x11, v4addrs()...) + "SSH", v2(0x21, 0x21, v6addrs("2001:db8::7")...), v2(0x20, 0x00), v2(0x21, 0x31, make([]byte, 216)...),
		"SSH-2.0-x\r\n", "",
	} {
		f.Add([]byte(seed), uint8(3))
	}
	f.Fuzz(func(t *testing.T, sent []byte, size uint8) {
		far, near := call(t, listen("10.0.0.0/8"), proxyAt)
		go func() {
			write(far, string(sent), int(size)+1)
			_ = far.Close()
		}()
		got := near.RemoteAddr().(*net.TCPAddr).AddrPort()
		rest, err := io.ReadAll(near)
		if err != nil {
			if got.String() != proxyAt {
				t.Errorf("remote address %v of a header that is refused: %v", got, err)
			}
			return
		}
		// What was taken is a header to the library as well, says the same to it, and not a byte more was taken.
		taken := sent[:len(sent)-len(rest)]
		if string(sent[len(taken):]) != string(rest) || len(taken) > maxHeader {
			t.Fatalf("took %d bytes of %q and left %q", len(taken), sent, rest)
		}
		pipe, inner := net.Pipe()
		defer inner.Close()
		go func() { _, _ = pipe.Write(taken); _ = pipe.Close() }()
		h := proxyproto.NewConn(inner).ProxyHeader()
		if h == nil {
			t.Fatalf("took %q, which is no header", taken)
		}
		if src, ok := h.SourceAddr.(*net.TCPAddr); ok && !h.Command.IsLocal() && !src.AddrPort().Addr().Unmap().IsUnspecified() {
			if want := src.AddrPort().Addr().Unmap(); got.Addr() != want || got.Port() != uint16(src.Port) {
				t.Errorf("remote address %v of %q, want %v", got, taken, src)
			}
		} else if got.String() != proxyAt {
			t.Errorf("remote address %v of %q, want the balancer's", got, taken)
		}
	})
}
