package tree_test

import (
	"errors"
	"io/fs"
	"strings"
	"testing"
)

// hostile are names that lead nowhere.
func hostile() []string {
	return []string{
		"", "/", "/posts", "posts/", "..", "../etc/passwd", "posts/../README.md", "./posts", "posts//a.md", "posts/.", "tags/..", "tags/../posts",
		`posts\a.md`, `..\..\etc`, "posts/a.md\x00", "\x00", "posts/a.md\x00.txt", "\xff\xfe", "posts/\xc3\x28.md", "posts/a.md/", "posts/a.md/b",
		"README.md/README.md", "readme.md", "POSTS", "posts/A.md", "posts/a", "posts/.md", "tags/go", "tags/Go/b.md", "tags/Go/../Go",
		"~", "*", "posts/*", "\n", "\x1b[31m", strings.Repeat("a", 4096), strings.Repeat("a/", 2048), strings.Repeat("../", 1365) + "etc/passwd",
	}
}

func TestNamesThatLeadNowhereAreRefused(t *testing.T) {
	fsys := of(load(t, "a.md", "---\ntags: [Go]\n---\ntext", "b.md", "text"))
	for _, name := range hostile() {
		_, open := fsys.Open(name)
		_, stat := fsys.Stat(name)
		_, list := fsys.ReadDir(name)
		for _, err := range []error{open, stat, list} {
			if !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, fs.ErrInvalid) {
				t.Errorf("%.60q: %v", name, err)
			}
			if want := fs.ErrInvalid; !fs.ValidPath(name) && !errors.Is(err, want) {
				t.Errorf("%.60q: %v, want %v", name, err, want)
			}
		}
	}
	if _, err := fsys.ReadDir("posts/a.md"); err == nil {
		t.Error("a file is listed like a folder")
	}
}

// FuzzOpen holds that a name is one of those that are listed, or refused.
func FuzzOpen(f *testing.F) {
	fsys := of(load(f, "a.md", "---\ntags: [Go, C++, a/b, ..]\n---\ntext", "b.md", "text"))
	known := map[string]bool{}
	if err := fs.WalkDir(fsys, ".", func(name string, _ fs.DirEntry, err error) error {
		known[name] = true
		f.Add(name)
		return err
	}); err != nil {
		f.Fatal(err)
	}
	for _, name := range hostile() {
		f.Add(name)
	}
	f.Fuzz(func(t *testing.T, name string) {
		file, err := fsys.Open(name)
		_, stat := fsys.Stat(name)
		if known[name] {
			if err != nil || stat != nil || file.Close() != nil {
				t.Errorf("%q: %v, %v", name, err, stat)
			}
			return
		}
		for _, err := range []error{err, stat} {
			if !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, fs.ErrInvalid) {
				t.Errorf("%q: %v", name, err)
			}
		}
	})
}
