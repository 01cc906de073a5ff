package blog_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"lectern/internal/blog"
)

func TestDirSaysWhyAFolderCannotBeServed(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "file"), "x")
	shut := filepath.Join(dir, "shut")
	if err := os.Mkdir(shut, 0); err != nil {
		t.Fatal(err)
	}
	tests := []struct{ path, want string }{
		{filepath.Join(dir, "missing"), "is not there"},
		{filepath.Join(dir, "file"), "is not a folder"},
	}
	if os.Getuid() != 0 { // root reads everything
		tests = append(tests, struct{ path, want string }{shut, "permission denied"})
	}
	for _, tt := range tests {
		_, _, err := blog.Dir(tt.path)
		if err == nil || !strings.Contains(err.Error(), tt.want) || !strings.Contains(err.Error(), tt.path) {
			t.Errorf("Dir(%s): %v, want it to say that it %s", tt.path, err, tt.want)
		}
	}
}

func TestLinksThatLeaveTheFolderAreRefused(t *testing.T) {
	outside := t.TempDir()
	write(t, filepath.Join(outside, "secret.md"), "secret")
	dir := t.TempDir()
	write(t, filepath.Join(dir, "real.md"), "real")
	write(t, filepath.Join(dir, "sub", "inner.md"), "inner")
	for name, target := range map[string]string{
		"absolute.md": filepath.Join(outside, "secret.md"),
		"dots.md":     "../" + filepath.Base(outside) + "/secret.md",
		"passwd.md":   "/etc/passwd",
		"circle.md":   "circle.md",
		"dangling.md": "nothing.md",
		"folder.md":   "sub",
		"folder":      "sub",
		"inside.md":   "sub/inner.md",
		"blog.yaml":   "/etc/hostname",
	} {
		if err := os.Symlink(target, filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(outside, filepath.Join(dir, "elsewhere")); err != nil {
		t.Fatal(err)
	}
	l := loadDir(t, dir, nil)
	if diff := cmp.Diff([]string{"inner", "inside", "real"}, slugs(l)); diff != "" {
		t.Errorf("slugs (-want +got):\n%s", diff)
	}
	wantSaid(t, l,
		"error absolute.md: a link that leads out of the content folder, or in a circle",
		"error blog.yaml: a link that leads out of the content folder, or in a circle",
		"error circle.md: a link that leads out of the content folder, or in a circle",
		"error dangling.md: a link to a file that is not there",
		"error dots.md: a link that leads out of the content folder, or in a circle",
		"warning folder: a link to a folder, which is not followed",
		"warning folder.md: a link to a folder, which is not followed",
		"error passwd.md: a link that leads out of the content folder, or in a circle",
	)
}

func TestALinkPutInPlaceOfAPostKeepsThePost(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "p.md")
	write(t, name, "mine")
	first := loadDir(t, dir, nil)
	if err := os.Remove(name); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("/etc/passwd", name); err != nil {
		t.Fatal(err)
	}
	second := loadDir(t, dir, first)
	if p, ok := second.Post("p"); !ok || p.Body.String() != "mine" {
		t.Errorf("post %v, want the last good version", p)
	}
	wantSaid(t, second, "error p.md: a link that leads out of the content folder, or in a circle")
}

func TestUnchangedFilesAreNotReadAgain(t *testing.T) {
	dir := t.TempDir()
	old := time.Now().Add(-time.Hour)
	for _, name := range []string{"a.md", "b.md"} {
		write(t, filepath.Join(dir, name), name)
		if err := os.Chtimes(filepath.Join(dir, name), old, old); err != nil {
			t.Fatal(err)
		}
	}
	reads := 0
	counting := hookFS{os.DirFS(dir), "a.md", func() { reads++ }}
	first := mustLoad(t, counting, nil)
	if reads == 0 {
		t.Fatal("the first load reads nothing")
	}
	reads = 0
	second := mustLoad(t, counting, first)
	if reads != 0 {
		t.Errorf("an unchanged file is read %d times", reads)
	}
	if diff := cmp.Diff(slugs(first), slugs(second)); diff != "" || first.Posts()[0] != second.Posts()[0] {
		t.Errorf("the posts are not the same: %s", diff)
	}

	// Another file with the same size and time under the old name.
	write(t, filepath.Join(dir, "new"), "A.md")
	if err := os.Chtimes(filepath.Join(dir, "new"), old, old); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(filepath.Join(dir, "new"), filepath.Join(dir, "a.md")); err != nil {
		t.Fatal(err)
	}
	if p, _ := mustLoad(t, counting, second).Post("a"); p.Body.String() != "A.md" {
		t.Errorf("a file put in the place of another is served as %q", p.Body.String())
	}
}

func TestAFileRewrittenWithinOneTickIsReadAgain(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "p.md")
	write(t, name, "one")
	tick := time.Now()
	if err := os.Chtimes(name, tick, tick); err != nil {
		t.Fatal(err)
	}
	first := loadDir(t, dir, nil)
	f, err := os.OpenFile(name, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.WriteString("two"); err != nil {
		t.Fatal(err)
	}
	f.Close()
	if err := os.Chtimes(name, tick, tick); err != nil { // as a coarse file system would
		t.Fatal(err)
	}
	if p, _ := loadDir(t, dir, first).Post("p"); p.Body.String() != "two" {
		t.Errorf("served %q, want the second version", p.Body.String())
	}
}

func TestAFileOfATebibyteIsNotReadWhole(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "p.md")
	write(t, name, "x")
	if err := os.Truncate(name, 1<<40); err != nil {
		t.Skipf("no file with holes can be made here: %v", err)
	}
	l := loadDir(t, dir, nil)
	wantSaid(t, l, "error p.md: the file has 1048576.0 MiB (1099511627776 bytes), more than the 1048576 bytes that are read")
}
