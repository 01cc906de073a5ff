package main

import (
	"fmt"
	"log/slog"
	"os"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/term"

	"lectern/internal/command"
	"lectern/internal/ui"
)

type readCmd struct {
	Slug    string `arg:"" optional:"" help:"Post to open first."`
	Content string `env:"LECTERN_CONTENT" placeholder:"DIR" help:"Folder of posts, instead of those in the program."`
}

// Run implements the command: the screens in this terminal, or plain text
// where there is none.
func (c *readCmd) Run(e *env) error {
	live, err := openLive(c.Content)
	if err != nil {
		return err
	}
	b := newBlogger(live, nil)
	defer b.close()
	library := b.current()
	if _, ok := library.Post(c.Slug); c.Slug != "" && !ok {
		mend := ""
		if near := library.Near(c.Slug, 1); len(near) > 0 {
			mend = fmt.Sprintf("; did you mean %q?", near[0])
		}
		return fmt.Errorf("no post %q%s", c.Slug, mend)
	}

	width, height, err := term.GetSize(os.Stdout.Fd())
	if err != nil || os.Getenv("TERM") == "dumb" || !term.IsTerminal(os.Stdin.Fd()) {
		return c.print(e, b)
	}
	vars := map[string]string{}
	for _, name := range []string{"COLORTERM", "NO_COLOR", "LC_ALL", "LC_CTYPE", "LANG"} {
		vars[name] = os.Getenv(name)
	}
	profile := profile(os.Getenv("TERM"), vars)
	root := ui.New(e.ctx, ui.Config{
		Live:   live,
		Docs:   b.docs,
		Search: b.find,
		Start:  c.Slug,
		// The author's editor is in the next window.
		Follow: true,
		Terminal: ui.Terminal{
			Width: width, Height: height,
			Profile:   profile,
			Links:     hyperlinks(os.Getenv("TERM")),
			Clipboard: clipboard(os.Getenv("TERM")),
			ASCII:     asciiOnly(os.Getenv("TERM"), vars),
		},
	})
	program := tea.NewProgram(root, tea.WithContext(e.ctx), tea.WithColorProfile(profile))
	// Problems would be written across the screen; `lectern check` names them.
	quiet := slog.New(slog.DiscardHandler)
	go watch(e.ctx, live, c.Content, quiet)
	go b.tellPrograms(e.ctx, program.Send, quiet)
	// bubbletea v2.1.1 leaves the terminal with an empty title: keep the old one.
	fmt.Fprint(e.stdout, "\x1b[22;2t")
	defer fmt.Fprint(e.stdout, "\x1b[23;2t")
	_, err = program.Run()
	if e.ctx.Err() != nil {
		return nil
	}
	return err
}

// print writes the post, or the index, as plain text.
func (c *readCmd) print(e *env, b *blogger) error {
	var args []string
	if c.Slug != "" {
		args = []string{"cat", "--", c.Slug}
	}
	status := command.Run(e.ctx, &command.Env{
		Library: b.current(),
		Docs:    b.docs,
		Feeds:   b.feed,
		Room:    b.room,
		Search:  b.search,
		Out:     e.stdout,
		Err:     e.stderr,
		Width:   plainWidth,
		Profile: colorprofile.NoTTY,
		Version: version(),
	}, args)
	if status != command.OK {
		return errSaid
	}
	return nil
}
