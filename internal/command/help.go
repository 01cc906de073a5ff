package command

import (
	"context"
	"strings"

	"github.com/alecthomas/kong"

	"lectern/internal/text"
)

type helpVerb struct {
	Verb string `arg:"" optional:"" placeholder:"VERB" help:"the verb to tell all about"`
	Man  bool   `help:"print a manual page, for man -l -"`
}

// Help implements kong's HelpProvider.
func (helpVerb) Help() string {
	return "ssh HOST help --man | man -l - shows all of it as a manual page.\n" +
		"With --json: verbs, a list of name, usage and summary; of VERB alone, if it is given."
}

// Where help explains a flag or an argument, and where a verb: the latter leaves
// room for the longest of them.
const (
	column     = 20
	verbColumn = 27
)

func (v *helpVerb) run(_ context.Context, r *request) error {
	nodes := verbs()
	if v.Verb != "" {
		node := verbNamed(v.Verb)
		if node == nil {
			return fail(NotFound, "no verb %q; help lists them", text.Field(v.Verb, 40))
		}
		nodes = []*kong.Node{node}
	}
	switch {
	case r.asked.JSON:
		return r.jsonList("verbs", len(nodes), func(i int) any {
			return struct {
				Name    string `json:"name"`
				Usage   string `json:"usage"`
				Summary string `json:"summary"`
			}{nodes[i].Name, usageOf(nodes[i]), nodes[i].Help}
		})
	case v.Man:
		out := r.page()
		_, _ = out.WriteString(manual(r.Library))
		return out.end()
	case v.Verb == "":
		return r.help()
	}
	return r.helpOn(nodes[0])
}

// help names all verbs. In 80 cells it is no longer than a terminal of 24 lines
// shows at once; what holds for all verbs is in what helpOn tells about help.
func (r *request) help() error {
	out := r.page()
	out.para("usage: "+r.Library.Site().Command()+" [VERB] [ARGUMENTS] [FLAGS]", plainly)
	out.line("")
	for _, v := range verbs() {
		out.entry("  "+shortUsage(v), v.Help, verbColumn)
	}
	out.line("")
	out.para("ssh -t HOST SLUG opens a post on a screen, scp -r HOST:/posts . fetches all. help VERB has all about one, "+
		"help help about flags, places, records, JSON and exit statuses, and help --man | man -l - is the manual page.", plainly)
	return out.end()
}

// A remark is what there is to know besides the verbs.
type remark struct{ title, text string }

func remarks() []remark {
	return []remark{
		{"Places", "SLUG, SLUG#HEADING, tag:TAG and search:WORDS. ssh -t HOST PLACE opens it on a screen; without -t, and with any flag, it is printed. " +
			"Without anything: the screens in a terminal, linear in one that cannot show them, the index in a pipe."},
		{"Records", "A list has one a line, its fields parted by tabs, and the first field is what the next verb takes. " +
			"Only a terminal and --width cut them."},
		{"JSON", "An object with version, which is 1 until a field goes or means something else; new fields may come."},
		{"Exit status", "0; 1 when there is no such thing; 2 for a command that makes no sense; 75 when it may work later."},
		{"Files", "scp -r HOST:/posts . and sftp HOST fetch the Markdown of all posts; sshfs mounts it."},
	}
}

// shortUsage is a verb with its arguments.
func shortUsage(v *kong.Node) string {
	usage, _, _ := strings.Cut(usageOf(v), " [--")
	return usage
}

// helpOn tells all about one verb.
func (r *request) helpOn(v *kong.Node) error {
	out := r.page()
	out.para("usage: "+r.Library.Site().Command()+" "+usageOf(v), plainly)
	out.line("")
	out.para(sentence(v.Help), plainly)
	for d := range strings.Lines(v.Detail) {
		out.line("")
		out.para(strings.TrimSpace(d), plainly)
	}
	if len(v.Positional)+len(v.Flags) > 0 {
		out.line("")
	}
	for _, p := range v.Positional {
		out.entry("  "+p.Tag.PlaceHolder, p.Help, column)
	}
	out.flags(v.Flags)
	out.line("")
	if v.Name != "help" {
		out.para("And what every verb takes, which help help explains: --json, --width N, --theme NAME and --color WHEN.", plainly)
		return out.end()
	}
	out.para("Every verb takes:", plainly)
	out.flags(commonFlags())
	for _, m := range remarks() {
		out.line("")
		out.para(m.title+": "+m.text, plainly)
	}
	return out.end()
}

// commonFlags are the flags that every verb takes.
func commonFlags() []*kong.Flag { return model().Flags }

func (p page) flags(flags []*kong.Flag) {
	for _, f := range flags {
		p.entry("  "+flagOf(f), f.Help, column)
	}
}

// sentence is a summary as a sentence of its own.
func sentence(s string) string { return strings.ToUpper(s[:1]) + s[1:] + "." }
