package command

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"lectern/internal/blog"
	"lectern/internal/completion"
)

func TestEveryVerbIsInHelpInTheManualAndHasItsOwn(t *testing.T) {
	env, out, _ := desk(t, 80)
	Run(t.Context(), env, []string{"help"})
	help := out.String()
	out.Reset()
	Run(t.Context(), env, []string{"help", "--man"})
	man := out.String()
	if len(verbs()) < 15 {
		t.Fatalf("%d verbs", len(verbs()))
	}
	for _, v := range verbs() {
		out.Reset()
		if got := Run(t.Context(), env, []string{"help", v.Name}); got != OK || !strings.Contains(out.String(), v.Help[1:]) && !strings.Contains(out.String(), "\n") {
			t.Errorf("help %s: %d, %s", v.Name, got, out)
		}
		if !strings.Contains(help, "  "+shortUsage(v)) || !strings.Contains(man, ".SS "+roff(usageOf(v))+"\n") {
			t.Errorf("%s is not in the help or the manual", v.Name)
		}
	}
}

func TestHelpFitsOnATerminalOf24Lines(t *testing.T) {
	env, out, _ := desk(t, 80)
	Run(t.Context(), env, []string{"help"})
	if got := strings.Count(out.String(), "\n"); got > 23 { // the last line is the shell's
		t.Errorf("help has %d lines", got)
	}
}

func TestTheManualKeepsWhatRoffWouldObey(t *testing.T) {
	fsys := fstest.MapFS{"blog.yaml": {Data: []byte("title: '.so /etc/passwd \\fB'\ntagline: \".ig\"\nhost: '\"; x'\n")}}
	library, err := blog.Load(fsys, time.Now(), nil)
	if err != nil {
		t.Fatal(err)
	}
	macros := []string{".TH", ".SH", ".SS", ".PP", ".TP", ".B"}
	for line := range strings.Lines(manual(library)) {
		name, _, _ := strings.Cut(strings.TrimSpace(line), " ")
		if !strings.HasPrefix(line, `\&`) && !slices.Contains(macros, name) || strings.Contains(line, `\f`) {
			t.Errorf("roff would obey %q", line)
		}
	}
}

func TestCompletionKnowsTheWholeGrammar(t *testing.T) {
	for _, shell := range completion.Shells() {
		script, err := Completion(shell, "blog.example.com:2222")
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range verbs() {
			if !strings.Contains(script, v.Name) {
				t.Errorf("%s: the verb %s is not there", shell, v.Name)
			}
			for _, f := range v.Flags {
				if !strings.Contains(script, f.Name) {
					t.Errorf("%s: the flag %s is not there", shell, f.Name)
				}
			}
		}
		for _, want := range []string{"always", "night", "tag:", "rss", "2222"} {
			if !strings.Contains(script, want) {
				t.Errorf("%s: %s is not there", shell, want)
			}
		}
	}
}
