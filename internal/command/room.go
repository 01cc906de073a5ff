package command

import "sync/atomic"

// A Room bounds the memory of all posts that are being printed: a reader who takes
// no output keeps a post there for as long as the server waits for them, and all
// readers together may keep every post. It is safe for concurrent use.
type Room struct{ free atomic.Int64 }

// NewRoom is room for so many bytes.
func NewRoom(bytes int64) *Room {
	r := &Room{}
	r.free.Store(bytes)
	return r
}

// take takes n bytes, if they are free.
func (r *Room) take(n int64) bool {
	if r.free.Add(-n) < 0 {
		r.free.Add(n)
		return false
	}
	return true
}

// jsonCopies is how many times the length of a text its JSON takes while it is
// made and written: the text, the buffer of the encoder, and both of them escaped.
const jsonCopies = 4

// enter takes room for a text of n bytes until the request is done with, or fails.
func (r *request) enter(n int64) error {
	if r.asked.JSON {
		n *= jsonCopies
	}
	if !r.Room.take(n) {
		return fail(Failed, "too many others are reading long posts; come back in a minute")
	}
	r.taken += n
	return nil
}

// leave gives back what enter took.
func (r *request) leave() {
	r.Room.free.Add(r.taken)
	r.taken = 0
}
