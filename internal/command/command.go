// Package command holds the verbs of `ssh host VERB`: what a reader can have
// without a screen, in a pipe, in a script, or in a dialogue.
//
// The rules are:
//   - what was asked for goes to Out, ends in one newline, and holds no line
//     wider than the width, but for records, source and JSON;
//   - a record is one line with fields parted by tabs, for cut and fzf, and its
//     first field is what the next verb takes; it is cut to the width only where
//     a width was asked for or a terminal shows it;
//   - what is printed is written as it is made: a reader who leaves early ends it;
//   - an error is one line on Err, and Out stays empty unless it broke midway;
//   - the exit status is [OK], [NotFound], [Usage] or [Failed].
//
// The grammar is the table of verbs in grammar.go. Parsing, help, the manual page
// and the completion of shells all read it.
package command

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/netip"

	"github.com/charmbracelet/colorprofile"

	"lectern/internal/blog"
	"lectern/internal/feed"
	"lectern/internal/render"
	"lectern/internal/search"
	"lectern/internal/text"
)

// Exit statuses. Failed is sysexits' EX_TEMPFAIL: trying again may help.
const (
	OK       = 0
	NotFound = 1
	Usage    = 2
	Failed   = 75
)

// An Env is what a verb works with. All fields are required but In, Current,
// Opened, Asked and Log.
type Env struct {
	Library  *blog.Library
	Current  func() *blog.Library // the newest, for a verb that takes long; nil: Library
	Docs     *render.Cache
	Feeds    *feed.Maker
	Room     *Room
	Search   func(ctx context.Context, words string) ([]search.Hit, error) // the best first
	In       io.Reader                                                     // what the reader types; nil: nothing
	Out, Err io.Writer
	PTY      bool                 // a terminal is at the other end, which shows nothing of what is typed
	Width    int                  // cells that output is wrapped to, unless a width is asked for
	Profile  colorprofile.Profile // what the terminal can show; NoTTY where there is none
	Links    bool                 // the terminal understands hyperlinks
	Opened   func(slug string)    // told of every post that is printed; may be nil
	Asked    func(verb string)    // told which of Verbs was asked for, and Unknown for what is none; may be nil
	Visitor  Visitor
	Version  string       // of the program, one line
	Log      *slog.Logger // what failed and is not the reader's doing; nil: nowhere
}

// A Visitor is what the server sees of a reader, for whoami. Every string is safe
// to show; one that was not sent is empty.
type Visitor struct {
	Address       netip.Addr // not valid where there is none
	User          string
	Client        string // what the client calls itself
	Term          string
	Width, Height int // of the terminal in cells; 0 without one
	Variables     map[string]string
}

// A failure is an error for the reader, with its exit status.
type failure struct {
	status  int
	message string
}

func (f *failure) Error() string { return f.message }

func fail(status int, format string, args ...any) error {
	return &failure{status, fmt.Sprintf(format, args...)}
}

// errWrite says that the reader takes no more.
var errWrite = errors.New("write")

// maxMessage is how many bytes of an error a reader is told.
const maxMessage = 240

// Run does what args ask for and returns the exit status. Without arguments it
// prints the index. The arguments may come from anyone. Safe for concurrent use,
// each call with an Env of its own.
func Run(ctx context.Context, env *Env, args []string) int {
	err := run(ctx, env, args)
	if err == nil {
		return OK
	}
	var f *failure
	if !errors.As(err, &f) {
		if env.Log != nil && ctx.Err() == nil && !errors.Is(err, errWrite) {
			env.Log.Error("command failed", "error", err)
		}
		f = &failure{Failed, "this did not work just now; try again"}
	}
	fmt.Fprintf(env.Err, "lectern: %s\n", text.Field(f.message, maxMessage))
	return f.status
}

func run(ctx context.Context, env *Env, args []string) error {
	r, err := parse(env, args)
	if env.Asked != nil {
		name := Unknown
		if err == nil {
			name = r.name
		}
		env.Asked(name)
	}
	if err != nil {
		return err
	}
	defer r.leave()
	return r.verb.run(ctx, r)
}
