package completion

import (
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// fetch starts fetch.sh as the shells do, and returns when all it started has ended.
func (d *desk) fetch(t *testing.T) {
	t.Helper()
	d.start(t)()
}

func (d *desk) start(t *testing.T) (ended func()) {
	t.Helper()
	source, err := os.ReadFile("fetch.sh")
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("sh", "-c", string(source), "lectern", d.cache("h"), "-p", "2222", "h")
	cmd.Env = d.env
	ended = inherit(t, cmd)
	if out, err := cmd.CombinedOutput(); err != nil || len(out) > 0 {
		t.Fatalf("it says %q, %v; want nothing", out, err)
	}
	return ended
}

// hurry makes a second of fetch.sh a short while.
func (d *desk) hurry(t *testing.T) {
	t.Helper()
	d.program(t, "sleep", "exec "+realSleep(t)+" 0.05\n")
}

func realSleep(t *testing.T) string {
	t.Helper()
	path, err := exec.LookPath("sleep")
	if err != nil {
		t.Fatal(err)
	}
	return path
}

func (d *desk) slugs(t *testing.T) string {
	t.Helper()
	b, err := os.ReadFile(d.cache("h"))
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	return string(b)
}

func (d *desk) age(t *testing.T, path string, by time.Duration) {
	t.Helper()
	then := time.Now().Add(-by)
	if err := os.Chtimes(path, then, then); err != nil {
		t.Fatal(err)
	}
}

func TestFetchAsksAsTheReaderWouldAndAsksNothingBack(t *testing.T) {
	d := newDesk(t)
	d.hurry(t)
	d.write(t, "answer", "one\t2026-01-02\tOne\ntwo\t2026-01-01\tTwo\n")
	d.fetch(t)
	if got, want := d.slugs(t), "one\ntwo\n"; got != want {
		t.Errorf("got the slugs %q, want %q", got, want)
	}
	want := "-T -o BatchMode=yes -o ConnectTimeout=3 -o ControlMaster=no -p 2222 h ls"
	if got := d.calls(t); len(got) != 1 || got[0] != want {
		t.Errorf("ssh was called with %q, want %q", got, want)
	}
	info, err := os.Stat(d.cache("h"))
	if err != nil {
		t.Fatal(err)
	}
	if info.Mode().Perm() != 0o600 {
		t.Errorf("others may do %v with the slugs", info.Mode())
	}
}

func TestSlugsAreFetchedAgainAfterTenMinutes(t *testing.T) {
	d := newDesk(t)
	d.hurry(t)
	d.write(t, "answer", "new\n")
	file := d.write(t, "home/.cache/lectern/h", "old\n")
	d.age(t, file, 9*time.Minute-10*time.Second)
	d.fetch(t)
	if got := d.slugs(t); got != "old\n" {
		t.Errorf("after nine minutes: got %q, want the old", got)
	}
	d.age(t, file, 11*time.Minute)
	d.fetch(t)
	if got := d.slugs(t); got != "new\n" {
		t.Errorf("after eleven minutes: got %q, want the new", got)
	}
	d.age(t, file, 11*time.Minute)
	d.fetch(t) // the lock is gone
	if got := len(d.calls(t)); got != 2 {
		t.Errorf("%d calls, want 2", got)
	}
}

func TestAHostThatFailsIsAskedOnceAMinute(t *testing.T) {
	d := newDesk(t)
	d.hurry(t)
	file := d.write(t, "home/.cache/lectern/h", "old\n")
	d.age(t, file, time.Hour)
	d.fetch(t) // there is no answer: ssh fails
	d.fetch(t)
	if got := len(d.calls(t)); got != 1 {
		t.Errorf("%d calls within a minute, want 1", got)
	}
	d.age(t, file+".lock", 3*time.Minute)
	d.fetch(t)
	if got := len(d.calls(t)); got != 2 {
		t.Errorf("%d calls, want 2", got)
	}
	if got := d.slugs(t); got != "old\n" {
		t.Errorf("got %q, want what was there", got)
	}
}

func TestHalfAnAnswerAndAnEmptyOneAreNotTaken(t *testing.T) {
	for name, answer := range map[string]string{"half": "echo one; exit 255", "empty": "exit 0"} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			d.hurry(t)
			d.program(t, "ssh", answer+"\n")
			file := d.write(t, "home/.cache/lectern/h", "old\n")
			d.age(t, file, time.Hour)
			d.fetch(t)
			if got := d.slugs(t); got != "old\n" {
				t.Errorf("got %q, want what was there", got)
			}
		})
	}
}

func TestOnlyOneFetchAtATime(t *testing.T) {
	d := newDesk(t)
	pipe(t, d.path("answer"))
	var ended []func()
	for range 8 {
		ended = append(ended, d.start(t))
	}
	answer, err := os.OpenFile(d.path("answer"), os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	_, err = answer.WriteString("one\n")
	answer.Close()
	if err != nil {
		t.Fatal(err)
	}
	for _, wait := range ended {
		wait()
	}
	if got := len(d.calls(t)); got != 1 {
		t.Errorf("%d calls, want 1", got)
	}
	if got := d.slugs(t); got != "one\n" {
		t.Errorf("got %q, want the slug", got)
	}
}

func TestAHostThatSaysNothingIsGivenUp(t *testing.T) {
	d := newDesk(t)
	d.hurry(t)
	pipe(t, d.path("answer"))
	d.fetch(t) // which would wait for ever
	if got := d.slugs(t); got != "" {
		t.Errorf("got %q, want nothing", got)
	}
	if got := len(d.calls(t)); got != 1 {
		t.Errorf("%d calls, want 1", got)
	}
}

func TestOnlySlugsAreTakenFromAnAnswer(t *testing.T) {
	many := strings.Repeat("slug-of-a-post\t2026-01-02\tThe title of a post\n", 30_000)
	for name, c := range map[string]struct{ answer, want string }{
		"commands":         {"$(touch pwned)\n`touch pwned`\n;touch pwned\nok\t;touch pwned\n", "ok\n"},
		"options":          {"-oProxyCommand=touch\n--json\n-a\nok\n", "ok\n"},
		"escape sequences": {"\x1b]0;x\a\n\x1b[2Jok\nok\x7f\nok\r\n\u202eok\nok\n", "ok\n"},
		"other letters":    {"Post\npöst\npo.st\npo/st\n../../x\nok-1_a\n", "ok-1_a\n"},
		"zeros":            {"a\x00b\nok\n", "ok\n"},
		"a long line":      {strings.Repeat("a", 101) + "\n" + strings.Repeat("b", 100) + "\n", strings.Repeat("b", 100) + "\n"},
		"one endless line": {strings.Repeat("a", 5<<20), ""},
		"megabytes":        {strings.Repeat(many, 4), ""},
		"many lines":       {many, strings.Repeat("slug-of-a-post\n", 20_000)},
		"nothing":          {"", ""},
		"no slug":          {"Welcome!\n", ""},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			d.hurry(t)
			d.write(t, "answer", c.answer)
			d.fetch(t)
			if got := d.slugs(t); got != c.want {
				t.Errorf("got %d bytes, %.200q, want %d, %.200q", len(got), got, len(c.want), c.want)
			}
			if exists("pwned") {
				t.Fatal("a command of the answer was run")
			}
			if name == "megabytes" && len(c.answer) < 4<<20 {
				t.Error("the answer is not too long")
			}
		})
	}
}
