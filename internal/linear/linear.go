// Package linear is the blog as a dialogue: a prompt, an answer, more text. It
// is for screen readers and braille displays, and for terminals that cannot
// redraw.
//
// The rules are:
//   - text is only ever appended: no colours, no cursor, no screen; what is typed
//     is taken back with backspace alone;
//   - no line is wider than Width, but for addresses and source code, which are
//     printed as they are, to be copied;
//   - everything that is listed has a number, and every prompt says what can be
//     typed;
//   - whatever is typed gets an answer, and nothing but q, ctrl+c, ctrl+d and the
//     end of the input ends the dialogue.
package linear

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"strings"

	"lectern/internal/blog"
	"lectern/internal/render"
	"lectern/internal/text"
)

// A Config is what a dialogue works with. Library, Docs, In, Out and Width are
// required.
type Config struct {
	Library func() *blog.Library // the newest, asked for each time something is listed
	Docs    *render.Cache
	In      io.Reader // anything may come
	Out     io.Writer
	Width   int  // cells
	Echo    bool // In is a terminal that shows nothing itself: what is typed is written to Out

	// Place is where to begin: SLUG, SLUG#heading, tag:NAME or search:WORDS;
	// empty for the list.
	Place string
	// Opened is told of every post that is read; may be nil.
	Opened func(slug string)
	// Search finds posts by words, the best first. nil: those whose title, tags or
	// summary hold every word, the newest first.
	Search func(words string) []*blog.Post
}

// maxTrail is how many places back leads through.
const maxTrail = 32

// A dialogue is one reader's.
type dialogue struct {
	Config
	out    *bufio.Writer
	typist *typist
	trail  []place // where the reader is, last, and how they came there
	over   bool
}

// A place is somewhere in the blog.
type place interface {
	// show says what is here.
	show(ctx context.Context, d *dialogue)
	// options are what can be typed here, beside what can be everywhere.
	options(d *dialogue) []option
	// offers are the words of those options of everywhere that the prompt names.
	offers() string
}

// Run holds a dialogue until the reader leaves, the input ends for whatever
// reason, or ctx does. The error is Out's.
func Run(ctx context.Context, c Config) error {
	d := &dialogue{Config: c, out: bufio.NewWriter(c.Out)}
	d.typist = newTypist(c.In, d.out, c.Echo)
	d.begin(ctx)
	for !d.over && ctx.Err() == nil {
		options := d.options()
		d.prompt(options)
		line, ok := d.typist.next()
		if !ok {
			break
		}
		d.answer(ctx, options, line)
	}
	return d.out.Flush()
}

// answer does what a line asks for.
func (d *dialogue) answer(ctx context.Context, options []option, line string) {
	said := text.Line(line)
	for _, o := range options {
		if what, ok := o.takes(said); ok {
			o.do(ctx, what)
			return
		}
	}
	if said == "" {
		d.say("Enter alone does nothing here; h says what can be typed.")
		return
	}
	d.say(fmt.Sprintf("“%s” is not known here; h says what can be typed.", text.Field(said, 40)))
}

// here is the place where the reader is.
func (d *dialogue) here() place { return d.trail[len(d.trail)-1] }

// enter goes to a place.
func (d *dialogue) enter(ctx context.Context, p place) {
	if len(d.trail) == maxTrail {
		d.trail = append(d.trail[:0], d.trail[1:]...)
	}
	d.trail = append(d.trail, p)
	p.show(ctx, d)
}

// home begins anew at the list of all posts.
func (d *dialogue) home(ctx context.Context) {
	d.trail = nil
	d.enter(ctx, d.all())
}

// back goes to the place before this one.
func (d *dialogue) back(ctx context.Context) {
	if len(d.trail) == 1 {
		d.say("There is no place before this one; b goes to the list.")
		return
	}
	d.trail = d.trail[:len(d.trail)-1]
	d.here().show(ctx, d)
}

// say writes a paragraph, which is foreign or has no line end, in the width.
func (d *dialogue) say(paragraph string) {
	for _, l := range text.Wrap(paragraph, d.Width) {
		d.print(l)
	}
}

// print writes a line as it is.
func (d *dialogue) print(line string) {
	d.out.WriteString(line)
	d.out.WriteByte('\n')
}

// number writes how many there are of something that has a regular plural.
func number(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// about is when a post was written and how long it takes to read.
func about(p *blog.Post) string {
	parts := []string{number(p.Minutes(), "minute")}
	if !p.Date.IsZero() {
		parts = []string{p.Date.Format("2 January 2006"), parts[0]}
	}
	return strings.Join(parts, ", ")
}
