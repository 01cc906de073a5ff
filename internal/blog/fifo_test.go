//go:build unix

package blog_test

import (
	"path/filepath"
	"syscall"
	"testing"
)

func TestAPipeIsNotWaitedFor(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mkfifo(filepath.Join(dir, "p.md"), 0o600); err != nil {
		t.Skipf("no pipe can be made here: %v", err)
	}
	wantSaid(t, loadDir(t, dir, nil), "error p.md: not a regular file")
}
