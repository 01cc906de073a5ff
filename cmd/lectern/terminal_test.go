package main

import (
	"testing"

	"github.com/charmbracelet/colorprofile"
)

func TestProfileFollowsWhatTheTerminalTells(t *testing.T) {
	tests := []struct {
		term string
		vars map[string]string
		want colorprofile.Profile
	}{
		{"xterm-256color", nil, colorprofile.ANSI256},
		{"xterm-256color", map[string]string{"COLORTERM": "truecolor"}, colorprofile.TrueColor},
		{"xterm-256color", map[string]string{"NO_COLOR": "1"}, colorprofile.ASCII},
		{"xterm-256color", map[string]string{"NO_COLOR": "yes", "COLORTERM": "truecolor"}, colorprofile.ASCII},
		{"xterm-256color", map[string]string{"NO_COLOR": ""}, colorprofile.ANSI256},
		{"xterm", nil, colorprofile.ANSI},
		{"screen", nil, colorprofile.ANSI256},
		{"tmux-256color", nil, colorprofile.ANSI256},
		{"linux", nil, colorprofile.ANSI},
		{"vt100", nil, colorprofile.ASCII},
		{"vt220", map[string]string{"COLORTERM": "truecolor"}, colorprofile.ASCII},
		{"xterm-mono", nil, colorprofile.ASCII},
		{"dumb", nil, colorprofile.NoTTY},
		{"", nil, colorprofile.NoTTY},
		{"something-new", nil, colorprofile.ANSI},
		{"xterm-256color", map[string]string{"TTY_FORCE": "1", "TMUX": "x", "CLICOLOR_FORCE": "1"}, colorprofile.ANSI256},
	}
	for _, tt := range tests {
		if got := profile(tt.term, tt.vars); got != tt.want {
			t.Errorf("profile(%q, %v) = %v, want %v", tt.term, tt.vars, got, tt.want)
		}
	}
}

func TestHyperlinksAreKeptFromTerminalsThatPrintThem(t *testing.T) {
	for term, want := range map[string]bool{
		"xterm-256color": true, "tmux-256color": true, "foot": true, "rxvt-unicode": true,
		"linux": false, "vt100": false, "vt220": false, "dumb": false, "screen.xterm-256color": false, "": false,
	} {
		if got := hyperlinks(term); got != want {
			t.Errorf("hyperlinks(%q) = %v, want %v", term, got, want)
		}
	}
}

func TestALocaleOrAnOldTerminalAsksForASCII(t *testing.T) {
	for _, tt := range []struct {
		term string
		vars map[string]string
		want bool
	}{
		{"xterm-256color", nil, false},
		{"xterm", map[string]string{"LANG": "en_US.UTF-8"}, false},
		{"xterm", map[string]string{"LANG": "C.utf8"}, false},
		{"xterm", map[string]string{"LANG": "de_DE"}, false},
		{"xterm", map[string]string{"LANG": "C"}, true},
		{"xterm", map[string]string{"LANG": "en_US.UTF-8", "LC_ALL": "POSIX"}, true},
		{"xterm", map[string]string{"LANG": "C", "LC_CTYPE": "C.UTF-8"}, false},
		{"xterm", map[string]string{"LANG": "de_DE.ISO-8859-15@euro"}, true},
		{"vt100", nil, true},
		{"vt220", map[string]string{"LANG": "C.UTF-8"}, false},
		{"linux", nil, false},
	} {
		if got := asciiOnly(tt.term, tt.vars); got != tt.want {
			t.Errorf("%s with %v: %t, want %t", tt.term, tt.vars, got, tt.want)
		}
	}
}
