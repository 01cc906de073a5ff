//go:build siege

// Naive is what comes of following the examples of wish, bubbletea and glamour: the same screens, a list and a post, and
// nothing besides. It is there to be attacked, beside the program that does more.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"net"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	tea "charm.land/bubbletea/v2"
	"charm.land/glamour/v2"
	"charm.land/ssh"
	"charm.land/wish/v2"
	"charm.land/wish/v2/activeterm"
	bm "charm.land/wish/v2/bubbletea"
	"charm.land/wish/v2/logging"

	"lectern/content"
)

func main() {
	listen := flag.String("listen", "localhost:2222", "address to listen on")
	keys := flag.String("hostkeys", "hostkeys", "folder of the host key")
	flag.Parse()
	if err := serve(*listen, *keys); err != nil {
		fmt.Fprintln(os.Stderr, "naive:", err)
		os.Exit(1)
	}
}

func serve(listen, keys string) error {
	posts, err := posts()
	if err != nil {
		return err
	}
	s, err := wish.NewServer(
		wish.WithAddress(listen),
		wish.WithHostKeyPath(filepath.Join(keys, "naive_ed25519")),
		wish.WithMiddleware(
			bm.Middleware(func(sess ssh.Session) (tea.Model, []tea.ProgramOption) {
				pty, _, _ := sess.Pty()
				return model{posts: posts, width: pty.Window.Width, height: pty.Window.Height}, nil
			}),
			activeterm.Middleware(),
			logging.Middleware(),
		),
	)
	if err != nil {
		return err
	}
	ln, err := net.Listen("tcp", listen)
	if err != nil {
		return err
	}
	_, port, _ := net.SplitHostPort(ln.Addr().String())
	fmt.Fprintf(os.Stderr, "Read it with: ssh -p %s localhost\n", port)
	done := make(chan os.Signal, 1)
	signal.Notify(done, os.Interrupt, syscall.SIGTERM)
	failed := make(chan error, 1)
	go func() { failed <- s.Serve(ln) }()
	select {
	case err := <-failed:
		return err
	case <-done:
	}
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	if err := s.Shutdown(ctx); err != nil && !errors.Is(err, ssh.ErrServerClosed) {
		return err
	}
	return nil
}

// A post is a title and its Markdown.
type post struct{ title, text string }

func posts() ([]post, error) {
	names, err := content.FS.ReadDir(".")
	if err != nil {
		return nil, err
	}
	var all []post
	for _, n := range names {
		if !strings.HasSuffix(n.Name(), ".md") {
			continue
		}
		b, err := content.FS.ReadFile(n.Name())
		if err != nil {
			return nil, err
		}
		_, text, _ := strings.Cut(strings.TrimPrefix(string(b), "---\n"), "\n---\n")
		all = append(all, post{strings.TrimSuffix(n.Name(), ".md"), text})
	}
	return all, nil
}

type model struct {
	posts         []post
	width, height int
	at, top       int
	lines         []string // of the post that is open
}

func (m model) Init() tea.Cmd { return nil }

func (m model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.width, m.height = msg.Width, msg.Height
	case tea.KeyPressMsg:
		switch msg.String() {
		case "q", "ctrl+c":
			if m.lines == nil {
				return m, tea.Quit
			}
			m.lines = nil
		case "j", "down":
			if m.lines == nil {
				m.at = min(m.at+1, len(m.posts)-1)
			} else {
				m.top = min(m.top+1, len(m.lines)-1)
			}
		case "k", "up":
			if m.lines == nil {
				m.at = max(m.at-1, 0)
			} else {
				m.top = max(m.top-1, 0)
			}
		case "space":
			m.top = max(0, min(m.top+m.height, len(m.lines)-1))
		case "enter":
			r, err := glamour.NewTermRenderer(glamour.WithStandardStyle("dark"), glamour.WithWordWrap(m.width))
			if err != nil {
				return m, tea.Quit
			}
			out, err := r.Render(m.posts[m.at].text)
			if err != nil {
				return m, tea.Quit
			}
			m.lines, m.top = strings.Split(out, "\n"), 0
		}
	}
	return m, nil
}

func (m model) View() tea.View {
	lines := []string{"Lectern", ""}
	if m.lines != nil {
		lines = slices.Clone(m.lines[m.top:])
	} else {
		for i, p := range m.posts {
			mark := "  "
			if i == m.at {
				mark = "> "
			}
			lines = append(lines, mark+p.title)
		}
	}
	v := tea.NewView(strings.Join(lines[:max(0, min(len(lines), m.height))], "\n"))
	v.AltScreen = true
	return v
}
