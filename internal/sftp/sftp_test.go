package sftp

import (
	"errors"
	"io"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"
	lib "github.com/pkg/sftp"
)

func TestClientWalksAndReadsEverything(t *testing.T) {
	fsys := blog(350) // more than a batch of names, and files of several reads
	c, _ := client(t, fsys, DefaultBounds())
	got := map[string]string{}
	for w := c.Walk("/"); w.Step(); {
		if w.Err() != nil {
			t.Fatal(w.Err())
		}
		if w.Stat().IsDir() {
			continue
		}
		f, err := c.Open(w.Path())
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(f)
		if err != nil {
			t.Fatal(err)
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
		got[w.Path()] = string(b)
	}
	want := map[string]string{}
	for name, f := range fsys {
		if !f.Mode.IsDir() {
			want["/"+name] = string(f.Data)
		}
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("files (-want +got):\n%.2000s", d)
	}
}

func TestFilesAreShownAsTheyAreAndAsNobodys(t *testing.T) {
	long, future := time.Date(1492, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2500, 1, 1, 0, 0, 0, 0, time.UTC)
	c, _ := client(t, fstest.MapFS{
		"a/old":    {Data: []byte("12345"), Mode: 0o444, ModTime: long},
		"a/future": {Mode: 0o600, ModTime: future},
		"a/now":    {Mode: fs.ModeSetuid | 0o755, ModTime: written.In(time.FixedZone("", 3600))},
		"a/link":   {Data: []byte("old"), Mode: fs.ModeSymlink | 0o777},
		"a/pipe":   {Mode: fs.ModeNamedPipe | 0o666},
		"a/dir":    {Mode: fs.ModeDir | 0o750, ModTime: written},
	}, DefaultBounds())
	type shown struct {
		Mode     fs.FileMode
		Size     int64
		Time     string
		UID, GID uint32
	}
	describe := func(fi fs.FileInfo) shown {
		sys := fi.Sys().(*lib.FileStat)
		size := fi.Size()
		if fi.IsDir() {
			size = 0
		}
		return shown{fi.Mode(), size, fi.ModTime().UTC().Format(time.DateTime), sys.UID, sys.GID}
	}
	want := map[string]shown{
		"old":    {0o444, 5, "1970-01-01 00:00:00", 65534, 65534},
		"future": {0o600, 0, "2106-02-07 06:28:15", 65534, 65534},
		"now":    {0o755, 0, "2026-03-14 15:09:26", 65534, 65534},
		"dir":    {fs.ModeDir | 0o750, 0, "2026-03-14 15:09:26", 65534, 65534},
	}
	entries, err := c.ReadDir("a")
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]shown{}
	for _, fi := range entries {
		got[fi.Name()] = describe(fi)
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("listing (-want +got):\n%s", d)
	}
	for _, look := range []func(string) (fs.FileInfo, error){c.Stat, c.Lstat} {
		fi, err := look("/a/now")
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(want["now"], describe(fi)); d != "" {
			t.Errorf("stat (-want +got):\n%s", d)
		}
	}
	if _, err := c.Stat("/a/pipe"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("stat of a pipe: got %v, want no such file", err)
	}
}

func TestLongNamesNameNobodyOfTheServer(t *testing.T) {
	tokyo := written.AddDate(-3, 0, 0).In(time.FixedZone("", 9*3600)) // where it is the 15th
	s := serve(t, fstest.MapFS{"README.md": {Data: []byte("12345"), Mode: 0o644, ModTime: tokyo}}, DefaultBounds())
	dir := s.handle(packet(fxOpendir, uint32(1), "/"))
	_, body := s.ask(packet(fxReaddir, uint32(2), dir))
	name := field(body[8:])
	long := field(body[8+4+len(name):])
	if want := "-rw-r--r--    1 nobody   nogroup         5 Mar 14  2023 README.md"; long != want {
		t.Errorf("got  %q\nwant %q", long, want)
	}
}

func TestPathsLeadToTheirFilesOrNowhere(t *testing.T) {
	s := serve(t, fstest.MapFS{"posts/a.md": {Data: []byte("text")}}, DefaultBounds())
	for path, there := range map[string]bool{
		"/posts/a.md": true, "posts/a.md": true, "//posts/./x/../a.md": true, "/posts/a.md/": true,
		"": true, ".": true, "/": true, "..": true, "/../..": true, "../../posts": true,
		"/nothing": false, "/posts/a.md/b": false, "/posts\\a.md": false, "/posts/a.md\x00": false, "/posts/\xff.md": false,
		"posts/a.md\n": false, "\x00": false, strings.Repeat("a", 4096): false,
		strings.Repeat("/a/..", 2000) + "/posts": true,  // short once it is clean
		strings.Repeat("/..a", 1500) + "/posts":  false, // not short
	} {
		for _, kind := range []byte{fxStat, fxLstat} {
			if got, _ := s.ask(packet(kind, uint32(1), path)); (got == fxAttrs) != there {
				t.Errorf("%.40q (%d): answer of type %d, want there: %v", path, kind, got, there)
			}
		}
		if !there {
			for _, b := range [][]byte{
				packet(fxStat, uint32(1), path), packet(fxOpendir, uint32(1), path), packet(fxReadlink, uint32(1), path),
				packet(fxOpen, uint32(1), path, uint32(1), uint32(0)), packet(fxExtended, uint32(1), "statvfs@openssh.com", path),
			} {
				if code, message := s.refused(b); code != 2 || message != "no such file" {
					t.Errorf("%.40q: got %d %q, want 2, no such file", b, code, message)
				}
			}
		}
	}
	for path, want := range map[string]string{
		".": "/", "": "/", "..": "/", "/posts/..": "/", "posts/": "/posts", "/nothing/here": "/nothing/here", "a/../../b": "/b",
	} {
		kind, body := s.ask(packet(fxRealpath, uint32(1), path))
		if kind != fxName {
			t.Fatalf("%q: type %d", path, kind)
		}
		if got := field(body[8:]); got != want {
			t.Errorf("real path of %q: got %q, want %q", path, got, want)
		}
	}
	for _, path := range []string{"a\x00b", "a\\b", "\xff", strings.Repeat("/..a", 1500)} {
		if code, _ := s.refused(packet(fxRealpath, uint32(1), path)); code != 2 {
			t.Errorf("real path of %.20q: code %d, want 2", path, code)
		}
	}
}

func TestEveryChangeIsRefused(t *testing.T) {
	s := serve(t, blog(1), DefaultBounds())
	const file, missing = "/README.md", "/new.md"
	handle := s.open(file)
	const read, write, appendTo, create, truncate = 1, 2, 4, 8, 16
	changes := map[string][]byte{
		"write to a file opened for reading": packet(fxWrite, uint32(1), handle, uint64(0), "text"),
		"fsetstat":                           packet(fxFSetstat, uint32(1), handle, uint32(4), uint32(0o777)),
		"setstat":                            packet(fxSetstat, uint32(1), file, uint32(4), uint32(0o777)),
		"setstat of nothing":                 packet(fxSetstat, uint32(1), missing, uint32(0)),
		"remove":                             packet(fxRemove, uint32(1), file),
		"mkdir":                              packet(fxMkdir, uint32(1), missing, uint32(0)),
		"rmdir":                              packet(fxRmdir, uint32(1), "/posts"),
		"rename":                             packet(fxRename, uint32(1), file, missing),
		"posix-rename":                       packet(fxExtended, uint32(1), "posix-rename@openssh.com", file, missing),
		"symlink":                            packet(fxSymlink, uint32(1), file, missing),
		"hardlink":                           packet(fxExtended, uint32(1), "hardlink@openssh.com", file, missing),
	}
	for name, flags := range map[string]uint32{
		"write": write, "read and write": read | write, "append": appendTo, "create": create, "truncate": truncate,
		"read and create": read | create, "read and truncate": read | truncate, "put": write | create | truncate,
	} {
		changes["open to "+name] = packet(fxOpen, uint32(1), file, flags, uint32(0))
		changes["open anew to "+name] = packet(fxOpen, uint32(1), missing, flags, uint32(0))
	}
	for name, b := range changes {
		if code, message := s.refused(b); code != 3 || message != "permission denied" {
			t.Errorf("%s: got %d %q, want 3, permission denied", name, code, message)
		}
	}
	if kind, body := s.ask(packet(fxRead, uint32(1), handle, uint64(0), uint32(100))); kind != fxData || field(body[4:]) != "# A blog\n" {
		t.Errorf("after all that the file reads %d %q", kind, body)
	}
}

func TestOtherRequestsAreAnsweredSensibly(t *testing.T) {
	s := serve(t, blog(1), DefaultBounds())
	handle := s.open("/README.md")
	for name, tt := range map[string]struct {
		ask     []byte
		code    uint32
		message string
	}{
		"unknown extension":  {packet(fxExtended, uint32(1), "fsync@openssh.com", handle), 8, "operation unsupported"},
		"link of a file":     {packet(fxReadlink, uint32(1), "/README.md"), 4, "not a symbolic link"},
		"directory as file":  {packet(fxOpen, uint32(1), "/posts", uint32(1), uint32(0)), 4, "is a directory"},
		"file as directory":  {packet(fxOpendir, uint32(1), "/README.md"), 2, "no such file"},
		"no flags":           {packet(fxOpen, uint32(1), "/README.md", uint32(0), uint32(0)), 4, "bad file flags"},
		"read of no handle":  {packet(fxRead, uint32(1), "999", uint64(0), uint32(1)), 4, "bad file descriptor"},
		"close of no handle": {packet(fxClose, uint32(1), "999"), 4, "bad file descriptor"},
		"read past the end":  {packet(fxRead, uint32(1), handle, uint64(9), uint32(1)), 1, "EOF"},
		"read past it":       {packet(fxRead, uint32(1), handle, uint64(32<<10), uint32(1)), 1, "EOF"},
		"read far past it":   {packet(fxRead, uint32(1), handle, uint64(1<<63), uint32(1)), 1, "EOF"},
	} {
		if code, message := s.refused(tt.ask); code != tt.code || message != tt.message {
			t.Errorf("%s: got %d %q, want %d %q", name, code, message, tt.code, tt.message)
		}
	}
	c, _ := client(t, blog(1), DefaultBounds())
	vfs, err := c.StatVFS("/posts")
	if err != nil {
		t.Fatal(err)
	}
	if vfs.Bfree != 0 || vfs.Ffree != 0 || vfs.Flag&1 == 0 {
		t.Errorf("file system is not full and read-only: %+v", vfs)
	}
}

// brokenFS fails as an operator's file system may.
type brokenFS struct{ err error }

func (b brokenFS) Open(name string) (fs.File, error) {
	return nil, &fs.PathError{Op: "open", Path: "/srv/secret/" + name, Err: b.err}
}

func TestClientSeesNoErrorOfTheOperators(t *testing.T) {
	for _, tt := range []struct {
		err  error
		code uint32
		want string
	}{
		{errors.New("disk of the operator's is full"), 4, "failure"},
		{fs.ErrPermission, 3, "permission denied"},
		{fs.ErrNotExist, 2, "no such file"},
		{io.EOF, 4, "failure"},
	} {
		s := serve(t, brokenFS{tt.err}, DefaultBounds())
		for _, b := range [][]byte{
			packet(fxStat, uint32(1), "/a"), packet(fxOpendir, uint32(1), "/a"), packet(fxReadlink, uint32(1), "/a"),
			packet(fxOpen, uint32(1), "/a", uint32(1), uint32(0)), packet(fxExtended, uint32(1), "statvfs@openssh.com", "/a"),
		} {
			if code, message := s.refused(b); code != tt.code || message != tt.want {
				t.Errorf("%v: got %d %q, want %d %q", tt.err, code, message, tt.code, tt.want)
			}
		}
	}
}
