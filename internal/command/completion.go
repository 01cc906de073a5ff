package command

import (
	"context"
	"strings"

	"github.com/alecthomas/kong"

	"lectern/internal/blog"
	"lectern/internal/completion"
)

type completionVerb struct {
	Shell string `arg:"" enum:"bash,zsh,fish" placeholder:"SHELL" help:"bash, zsh or fish"`
	Host  string `arg:"" optional:"" placeholder:"HOST" help:"how you call the blog, if it is not the name that it gives itself: an alias of your ssh, or HOST:PORT"`
}

// Help implements kong's HelpProvider.
func (completionVerb) Help() string {
	return "The head of the script says how to install it. It completes verbs, flags and the names of posts behind ssh HOST, " +
		"asks the blog for the names in the background, and leaves other hosts as they are."
}

func (v *completionVerb) run(_ context.Context, r *request) error {
	host := v.Host
	if host == "" {
		host = r.Library.Site().Host
	}
	if host == "" {
		return fail(Usage, "the blog does not know its own name; say how you call it: completion %s HOST", v.Shell)
	}
	script, err := Completion(v.Shell, host)
	if err != nil {
		return fail(Usage, "%v", err)
	}
	if r.asked.JSON {
		return fail(Usage, "completion is a script and has no JSON; help has")
	}
	out := r.page()
	_, _ = out.WriteString(script)
	return out.end()
}

// Completion is the script with which a reader's shell completes the grammar
// behind ssh HOST; host may have a port behind a colon. The errors are one line
// for whoever asked.
func Completion(shell, host string) (string, error) {
	g := completion.Grammar{Flags: completionFlags(commonFlags()), Places: []string{"tag:", "search:"}}
	g.Host, g.Port = blog.Site{Host: host}.Address()
	all := verbs()
	for _, v := range all {
		c := completion.Verb{Name: v.Name, Summary: v.Help, Flags: completionFlags(v.Flags)}
		if len(v.Positional) > 0 {
			switch p := v.Positional[0]; {
			case strings.HasPrefix(p.Tag.PlaceHolder, "SLUG"), p.Tag.PlaceHolder == "PLACE":
				c.Slug = true
			case p.Tag.PlaceHolder == "VERB":
				for _, other := range all {
					c.Values = append(c.Values, other.Name)
				}
			case p.Enum != "":
				c.Values = strings.Split(p.Enum, ",")
			}
		}
		g.Verbs = append(g.Verbs, c)
	}
	return completion.Script(shell, g)
}

func completionFlags(flags []*kong.Flag) []completion.Flag {
	var list []completion.Flag
	for _, f := range flags {
		c := completion.Flag{Name: f.Name, Summary: f.Help, Takes: !f.IsBool()}
		if f.Enum != "" {
			c.Values = strings.Split(f.Enum, ",")
		}
		list = append(list, c)
	}
	return list
}
