package main

import (
	"strings"

	"github.com/charmbracelet/colorprofile"
)

// profile says what colours a terminal can show, from what it tells: TERM
// always, COLORTERM and NO_COLOR when the reader's ssh sends them.
func profile(term string, vars map[string]string) colorprofile.Profile {
	environ := []string{"TERM=" + term, "COLORTERM=" + vars["COLORTERM"]}
	if vars["NO_COLOR"] != "" {
		// Any value counts (no-color.org); colorprofile v0.4.3 takes only "1"
		// and "true".
		environ = append(environ, "NO_COLOR=1")
	}
	p := colorprofile.Env(environ)
	if family(term) == "vt" || strings.HasSuffix(term, "-m") || strings.HasSuffix(term, "-mono") {
		p = min(p, colorprofile.ASCII)
	}
	return p
}

// hyperlinks reports whether the terminal takes OSC 8. Most that do not know
// it skip it; these print it.
func hyperlinks(term string) bool {
	switch family(term) {
	case "", "ansi", "cons", "cygwin", "dumb", "linux", "screen", "sun", "vt", "wy":
		return false
	}
	return true
}

// clipboard reports whether the terminal may take OSC 52. Nothing tells whether
// it does: many ask their user first, or have it switched off.
func clipboard(term string) bool { return hyperlinks(term) }

// asciiOnly reports whether the terminal shows no more than ASCII: its reader's
// locale says so, or it is a terminal from before there was more.
func asciiOnly(term string, vars map[string]string) bool {
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		locale := vars[name]
		if locale == "" {
			continue
		}
		name, charset, _ := strings.Cut(locale, ".")
		charset, _, _ = strings.Cut(strings.ToLower(charset), "@")
		return charset != "" && charset != "utf-8" && charset != "utf8" || charset == "" && (name == "C" || name == "POSIX")
	}
	return family(term) == "vt"
}

// family is the name of a terminal's kind: its letters up to the first digit,
// dash or dot ("vt" of vt220, "xterm" of xterm-256color).
func family(term string) string {
	if i := strings.IndexAny(term, "0123456789-."); i >= 0 {
		return term[:i]
	}
	return term
}
