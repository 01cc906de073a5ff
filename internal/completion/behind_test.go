package completion

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// eachShell runs a test for every shell.
func eachShell(t *testing.T, test func(t *testing.T, shell string)) {
	for _, shell := range Shells() {
		t.Run(shell, func(t *testing.T) {
			needShell(t, shell)
			test(t, shell)
		})
	}
}

func needShell(t *testing.T, shell string) {
	t.Helper()
	need(t, shell)
	if shell == "bash" && !exists(bashCompletion) {
		need(t, "bash-completion") // which is no program: never found
	}
}

const bashCompletion = "/usr/share/bash-completion/bash_completion"

// before are the scripts that a shell has read before ours.
func before(shell string) []string {
	if shell == "bash" {
		return []string{bashCompletion}
	}
	return nil
}

const slugs = "docker-production\ndocker_two\n2026-in-review\n"

var (
	verbs  = []string{"cat", "code", "feed", "help", "linear", "ls", "search:", "tag:", "tags"}
	common = []string{"--json", "--theme", "--width"}
	lsHas  = []string{"--json", "--tag", "--theme", "--width"}
	posts  = []string{"2026-in-review", "docker-production", "docker_two"}
)

var behind = []struct {
	line string // @ is the host
	want []string
}{
	{"ssh @ ", slices.Sorted(slices.Values(slices.Concat(verbs, posts)))},
	{"ssh @ c", []string{"cat", "code"}},
	{"ssh @ docker-", []string{"docker-production"}},
	{"ssh @ ta", []string{"tag:", "tags"}},
	{"ssh me@@ c", []string{"cat", "code"}},
	{"ssh -p 2222 -t @ fe", []string{"feed"}},
	{"ssh -o User=x -l me -tp2222 @ fe", []string{"feed"}},
	{"ssh -vp 2222 @ -t fe", []string{"feed"}},
	{"ssh -J jump @ fe", []string{"feed"}},
	{"ssh @ cat ", posts},
	{"ssh @ cat docker", []string{"docker-production", "docker_two"}},
	{"ssh @ cat 2", []string{"2026-in-review"}},
	{"ssh @ cat --json docker_", []string{"docker_two"}},
	{"ssh @ cat --theme dark docker_", []string{"docker_two"}},
	{"ssh @ cat docker_two docker", nil},
	{"ssh @ cat docker_two#he", nil},
	{"ssh @ code docker_two --j", []string{"--json"}},
	{"ssh @ feed ", []string{"atom", "rss"}},
	{"ssh @ feed r", []string{"rss"}},
	{"ssh @ help c", []string{"cat"}},
	{"ssh @ linear ", slices.Concat(posts, []string{"latest"})},
	{"ssh @ ls ", lsHas},
	{"ssh @ ls --t", []string{"--tag", "--theme"}},
	{"ssh @ ls --tag ", nil},
	{"ssh @ ls --tag x --j", []string{"--json"}},
	{"ssh @ ls --theme=", []string{"dark", "light", "plain"}},
	{"ssh @ ls --theme=l", []string{"light"}},
	{"ssh @ ls --theme ", []string{"dark", "light", "plain"}},
	{"ssh @ ls --theme p", []string{"plain"}},
	{"ssh @ tags --", common},
	{"ssh @ tags -", common},
	{"ssh @ docker-production --", common},
	{"ssh @ zz", nil},
}

func TestWhatFollowsTheHostIsCompleted(t *testing.T) {
	eachShell(t, func(t *testing.T, shell string) {
		d := newDesk(t)
		d.write(t, "home/.cache/lectern/"+blog+"-2222", slugs)
		scripts := append(before(shell), d.script(t, shell, grammar(blog, "2222")))
		var lines []string
		for _, c := range behind {
			lines = append(lines, strings.ReplaceAll(c.line, "@@", "@"+blog))
			if lines[len(lines)-1] == c.line {
				lines[len(lines)-1] = strings.Replace(c.line, "@", blog, 1)
			}
		}
		for i, offer := range d.complete(t, shell, scripts, lines...) {
			if diff := cmp.Diff(behind[i].want, plain(offer)); diff != "" {
				t.Errorf("%q is offered the wrong words (-want +got):\n%s", lines[i], diff)
			}
		}
	})
}

// A shell of a reader who has set -e must not end, and -u must not complain.
func TestBashMayBeStrict(t *testing.T) {
	need(t, "bash")
	d := newDesk(t)
	d.env = append(d.env, "STRICT=yes")
	d.write(t, "home/.cache/lectern/"+blog, slugs)
	s := d.script(t, "bash", grammar(blog, ""))
	for i, offer := range d.complete(t, "bash", []string{s},
		"ssh "+blog+" ", "ssh "+blog+" cat zzz", "ssh "+blog+" tag:", "ssh "+blog+" ls --theme=l", "ssh "+blog+" ls --nothing=", "ssh other c", "ssh",
		"ssh "+blog+" ca*", "ssh "+blog+" cat $(touch", "ssh "+blog+" cat [a") {
		if want := []int{len(verbs) + len(posts), 0, 0, 1, 0, 0, 0, 0, 0, 0}[i]; len(offer) != want {
			t.Errorf("line %d: got %d words, want %d", i, len(offer), want)
		}
	}
}

var elsewhere = []string{
	"ssh lon", "ssh other.example.com fin", "ssh -o Us", "ssh -i /etc/host", "ssh -p 22 lon", "ssh -l " + blog + " lon", "ssh -J " + blog + " lon",
	"ssh lonely.example.org cat /etc/host", "ssh " + blog + "x fin", "ssh '$(touch pwned)' fin", "ssh a]b[0 fin", "ssh " + blog + " -", "ssh " + blog + " -o Us",
}

func TestOtherHostsAreCompletedAsBefore(t *testing.T) {
	eachShell(t, func(t *testing.T, shell string) {
		d := newDesk(t)
		want := d.complete(t, shell, before(shell), elsewhere...)
		with := append(before(shell), d.script(t, shell, grammar(blog, "")), d.script(t, shell, grammar("localhost", "2222")))
		got := d.complete(t, shell, with, elsewhere...)
		if len(want[0]) == 0 || len(want[1]) == 0 {
			t.Errorf("the shell itself offers nothing: %v", want[:2])
		}
		for i, line := range elsewhere {
			if diff := cmp.Diff(want[i], got[i]); diff != "" {
				t.Errorf("%q (-without +with):\n%s", line, diff)
			}
		}
		for _, call := range d.calls(t) { // bash-completion has calls of its own
			if strings.HasSuffix(call, " ls") {
				t.Errorf("ssh was called: %q", call)
			}
		}
	})
}

// What was there before us may be anything that bash knows, or nothing.
func TestBashGoesOnWithAnyKindOfCompletion(t *testing.T) {
	need(t, "bash")
	for name, own := range map[string]string{
		"nothing":                   "",
		"words":                     "complete -W 'alpha \"al pha\" beta' ssh",
		"a function":                "_mine() { COMPREPLY=(alone \"$1 $2 $3\"); }; complete -o nospace -F _mine ssh",
		"an action":                 "complete -A signal -X '!SIGA*' ssh",
		"a default that loads it":   "_load() { complete -W 'alpha beta' ssh; return 124; }; complete -D -F _load",
		"a default that loads none": "_load() { COMPREPLY=(almost); }; complete -D -F _load",
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			mine := d.write(t, "mine.bash", own)
			ours := d.script(t, "bash", grammar(blog, ""))
			lines := []string{"ssh al", "ssh SIG", "ssh al"}
			want := d.complete(t, "bash", []string{mine}, lines...)
			if diff := cmp.Diff(want, d.complete(t, "bash", []string{mine, ours}, lines...)); diff != "" {
				t.Errorf("(-without +with):\n%s", diff)
			}
			if strings.Contains(own, "-D") { // it may be set up after us
				if diff := cmp.Diff(want, d.complete(t, "bash", []string{ours, mine}, lines...)); diff != "" {
					t.Errorf("read first (-without +with):\n%s", diff)
				}
			}
		})
	}
}

// The options say what bash does where nothing is offered: without any completion
// before us, names of files.
func TestBashKeepsTheOptionsOfACompletion(t *testing.T) {
	needShell(t, "bash")
	for own, want := range map[string]string{
		"":                              "complete -o bashdefault -o default -F _lectern_ssh ssh\n",
		"complete -F _f ssh":            "complete -F _lectern_ssh ssh\n",
		"complete -o nospace -F _f ssh": "complete -o nospace -F _lectern_ssh ssh\n",
		"complete -W '* -o' ssh":        "complete -F _lectern_ssh ssh\n",
		". " + bashCompletion:           "complete -F _lectern_ssh ssh\n",
	} {
		d := newDesk(t)
		ours := d.script(t, "bash", grammar(blog, ""))
		cmd := exec.Command("bash", "--norc", "-c", own+"\nshopt -s failglob\n. "+ours+"\n. "+ours+"\ncomplete -p ssh")
		cmd.Env = d.env
		got, err := cmd.CombinedOutput()
		if err != nil || string(got) != want {
			t.Errorf("after %q: got %q, %v, want %q", own, got, err, want)
		}
	}
}

// bash-completion loads one file for scp and ssh, which sets up both.
func TestBashKeepsOursWhenScpIsCompleted(t *testing.T) {
	needShell(t, "bash")
	d := newDesk(t)
	scp := d.write(t, "scp.bash", "complete -p scp >/dev/null 2>&1 || { d=$(complete -p -D); d=${d#*-F }; ${d%% *} scp '' scp; }\n")
	got := d.complete(t, "bash", []string{bashCompletion, d.script(t, "bash", grammar(blog, "")), scp}, "ssh "+blog+" fe")
	if diff := cmp.Diff([][]string{{"feed"}}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestSeveralBlogsLiveSideBySide(t *testing.T) {
	eachShell(t, func(t *testing.T, shell string) {
		d := newDesk(t)
		d.write(t, "home/.cache/lectern/"+blog, "one-post\n")
		d.write(t, "home/.cache/lectern/::1-2222", "two-posts\n")
		second := grammar("[::1]", "2222")
		second.Verbs = []Verb{{Name: "ls", Summary: "only this"}}
		one, two := d.script(t, shell, grammar(blog, "")), d.script(t, shell, second)
		got := d.complete(t, shell, append(before(shell), one, two, one),
			"ssh "+blog+" cat ", "ssh ::1 l", "ssh ::1 tw", "ssh me@::1 l", "ssh lon")
		want := [][]string{{"one-post"}, {"ls"}, {"two-posts"}, {"ls"}, {"lonely.example.org"}}
		for i := range got {
			if diff := cmp.Diff(want[i], plain(got[i])); diff != "" {
				t.Errorf("line %d (-want +got):\n%s", i, diff)
			}
		}
	})
}

func TestTheShellDoesNotWaitForTheNetwork(t *testing.T) {
	eachShell(t, func(t *testing.T, shell string) {
		d := newDesk(t)
		pipe(t, d.path("answer"))
		scripts := append(before(shell), d.script(t, shell, grammar(blog, "")))
		start := time.Now()
		first := d.complete(t, shell, scripts, "ssh "+blog+" ", "ssh "+blog+" ")
		if took := time.Since(start); took > 15*time.Second {
			t.Errorf("the shell took %v while the host said nothing", took) // which it does for 20 s
		}
		for _, offer := range first {
			if diff := cmp.Diff(verbs, plain(offer)); diff != "" {
				t.Errorf("without slugs (-want +got):\n%s", diff)
			}
		}
		answer, err := os.OpenFile(d.path("answer"), os.O_WRONLY, 0) // opens when the fake ssh reads
		if err != nil {
			t.Fatal(err)
		}
		_, err = answer.WriteString("docker_two\t2026-01-02\tTwo\n")
		answer.Close()
		if err != nil {
			t.Fatal(err)
		}
		await(t, "the slugs", func() bool { return exists(d.cache(blog)) })
		if got := plain(d.complete(t, shell, scripts, "ssh "+blog+" cat ")[0]); !slices.Equal(got, []string{"docker_two"}) {
			t.Errorf("got %v, want the slug", got)
		}
		if got := d.calls(t); len(got) != 1 || !strings.HasSuffix(got[0], " "+blog+" ls") || !strings.Contains(got[0], "-o BatchMode=yes") {
			t.Errorf("ssh was called with %q, want one call", got)
		}
	})
}

// Whoever can write the file of slugs cannot make a shell run anything either.
func TestAFileOfOtherThanSlugsOffersNothingElse(t *testing.T) {
	eachShell(t, func(t *testing.T, shell string) {
		d := newDesk(t)
		d.write(t, filepath.Join("home/.cache/lectern", blog), "$(touch pwned)\n`touch pwned`\n;touch pwned\n\x1b]0;x\a\n*\n[\n")
		got := d.complete(t, shell, append(before(shell), d.script(t, shell, grammar(blog, ""))), "ssh "+blog+" cat ", "ssh "+blog+" cat t")
		for _, offer := range got {
			if offer != nil {
				t.Errorf("got %q, want nothing", offer)
			}
		}
	})
}
