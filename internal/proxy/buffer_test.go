//go:build unix

package proxy

import (
	"net"
	"net/netip"
	"syscall"
	"testing"
)

func TestTheWriteBufferOfAClientBehindABalancerIsSet(t *testing.T) {
	inner, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l := Listen(inner, []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")})
	defer l.Close()
	far, err := net.Dial("tcp", inner.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer far.Close()
	near, err := l.Accept()
	if err != nil {
		t.Fatal(err)
	}
	defer near.Close()
	size := func() (bytes int) {
		raw, err := near.(*conn).Conn.(*net.TCPConn).SyscallConn()
		if err != nil {
			t.Fatal(err)
		}
		if cerr := raw.Control(func(fd uintptr) { bytes, err = syscall.GetsockoptInt(int(fd), syscall.SOL_SOCKET, syscall.SO_SNDBUF) }); cerr != nil || err != nil {
			t.Fatal(cerr, err)
		}
		return bytes
	}
	before := size()
	buffered, ok := near.(interface{ SetWriteBuffer(bytes int) error })
	if !ok {
		t.Fatalf("%T has no SetWriteBuffer", near)
	}
	if err := buffered.SetWriteBuffer(before / 4); err != nil {
		t.Fatal(err)
	}
	if after := size(); after >= before {
		t.Errorf("%d bytes, as before", after)
	}
}
