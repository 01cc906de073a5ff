package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"runtime/debug"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"lectern/internal/blog"
	"lectern/internal/command"
	"lectern/internal/feed"
	"lectern/internal/reads"
	"lectern/internal/render"
	"lectern/internal/scp"
	"lectern/internal/search"
	"lectern/internal/server"
	"lectern/internal/sftp"
	"lectern/internal/text"
	"lectern/internal/tree"
	"lectern/internal/ui"
)

// A blogger introduces the screens and the verbs to whoever speaks SSH.
type blogger struct {
	live *blog.Live
	docs *render.Cache
	find *search.Live
	feed *feed.Maker
	tree *tree.FS
	room *command.Room
	read *reads.Counter
	log  *slog.Logger // nil: nowhere

	asked func(verb string) // told of each verb that a reader asks for; nil: nobody is
}

// newBlogger makes one. Its end is close.
func newBlogger(live *blog.Live, log *slog.Logger) *blogger {
	b := &blogger{live: live, docs: render.NewCache(cacheBytes, renderWorkers()), find: search.NewLive(live.Current), feed: feed.New(), room: command.NewRoom(roomBytes, roomShare), read: reads.New(time.Now), log: log}
	b.docs.Bound(heldBytes)
	var feeds []tree.File
	for _, kind := range feed.Kinds() {
		feeds = append(feeds, tree.File{
			Name:  kind.File(),
			About: "the newest posts in full, for programs that read feeds (" + string(kind) + ")",
			Content: func(library *blog.Library) ([]byte, error) {
				return b.feed.Feed(context.Background(), library, kind)
			},
		})
	}
	b.tree = tree.New(b.current, feeds...)
	return b
}

func (b *blogger) close() { b.find.Close() }

// current is the newest library.
func (b *blogger) current() *blog.Library {
	library, _ := b.live.Current()
	return library
}

// program is the Bubble Tea program of one session.
func (b *blogger) program(ctx context.Context, s *server.Session) tea.Model {
	place, _ := command.Screen(s.Args)
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
		Start:  place,
		Opened: b.opened(s),
	})
}

// tellPrograms has send tell programs of the library, at first and each time that it is replaced, until ctx ends.
func (b *blogger) tellPrograms(ctx context.Context, send func(tea.Msg), log *slog.Logger) {
	defer func() {
		if v := recover(); v != nil {
			log.Error("readers no longer see changes before they come back; restart to show them", "panic", fmt.Sprint(v), "stack", string(debug.Stack()))
		}
	}()
	for ctx.Err() == nil {
		_, replaced := b.live.Current() // before those who are told look at it
		send(ui.LibraryMsg{})
		select {
		case <-replaced:
		case <-ctx.Done():
		}
	}
}

// isCopy reports whether a command is the other end of an old scp.
func isCopy(s *server.Session) bool { return len(s.Args) > 0 && s.Args[0] == "scp" }

// opened notes which posts a session opens, and counts them, unless it is nobody's.
func (b *blogger) opened(s *server.Session) func(slug string) {
	return func(slug string) {
		if s.Reading(slug) && !isHealthCheck(s) {
			b.read.Add(slug)
		}
	}
}

// isPlace reports whether a session with a terminal asks for a screen.
func isPlace(s *server.Session) bool {
	_, ok := command.Screen(s.Args)
	return ok
}

// plainWidth is the width of output that goes to no terminal, in cells.
const plainWidth = 80

// command runs a verb for one session, or the other end of an old scp, and returns
// its exit status. A terminal that cannot show the screens gets the dialogue in
// their place.
func (b *blogger) command(ctx context.Context, s *server.Session) int {
	asked := b.asked
	if isHealthCheck(s) {
		asked = nil
	}
	if isCopy(s) {
		if asked != nil {
			asked("scp")
		}
		return scp.Serve(ctx, b.tree, s.Args[1:], s.In, s.Out)
	}
	env := &command.Env{
		Library: b.current(),
		Current: b.current,
		Docs:    b.docs,
		Feeds:   b.feed,
		Room:    b.room,
		Search:  b.search,
		In:      s.In,
		Out:     s.Out,
		Err:     s.Err,
		PTY:     s.PTY,
		Width:   plainWidth,
		Profile: colorprofile.NoTTY,
		Opened:  b.opened(s),
		Asked:   asked,
		Log:     b.log,
		Visitor: command.Visitor{
			Address: s.Remote, User: s.User, Client: s.Client, Term: s.Term, Width: s.Width, Height: s.Height, Variables: s.Env,
		},
		Version: version(),
	}
	args := s.Args
	if s.PTY {
		env.Width = min(max(s.Width, render.MinWidth), render.MaxWidth)
		env.Profile = profile(s.Term, s.Env)
		env.Links = hyperlinks(s.Term)
		if asciiOnly(s.Term, s.Env) {
			env.Out, env.Err = asciiWriter{env.Out}, asciiWriter{env.Err}
		}
		if place, ok := command.Screen(args); ok {
			args = []string{"linear", "--", place}
		}
	}
	return command.Run(ctx, env, args)
}

// sftp serves the blog as files to one session.
func (b *blogger) sftp(ctx context.Context, s *server.Session) int {
	if err := sftp.Serve(ctx, b.tree, s.In, s.Out, sftp.DefaultBounds()); err != nil {
		return 1 // the client went, or broke the protocol; the log has why the session ended
	}
	return 0
}

// search finds posts by words in their text.
func (b *blogger) search(ctx context.Context, words string) ([]search.Hit, error) {
	return b.find.Search(ctx, words, search.MaxHits, 0, search.MaxHits)
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
	return s.Client == healthVersion && s.Here
}
