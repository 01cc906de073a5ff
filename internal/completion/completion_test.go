package completion

import (
	"os/exec"
	"strings"
	"testing"
)

func TestScriptRefusesAHostThatCouldBeCode(t *testing.T) {
	for _, host := range []string{
		"", " ", "a b", "a'b", `a"b`, "$(touch pwned)", "`touch pwned`", "a\\b", "a\nb", "a;b", "a&b", "a|b", "a>b", "a{b,c}", "a*", "a?", "a#b", "a/b",
		"-oProxyCommand=x", "-a", ".", "..", ".a", "me@a", "fe80::1%eth0", "[fe80::1%eth0]", "[[::1]]", "[]", "]", "a]", "pöst", "a\x00b", "a\tb", "a\r",
		strings.Repeat("a", 254),
	} {
		for _, shell := range Shells() {
			if s, err := Script(shell, Grammar{Host: host}); err == nil || s != "" || strings.Contains(err.Error(), "\n") {
				t.Errorf("%s, host %q: got %d bytes and the error %v", shell, host, len(s), err)
			}
		}
	}
	for _, host := range []string{"a", "blog.example.com", "my_blog-2", "192.0.2.1", "::1", "[::1]", "2001:db8::1", "UPPER.example"} {
		if _, err := Script("bash", Grammar{Host: host}); err != nil {
			t.Errorf("host %q: %v", host, err)
		}
	}
}

func TestScriptRefusesWhatIsNotPlain(t *testing.T) {
	for name, g := range map[string]Grammar{
		"a port that is none":   {Host: "a", Port: "22;x"},
		"port 0":                {Host: "a", Port: "0"},
		"a port too high":       {Host: "a", Port: "65536"},
		"a port with a sign":    {Host: "a", Port: "+22"},
		"a port with a zero":    {Host: "a", Port: "022"},
		"a verb":                {Host: "a", Verbs: []Verb{{Name: "a b"}}},
		"an empty verb":         {Host: "a", Verbs: []Verb{{}}},
		"a verb that is a flag": {Host: "a", Verbs: []Verb{{Name: "-a"}}},
		"a value":               {Host: "a", Verbs: []Verb{{Name: "a", Values: []string{"$x"}}}},
		"a value with a comma":  {Host: "a", Flags: []Flag{{Name: "a", Values: []string{"b,c"}}}},
		"a flag":                {Host: "a", Flags: []Flag{{Name: "A"}}},
		"a flag of a verb":      {Host: "a", Verbs: []Verb{{Name: "a", Flags: []Flag{{Name: "b=c"}}}}},
		"a place":               {Host: "a", Places: []string{"tag"}},
		"two lines":             {Host: "a", Verbs: []Verb{{Name: "a", Summary: "a\nb"}}},
		"an escape":             {Host: "a", Flags: []Flag{{Name: "a", Summary: "\x1b[2J"}}},
		"no UTF-8":              {Host: "a", Flags: []Flag{{Name: "a", Summary: "\xff"}}},
	} {
		if _, err := Script("zsh", g); err == nil {
			t.Errorf("%s is taken", name)
		}
	}
}

func TestAnUnknownShellIsToldWhichThereAre(t *testing.T) {
	_, err := Script("tcsh", Grammar{Host: "a"})
	if err == nil {
		t.Fatal("there is a script for tcsh")
	}
	for _, shell := range Shells() {
		if !strings.Contains(err.Error(), shell) {
			t.Errorf("%q does not name %s", err, shell)
		}
	}
}

func TestTheBracketsOfAnAddressAreQuotedWhereTheyAreTyped(t *testing.T) {
	for _, shell := range Shells() {
		got, err := Script(shell, Grammar{Host: "2001:db8::1", Port: "2222"})
		if want := "ssh -p 2222 2001:db8::1 completion " + shell + " '[2001:db8::1]:2222' >~/"; err != nil || !strings.Contains(got, want) {
			t.Errorf("%s: error %v, there is no %q in %.400s", shell, err, want, got)
		}
	}
}

func TestScriptsAreCleanToTheirShells(t *testing.T) {
	d := newDesk(t)
	for program, args := range map[string][]string{
		"shellcheck": {d.script(t, "bash", grammar(blog, "2222")), d.script(t, "bash", grammar("::1", ""))},
		"bash":       {"-n", d.script(t, "bash", grammar(blog, "2222"))},
		"zsh":        {"-n", d.script(t, "zsh", grammar(blog, "2222"))},
		"fish":       {"-n", d.script(t, "fish", grammar(blog, "2222"))},
		"sh":         {"-n", "fetch.sh"},
	} {
		t.Run(program, func(t *testing.T) {
			need(t, program)
			if out, err := exec.Command(program, args...).CombinedOutput(); err != nil || len(out) > 0 {
				t.Errorf("%v\n%s", err, out)
			}
		})
	}
	t.Run("shellcheck of fetch.sh", func(t *testing.T) {
		need(t, "shellcheck")
		if out, err := exec.Command("shellcheck", "-s", "sh", "fetch.sh").CombinedOutput(); err != nil {
			t.Errorf("%v\n%s", err, out)
		}
	})
}
