package command

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/alecthomas/kong"

	"lectern/internal/text"
)

// A grammar is all that can be said, as kong reads it. The help texts of flags and
// arguments are here, what a verb means in more words is in its Help method.
type grammar struct {
	Options

	Help       helpVerb       `cmd:"" help:"say what can be asked for, or all about one verb"`
	Ls         lsVerb         `cmd:"" help:"list the posts: slug, date, title"`
	Cat        catVerb        `cmd:"" help:"print a post, or a section of it"`
	Raw        rawVerb        `cmd:"" help:"print the Markdown of a post"`
	Search     searchVerb     `cmd:"" help:"find words in all posts: slug, date, title, line"`
	Tags       tagsVerb       `cmd:"" help:"list the tags, and how many posts have each"`
	Links      linksVerb      `cmd:"" help:"list where the links of a post lead"`
	Code       codeVerb       `cmd:"" help:"list the code blocks of a post, or print one"`
	Toc        tocVerb        `cmd:"" help:"list the sections of a post: place, level, title"`
	Random     randomVerb     `cmd:"" help:"print some post"`
	Latest     latestVerb     `cmd:"" help:"print the newest post"`
	Feed       feedVerb       `cmd:"" help:"print a feed of the newest posts"`
	About      aboutVerb      `cmd:"" help:"say what this blog is, and who writes it"`
	Whoami     whoamiVerb     `cmd:"" help:"say what the server sees of you"`
	Version    versionVerb    `cmd:"" help:"print the version of the server"`
	Completion completionVerb `cmd:"" help:"print a script that completes all this in your shell"`
	Linear     linearVerb     `cmd:"" help:"read by prompts, for screen readers and braille"`

	Place placeVerb `cmd:"" default:"withargs" hidden:""`
}

// Options are the flags that every verb takes.
type Options struct {
	JSON  bool   `name:"json" help:"print JSON"`
	Width int    `placeholder:"N" help:"cells in a line, from 20; text is never set wider than 100"`
	Theme string `enum:"auto,dark,night,light,paper,plain" default:"auto" placeholder:"NAME" help:"colours: dark, night, light, paper or plain"`
	Color string `enum:"auto,always,never" default:"auto" placeholder:"WHEN" help:"show colours: auto (in a terminal), always or never"`
}

// minWidth is the least that can be asked for, in cells: less than the narrowest
// text would be a promise that is not kept.
const minWidth = 20

// Validate implements kong's check of flags.
func (o *Options) Validate() error {
	if o.Width != 0 && o.Width < minWidth {
		return fmt.Errorf("--width %d: at least %d", o.Width, minWidth)
	}
	return nil
}

// A runner is a verb that can be run.
type runner interface {
	run(ctx context.Context, r *request) error
}

// model is the grammar to be looked at, not to parse with. Making it takes half a
// millisecond, and each session looks at it several times.
var model = sync.OnceValue(func() *kong.Application {
	parser, _ := newParser(&grammar{}) // it is always the same grammar, which the tests parse
	return parser.Model
})

// verbs are the verbs that help names, in its order.
func verbs() []*kong.Node {
	return slices.DeleteFunc(slices.Clone(model().Children), func(n *kong.Node) bool { return n.Hidden })
}

// Unknown stands for what is no verb.
const Unknown = "other"

// Verbs are the names of all verbs, and "place" for a place without one.
func Verbs() []string {
	var names []string
	for _, v := range model().Children {
		names = append(names, v.Name)
	}
	return names
}

// verbNamed is the verb with a name, or nil.
func verbNamed(name string) *kong.Node {
	for _, v := range verbs() {
		if v.Name == name {
			return v
		}
	}
	return nil
}

func newParser(g *grammar) (*kong.Kong, error) {
	return kong.New(g,
		kong.Name("lectern"),
		kong.NoDefaultHelp(),
		kong.Writers(io.Discard, io.Discard),
		kong.Exit(func(int) {}),
	)
}

// parse understands a command line, or fails with Usage.
func parse(env *Env, args []string) (*request, error) {
	if len(args) > 0 && notServed(args[0]) != "" {
		return nil, fail(Usage, "%s", notServed(args[0]))
	}
	g := &grammar{}
	parser, err := newParser(g)
	if err != nil {
		return nil, fmt.Errorf("make the grammar: %w", err)
	}
	parsed, err := parser.Parse(askedForHelp(args))
	if err != nil {
		return nil, usageError(env, args, err)
	}
	verb, ok := parsed.Selected().Target.Addr().Interface().(runner)
	if !ok {
		return nil, fmt.Errorf("verb %s cannot be run", parsed.Selected().Name)
	}
	r := newRequest(env, g.Options, verb)
	r.name = parsed.Selected().Name
	return r, nil
}

// askedForHelp makes -h and --help the verb help, about the verb that is there.
func askedForHelp(args []string) []string {
	verb := ""
	for _, a := range args {
		switch {
		case a == "--":
			return args
		case a == "-h" || a == "--help":
			if verbNamed(verb) == nil {
				return []string{"help"}
			}
			return []string{"help", verb}
		case verb == "" && !strings.HasPrefix(a, "-"):
			verb = a
		}
	}
	return args
}

// usageOf is a verb with its arguments and flags, as help writes them.
func usageOf(v *kong.Node) string {
	words := []string{v.Name}
	for _, p := range v.Positional {
		name := p.Tag.PlaceHolder
		if name == "" {
			name = strings.ToUpper(p.Name)
		}
		if !p.Required {
			name = "[" + name + "]"
		}
		words = append(words, name)
	}
	for _, f := range v.Flags {
		words = append(words, "["+flagOf(f)+"]")
	}
	return strings.Join(words, " ")
}

// flagOf is a flag with the name of its value.
func flagOf(f *kong.Flag) string {
	if f.IsBool() {
		return "--" + f.Name
	}
	return "--" + f.Name + " " + f.PlaceHolder
}

// A day is a date that a flag takes: a year, a month or a day.
type day struct{ time.Time }

// UnmarshalText implements encoding.TextUnmarshaler.
func (d *day) UnmarshalText(b []byte) error {
	for _, layout := range []string{time.DateOnly, "2006-01", "2006"} {
		if t, err := time.Parse(layout, string(b)); err == nil {
			d.Time = t
			return nil
		}
	}
	return fmt.Errorf("%q is no date; write it as 2026-11-20, 2026-11 or 2026", text.Field(string(b), 40))
}

// A count is a number of things that a flag or an argument takes; nil where none
// was given.
type count struct{ n *int }

// UnmarshalText implements encoding.TextUnmarshaler.
func (c *count) UnmarshalText(b []byte) error {
	n, err := strconv.Atoi(string(b))
	if err != nil || n < 0 {
		return fmt.Errorf("%q is no number", text.Field(string(b), 40))
	}
	c.n = &n
	return nil
}
