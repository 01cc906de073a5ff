//go:build unix

package search_test

import (
	"syscall"
	"testing"
	"time"
)

// spent is the processor time of this process: what else the machine does is not
// in it, but the collection of garbage is.
func spent(b *testing.B) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
