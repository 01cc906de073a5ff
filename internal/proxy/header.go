package proxy

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"net/netip"

	"github.com/pires/go-proxyproto"
)

// Lengths of headers, in bytes.
const (
	maxLine   = 107     // of version 1, as the protocol has it
	prefix    = 16      // of version 2: signature, command, family, and the length of the rest
	maxHeader = 4 << 10 // of version 2, whose addresses take 232 and whose extensions are not used here
)

var (
	errNone = errors.New("there is none; let the balancer send one (send-proxy), or take it out of the trusted networks")
	errLong = errors.New("it is too long")
)

// LocalHeader returns a header that says that whoever sends it speaks for itself.
func LocalHeader() []byte {
	return append(bytes.Clone(proxyproto.SIGV2), byte(proxyproto.LOCAL), byte(proxyproto.UNSPEC), 0, 0)
}

// readHeader reads a header, and nothing that follows it, and returns the address that it names, which is not valid if
// it names none. What cannot be a header is refused at its first wrong byte. The library would take no header that
// comes in pieces, and one of any length that it was told of: so the bytes are gathered here, and it reads those.
func readHeader(r *bufio.Reader) (netip.AddrPort, error) {
	first, err := r.Peek(1)
	if err != nil {
		return netip.AddrPort{}, err
	}
	var b []byte
	switch first[0] {
	case proxyproto.SIGV1[0]:
		b, err = gatherLine(r)
	case proxyproto.SIGV2[0]:
		b, err = gatherBlock(r)
	default:
		err = errNone
	}
	if err != nil {
		if errors.Is(err, io.EOF) {
			err = io.ErrUnexpectedEOF
		}
		return netip.AddrPort{}, err
	}
	h, err := proxyproto.Read(bufio.NewReaderSize(bytes.NewReader(b), maxLine+1))
	if err != nil {
		return netip.AddrPort{}, fmt.Errorf("it is malformed: %w", err)
	}
	return claim(h)
}

// gatherLine returns the bytes of a header of version 1.
func gatherLine(r *bufio.Reader) ([]byte, error) {
	b, err := signature(r, "PROXY ", maxLine)
	for err == nil && b[len(b)-1] != '\n' {
		if len(b) == maxLine {
			return nil, errLong
		}
		var c byte
		c, err = r.ReadByte()
		b = append(b, c)
	}
	return b, err
}

// gatherBlock returns the bytes of a header of version 2.
func gatherBlock(r *bufio.Reader) ([]byte, error) {
	b, err := signature(r, string(proxyproto.SIGV2), prefix)
	if err != nil {
		return nil, err
	}
	b = b[:prefix]
	if _, err := io.ReadFull(r, b[len(proxyproto.SIGV2):]); err != nil {
		return nil, err
	}
	n := int(binary.BigEndian.Uint16(b[prefix-2:]))
	if prefix+n > maxHeader {
		return nil, errLong
	}
	b = append(b, make([]byte, n)...)
	_, err = io.ReadFull(r, b[prefix:])
	return b, err
}

// signature reads what a header must begin with, into a buffer of that capacity.
func signature(r *bufio.Reader, want string, capacity int) ([]byte, error) {
	b := make([]byte, 0, capacity)
	for i := range len(want) {
		c, err := r.ReadByte()
		if err != nil {
			return nil, err
		}
		if c != want[i] {
			return nil, errNone
		}
		b = append(b, c)
	}
	return b, nil
}

// claim returns the address of the client for whom a header speaks.
func claim(h *proxyproto.Header) (netip.AddrPort, error) {
	if h.Command.IsLocal() {
		return netip.AddrPort{}, nil
	}
	switch a := h.SourceAddr.(type) {
	case *net.TCPAddr:
		addr := a.AddrPort().Addr().Unmap()
		if addr.IsUnspecified() {
			return netip.AddrPort{}, nil
		}
		return netip.AddrPortFrom(addr, uint16(a.Port)), nil
	case *net.UnixAddr:
		if h.TransportProtocol.IsStream() {
			return netip.AddrPort{}, nil
		}
	}
	return netip.AddrPort{}, errors.New("it speaks of datagrams")
}
