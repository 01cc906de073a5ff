package process

import (
	"errors"
	"fmt"
	"syscall"
	"time"
	"unsafe"
)

// CPU returns the processor's time that the process has taken, user's and system's, to the nanosecond.
func (s *Process) CPU() (time.Duration, error) {
	if !s.Known() {
		return 0, errors.New("the process is not known")
	}
	clock := int32(^s.pid)<<3 | 2 // of a process, by the scheduler: clock_getcpuclockid(3)
	var t syscall.Timespec
	if _, _, errno := syscall.Syscall(syscall.SYS_CLOCK_GETTIME, uintptr(clock), uintptr(unsafe.Pointer(&t)), 0); errno != 0 {
		return 0, fmt.Errorf("clock of process %d: %w", s.pid, errno)
	}
	return time.Duration(t.Nano()), nil
}
