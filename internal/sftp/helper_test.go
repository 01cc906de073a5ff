package sftp

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"io/fs"
	"runtime"
	"testing"
	"testing/fstest"
	"time"

	lib "github.com/pkg/sftp"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// patience is how long a test waits for what must happen.
const patience = 20 * time.Second

// eventually waits until ok is true.
func eventually(t testing.TB, what string, ok func() bool) {
	t.Helper()
	tick := time.NewTicker(2 * time.Millisecond)
	defer tick.Stop()
	late := time.After(patience)
	for !ok() {
		select {
		case <-tick.C:
		case <-late:
			t.Fatalf("waited %v, and still not: %s", patience, what)
		}
	}
}

// receive waits for a value.
func receive[T any](t testing.TB, c <-chan T) T {
	t.Helper()
	select {
	case v := <-c:
		return v
	case <-time.After(patience):
		t.Fatalf("waited %v for a value", patience)
		panic("unreachable")
	}
}

var written = time.Date(2026, 3, 14, 15, 9, 26, 0, time.UTC)

// blog is a file system as the posts make one, with n posts.
func blog(n int) fstest.MapFS {
	m := fstest.MapFS{
		"README.md": {Data: []byte("# A blog\n"), Mode: 0o644, ModTime: written},
		"posts":     {Mode: fs.ModeDir | 0o755, ModTime: written},
	}
	for i := range n {
		m[fmt.Sprintf("posts/post-%05d.md", i)] = &fstest.MapFile{
			Data: bytes.Repeat([]byte("text\n"), 1+i%2000), Mode: 0o644, ModTime: written,
		}
	}
	return m
}

// A served is a session of Serve, spoken to in packets.
type served struct {
	t     testing.TB
	in    *io.PipeWriter // to the server
	out   *io.PipeReader // from it
	over  chan error     // what Serve returned
	crash chan any       // what it panicked with
}

// serve serves fsys until the test ends.
func serve(t testing.TB, fsys fs.FS, bounds Bounds) *served {
	t.Helper()
	in, toServer := io.Pipe()
	fromServer, out := io.Pipe()
	s := &served{t: t, in: toServer, out: fromServer, over: make(chan error, 1), crash: make(chan any, 1)}
	go func() {
		defer func() { // as a closed connection does
			_ = in.Close()
			_ = out.Close()
			if v := recover(); v != nil {
				s.crash <- v
			}
		}()
		s.over <- Serve(context.Background(), fsys, in, out, bounds)
	}()
	t.Cleanup(func() {
		_ = s.in.Close()
		_ = s.out.Close()
	})
	return s
}

// client serves fsys to the library's client.
func client(t testing.TB, fsys fs.FS, bounds Bounds) (*lib.Client, *served) {
	t.Helper()
	s := serve(t, fsys, bounds)
	c, err := lib.NewClientPipe(s.out, s.in)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	return c, s
}

// packet makes a packet: numbers are four bytes (uint32) or eight (uint64), strings have their length in front.
func packet(kind byte, fields ...any) []byte {
	b := []byte{0, 0, 0, 0, kind}
	for _, f := range fields {
		switch f := f.(type) {
		case uint32:
			b = binary.BigEndian.AppendUint32(b, f)
		case uint64:
			b = binary.BigEndian.AppendUint64(b, f)
		case string:
			b = binary.BigEndian.AppendUint32(b, uint32(len(f)))
			b = append(b, f...)
		default:
			panic(fmt.Sprintf("field of type %T", f))
		}
	}
	binary.BigEndian.PutUint32(b, uint32(len(b)-4))
	return b
}

// The types of packets.
const (
	fxInit     = 1
	fxOpen     = 3
	fxClose    = 4
	fxRead     = 5
	fxWrite    = 6
	fxLstat    = 7
	fxFstat    = 8
	fxSetstat  = 9
	fxFSetstat = 10
	fxOpendir  = 11
	fxReaddir  = 12
	fxRemove   = 13
	fxMkdir    = 14
	fxRmdir    = 15
	fxRealpath = 16
	fxStat     = 17
	fxRename   = 18
	fxReadlink = 19
	fxSymlink  = 20
	fxStatus   = 101
	fxHandle   = 102
	fxData     = 103
	fxName     = 104
	fxAttrs    = 105
	fxExtended = 200
)

// send sends bytes, while what comes back is not read.
func (s *served) send(b []byte) error {
	_, err := s.in.Write(b)
	return err
}

// next reads the next packet.
func (s *served) next() (kind byte, body []byte, err error) {
	var head [5]byte
	if _, err := io.ReadFull(s.out, head[:]); err != nil {
		return 0, nil, err
	}
	body = make([]byte, binary.BigEndian.Uint32(head[:])-1)
	_, err = io.ReadFull(s.out, body)
	return head[4], body, err
}

// ask sends a packet and returns the answer to it.
func (s *served) ask(b []byte) (kind byte, body []byte) {
	s.t.Helper()
	if err := s.send(b); err != nil {
		s.t.Fatalf("send: %v", err)
	}
	kind, body, err := s.next()
	if err != nil {
		s.t.Fatalf("answer to %q: %v", b, err)
	}
	return kind, body
}

// refused asks for what must be refused, and returns the code and the message.
func (s *served) refused(b []byte) (code uint32, message string) {
	s.t.Helper()
	kind, body := s.ask(b)
	if kind != fxStatus {
		s.t.Fatalf("answer to %q is of type %d, want a status", b, kind)
	}
	return binary.BigEndian.Uint32(body[4:]), field(body[8:])
}

// open opens a file for reading, and returns its handle.
func (s *served) open(path string) string {
	s.t.Helper()
	return s.handle(packet(fxOpen, uint32(1), path, uint32(1), uint32(0)))
}

func (s *served) handle(b []byte) string {
	s.t.Helper()
	kind, body := s.ask(b)
	if kind != fxHandle {
		s.t.Fatalf("answer to %q is of type %d, want a handle", b, kind)
	}
	return field(body[4:])
}

// field returns the string at the front of b.
func field(b []byte) string { return string(b[4 : 4+binary.BigEndian.Uint32(b)]) }

// heap returns how many bytes are in use.
func heap() int64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.GC()
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc + m.StackInuse)
}
