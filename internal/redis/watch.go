package redis

import (
	"fmt"
	"runtime/debug"
	"time"
)

// lose notes that Redis does not answer as it should. The first to notice hands the error on, and nobody asks until it is back.
func (l *Limiter) lose(err error) {
	if l.away.CompareAndSwap(false, true) {
		select {
		case l.lost <- err:
		default: // cannot be, for find has taken the last one before Redis was back; but a reader must not wait to learn that
		}
	}
}

// watch looks for Redis whenever it is lost. It is a goroutine of the limiter's, which Close ends.
func (l *Limiter) watch() {
	defer close(l.gone)
	for {
		select {
		case err := <-l.lost:
			l.find(err)
		case <-l.closing:
			return
		}
	}
}

// find tries Redis until it is back, or the limiter is closed.
func (l *Limiter) find(err error) {
	defer func() {
		if v := recover(); v != nil {
			l.log.Error("panic", "where", "redis", "panic", l.words.safe(fmt.Sprint(v)), "stack", string(debug.Stack()))
			l.away.Store(false) // whoever asks next finds out
		}
	}()
	tick := time.NewTicker(ProbeEvery)
	defer tick.Stop()
	told, since := false, time.Now()
	for err != nil {
		if !told && l.talk.Allow() {
			told = true
			l.log.Warn("Redis is away, limits are this server's own until it is back", "error", l.words.of(err))
		}
		select {
		case <-tick.C:
		case <-l.closing:
			return
		}
		err = l.probe()
	}
	l.away.Store(false)
	if told {
		l.log.Info("Redis is back, limits are shared again", "seconds", int(time.Since(since).Seconds()))
	}
}
