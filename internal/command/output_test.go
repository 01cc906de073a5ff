package command

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"

	"lectern/internal/text"
)

func TestTextFitsTheWidthAndEndsInOneNewline(t *testing.T) {
	lines := []string{
		"", "help", "help ls", "help code", "cat post-0", "cat post-2", "cat parts#first-part", "latest", "random", "about", "whoami", "version",
		"linear", "linear post-2", "linear search:words", "ls", "tags", "toc parts", "links parts", "code parts", "search words",
	}
	for _, asked := range []int{0, 20, 21, 40, 80, 100, 500} {
		for _, line := range lines {
			env, out, _ := desk(t, 80)
			args := strings.Fields(line)
			width := 80
			if asked != 0 {
				args, width = append(args, "--width", fmt.Sprint(asked)), asked
			}
			if got := Run(t.Context(), env, args); got != OK {
				t.Fatalf("%v at %d: status %d", args, width, got)
			}
			for line := range strings.Lines(out.String()) {
				if asked == 0 && strings.Contains(line, "\t") {
					continue // records are whole
				}
				if w := shownWidth(strings.TrimSuffix(line, "\n")); w > width {
					t.Errorf("%v: a line has %d cells: %q", args, w, line)
				}
			}
			if s := out.String(); !strings.HasSuffix(s, "\n") || strings.HasSuffix(s, "\n\n") || strings.Contains(s, "\x1b") {
				t.Errorf("%v: ends in %q, or holds sequences", args, s[max(0, len(s)-10):])
			}
		}
	}
}

func shownWidth(line string) int {
	at := 0
	for i, part := range strings.Split(line, "\t") {
		if i > 0 {
			at = (at/8 + 1) * 8
		}
		at += text.Width(part)
	}
	return at
}

func TestRecordsAreWholeUnlessAWidthIsAskedForOrATerminalShowsThem(t *testing.T) {
	const whole = "post-2\t2026-10-18\t三番目の投稿、長い題名はここで折り返されるはずです、きっとそうです\n"
	for _, tt := range []struct {
		pty   bool
		args  []string
		whole bool
	}{
		{false, []string{"ls"}, true},
		{false, []string{"ls", "--width", "40"}, false},
		{true, []string{"ls"}, false},
	} {
		env, out, _ := desk(t, 40)
		env.PTY = tt.pty
		Run(t.Context(), env, tt.args)
		if got := strings.Contains(out.String(), whole); got != tt.whole {
			t.Errorf("pty %v, %v: whole %v, want %v:\n%s", tt.pty, tt.args, got, tt.whole, out)
		}
	}
}

func TestColoursAreShownInATerminalOrWhenAskedFor(t *testing.T) {
	const bold, colour = "\x1b[1m", "\x1b[1;38;5;"
	for _, tt := range []struct {
		pty          bool
		flags        string
		bold, colour bool
	}{
		{false, "", false, false},
		{false, "--theme dark", false, false},
		{false, "--color always", false, true},
		{false, "--color always --theme light", false, true},
		{true, "", true, false},
		{true, "--theme dark", false, true},
		{true, "--color never", false, false},
		{true, "--color never --theme dark", false, false},
	} {
		env, out, _ := desk(t, 80)
		env.PTY = tt.pty
		env.Profile = colorprofile.ANSI256
		Run(t.Context(), env, append([]string{"parts#first-part"}, strings.Fields(tt.flags)...))
		if got := strings.Contains(out.String(), bold); got != tt.bold {
			t.Errorf("pty %v, %q: bold %v, want %v: %q", tt.pty, tt.flags, got, tt.bold, out)
		}
		if got := strings.Contains(out.String(), colour); got != tt.colour {
			t.Errorf("pty %v, %q: colour %v, want %v: %q", tt.pty, tt.flags, got, tt.colour, out)
		}
		if got := strings.Contains(out.String(), "\x1b"); got != (tt.bold || tt.colour) {
			t.Errorf("pty %v, %q: sequences %v: %q", tt.pty, tt.flags, got, out)
		}
	}
}

func TestEveryVerbPrintsOneJSONObjectOfTheVersion(t *testing.T) {
	args := map[string]string{"cat": "parts", "raw": "parts", "search": "words", "links": "parts", "code": "parts", "toc": "parts", "linear": "-"}
	for _, v := range verbs() {
		switch v.Name {
		case "linear", "completion", "feed":
			continue // have none, or one of its own
		}
		env, out, errs := desk(t, 80)
		if got := Run(t.Context(), env, append(strings.Fields(v.Name+" "+args[v.Name]), "--json")); got != OK {
			t.Errorf("%s: status %d: %s", v.Name, got, errs)
			continue
		}
		var value struct{ Version int }
		dec := json.NewDecoder(bytes.NewReader(out.Bytes()))
		if err := dec.Decode(&value); err != nil || dec.More() || value.Version != 1 || !bytes.HasSuffix(out.Bytes(), []byte("}\n")) {
			t.Errorf("%s: %v, version %d, more %v: %.300s", v.Name, err, value.Version, dec.More(), out)
		}
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no more") }

func TestAWriterThatFailsIsTryAgainAndNoFaultOfTheServer(t *testing.T) {
	for _, line := range []string{"", "help", "help --man", "ls", "ls --json", "cat post-0", "cat post-0 --json", "raw parts", "tags", "toc parts", "whoami", "linear"} {
		env, _, errs := desk(t, 80)
		var log bytes.Buffer
		env.Out, env.Log = full{}, slog.New(slog.NewTextHandler(&log, nil))
		if got := Run(t.Context(), env, strings.Fields(line)); got != Failed {
			t.Errorf("%q: status %d, want %d", line, got, Failed)
		}
		if !strings.Contains(errs.String(), "try again") || strings.Contains(errs.String(), "no more") {
			t.Errorf("%q: err %q", line, errs)
		}
		if log.Len() > 0 && line != "linear" {
			t.Errorf("%q: logged %s", line, &log)
		}
	}
}
