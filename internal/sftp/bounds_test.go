package sftp

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// A watchedFS counts what is open, and may be made to wait or to panic.
type watchedFS struct {
	fs.FS
	open    atomic.Int64
	largest atomic.Int64 // number of entries ever asked for at once
	before  func(call, name string)
}

func (w *watchedFS) call(call, name string) {
	if w.before != nil {
		w.before(call, name)
	}
}

func (w *watchedFS) Open(name string) (fs.File, error) {
	w.call("Open", name)
	f, err := w.FS.Open(name)
	if err != nil {
		return nil, err
	}
	w.open.Add(1)
	return &watchedFile{f, w, name}, nil
}

type watchedFile struct {
	fs.File
	w    *watchedFS
	name string
}

func (f *watchedFile) Stat() (fs.FileInfo, error) {
	f.w.call("Stat", f.name)
	fi, err := f.File.Stat()
	return watchedInfo{fi, f.w, f.name}, err
}

func (f *watchedFile) ReadAt(p []byte, offset int64) (int, error) {
	f.w.call("ReadAt", f.name)
	return f.File.(io.ReaderAt).ReadAt(p, offset)
}

func (f *watchedFile) ReadDir(n int) ([]fs.DirEntry, error) {
	f.w.call("ReadDir", f.name)
	f.w.largest.Store(max(int64(n), f.w.largest.Load()))
	entries, err := f.File.(fs.ReadDirFile).ReadDir(n)
	for i, e := range entries {
		entries[i] = watchedEntry{e, f.w, f.name}
	}
	return entries, err
}

func (f *watchedFile) Close() error {
	f.w.call("Close", f.name)
	f.w.open.Add(-1)
	return f.File.Close()
}

type watchedEntry struct {
	fs.DirEntry
	w    *watchedFS
	name string
}

func (e watchedEntry) Info() (fs.FileInfo, error) {
	e.w.call("Info", e.name)
	fi, err := e.DirEntry.Info()
	return watchedInfo{fi, e.w, e.name}, err
}

type watchedInfo struct {
	fs.FileInfo
	w    *watchedFS
	name string
}

func (i watchedInfo) ModTime() time.Time {
	i.w.call("ModTime", i.name)
	return i.FileInfo.ModTime()
}

func TestPacketThatIsTooLongEndsTheSession(t *testing.T) {
	bounds := DefaultBounds()
	s := serve(t, blog(1), bounds)
	longest := packet(fxSetstat, uint32(1), "/", uint32(0), strings.Repeat("x", bounds.Packet-1-4-5-4-4))
	if len(longest) != bounds.Packet+4 {
		t.Fatalf("packet of %d bytes", len(longest))
	}
	if code, _ := s.refused(longest); code != 3 {
		t.Errorf("longest packet: code %d, want 3", code)
	}
	for _, length := range []int{0, bounds.Packet + 1, 256 << 10, 1<<31 - 1, 1 << 31, 1<<32 - 1} {
		s := serve(t, blog(1), bounds)
		if err := s.send(append(binary.BigEndian.AppendUint32(nil, uint32(length)), fxStat)); err != nil {
			t.Fatal(err)
		}
		if err := receive(t, s.over); err == nil || !strings.Contains(err.Error(), fmt.Sprintf("packet of %d bytes", uint32(length))) {
			t.Errorf("packet of %d bytes: Serve returned %v", length, err)
		}
	}
}

func TestOpenFilesAreBounded(t *testing.T) {
	bounds := DefaultBounds()
	w := &watchedFS{FS: blog(1)}
	s := serve(t, w, bounds)
	opens := [][]byte{
		packet(fxOpen, uint32(1), "/README.md", uint32(1), uint32(0)),
		packet(fxOpendir, uint32(1), "/posts"),
	}
	var handles []string
	for i := range bounds.Handles {
		handles = append(handles, s.handle(opens[i%2]))
	}
	before := heap()
	for i := range 1000 {
		if code, message := s.refused(opens[i%2]); code != 4 || message != "too many open files" {
			t.Fatalf("open beyond the bound: got %d %q", code, message)
		}
	}
	if grown := heap() - before; grown > 100<<10 {
		t.Errorf("a thousand opens that were refused cost %d bytes", grown)
	}
	if got := w.open.Load(); got != int64(bounds.Handles) {
		t.Errorf("%d files are open, want %d", got, bounds.Handles)
	}
	for i, handle := range handles {
		if code, _ := s.refused(packet(fxClose, uint32(1), handle)); code != 0 {
			t.Fatalf("close: code %d", code)
		}
		if code, _ := s.refused(packet(fxClose, uint32(1), handle)); code != 4 {
			t.Fatalf("close again: code %d", code)
		}
		if i%2 == 0 { // looking takes no handle, and neither does what fails
			s.ask(packet(fxStat, uint32(1), "/posts"))
			s.refused(packet(fxOpen, uint32(1), "/posts", uint32(1), uint32(0)))
			s.refused(packet(fxOpendir, uint32(1), "/README.md"))
			s.refused(packet(fxOpendir, uint32(1), "/nothing"))
		}
	}
	if got := w.open.Load(); got != 0 {
		t.Errorf("%d files are open after all were closed", got)
	}
	for i := range bounds.Handles {
		s.handle(opens[i%2])
	}
	if err := s.in.Close(); err != nil {
		t.Fatal(err)
	}
	if err := receive(t, s.over); err != nil {
		t.Errorf("Serve returned %v", err)
	}
	if got := w.open.Load(); got != 0 {
		t.Errorf("%d files are open after the session", got)
	}
}

func TestDirectoryIsReadInBatches(t *testing.T) {
	w := &watchedFS{FS: blog(14_000)}
	s := serve(t, w, DefaultBounds())
	dir := s.handle(packet(fxOpendir, uint32(1), "/posts"))
	names := 0
	for {
		kind, body := s.ask(packet(fxReaddir, uint32(2), dir))
		if kind == fxStatus {
			if code := binary.BigEndian.Uint32(body[4:]); code != 1 {
				t.Fatalf("listing ended with code %d", code)
			}
			break
		}
		if len(body) > 34_000 { // what an SSH client takes as one packet, at least, is 34,000
			t.Errorf("answer of %d bytes", len(body))
		}
		names += int(binary.BigEndian.Uint32(body[4:]))
	}
	if names != 14_000 {
		t.Errorf("%d names, want 14000", names)
	}
	if got := w.largest.Load(); got > 100 {
		t.Errorf("%d entries were asked for at once", got)
	}
}

func TestReadsAreCutToThirtyTwoKiB(t *testing.T) {
	fsys := blog(1)
	fsys["large"] = fsys["README.md"]
	fsys["large"].Data = make([]byte, 1<<20)
	s := serve(t, fsys, DefaultBounds())
	handle := s.open("/large")
	for ask, want := range map[uint32]int{100: 100, 32 << 10: 32 << 10, 1 << 20: 32 << 10, 1<<32 - 1: 32 << 10, 0: 0} {
		if _, body := s.ask(packet(fxRead, uint32(1), handle, uint64(0), ask)); len(body)-8 != want {
			t.Errorf("read of %d: got %d bytes, want %d", ask, len(body)-8, want)
		}
	}
}

// pushed sends a packet again and again until the server takes no more, and returns how often it took it.
func (s *served) pushed(b []byte) int {
	var taken atomic.Int64
	go func() {
		for s.send(b) == nil {
			taken.Add(1)
		}
	}()
	last := int64(-1)
	eventually(s.t, "server takes no more", func() bool {
		now := taken.Load()
		defer func() { last = now }()
		time.Sleep(50 * time.Millisecond) // long enough for a server that goes on
		return now == last
	})
	return int(taken.Load())
}

func TestRequestsOfClientThatTakesNoAnswersWait(t *testing.T) {
	bounds := DefaultBounds()
	fsys := blog(2000)
	s := serve(t, fsys, bounds)
	handle := s.open("/posts/post-01999.md")
	if got := s.pushed(packet(fxRead, uint32(1), handle, uint64(0), uint32(32<<10))); got > bounds.Outstanding {
		t.Errorf("server took %d requests, want at most %d", got, bounds.Outstanding)
	}
}

// The library answers in order, and would keep all that it read while an earlier request takes its time.
func TestRequestsBehindSlowOneWait(t *testing.T) {
	bounds := DefaultBounds()
	release := make(chan struct{})
	w := &watchedFS{FS: blog(2000), before: func(call, name string) {
		if call == "Open" && name == "README.md" {
			<-release
		}
	}}
	s := serve(t, w, bounds)
	handle := s.open("/posts/post-01999.md")
	if err := s.send(packet(fxOpendir, uint32(1), "/README.md")); err != nil {
		t.Fatal(err)
	}
	if got := s.pushed(packet(fxRead, uint32(1), handle, uint64(0), uint32(32<<10))); got >= bounds.Outstanding {
		t.Errorf("server took %d requests, want fewer than %d", got, bounds.Outstanding)
	}
	close(release)
}

func TestRequestsBeforeTheEndAreAnswered(t *testing.T) {
	const n = 200
	s := serve(t, blog(1), DefaultBounds())
	go func() {
		for i := range uint32(n) {
			if s.send(packet(fxStat, i, "/README.md")) != nil {
				return
			}
		}
		_ = s.in.Close()
	}()
	for i := range uint32(n) {
		_, body, err := s.next()
		if err != nil {
			t.Fatalf("answer %d: %v", i, err)
		}
		if got := binary.BigEndian.Uint32(body); got != i {
			t.Fatalf("answer to %d, want to %d", got, i)
		}
	}
	if err := receive(t, s.over); err != nil {
		t.Errorf("Serve returned %v", err)
	}
}

func TestSessionEndsAtMalformedPackets(t *testing.T) {
	for name, b := range map[string][]byte{
		"type that there is not": packet(77, uint32(1)),
		"no number":              packet(fxStat),
		"no path":                packet(fxStat, uint32(1)),
		"path beyond the packet": {0, 0, 0, 9, fxStat, 0, 0, 0, 1, 0, 0, 0, 200},
		"answer":                 packet(fxData, uint32(1), "text"),
		"open without flags":     packet(fxOpen, uint32(1), "/"),
	} {
		w := &watchedFS{FS: blog(1)}
		s := serve(t, w, DefaultBounds())
		s.open("/README.md")
		if err := s.send(b); err != nil {
			t.Fatal(err)
		}
		if err := receive(t, s.over); err == nil || errors.Is(err, errGivenUp) {
			t.Errorf("%s: Serve returned %v, want what is wrong", name, err)
		}
		if got := w.open.Load(); got != 0 {
			t.Errorf("%s: %d files are open", name, got)
		}
	}
}

func TestSessionCutOffInAPacketIsAnError(t *testing.T) {
	for _, cut := range []int{2, 5, 10} {
		s := serve(t, blog(1), DefaultBounds())
		if err := s.send(packet(fxStat, uint32(1), "/README.md")[:cut]); err != nil {
			t.Fatal(err)
		}
		_ = s.in.Close()
		if err := receive(t, s.over); !errors.Is(err, io.ErrUnexpectedEOF) {
			t.Errorf("cut after %d bytes: Serve returned %v", cut, err)
		}
	}
}

func TestSessionEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	in, toServer := io.Pipe()
	context.AfterFunc(ctx, func() { _ = in.CloseWithError(errors.New("closed")) })
	over := make(chan error, 1)
	go func() { over <- Serve(ctx, blog(1), in, io.Discard, DefaultBounds()) }()
	if _, err := toServer.Write(packet(fxInit, uint32(3))); err != nil {
		t.Fatal(err)
	}
	cancel()
	if err := receive(t, over); !errors.Is(err, context.Canceled) {
		t.Errorf("Serve returned %v", err)
	}
}

func TestNothingIsAnsweredAfterTheContextHasEnded(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for range 20 { // a choice between two that are ready may fall on either
		var out strings.Builder
		err := Serve(ctx, blog(1), strings.NewReader(string(packet(fxStat, uint32(1), "/"))), &out, DefaultBounds())
		if !errors.Is(err, context.Canceled) || out.Len() > 0 {
			t.Fatalf("Serve returned %v and wrote %q", err, out.String())
		}
	}
}

// A slowWriter notes whether it is being written to.
type slowWriter struct {
	begun   chan struct{}
	release chan struct{}
	writing atomic.Bool
}

func (w *slowWriter) Write(p []byte) (int, error) {
	w.writing.Store(true)
	defer w.writing.Store(false)
	w.begun <- struct{}{}
	<-w.release
	return len(p), nil
}

func TestNothingIsWrittenOnceServeHasReturned(t *testing.T) {
	w := &slowWriter{begun: make(chan struct{}, 1), release: make(chan struct{})}
	in, toServer := io.Pipe()
	over := make(chan error, 1)
	go func() {
		err := Serve(context.Background(), blog(1), in, w, DefaultBounds())
		if w.writing.Load() {
			t.Error("Serve returned while it wrote")
		}
		over <- err
	}()
	if _, err := toServer.Write(packet(fxStat, uint32(1), "/")); err != nil {
		t.Fatal(err)
	}
	receive(t, w.begun)
	_ = toServer.CloseWithError(errors.New("reset"))
	time.AfterFunc(100*time.Millisecond, func() { close(w.release) })
	receive(t, over)
}

type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }

func TestSessionEndsWhenItsAnswersCannotBeWritten(t *testing.T) {
	broken := errors.New("broken pipe")
	in, toServer := io.Pipe()
	defer toServer.Close()
	over := make(chan error, 1)
	go func() { over <- Serve(context.Background(), blog(1), in, failing{broken}, DefaultBounds()) }()
	go func() { // until nobody reads
		for {
			if _, err := toServer.Write(packet(fxStat, uint32(1), "/")); err != nil {
				return
			}
		}
	}()
	if err := receive(t, over); !errors.Is(err, broken) {
		t.Errorf("Serve returned %v, want %v", err, broken)
	}
}

func TestPanicOfFileSystemIsServes(t *testing.T) {
	for _, call := range []string{"Open", "Stat", "ModTime", "ReadAt", "ReadDir", "Info", "Close"} {
		armed := false
		w := &watchedFS{FS: blog(1), before: func(c, _ string) {
			if armed && c == call {
				panic("trouble in " + call)
			}
		}}
		s := serve(t, w, DefaultBounds())
		file, dir := s.open("/README.md"), s.handle(packet(fxOpendir, uint32(1), "/posts"))
		armed = true
		for _, b := range [][]byte{
			packet(fxRead, uint32(1), file, uint64(0), uint32(1)), packet(fxReaddir, uint32(1), dir), packet(fxStat, uint32(1), "/posts"),
			packet(fxClose, uint32(1), file),
		} {
			go func() { _ = s.send(b) }()
			if _, _, err := s.next(); err != nil {
				break
			}
		}
		_ = s.in.Close()
		if v := receive(t, s.crash); !strings.Contains(fmt.Sprint(v), "trouble in "+call) || !strings.Contains(fmt.Sprint(v), "bounds_test.go") {
			t.Errorf("%s: Serve panicked with %v", call, v)
		}
	}
}

func TestBoundsMustAllBeThere(t *testing.T) {
	for _, change := range []func(*Bounds){
		func(b *Bounds) { b.Packet = 0 },
		func(b *Bounds) { b.Path = -1 },
		func(b *Bounds) { b.Handles = 0 },
		func(b *Bounds) { b.Outstanding = 0 },
	} {
		bounds := DefaultBounds()
		change(&bounds)
		if err := Serve(context.Background(), blog(1), strings.NewReader(""), io.Discard, bounds); err == nil {
			t.Errorf("%+v was served with", bounds)
		}
	}
}
