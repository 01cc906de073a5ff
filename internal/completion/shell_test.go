package completion

import (
	"bytes"
	"context"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// need skips the test, or fails it where LECTERN_TEST_ALL says that nothing
// may be skipped, when a program is not installed.
func need(t *testing.T, programs ...string) {
	t.Helper()
	for _, p := range programs {
		if _, err := exec.LookPath(p); err != nil {
			if os.Getenv("LECTERN_TEST_ALL") != "" {
				t.Fatalf("%s is not installed", p)
			}
			t.Skipf("%s is not installed: this test needs it", p)
		}
	}
}

const blog = "blog.example.com"

// grammar is one with everything in it, and summaries that no shell may run.
func grammar(host, port string) Grammar {
	return Grammar{
		Host: host, Port: port,
		Places: []string{"tag:", "search:"},
		Flags: []Flag{
			{Name: "json", Summary: "as JSON"},
			{Name: "width", Summary: "cells of a line", Takes: true},
			{Name: "theme", Summary: nasty, Values: []string{"dark", "light", "plain"}},
		},
		Verbs: []Verb{
			{Name: "help", Summary: "print this", Values: []string{"ls", "cat"}},
			{Name: "ls", Summary: nasty, Flags: []Flag{{Name: "tag", Summary: "with this tag", Takes: true}}},
			{Name: "cat", Summary: "print a post", Slug: true},
			{Name: "code", Summary: "print the code of a post", Slug: true},
			{Name: "feed", Summary: "what is new", Values: []string{"atom", "rss"}},
			{Name: "linear", Summary: "read by prompts", Slug: true, Values: []string{"latest"}},
			{Name: "tags", Summary: "list the tags"},
		},
	}
}

const nasty = `it's $(touch pwned) ` + "`touch pwned`" + ` [a] "b" \ c\n %d : ; ! {x,y}`

// A desk is a reader's machine: a home, and a PATH whose ssh notes each call in
// the file calls and answers with the file answer, or fails if there is none.
type desk struct {
	dir string
	env []string
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	dir := t.TempDir()
	d := &desk{dir: dir}
	d.program(t, "ssh", "echo \"$*\" >>"+dir+"/calls\nexec cat "+dir+"/answer\n")
	d.write(t, "home/.ssh/config", "Host lonely.example.org\n\tUser me\n")
	d.env = []string{
		"HOME=" + filepath.Join(dir, "home"), "ZDOTDIR=" + filepath.Join(dir, "home"), "TERM=xterm", "LANG=C.UTF-8",
		"PATH=" + filepath.Join(dir, "bin") + ":" + os.Getenv("PATH"),
	}
	return d
}

func (d *desk) path(name string) string { return filepath.Join(d.dir, name) }

// cache is the path of the slugs of a host.
func (d *desk) cache(file string) string { return d.path("home/.cache/lectern/" + file) }

func (d *desk) write(t *testing.T, name, content string) string {
	t.Helper()
	path := d.path(name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// program puts a program of sh on the desk's PATH.
func (d *desk) program(t *testing.T, name, text string) {
	t.Helper()
	if err := os.Chmod(d.write(t, "bin/"+name, "#!/bin/sh\n"+text), 0o755); err != nil {
		t.Fatal(err)
	}
}

// script writes the script for a shell and a host, and returns its path.
func (d *desk) script(t *testing.T, shell string, g Grammar) string {
	t.Helper()
	s, err := Script(shell, g)
	if err != nil {
		t.Fatal(err)
	}
	return d.write(t, g.Host+"-"+g.Port+"."+shell, s)
}

// calls are what the fake ssh was called with.
func (d *desk) calls(t *testing.T) []string {
	t.Helper()
	said, err := os.ReadFile(d.path("calls"))
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSuffix(string(said), "\n"), "\n")
}

// complete types each line into a shell that has read the scripts, presses TAB
// at its end, and returns what is offered, sorted, as the words that result.
func (d *desk) complete(t *testing.T, shell string, scripts []string, lines ...string) [][]string {
	t.Helper()
	args := []string{"testdata/drive." + shell}
	switch shell {
	case "bash":
		args = append([]string{"bash", "--norc"}, args...)
	case "zsh":
		args = append([]string{"zsh", "-f"}, args...)
	case "fish":
		args = append([]string{"fish", "-i"}, args...)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	args = append(args, scripts...)
	cmd := exec.CommandContext(ctx, args[0], args[1:]...)
	var out, errs bytes.Buffer
	cmd.Env, cmd.Stdin, cmd.Stdout, cmd.Stderr = d.env, strings.NewReader(strings.Join(lines, "\n")+"\n"), &out, &errs
	ended := inherit(t, cmd)
	t.Cleanup(ended)
	if err := cmd.Run(); err != nil {
		t.Fatalf("%s: %v\n%s%s", shell, err, out.String(), errs.String())
	}
	for line := range strings.Lines(errs.String()) {
		if !strings.Contains(line, "compopt: not currently executing completion function") { // of bash-completion's _ssh
			t.Errorf("%s complains: %s", shell, line)
		}
	}
	var offers [][]string
	for line := range strings.Lines(out.String()) {
		line = strings.TrimSuffix(line, "\n")
		switch line {
		case "[":
			offers = append(offers, nil)
		case "]":
			last := &offers[len(offers)-1]
			slices.Sort(*last)
			*last = slices.Compact(*last)
		default:
			last := len(offers) - 1
			offers[last] = append(offers[last], line)
		}
	}
	if len(offers) != len(lines) {
		t.Fatalf("%s answered %d of %d lines: %s", shell, len(offers), len(lines), out.String())
	}
	if _, err := os.Stat("pwned"); err == nil {
		t.Fatalf("%s ran what it should have shown", shell)
	}
	return offers
}

// inherit gives the program, and what it leaves in the background, the end of a
// pipe, so that the returned function, after cmd.Run, can wait until all have ended.
func inherit(t *testing.T, cmd *exec.Cmd) (ended func()) {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd.ExtraFiles = []*os.File{w}
	return func() {
		w.Close()
		_, _ = io.Copy(io.Discard, r) // fetch.sh ends within 20 s
		r.Close()
	}
}

// plain takes what fish says beside each word, and what the three shells write
// differently before a value: --theme=dark and dark.
func plain(offer []string) []string {
	var words []string
	for _, word := range offer {
		word, _, _ = strings.Cut(word, "\t")
		if _, value, ok := strings.Cut(word, "="); ok && strings.HasPrefix(word, "--") {
			word = value
		}
		words = append(words, word)
	}
	return words
}

// await waits until the condition holds.
func await(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for deadline := time.Now().Add(30 * time.Second); !holds(); {
		if time.Now().After(deadline) {
			t.Fatalf("waited in vain for %s", what)
		}
		time.Sleep(10 * time.Millisecond) // between two looks
	}
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
