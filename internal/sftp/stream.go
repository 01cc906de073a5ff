package sftp

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"sync"
)

// The types of packets that matter here, of draft-ietf-secsh-filexfer-02, section 3.
const (
	typeWrite    = 6
	typeFSetstat = 10
)

// The head of a packet is its length, without the four bytes of the length itself, and its type.
const headLen = 5

// A requests hands the client's packets to the library. The rules are:
//
//   - a packet that is empty or too long ends the stream, before memory is set aside for it;
//   - a packet is handed on when one of the slots is free, which its answer frees: the library would go on working while
//     a client takes no answers, or while an earlier request takes its time, and keep all that it has answered;
//   - the end of the stream comes when all is answered, for the library may drop its last answers then;
//   - a write, which the library would take for a read where the file was opened for reading, becomes a change of the
//     file's attributes, which is refused: the two begin alike.
//
// Not safe for concurrent use.
type requests struct {
	ctx     context.Context
	in      io.Reader
	longest int
	slots   chan struct{}

	head [headLen]byte
	rest []byte // of the head, not handed on yet
	left int    // bytes of the packet behind its head
	over bool   // in ended where a packet could begin
	err  error  // what ended the stream
}

func (r *requests) Read(p []byte) (n int, err error) {
	if r.err == nil && len(r.rest) == 0 && r.left == 0 {
		r.err = r.next()
	}
	if r.err == nil && r.ctx.Err() != nil {
		r.err = context.Cause(r.ctx)
	}
	if r.err != nil {
		return 0, r.err
	}
	if len(r.rest) > 0 {
		n = copy(p, r.rest)
		r.rest = r.rest[n:]
		return n, nil
	}
	n, err = r.in.Read(p[:min(len(p), r.left)])
	r.left -= n
	if err != nil && r.left > 0 {
		r.err = whole(err)
	}
	return n, r.err
}

// next takes the head of the next packet.
func (r *requests) next() error {
	if _, err := io.ReadFull(r.in, r.head[:]); err != nil {
		if errors.Is(err, io.EOF) {
			r.over = r.finish() == nil
		}
		return err
	}
	length := binary.BigEndian.Uint32(r.head[:])
	if length == 0 || length > uint32(r.longest) {
		return fmt.Errorf("packet of %d bytes, of at most %d", length, r.longest)
	}
	if r.head[4] == typeWrite {
		r.head[4] = typeFSetstat
	}
	r.rest, r.left = r.head[:], int(length)-1
	return r.slot()
}

// slot waits for a free slot, and takes it.
func (r *requests) slot() error {
	select {
	case r.slots <- struct{}{}:
		return nil
	case <-r.ctx.Done():
		return context.Cause(r.ctx)
	}
}

// finish waits until all is answered.
func (r *requests) finish() error {
	for range cap(r.slots) {
		if err := r.slot(); err != nil {
			return err
		}
	}
	return nil
}

// whole returns err, or what the end of a stream is in the middle of a packet.
func whole(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// A responses takes the library's packets to the client, each in one write, and frees a slot for each. The library
// writes on after a write that failed, so the stream is ended here. Safe for concurrent use.
type responses struct {
	cancel context.CancelCauseFunc
	out    io.Writer
	slots  chan struct{}

	mu     sync.Mutex
	closed bool
	head   []byte // of a packet whose body comes with the next write
	left   int    // bytes of that body
}

// Write takes a packet, or the head of one and then its body, as the library cuts them.
func (w *responses) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.closed {
		return 0, io.ErrClosedPipe
	}
	packet := p
	if w.left > 0 {
		w.left -= len(p)
		packet = append(w.head, p...)
		w.head = nil
	} else if whole := 4 + int(binary.BigEndian.Uint32(p)); len(p) < whole {
		w.head, w.left = append(make([]byte, 0, whole), p...), whole-len(p)
		return len(p), nil
	}
	if _, err := w.out.Write(packet); err != nil {
		w.closed = true
		w.cancel(err)
		return 0, err
	}
	if w.left == 0 {
		<-w.slots
	}
	return len(p), nil
}

// close waits for a write that is under way, and lets no other begin.
func (w *responses) close() {
	w.mu.Lock()
	w.closed = true
	w.mu.Unlock()
}
