package linear

import (
	"context"
	"strings"

	"lectern/internal/text"
)

// An option is something that can be typed. Prompt, help and answers read the
// same options.
type option struct {
	words []string // what is typed, or one of the forms
	offer string   // what the prompt says of it; empty: only help names it
	means string   // what help says of it
	do    func(ctx context.Context, said string)
}

// Forms of what is typed that are no words. What do gets is said in brackets.
const (
	enterAlone = ""  // nothing ("")
	anyNumber  = "#" // digits (the digits)
	slashWords = "/" // a slash and words (the words)
)

// takes reports whether a line is this option's, and what of it do gets.
func (o option) takes(said string) (what string, ok bool) {
	for _, w := range o.words {
		switch {
		case w == anyNumber:
			if said != "" && strings.Trim(said, "0123456789") == "" {
				return said, true
			}
		case w == slashWords:
			if words, ok := strings.CutPrefix(said, "/"); ok {
				return strings.TrimSpace(words), true
			}
		case strings.EqualFold(said, w):
			return "", true
		}
	}
	return "", false
}

// name is how help writes what is typed.
func (o option) name() string {
	names := make([]string, len(o.words))
	for i, w := range o.words {
		switch w {
		case enterAlone:
			names[i] = "Enter alone"
		case anyNumber:
			names[i] = "a number"
		case slashWords:
			names[i] = "/ and words"
		default:
			names[i] = w
		}
	}
	return strings.Join(names, " or ")
}

// options are what can be typed now: what belongs to the place, then what can
// be everywhere.
func (d *dialogue) options() []option {
	options := d.here().options(d)
	offers := d.here().offers()
	for _, o := range d.everywhere() {
		if !strings.Contains(offers, o.words[0]) {
			o.offer = ""
		}
		options = append(options, o)
	}
	return options
}

// everywhere is what can be typed wherever the reader is. The first word of
// each is one character.
func (d *dialogue) everywhere() []option {
	return []option{
		{words: []string{slashWords}, offer: "/ and words to search", means: "the posts with all these words in their title, tags or summary", do: d.search},
		{words: []string{"t", "tags"}, offer: "t for tags", means: "the tags of the blog", do: func(ctx context.Context, _ string) { d.tags(ctx) }},
		{words: []string{"p", "back"}, offer: "p to go back", means: "the place before this one", do: func(ctx context.Context, _ string) { d.back(ctx) }},
		{words: []string{"b", "list"}, offer: "b for the list", means: "the list of all posts", do: func(ctx context.Context, _ string) { d.home(ctx) }},
		{words: []string{"h", "help", "?"}, offer: "h for help", means: "this help", do: func(context.Context, string) { d.help() }},
		{words: []string{"q", "quit", "exit"}, offer: "q to leave", means: "leave the blog", do: func(context.Context, string) {
			d.say("Goodbye.")
			d.over = true
		}},
	}
}

// prompt writes what can be typed, without a line end.
func (d *dialogue) prompt(options []option) {
	var offers []string
	for _, o := range options {
		if o.offer != "" {
			offers = append(offers, o.offer)
		}
	}
	lines := text.Wrap(strings.Join(offers, ", ")+":", d.Width-1)
	d.out.WriteString(strings.Join(lines, "\n") + " ")
}

// help says all that can be typed here.
func (d *dialogue) help() {
	d.say("What can be typed here, with Enter after it:")
	for _, o := range d.options() {
		d.say(o.name() + ": " + o.means + ".")
	}
	site := d.Library().Site()
	if site.Author != "" {
		d.say("The blog is by " + site.Author + ".")
	}
	for _, l := range site.Links {
		d.say(l.Name + ":")
		d.print(l.URL)
	}
	d.print("")
}
