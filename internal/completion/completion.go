// Package completion writes the scripts with which a reader's shell completes
// Lectern's verbs, their flags and the slugs of posts behind `ssh HOST`.
//
// The rules are:
//   - a script extends the shell's own completion of ssh; any other host is
//     completed as it was, and several blogs live side by side;
//   - the shell never waits for the network: slugs come from a file that is
//     fetched in the background (fetch.sh has its bounds);
//   - nothing that comes from a host is ever code: Script refuses names that
//     could be, and fetch.sh takes only lines that are slugs.
package completion

import (
	"embed"
	"fmt"
	"net"
	"regexp"
	"strconv"
	"strings"
	"text/template"
	"unicode"
	"unicode/utf8"
)

// A Grammar is what can stand behind `ssh HOST`.
type Grammar struct {
	Host   string // as readers type it: a name, an IPv4 or IPv6 address, the latter in brackets or not
	Port   string // empty: the one their ssh takes without being told
	Verbs  []Verb
	Flags  []Flag   // those that every verb takes
	Places []string // beginnings of a first word that are no verb, as "tag:"; they end in a colon
}

// A Verb is a first word. Names are lower-case letters, digits and hyphens.
type Verb struct {
	Name, Summary string
	Flags         []Flag
	Slug          bool     // its first argument may be a post
	Values        []string // what its first argument may be besides
}

// A Flag is given as --name, or if it takes a value as --name=VALUE or --name VALUE.
type Flag struct {
	Name, Summary string   // the name without hyphens
	Values        []string // the values it can have, if they can be listed
	Takes         bool     // it takes a value; so does a flag with Values
}

//go:embed completion.bash completion.zsh completion.fish fetch.sh
var sources embed.FS

// Shells are those for which there is a script.
func Shells() []string { return []string{"bash", "zsh", "fish"} }

// Script returns the script for a shell. The error, one line, says what is wrong
// with the shell, the host or the port, which may come from a reader; a grammar
// whose words are not plain is refused as well.
func Script(shell string, g Grammar) (string, error) {
	d, ok := dialects()[shell]
	if !ok {
		return "", fmt.Errorf("no completion for the shell %.40q; there is bash, zsh and fish", shell)
	}
	if n := len(g.Host); n > 2 && g.Host[0] == '[' && g.Host[n-1] == ']' {
		g.Host = g.Host[1 : n-1] // the scripts take them off what readers type
	}
	if err := g.check(); err != nil {
		return "", err
	}
	name := "completion." + shell
	t, err := template.New(name).Funcs(d).ParseFS(sources, name)
	if err != nil {
		return "", fmt.Errorf("read %s: %w", name, err)
	}
	fetch, err := sources.ReadFile("fetch.sh")
	if err != nil {
		return "", fmt.Errorf("read fetch.sh: %w", err)
	}
	var out strings.Builder
	if err := t.Execute(&out, page{g, string(fetch)}); err != nil {
		return "", fmt.Errorf("write %s: %w", name, err)
	}
	return out.String(), nil
}

// A page is what the templates are given.
type page struct {
	Grammar
	Fetch string
}

// Function is the name of the function that holds the grammar of the host. It is
// also how a script knows the host: a host is ours if there is such a function.
func (p page) Function() string { return "_lectern@" + p.Host }

// Command is what readers type before a verb.
func (p page) Command() string {
	if p.Port == "" {
		return "ssh " + p.Host
	}
	return "ssh -p " + p.Port + " " + p.Host
}

// Asked is how the host is named to whoever is to write a script for it, in a
// command of a shell. To zsh the brackets of an IPv6 address are a pattern.
func (p page) Asked() string {
	switch {
	case p.Port == "":
		return p.Host
	case strings.Contains(p.Host, ":"):
		return "'" + net.JoinHostPort(p.Host, p.Port) + "'"
	}
	return net.JoinHostPort(p.Host, p.Port)
}

// File is the name of the files that belong to the host.
func (p page) File() string {
	if p.Port == "" {
		return p.Host
	}
	return p.Host + "-" + p.Port
}

// First are the words that can begin, without slugs.
func (p page) First() string {
	var words []string
	for _, v := range p.Verbs {
		words = append(words, v.Name)
	}
	return strings.Join(append(words, p.Places...), " ")
}

var (
	hosts  = regexp.MustCompile(`^[A-Za-z0-9:_][A-Za-z0-9._:-]{0,252}$`)
	names  = regexp.MustCompile(`^[a-z0-9][a-z0-9-]*$`)
	values = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]*$`)
	places = regexp.MustCompile(`^[a-z]+:$`)
)

func (g Grammar) check() error {
	if !hosts.MatchString(g.Host) {
		return fmt.Errorf("the host %.80q is no name or address: only letters, digits and . - _ : may be in it", g.Host)
	}
	if n, err := strconv.ParseUint(g.Port, 10, 16); g.Port != "" && (err != nil || n == 0 || g.Port[0] == '0') {
		return fmt.Errorf("the port %.40q is no number from 1 to 65535", g.Port)
	}
	for _, v := range g.Verbs {
		if err := checkWord(names, v.Name, v.Summary, v.Values); err != nil {
			return err
		}
		if err := checkFlags(v.Flags); err != nil {
			return err
		}
	}
	for _, p := range g.Places {
		if !places.MatchString(p) {
			return fmt.Errorf("the place %q is no plain word and a colon", p)
		}
	}
	return checkFlags(g.Flags)
}

func checkFlags(flags []Flag) error {
	for _, f := range flags {
		if err := checkWord(names, f.Name, f.Summary, f.Values); err != nil {
			return err
		}
	}
	return nil
}

func checkWord(name *regexp.Regexp, word, summary string, offered []string) error {
	if !name.MatchString(word) {
		return fmt.Errorf("the word %q is not of lower-case letters, digits and hyphens", word)
	}
	if !utf8.ValidString(summary) || strings.ContainsFunc(summary, unicode.IsControl) {
		return fmt.Errorf("the summary of %s, %q, is not one line of text", word, summary)
	}
	for _, v := range offered {
		if !values.MatchString(v) {
			return fmt.Errorf("the value %q of %s is no plain word", v, word)
		}
	}
	return nil
}
