//go:build unix

package completion

import (
	"syscall"
	"testing"
)

// pipe makes a named pipe: whoever reads it waits for a writer.
func pipe(t *testing.T, path string) {
	t.Helper()
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Fatal(err)
	}
}
