//go:build unix

package blog

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

func TestALookDoesNotWaitForThePipeBehindALink(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mkfifo(filepath.Join(dir, "pipe"), 0o600); err != nil {
		t.Skipf("no pipe can be made here: %v", err)
	}
	if err := os.Symlink("pipe", filepath.Join(dir, "a.md")); err != nil {
		t.Fatal(err)
	}
	looked := make(chan *walk, 1)
	go func() {
		w, _, err := lookAt(dir)
		if err != nil {
			t.Error(err)
		}
		looked <- w
	}()
	select {
	case w := <-looked:
		if len(w.problems) != 1 || w.problems[0].Message != "not a regular file" {
			t.Errorf("says %v", w.problems)
		}
	case <-time.After(10 * time.Second):
		t.Fatal("it waits for somebody to write")
	}
}
