//go:build unix

package main

import (
	"syscall"
	"testing"
)

// sleeps counts the voluntary context switches of this process.
func sleeps(tb testing.TB) int64 {
	tb.Helper()
	var use syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &use); err != nil {
		tb.Fatal(err)
	}
	return use.Nvcsw
}
