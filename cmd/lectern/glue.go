package main

import (
	"context"
	"io"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"lectern/internal/blog"
	"lectern/internal/command"
	"lectern/internal/render"
	"lectern/internal/search"
	"lectern/internal/server"
	"lectern/internal/text"
	"lectern/internal/theme"
	"lectern/internal/ui"
)

// A blogger introduces the screens and the verbs to whoever speaks SSH.
type blogger struct {
	live *blog.Live
	docs *render.Cache
	find *search.Live
}

// program is the Bubble Tea program of one session.
func (b *blogger) program(ctx context.Context, s *server.Session) tea.Model {
	return ui.New(ctx, ui.Config{
		Live:   b.live,
		Docs:   b.docs,
		Search: b.find,
		Terminal: ui.Terminal{
			Width:     s.Width,
			Height:    s.Height,
			Profile:   profile(s.Term, s.Env),
			Links:     hyperlinks(s.Term),
			Clipboard: clipboard(s.Term),
			ASCII:     asciiOnly(s.Term, s.Env),
		},
		Start:  strings.Join(s.Args, " "),
		Opened: s.Reading,
	})
}

// isPlace reports whether the arguments of a session name a place in the blog,
// such as a post, and no verb.
func isPlace(s *server.Session) bool {
	return !command.IsVerb(s.Args[0]) && !strings.HasPrefix(s.Args[0], "-")
}

// plainWidth is the width of output that goes to no terminal, in cells.
const plainWidth = 80

// command runs a verb for one session and returns its exit status. A terminal
// that cannot show the screens gets the dialogue in their place.
func (b *blogger) command(ctx context.Context, s *server.Session) int {
	current := func() *blog.Library {
		library, _ := b.live.Current()
		return library
	}
	env := &command.Env{
		Library: current(),
		Current: current,
		Docs:    b.docs,
		In:      s.In,
		Out:     s.Out,
		Err:     s.Err,
		PTY:     s.PTY,
		Width:   plainWidth,
		Palette: theme.Plain().For(colorprofile.NoTTY),
		Opened:  s.Reading,
	}
	env.Search = func(words string) []*blog.Post { return b.search(ctx, words) }
	if s.PTY {
		env.Width = min(max(s.Width, 20), 100)
		env.Palette = commandTheme(profile(s.Term, s.Env))
		env.Links = hyperlinks(s.Term)
		if asciiOnly(s.Term, s.Env) {
			env.Out, env.Err = asciiWriter{env.Out}, asciiWriter{env.Err}
		}
	}
	args := s.Args
	switch {
	case !s.PTY || s.Term != "dumb" && s.Term != "":
	case len(args) == 0:
		args = []string{"linear"}
	case isPlace(s):
		args = []string{"linear", strings.Join(args, " ")}
	}
	return command.Run(ctx, env, args)
}

// search finds posts by words in their text. It finds none once ctx has ended.
func (b *blogger) search(ctx context.Context, words string) []*blog.Post {
	hits, err := b.find.Search(ctx, words, search.MaxHits)
	if err != nil {
		return nil
	}
	var posts []*blog.Post
	for _, h := range hits {
		posts = append(posts, h.Post)
	}
	return posts
}

// An asciiWriter writes for a terminal that shows nothing else. Each write holds
// whole letters.
type asciiWriter struct{ w io.Writer }

func (a asciiWriter) Write(p []byte) (int, error) {
	if _, err := io.WriteString(a.w, text.ASCII(string(p))); err != nil {
		return 0, err
	}
	return len(p), nil
}

// isHealthCheck knows lectern health, run beside the server as containers do.
func isHealthCheck(s *server.Session) bool {
	return s.Client == healthVersion && s.Remote.IsLoopback()
}

// commandTheme is for output that is printed without asking what the
// background is: no colours that were chosen for the other one.
func commandTheme(p colorprofile.Profile) *theme.Palette {
	return theme.Plain().For(min(p, colorprofile.ASCII))
}
