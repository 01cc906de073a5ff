package blog_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestAFileThatChangesWhileItIsReadIsNotServedInHalf(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "p.md")
	write(t, name, "---\ntitle: whole\n---\n"+strings.Repeat("body\n", 1000)+"END")
	good := loadDir(t, dir, nil)

	// The file is cut behind the reader's back, at each of its reads.
	cutting := hookFS{os.DirFS(dir), "p.md", func() { write(t, name, "---\ntitle: whole\n---\nhalf"+strings.Repeat("x", time.Now().Nanosecond()%97)) }}
	l := mustLoad(t, cutting, good)
	p, ok := l.Post("p")
	if !ok || !strings.HasSuffix(p.Body.String(), "END") {
		t.Errorf("served %v with a body of %d bytes, want the last whole version", ok, p.Body.Len())
	}
	wantSaid(t, l, "error p.md: the file changes while it is read")

	// Cut once, it is read again and then whole.
	once := true
	settling := hookFS{os.DirFS(dir), "p.md", func() {
		if once {
			once = false
			write(t, name, "---\ntitle: new\n---\nnew END")
		}
	}}
	l = mustLoad(t, settling, l)
	if p, ok := l.Post("p"); !ok || p.Body.String() != "new END" || len(l.Problems()) > 0 {
		t.Errorf("post %v, problems %v, want the new version and none", p, l.Problems())
	}
}

func TestAFileRewrittenInItsSizeIsNotServedInHalf(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "p.md")
	old, new := strings.Repeat("old ", 1000)+"end", strings.Repeat("new ", 1000)+"end"
	write(t, name, old)
	past := time.Now().Add(-time.Hour)
	if err := os.Chtimes(name, past, past); err != nil {
		t.Fatal(err)
	}
	reads := 0
	l := mustLoad(t, hookFS{os.DirFS(dir), "p.md", func() {
		if reads++; reads == 3 { // in the midst of it
			write(t, name, new)
		}
	}}, nil)
	if p, ok := l.Post("p"); !ok || p.Body.String() != new {
		t.Errorf("served %v, half of it old: %v; want the new version", ok, strings.Contains(p.Body.String(), "old"))
	}
}

// A hookFS calls a function before each read of one file, which reads little
// at a time.
type hookFS struct {
	fs.FS
	name string
	hook func()
}

type hookFile struct {
	fs.File
	hook func()
}

func (h hookFS) Open(name string) (fs.File, error) {
	f, err := h.FS.Open(name)
	if err == nil && name == h.name {
		return hookFile{f, h.hook}, nil
	}
	return f, err
}

func (f hookFile) Read(b []byte) (int, error) {
	f.hook()
	return f.File.Read(b[:min(len(b), 512)])
}

func write(t *testing.T, name, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}
