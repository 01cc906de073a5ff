package command

import (
	"strings"

	"github.com/alecthomas/kong"

	"lectern/internal/blog"
)

// manual is the manual page of a blog, in the man macros that groff and mandoc
// share.
func manual(library *blog.Library) string {
	site, date := library.Site(), ""
	if posts := library.Posts(); len(posts) > 0 && !posts[0].Date.IsZero() {
		date = dateOf(posts[0])
	}
	m := &manpage{}
	m.macro(`.TH LECTERN 1 "` + date + `" "" "` + roff(site.Title) + `"`)
	m.section("NAME")
	m.text("lectern - " + strings.TrimSuffix(site.Title+": "+site.Tagline, ": "))
	m.section("SYNOPSIS")
	m.macro(".B " + roff(site.Command()))
	m.text("[VERB] [ARGUMENTS] [FLAGS]")
	m.section("DESCRIPTION")
	m.text("A blog that is read with ssh. What is said here as HOST is what readers connect to.")
	m.section("VERBS")
	for _, v := range verbs() {
		m.macro(".SS " + roff(usageOf(v)))
		m.text(sentence(v.Help))
		for d := range strings.Lines(v.Detail) {
			m.macro(".PP")
			m.text(strings.TrimSpace(d))
		}
		for _, p := range v.Positional {
			m.tagged(p.Tag.PlaceHolder, p.Help)
		}
		m.flags(v.Flags)
	}
	m.section("FLAGS")
	m.flags(commonFlags())
	for _, r := range remarks() {
		m.section(strings.ToUpper(r.title))
		m.text(r.text)
	}
	return m.String()
}

// A manpage is a page that is being written.
type manpage struct{ strings.Builder }

func (m *manpage) macro(s string) { m.WriteString(s + "\n") }

func (m *manpage) section(name string) { m.macro(".SH " + name) }

// text writes text. A line that began with a dot or a quote would be a macro.
func (m *manpage) text(s string) { m.macro(`\&` + roff(s)) }

func (m *manpage) tagged(name, means string) {
	m.macro(".TP")
	m.macro(".B " + roff(name))
	m.text(means)
}

func (m *manpage) flags(flags []*kong.Flag) {
	for _, f := range flags {
		m.tagged(flagOf(f), f.Help)
	}
}

// roff is text in roff, where backslashes and quotes mean something, and a hyphen
// is one that can be typed.
func roff(s string) string {
	return strings.NewReplacer(`\`, `\e`, "-", `\-`, `"`, `\(dq`, "'", `\(aq`).Replace(s)
}
