// Package command holds the verbs of `ssh host VERB`: what a reader can have
// without a screen, in a pipe, in a script, or in a dialogue.
//
// The rules are:
//   - what was asked for goes to Out, ends in one newline, and holds no line
//     wider than Width, but for ls, whose lines are for other programs, and
//     for addresses and source code in linear;
//   - an error is one line on Err, and Out stays empty unless it broke midway;
//   - the exit status is [OK], [NotFound], [Usage] or [Failed].
package command

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"lectern/internal/blog"
	"lectern/internal/render"
	"lectern/internal/text"
	"lectern/internal/theme"
)

// Exit statuses. Failed is sysexits' EX_TEMPFAIL: trying again may help.
const (
	OK       = 0
	NotFound = 1
	Usage    = 2
	Failed   = 75
)

// An Env is what a verb works with. All fields are required but In, Current,
// Opened and Search.
type Env struct {
	Library  *blog.Library
	Current  func() *blog.Library // the newest, for a verb that takes long; nil: Library
	Docs     *render.Cache
	In       io.Reader // what the reader types; nil: nothing
	Out, Err io.Writer
	PTY      bool // a terminal is at the other end, which shows nothing of what is typed
	Width    int  // cells; output is wrapped to it
	Palette  *theme.Palette
	Links    bool                            // the reader's terminal understands hyperlinks
	Opened   func(slug string)               // told of every post that is printed; may be nil
	Search   func(words string) []*blog.Post // finds posts by words in their text, the best first; nil: by title, tags and summary
}

// A verb is one word of the grammar. The table in verbs is the only place that
// knows them: parsing, help and errors read it.
type verb struct {
	name    string
	args    string // how help writes the arguments
	summary string
	min     int // how many arguments, at least and at most
	max     int
	run     func(ctx context.Context, env *Env, args []string) error
}

func verbs() []verb {
	return []verb{
		{name: "help", summary: "print this", run: help},
		{name: "ls", summary: "list the posts: slug, date and title, separated by tabs", run: ls},
		{name: "cat", args: "SLUG", summary: "print a post", min: 1, max: 1, run: cat},
		{name: "linear", args: "[PLACE]", summary: "read by prompts and numbers, for screen readers and braille displays; with ssh -t", max: 1, run: dialogue},
	}
}

// IsVerb reports whether a word is one of the grammar.
func IsVerb(name string) bool {
	return slices.ContainsFunc(verbs(), func(v verb) bool { return v.name == name })
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

// Run does what args ask for and returns the exit status. Without arguments it
// prints the index. The arguments may come from anyone.
func Run(ctx context.Context, env *Env, args []string) int {
	err := run(ctx, env, args)
	if err == nil {
		return OK
	}
	var f *failure
	if !errors.As(err, &f) {
		f = &failure{Failed, "this did not work just now; try again"}
	}
	fmt.Fprintf(env.Err, "lectern: %s\n", f.message)
	return f.status
}

func run(ctx context.Context, env *Env, args []string) error {
	if len(args) == 0 {
		return index(ctx, env, nil)
	}
	name := args[0]
	if name == "--help" || name == "-h" {
		name = "help"
	}
	for _, v := range verbs() {
		if v.name != name {
			continue
		}
		if n := len(args) - 1; n < v.min || n > v.max {
			if v.args == "" {
				return fail(Usage, "%s takes no arguments", v.name)
			}
			return fail(Usage, "usage: %s %s", v.name, v.args)
		}
		return v.run(ctx, env, args[1:])
	}
	return fail(Usage, "no verb %q; try help", text.Field(args[0], 40))
}
