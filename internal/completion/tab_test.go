package completion

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// rc is how a reader installs the script, beside a prompt to look for.
var rc = map[string]struct{ file, text, script, start string }{
	"bash": {
		".bashrc", "PS1='> '; . " + bashCompletion + "; . ~/.config/lectern/" + blog + ".bash\n",
		".config/lectern/" + blog + ".bash", "bash --rcfile .bashrc -i",
	},
	"zsh": {
		".zshrc", "PROMPT='> '; autoload -Uz compinit; compinit -u -D; . ~/.config/lectern/" + blog + ".zsh\n",
		".config/lectern/" + blog + ".zsh", "zsh -i",
	},
	"fish": {
		".config/fish/config.fish", "function fish_prompt; printf '> '; end; set fish_greeting\n",
		".config/fish/conf.d/lectern-" + blog + ".fish", "fish -i",
	},
}

// Keys in a terminal: TAB completes, and the fetch leaves no trace on the screen,
// neither when it starts nor, where shells speak of jobs, at the next prompt.
func TestTabInATerminal(t *testing.T) {
	eachShell(t, func(t *testing.T, shell string) {
		need(t, "tmux")
		d := newDesk(t)
		d.write(t, "answer", "docker-production\t2026-01-02\tDocker\nelse\t2026-01-01\tElse\n")
		how := rc[shell]
		d.write(t, "home/"+how.file, how.text)
		script, err := Script(shell, grammar(blog, ""))
		if err != nil {
			t.Fatal(err)
		}
		d.write(t, "home/"+how.script, script)

		tmux := func(args ...string) string {
			t.Helper()
			cmd := exec.Command("tmux", append([]string{"-S", d.path("tmux"), "-f", "/dev/null"}, args...)...)
			cmd.Env = append(os.Environ(), d.env...)
			out, err := cmd.CombinedOutput()
			if err != nil {
				t.Fatalf("tmux %v: %v, %s", args, err, out)
			}
			return string(out)
		}
		alive := d.path("alive")
		pipe(t, alive)
		tmux("new-session", "-d", "-x", "100", "-y", "20", "-c", d.path("home"), "exec env "+strings.Join(quoted(d.env), " ")+" "+how.start+" 3>"+quote(alive))
		all, err := os.Open(alive)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { // when the shell and all that it started have ended
			tmux("kill-server")
			_, _ = io.Copy(io.Discard, all)
			all.Close()
		}()
		screen := func() string {
			var lines []string
			for line := range strings.Lines(tmux("capture-pane", "-p")) {
				lines = append(lines, strings.TrimRight(line, " \n"))
			}
			return strings.TrimRight(strings.Join(lines, "\n"), "\n")
		}
		shows := func(want string) {
			t.Helper()
			await(t, fmt.Sprintf("%q on the screen", want), func() bool { return screen() == want })
		}

		shows(">")
		tmux("send-keys", "-l", "--", "ssh me@"+blog+" fee")
		tmux("send-keys", "Tab")
		shows("> ssh me@" + blog + " feed")
		await(t, "the slugs", func() bool { return exists(d.cache(blog)) && !exists(d.cache(blog)+".lock") })
		tmux("send-keys", "C-u")
		shows(">")
		tmux("send-keys", "Enter")
		shows(">\n>")
		tmux("send-keys", "-l", "--", "ssh "+blog+" cat docker-")
		tmux("send-keys", "Tab")
		shows(">\n> ssh " + blog + " cat docker-production")
		tmux("send-keys", "-l", "--", "--theme=lig")
		tmux("send-keys", "Tab")
		shows(">\n> ssh " + blog + " cat docker-production --theme=light")
	})
}

func quoted(words []string) []string {
	var list []string
	for _, w := range words {
		list = append(list, quote(w))
	}
	return list
}
