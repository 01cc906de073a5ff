// Package sftp lets a client read a file system over SFTP, version 3, and write nothing. It speaks to anybody, so all that
// a client can make grow has a bound, in Bounds.
//
// The protocol is github.com/pkg/sftp's, whose server was made for clients that are trusted. What it leaves open is closed
// here: the reader in front of it refuses packets that are too long and waits while answers wait (requests), the writer
// behind it notices a client that is gone (responses), and the handlers bound what is open and recover from what the file
// system does, for the library calls them on goroutines of its own (handlers).
//
// Nothing is read but the fs.FS: no disk, no names of the server's users.
package sftp

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"reflect"
	"runtime/debug"

	lib "github.com/pkg/sftp"
)

// Bounds is everything that a client could otherwise make grow. Each must be positive.
type Bounds struct {
	// Packet is the longest packet of a client, in bytes. A longer one ends the session.
	Packet int
	// Path is the longest path, in bytes. There is no file of a longer one.
	Path int
	// Handles is how many files and directories a client may hold open at a time. One more is refused, with a message.
	Handles int
	// Outstanding is how many requests are worked on, or wait as answers for the client to take them. The next ones stay
	// unread. Each may hold an answer of 32 KiB, or a hundred names.
	Outstanding int
}

// DefaultBounds returns the bounds that are meant to be served with.
func DefaultBounds() Bounds {
	return Bounds{
		Packet:      16 << 10, // two paths, and attributes; data to be written never comes, since no file opens for writing
		Path:        4 << 10,  // as of most systems
		Handles:     64,       // OpenSSH's tools and rclone hold ten at most; sshfs what its machine's programs hold
		Outstanding: 8,        // as many as the library has workers
	}
}

// Validate says which bound is missing, if any.
func (b Bounds) Validate() error {
	v := reflect.ValueOf(b)
	for i := range v.NumField() {
		if v.Field(i).Int() <= 0 {
			return fmt.Errorf("bound %s must be more than 0", v.Type().Field(i).Name)
		}
	}
	return nil
}

// Serve answers the requests that come from in, until in ends, with nil when that is where a packet could begin. It
// returns an error when in or out fail, when ctx ends, or when the client breaks the protocol; who ends ctx must also make
// what waits in in and out return. Requests that came whole before the end of in are answered.
//
// The regular files of fsys must implement io.ReaderAt, and its directories fs.ReadDirFile, read in batches; both must be
// safe for use by several goroutines. Directories and regular files are shown with the permissions and times they have, and
// as nobody's; all else is not shown. Serve panics with what fsys
// panicked with; the client is told of a failure, and its next request is not read.
func Serve(ctx context.Context, fsys fs.FS, in io.Reader, out io.Writer, bounds Bounds) error {
	if err := bounds.Validate(); err != nil {
		return fmt.Errorf("serve sftp: %w", err)
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	slots := make(chan struct{}, bounds.Outstanding)
	s := &session{
		requests:  requests{ctx: ctx, in: in, longest: bounds.Packet, slots: slots},
		responses: responses{cancel: cancel, out: out, slots: slots},
	}
	h := &handlers{fsys: fsys, bounds: &bounds, crash: func(v any) {
		cancel(&crash{v, debug.Stack()})
	}}
	err := lib.NewRequestServer(s, lib.Handlers{FileGet: h, FilePut: h, FileCmd: h, FileList: h}).Serve()

	s.responses.close() // the library's last goroutine may be about to write
	if c := (*crash)(nil); errors.As(context.Cause(ctx), &c) {
		panic(fmt.Sprintf("%v\n\n%s", c.value, c.stack))
	}
	switch cause := context.Cause(ctx); {
	case s.requests.over:
		return nil
	case cause != nil && cause != errGivenUp: //nolint:errorlint // our own, as it is
		err = cause
	case s.requests.err != nil:
		err = s.requests.err
	}
	return fmt.Errorf("serve sftp: %w", err)
}

// A crash is a panic of the file system, on its way to Serve.
type crash struct {
	value any
	stack []byte
}

func (c *crash) Error() string { return fmt.Sprint("panic: ", c.value) }

// A session is the stream that the library serves.
type session struct {
	requests
	responses
}

// errGivenUp ends a session whose client does not speak the protocol. The library says in which way.
var errGivenUp = errors.New("given up")

// Close is called by the library when it gives up on the client.
func (s *session) Close() error {
	s.cancel(errGivenUp)
	return nil
}
