// Naive is what comes of following the examples of wish, bubbletea and glamour: the same screens, a list and a post, and
// nothing besides, not even the components with which the examples draw a list and scroll. It is there to be measured and
// attacked, beside the program that does more.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
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
	dir := flag.String("content", "", "folder of posts; without one, those in the program")
	flag.Parse()
	var source fs.FS = content.FS
	if *dir != "" {
		source = os.DirFS(*dir)
	}
	if err := serve(*listen, *keys, source); err != nil {
		fmt.Fprintln(os.Stderr, "naive:", err)
		os.Exit(1)
	}
}

func serve(listen, keys string, source fs.FS) error {
	posts, err := posts(source)
	if err != nil {
		return err
	}
	s, err := wish.NewServer(
		wish.WithAddress(listen),
		wish.WithHostKeyPath(filepath.Join(keys, "naive_ed25519")),
		wish.WithMiddleware(
			bm.Middleware(func(sess ssh.Session) (tea.Model, []tea.ProgramOption) {
				pty, _, _ := sess.Pty()
				m := model{posts: posts, width: pty.Window.Width, height: pty.Window.Height}
				for i, p := range posts {
					if slices.Contains(sess.Command(), p.name) {
						m.at = i
						m.open()
					}
				}
				return m, nil
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

// A post is its Markdown, under a name and a title.
type post struct{ name, title, text string }

func posts(source fs.FS) ([]post, error) {
	names, err := fs.Glob(source, "*.md")
	if err != nil {
		return nil, err
	}
	var all []post
	for _, name := range names {
		b, err := fs.ReadFile(source, name)
		if err != nil {
			return nil, err
		}
		front, text, _ := strings.Cut(strings.TrimPrefix(string(b), "---\n"), "\n---\n")
		_, title, _ := strings.Cut(front, "title: ")
		title, _, _ = strings.Cut(title, "\n")
		all = append(all, post{strings.TrimSuffix(name, ".md"), strings.Trim(title, `"`), text})
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
		case "b":
			m.top = max(0, m.top-m.height)
		case "enter":
			if !m.open() {
				return m, tea.Quit
			}
		}
	}
	return m, nil
}

// open opens the post that is selected.
func (m *model) open() bool {
	r, err := glamour.NewTermRenderer(glamour.WithStandardStyle("dark"), glamour.WithWordWrap(m.width))
	if err != nil {
		return false
	}
	out, err := r.Render(m.posts[m.at].text)
	if err != nil {
		return false
	}
	m.lines, m.top = strings.Split(out, "\n"), 0
	return true
}

func (m model) View() tea.View {
	lines := []string{"Lectern", ""}
	if m.lines != nil {
		lines = slices.Clone(m.lines[m.top:])
	} else {
		from := max(0, m.at-m.height+3)
		for i, p := range m.posts[from:min(len(m.posts), from+m.height)] {
			mark := "  "
			if from+i == m.at {
				mark = "> "
			}
			lines = append(lines, mark+p.title)
		}
	}
	v := tea.NewView(strings.Join(lines[:max(0, min(len(lines), m.height))], "\n"))
	v.AltScreen = true
	return v
}
