package server

import (
	"strings"
	"sync/atomic"
	"time"
)

// A vigil is the wait for a reader's next key. It first warns, and then ends the session. Only the holder of the runner's
// lock of the input may call its methods, except for warned, which may be read by anyone.
type vigil struct {
	rest, last time.Duration // without a key until the warning, and from there to the end
	warned     atomic.Bool
	final      bool      // no key can come any more, so that there is nobody to warn
	due        time.Time // when the timer means it: one that was set anew may have fired just then
	timer      *time.Timer
}

func newVigil(b *Bounds, expire func()) *vigil {
	last := min(b.Warning, b.Idle/2)
	v := &vigil{rest: b.Idle - last, last: last}
	v.due = time.Now().Add(v.rest)
	v.timer = time.AfterFunc(v.rest, expire)
	return v
}

// wait sets the timer.
func (v *vigil) wait(d time.Duration) {
	v.due = time.Now().Add(d)
	v.timer.Reset(d)
}

// key notes a key.
func (v *vigil) key() {
	if v.final {
		return
	}
	v.warned.Store(false)
	v.wait(v.rest)
}

// eof notes that no key can come any more. What is shown may still be looked at for so long.
func (v *vigil) eof(d time.Duration) {
	v.final = true
	v.wait(d)
}

// expired says what is to be done when the timer has fired: to show the warning, or to end the session, or nothing.
func (v *vigil) expired() (warn, end bool) {
	switch {
	case time.Now().Before(v.due):
		return false, false
	case v.final || v.warned.Load():
		return false, true
	}
	v.warned.Store(true)
	v.wait(v.last)
	return true, false
}

// warning is what the last row says before the end. Its first sentence fits the narrowest screens.
func (v *vigil) warning() string { return idleWarning(v.last) }

func idleWarning(last time.Duration) string {
	when := "soon"
	if last == time.Minute {
		when = "in a minute"
	}
	return "Press a key to stay. Otherwise the session ends " + when + "."
}

// overlaid returns a frame with a line in reverse over its last row. What is beyond the width is cut where it is painted.
func overlaid(f frame, line string) frame {
	rows := strings.SplitN(f.content, "\n", f.height+1)
	for len(rows) < f.height {
		rows = append(rows, "")
	}
	rows[f.height-1] = "\x1b[0;7m" + line + "\x1b[m"
	f.content = strings.Join(rows[:f.height], "\n")
	if f.cursor != nil && f.cursor.Y == f.height-1 {
		f.cursor = nil
	}
	return f
}
