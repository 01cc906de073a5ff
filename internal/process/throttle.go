//go:build linux

package process

import (
	"runtime"
	"syscall"
	"time"
)

// throttlePeriod is in which time a share is given, as Linux does with a container's.
const throttlePeriod = 100 * time.Millisecond

// Throttle gives the process no more than this share of a core, until release is called: once it has had its part of a period
// it is stopped until the next, as a container would be. What it took too much, for nobody looks all the time, the next
// period is short of.
func (s *Process) Throttle(share float64) (release func()) {
	over, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		s.throttle(time.Duration(share*float64(throttlePeriod)), over)
	}()
	return func() {
		close(over)
		<-ended
	}
}

func (s *Process) throttle(part time.Duration, over <-chan struct{}) {
	look := time.NewTicker(2 * time.Millisecond)
	defer look.Stop()
	defer func() { _ = syscall.Kill(s.pid, syscall.SIGCONT) }()
	var owed time.Duration
	for {
		end := time.Now().Add(throttlePeriod)
		begun, err := s.CPU()
		if err != nil {
			return // it has ended
		}
		var took time.Duration
		stopped := false
		for time.Now().Before(end) {
			select {
			case <-look.C:
			case <-over:
				return
			}
			if stopped {
				continue
			}
			now, err := s.CPU()
			if err != nil {
				return
			}
			if took = now - begun; took+owed >= part {
				_ = syscall.Kill(s.pid, syscall.SIGSTOP)
				stopped = true
			}
		}
		owed = max(0, owed+took-part)
		if stopped && owed < part {
			_ = syscall.Kill(s.pid, syscall.SIGCONT)
		}
	}
}
