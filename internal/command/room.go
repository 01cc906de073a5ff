package command

import "lectern/internal/limit"

// A Room bounds the memory of all that is being printed and is made for one reader
// alone, such as source and JSON: one who takes no output keeps it there for as long
// as the server waits. Documents are shared, and counted by their cache. It is safe
// for concurrent use.
type Room struct{ share *limit.Share }

// NewRoom is room for so many bytes, of which one address gets each at most.
func NewRoom(bytes, each int64) *Room { return &Room{limit.NewShare(bytes, each)} }

// jsonCopies is how many times the length of a text its JSON takes while it is
// made and written: the text, the buffer of the encoder, and both of them escaped.
const jsonCopies = 4

// crowded is what those hear who come when there is no room.
const crowded = "too many others are reading long posts; come back in a minute"

// enter takes room for a text of n bytes until the request is done with, or fails.
func (r *request) enter(n int64) error {
	if r.asked.JSON {
		n *= jsonCopies
	}
	switch ok, own := r.Room.share.Take(r.Visitor.Address, n); {
	case own:
		return fail(Failed, "too many long posts are being printed for your address; let one end first")
	case !ok:
		return fail(Failed, crowded)
	}
	r.taken += n
	return nil
}

// leave gives back what enter took.
func (r *request) leave() {
	if r.taken > 0 {
		r.Room.share.Give(r.Visitor.Address, r.taken)
	}
	r.taken = 0
}
