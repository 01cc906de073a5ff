package sftp

import (
	"bytes"
	"context"
	"encoding/binary"
	"io"
	"math/rand/v2"
	"testing"
)

// hostile makes a stream of packets of every type, some of them malformed, from what a fuzzer gives.
func hostile(seed []byte) []byte {
	var key [32]byte
	copy(key[:], seed)
	r := rand.New(rand.NewChaCha8(key))
	paths := []string{"/", "/posts", "README.md", "/posts/post-00001.md", "..", "\x00", "/nothing", "1", "2", "3", "posix-rename@openssh.com", "statvfs@openssh.com", "hardlink@openssh.com", "x"}
	kinds := []byte{fxInit, fxOpen, fxClose, fxRead, fxWrite, fxLstat, fxFstat, fxSetstat, fxFSetstat, fxOpendir, fxReaddir, fxRemove, fxMkdir, fxRmdir, fxRealpath, fxStat, fxRename, fxReadlink, fxSymlink, fxExtended}
	var stream []byte
	for range 30 {
		fields := []any{r.Uint32N(5)}
		for range 1 + r.IntN(4) {
			switch r.IntN(4) {
			case 0, 1:
				fields = append(fields, paths[r.IntN(len(paths))])
			case 2:
				fields = append(fields, r.Uint32()>>r.IntN(32))
			case 3:
				fields = append(fields, r.Uint64()>>r.IntN(64))
			}
		}
		b := packet(kinds[r.IntN(len(kinds))], fields...)
		for range 8 { // room for what a type wants beyond its fields, so that most are well formed
			b = append(b, 0, 0, 0, 0)
		}
		binary.BigEndian.PutUint32(b, uint32(len(b)-4))
		stream = append(stream, b...)
	}
	for range r.IntN(3) {
		stream[r.IntN(len(stream))] ^= 1 << r.IntN(8)
	}
	return stream
}

func FuzzServe(f *testing.F) {
	f.Add([]byte{}, false)
	f.Add(packet(fxInit, uint32(3)), false)
	for kind := range 256 {
		f.Add(packet(byte(kind), uint32(1), "1", uint64(1), "2", "posts"), kind%2 == 0)
		f.Add([]byte{byte(kind), 1, 2, 3}, true)
	}
	f.Fuzz(func(t *testing.T, seed []byte, raw bool) {
		stream := seed
		if !raw {
			stream = hostile(seed)
		}
		w := &watchedFS{FS: blog(3)}
		// Two clients: one whose answers fit, and one that stops reading in the middle.
		_ = Serve(context.Background(), w, bytes.NewReader(stream), io.Discard, DefaultBounds())
		if got := w.open.Load(); got != 0 {
			t.Errorf("%d files are open after the session", got)
		}
		_ = Serve(context.Background(), w, bytes.NewReader(stream), &limited{left: len(stream) / 2}, DefaultBounds())
		if got := w.open.Load(); got != 0 {
			t.Errorf("%d files are open after the session that broke off", got)
		}
	})
}

// limited fails after a number of bytes.
type limited struct{ left int }

func (l *limited) Write(p []byte) (int, error) {
	if l.left -= len(p); l.left < 0 {
		return 0, io.ErrClosedPipe
	}
	return len(p), nil
}
