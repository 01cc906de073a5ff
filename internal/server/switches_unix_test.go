//go:build unix

package server

import (
	"syscall"
	"testing"
)

// switches counts the process's voluntary context switches: each wake-up of an idle process is one at least.
func switches(t *testing.T) int64 {
	t.Helper()
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		t.Fatal(err)
	}
	return usage.Nvcsw
}
