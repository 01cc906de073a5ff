package scp

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

func files() fstest.MapFS {
	at := time.Unix(1_700_000_000, 0)
	return fstest.MapFS{
		"posts":       {Mode: fs.ModeDir | 0o555, ModTime: at},
		"posts/a.md":  {Data: []byte("A\n"), Mode: 0o444, ModTime: at},
		"posts/b.md":  {Data: []byte("BB\n"), Mode: 0o444, ModTime: time.Date(2200, 1, 1, 0, 0, 0, 0, time.UTC)},
		"old.md":      {Data: nil, Mode: 0o444},
		"posts/c.txt": {Data: []byte("C"), Mode: 0o444, ModTime: at},
	}
}

func TestWhatIsSentForWhat(t *testing.T) {
	const yes = "\x00"
	for _, tt := range []struct {
		args    string
		answers string
		want    string
		status  int
	}{
		{"-f /posts/a.md", "\x00\x00\x00", "C0444 2 a.md\nA\n\x00", 0},
		{"-p -f -- posts/a.md", "\x00\x00\x00\x00", "T1700000000 0 1700000000 0\nC0444 2 a.md\nA\n\x00", 0},
		{"-pf posts/b.md", "\x00\x00\x00\x00", "T2147483647 0 2147483647 0\nC0444 3 b.md\nBB\n\x00", 0},
		{"-pf old.md", "\x00\x00\x00\x00", "T0 0 0 0\nC0444 0 old.md\n\x00", 0},
		{"-rf posts", strings.Repeat(yes, 9), "D0555 0 posts\nC0444 2 a.md\nA\n\x00C0444 3 b.md\nBB\n\x00C0444 1 c.txt\nC\x00E\n", 0},
		{"-f posts/*.md", strings.Repeat(yes, 9), "C0444 2 a.md\nA\n\x00C0444 3 b.md\nBB\n\x00", 0},
		{"-f posts", yes, "\x01scp: posts: not a regular file\n", 1},
		{"-f nothing posts/a.md", "\x00\x00\x00", "\x01scp: nothing: No such file or directory\nC0444 2 a.md\nA\n\x00", 1},
		{"-f *.nothing", yes, "\x01scp: *.nothing: No such file or directory\n", 1},
		{"-f posts/[", yes, "\x01scp: posts/[: No such file or directory\n", 1},
		{
			"-f" + strings.Repeat(" n*", maxPatterns) + " posts/a.md posts/*", yes + yes + yes,
			strings.Repeat("\x01scp: n*: No such file or directory\n", maxPatterns) + "C0444 2 a.md\nA\n\x00\x01scp: posts/*: more than 8 patterns at once\n", 1,
		},
		{"-f ../../etc/passwd", yes, "\x01scp: ../../etc/passwd: No such file or directory\n", 1},
		{"-f posts/\x1b[2J", yes, "\x01scp: posts/?[2J: No such file or directory\n", 1},
		{"-f posts/a.md posts/b.md", "\x00\x01no room\n\x00\x00", "C0444 2 a.md\nC0444 3 b.md\nBB\n\x00", 1},
		{"-f posts/a.md posts/b.md", "\x00\x02gone\n", "C0444 2 a.md\n", 1},
		{"-f posts/a.md", "\x00\x01" + strings.Repeat("x", 5000), "C0444 2 a.md\n", 1},
		{"-f posts/a.md", "", "", 1},
		{"-f", yes, "", 0},
		{"-t /posts", yes, "\x02scp: nothing can be written here: Permission denied\n", 1},
		{"-r -d -t -- /posts", yes, "\x02scp: nothing can be written here: Permission denied\n", 1},
		{"", yes, "\x02scp: nothing can be written here: Permission denied\n", 1},
	} {
		var out bytes.Buffer
		got := Serve(t.Context(), files(), strings.Fields(tt.args), strings.NewReader(tt.answers), &out)
		if out.String() != tt.want || got != tt.status {
			t.Errorf("%q, answered %.40q: got %q, %d, want %q, %d", tt.args, tt.answers, &out, got, tt.want, tt.status)
		}
	}
}

// counted is a file system that counts the names that its folders were asked for.
type counted struct {
	fstest.MapFS
	names *int
}

func (c counted) Open(name string) (fs.File, error) {
	f, err := c.MapFS.Open(name)
	if dir, ok := f.(fs.ReadDirFile); ok {
		return countedDir{dir, c.names}, err
	}
	return f, err
}

type countedDir struct {
	fs.ReadDirFile
	names *int
}

func (d countedDir) ReadDir(n int) ([]fs.DirEntry, error) {
	entries, err := d.ReadDirFile.ReadDir(n)
	*d.names += len(entries)
	return entries, err
}

func TestNoMoreNamesAreHeldThanABatch(t *testing.T) {
	many := make(fstest.MapFS)
	for i := range 10 * batch {
		many[fmt.Sprintf("posts/%04d.md", i)] = &fstest.MapFile{Data: []byte("x"), Mode: 0o444}
	}
	for _, args := range []string{"-f posts/*", "-f */*", "-rf posts", "-f p*/000?.md"} {
		names := 0
		var out bytes.Buffer
		Serve(t.Context(), counted{many, &names}, strings.Fields(args), strings.NewReader("\x00\x00"), &out)
		if out.Len() == 0 || names > batch+1 {
			t.Errorf("%s: %q is sent, and %d names were read, want %d at most", args, &out, names, batch+1)
		}
	}
}

func TestItEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var out bytes.Buffer
	if got := Serve(ctx, files(), []string{"-rf", "posts"}, strings.NewReader("\x00\x00"), &out); got != 1 || out.Len() > 0 {
		t.Errorf("status %d, %q", got, &out)
	}
}

type noMore struct{}

func (noMore) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }

func TestItEndsWhenNobodyTakesIt(t *testing.T) {
	if got := Serve(t.Context(), files(), []string{"-rf", "."}, strings.NewReader(strings.Repeat("\x00", 99)), noMore{}); got != 1 {
		t.Errorf("status %d", got)
	}
}

func FuzzServe(f *testing.F) {
	f.Add("-rf .", "\x00\x00\x00")
	f.Add("-f posts/*", "\x00\x01x\n")
	f.Add("-pf -- [ \\ ..", "\x00\x02")
	f.Fuzz(func(t *testing.T, args, answers string) {
		var out bytes.Buffer
		if got := Serve(t.Context(), files(), strings.Fields(args), strings.NewReader(answers), &out); got != 0 && got != 1 {
			t.Errorf("status %d", got)
		}
		if out.Len() > 1<<16 && len(args) < 100 {
			t.Errorf("%d bytes for %q", out.Len(), args)
		}
	})
}
