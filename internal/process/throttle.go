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
// period is short of; and what it was stopped for too long, for nobody wakes in time, it is given then. release returns the
// share of a core that it had.
func (s *Process) Throttle(share float64) (release func() float64) {
	over, had := make(chan struct{}), make(chan float64, 1)
	go func() {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		had <- s.throttle(share, over)
	}()
	return func() float64 {
		close(over)
		return <-had
	}
}

func (s *Process) throttle(share float64, over <-chan struct{}) (had float64) {
	look := time.NewTicker(time.Millisecond)
	defer look.Stop()
	defer func() { _ = syscall.Kill(s.pid, syscall.SIGCONT) }()
	first, err := s.CPU()
	if err != nil {
		return 0 // it has ended
	}
	begun, last := time.Now(), first
	period, left := begun, time.Duration(share*float64(throttlePeriod))
	stopped := false
	for {
		select {
		case <-look.C:
		case <-over:
			return float64(last-first) / float64(time.Since(begun))
		}
		now, err := s.CPU()
		if err != nil {
			return 0
		}
		left -= now - last
		last = now
		if since := time.Since(period); since >= throttlePeriod {
			// What it did not use is gone, but for what it could not use.
			left = min(left, 0) + time.Duration(share*float64(since))
			if !stopped {
				left = min(left, time.Duration(share*float64(throttlePeriod)))
			}
			period = period.Add(since)
		}
		if stop := left <= 0; stop != stopped {
			stopped = stop
			_ = syscall.Kill(s.pid, map[bool]syscall.Signal{true: syscall.SIGSTOP, false: syscall.SIGCONT}[stop])
		}
	}
}
