package server

import (
	"time"

	"golang.org/x/time/rate"
)

// listen reads what the client sends until its side of the channel ends, and hands it to sink, which must be quick and
// not keep the bytes. It always reads, also when nobody wants the bytes any more: what is not read, x/crypto keeps.
// When the client has sent total bytes, spent is called, and the rest is dropped.
func (ch *channel) listen(total int, sink func([]byte), spent, eof func()) {
	defer ch.server.recovered("input", func() { _ = ch.conn.Close() })
	defer eof()
	b := make([]byte, 512)
	for left := total; ; {
		n, err := ch.raw.Read(b)
		if left > 0 && n > 0 {
			sink(b[:n])
			if left -= n; left <= 0 {
				spent()
			}
		}
		if err != nil {
			return
		}
	}
}

// A gate lets keys through at a bounded rate. What comes faster is lost, for keys that wait would pile up in memory,
// and be acted upon long after they were pressed. Not safe for concurrent use.
type gate struct {
	bucket *rate.Limiter
	shut   time.Time // until when nothing passes
}

// gateRest is how long a gate stays shut once it was run down, so that what passes next is not scraps of sequences.
const gateRest = 500 * time.Millisecond

func newGate(b *Bounds) gate {
	return gate{bucket: rate.NewLimiter(rate.Limit(b.InputRate), b.InputBurst)}
}

// pass reports whether n bytes may pass now.
func (g *gate) pass(n int, now time.Time) bool {
	if now.Before(g.shut) {
		return false
	}
	if !g.bucket.AllowN(now, n) {
		g.shut = now.Add(gateRest)
		return false
	}
	return true
}
