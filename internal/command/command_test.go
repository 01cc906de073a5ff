package command

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/charmbracelet/colorprofile"

	"lectern/internal/blog"
	"lectern/internal/render"
	"lectern/internal/text"
	"lectern/internal/theme"
)

// desk is a library of three posts and what a verb writes.
func desk(t *testing.T, width int) (*Env, *bytes.Buffer, *bytes.Buffer) {
	t.Helper()
	fsys := fstest.MapFS{"blog.yaml": {Data: []byte("title: The Test\ntagline: a tagline\nhost: blog.example.com\n")}}
	for i, title := range []string{"First steps", "Second thoughts", "三番目の投稿、長い題名はここで折り返されるはずです、きっとそうです"} {
		fsys[fmt.Sprintf("post-%d.md", i)] = &fstest.MapFile{Data: fmt.Appendf(nil,
			"---\ntitle: %q\ndate: 2026-10-%02d\n---\n\n%s\n", title, 20-i, strings.Repeat("Words and words. ", 30))}
	}
	library, err := blog.Load(fsys, time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC), nil)
	if err != nil {
		t.Fatal(err)
	}
	var out, errs bytes.Buffer
	return &Env{
		Library: library, Docs: render.NewCache(1<<20, 1), Out: &out, Err: &errs,
		Width: width, Palette: theme.Plain().For(colorprofile.NoTTY),
	}, &out, &errs
}

func TestStatusAndStreams(t *testing.T) {
	tests := []struct {
		args   []string
		status int
		out    string // holds
		err    string // holds; empty: nothing on Err
	}{
		{nil, OK, "The Test", ""},
		{[]string{"help"}, OK, "usage: ssh blog.example.com", ""},
		{[]string{"--help"}, OK, "usage: ssh blog.example.com", ""},
		{[]string{"-h"}, OK, "usage: ssh blog.example.com", ""},
		{[]string{"ls"}, OK, "post-0\t2026-10-20\tFirst steps\n", ""},
		{[]string{"cat", "post-1"}, OK, "Second thoughts", ""},
		{[]string{"linear"}, OK, "The posts, newest first:\n1. First steps, 20 October 2026, 1 minute\n", ""},
		{[]string{"linear", "post-1"}, OK, "Second thoughts\n19 October 2026", ""},
		{[]string{"linear", "a", "b"}, Usage, "", "usage: linear [PLACE]"},
		{[]string{"cat", "post-9"}, NotFound, "", `no post "post-9"; did you mean "post-`},
		{[]string{"cat", "\x1b[31m\u202eevil"}, NotFound, "", "no post"},
		{[]string{"cat"}, Usage, "", "usage: cat SLUG"},
		{[]string{"cat", "a", "b"}, Usage, "", "usage: cat SLUG"},
		{[]string{"ls", "x"}, Usage, "", "ls takes no arguments"},
		{[]string{"rm", "-rf"}, Usage, "", `no verb "rm"; try help`},
		{[]string{strings.Repeat("x", 5000)}, Usage, "", "no verb"},
	}
	for _, tt := range tests {
		env, out, errs := desk(t, 80)
		if got := Run(t.Context(), env, tt.args); got != tt.status {
			t.Errorf("%.40q: status %d, want %d", tt.args, got, tt.status)
		}
		if !strings.Contains(out.String(), tt.out) || tt.status != OK && out.Len() > 0 {
			t.Errorf("%.40q: out %q, want %q in it", tt.args, out, tt.out)
		}
		if !strings.Contains(errs.String(), tt.err) || tt.err == "" && errs.Len() > 0 {
			t.Errorf("%.40q: err %q, want %q in it", tt.args, errs, tt.err)
		}
		if n := strings.Count(errs.String(), "\n"); errs.Len() > 0 && n != 1 || errs.Len() > 200 || strings.ContainsAny(errs.String(), "\x1b\u202e") {
			t.Errorf("%.40q: the error is not one safe line: %q", tt.args, errs)
		}
	}
}

func TestOutputFitsTheWidthAndEndsInOneNewline(t *testing.T) {
	for _, width := range []int{20, 21, 40, 80, 100} {
		for _, args := range [][]string{nil, {"help"}, {"cat", "post-0"}, {"cat", "post-2"}, {"linear"}, {"linear", "post-2"}} {
			env, out, _ := desk(t, width)
			if got := Run(t.Context(), env, args); got != OK {
				t.Fatalf("%v at %d: status %d", args, width, got)
			}
			for line := range strings.Lines(out.String()) {
				if w := text.Width(strings.TrimSuffix(line, "\n")); w > width {
					t.Errorf("%v at %d: a line has %d cells: %q", args, width, w, line)
				}
			}
			if s := out.String(); !strings.HasSuffix(s, "\n") || strings.HasSuffix(s, "\n\n") || strings.Contains(s, "\x1b") {
				t.Errorf("%v at %d: ends in %q, or holds sequences", args, width, s[max(0, len(s)-10):])
			}
		}
	}
}

func TestHelpNamesEveryVerb(t *testing.T) {
	env, out, _ := desk(t, 80)
	Run(t.Context(), env, []string{"help"})
	for _, v := range verbs() {
		if !strings.Contains(out.String(), "  "+strings.TrimSpace(v.name+" "+v.args)) || !strings.Contains(out.String(), strings.Fields(v.summary)[0]) {
			t.Errorf("help does not name %s", v.name)
		}
	}
}

func TestTheIndexNamesTheAuthorAndTheLinks(t *testing.T) {
	env, out, _ := desk(t, 80)
	fsys := fstest.MapFS{"blog.yaml": {Data: []byte("title: T\nauthor: An Author\nlinks: [{name: Code, url: 'https://example.com/code'}]\n")}}
	var err error
	if env.Library, err = blog.Load(fsys, time.Now(), nil); err != nil {
		t.Fatal(err)
	}
	Run(t.Context(), env, nil)
	for _, want := range []string{"An Author", "Code: https://example.com/code"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("the index does not hold %q:\n%s", want, out)
		}
	}
}

func TestReadPostsAreTold(t *testing.T) {
	env, _, _ := desk(t, 80)
	var opened []string
	env.Opened = func(slug string) { opened = append(opened, slug) }
	Run(t.Context(), env, []string{"cat", "post-1"})
	Run(t.Context(), env, []string{"cat", "nothing"})
	Run(t.Context(), env, []string{"ls"})
	if len(opened) != 1 || opened[0] != "post-1" {
		t.Errorf("told %v, want [post-1]", opened)
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no more") }

func TestAWriterThatFailsIsTryAgain(t *testing.T) {
	for _, args := range [][]string{nil, {"help"}, {"ls"}, {"cat", "post-0"}, {"linear"}} {
		env, _, errs := desk(t, 80)
		env.Out = full{}
		if got := Run(t.Context(), env, args); got != Failed {
			t.Errorf("%v: status %d, want %d", args, got, Failed)
		}
		if !strings.Contains(errs.String(), "try again") || strings.Contains(errs.String(), "no more") {
			t.Errorf("%v: err %q", args, errs)
		}
	}
}

func TestTheDialogueIsWithTheReaderAndTheNewestLibrary(t *testing.T) {
	env, out, _ := desk(t, 80)
	env.PTY = true
	env.In = strings.NewReader("b\r1\x7fq\r")
	asked := 0
	env.Current = func() *blog.Library { asked++; return env.Library }
	if got := Run(t.Context(), env, []string{"linear", "post-1"}); got != OK {
		t.Errorf("status %d", got)
	}
	if s := out.String(); !strings.Contains(s, "q to leave: b\n") || !strings.HasSuffix(s, "q to leave: 1\b \bq\nGoodbye.\n") || asked == 0 {
		t.Errorf("asked %d times for a library, got %q", asked, s)
	}
}
