// Package ui holds the screens of Lectern: the list of posts, the reader, the
// help, and the root that stacks them. It is a Bubble Tea program; whoever runs
// it gives it a terminal's size and colours, paints what View returns, and sends it
// a [LibraryMsg] when the library is replaced.
//
// Nothing here is shared between two programs but the library and the rendered
// documents, which are immutable. No goroutine outlives the context given to
// [New]; Update never blocks, and View does no work that grows with a post.
package ui

import (
	"context"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"lectern/internal/blog"
	"lectern/internal/render"
	"lectern/internal/search"
	"lectern/internal/text"
	"lectern/internal/theme"
)

// Config is what a program needs. Live, Docs and Terminal are required.
type Config struct {
	Live     *blog.Live
	Docs     *render.Cache
	Terminal Terminal
	Start    string            // where to begin, see Root.begin; empty for the list
	Search   *search.Live      // looks through all posts; nil: the reader cannot
	Opened   func(slug string) // told of every post that is opened; may be nil
	Follow   bool              // an open post is drawn anew when it changes, as its author wants
}

// A Root is the program's model: it owns the stage and the stack of screens.
// It is used through a pointer, by one program at a time.
type Root struct {
	cfg    Config
	ctx    context.Context // ends with the program: every command waits on it
	stage  stage
	theme  theme.Theme
	picked bool // the reader chose the theme; the terminal's answer no longer counts
	stack  []screen
	places map[string]render.Place // reading places of posts left, by slug
	trail  trail
	mouse  bool // clicks and the wheel are ours, and selecting text is not the terminal's

	view  tea.View // memo of the last frame
	stale bool     // view must be drawn again
}

// New makes a program's model. The context ends with the program.
func New(ctx context.Context, cfg Config) *Root {
	r := &Root{cfg: cfg, ctx: ctx, theme: theme.Dark(), stale: true}
	if cfg.Terminal.Profile <= colorprofile.ASCII {
		r.theme, r.picked = theme.Plain(), true
	}
	r.stage = stage{
		width:   cfg.Terminal.Width,
		height:  cfg.Terminal.Height,
		links:   cfg.Terminal.Links,
		palette: r.theme.For(cfg.Terminal.Profile),
	}
	r.stage.ascii, r.stage.search = cfg.Terminal.ASCII, cfg.Search
	r.stage.library, _ = cfg.Live.Current()
	r.stack = []screen{newList()}
	r.begin(cfg.Start)
	return r
}

// A LibraryMsg tells that the library was replaced. Whoever runs programs sends it to each: a command that waited for it
// would keep two goroutines for every reader.
type LibraryMsg struct{}

// A documentMsg brings the document that a reader asked for.
type documentMsg struct {
	to      drawn
	doc     *render.Document // nil when it could not be drawn
	options render.Options
}

// Init implements tea.Model.
func (r *Root) Init() tea.Cmd {
	if library, _ := r.cfg.Live.Current(); library != r.stage.library { // replaced since New, when nobody could tell us
		r.restock()
	}
	return tea.Batch(tea.RequestBackgroundColor, r.fetch())
}

// restock takes up the newest library.
func (r *Root) restock() {
	r.stage.library, _ = r.cfg.Live.Current()
	r.changed()
	if r.cfg.Follow {
		r.follow()
	}
}

// fetch draws the top screen's post where it has to be drawn: at once when it
// is cached, else in the command that is returned.
func (r *Root) fetch() tea.Cmd {
	if f, ok := r.top().(*finding); ok {
		return f.ask(r.ctx, &r.stage, r.cfg.Search)
	}
	rd, ok := r.top().(drawn)
	if !ok {
		return nil
	}
	o, now := rd.wants(&r.stage)
	if !now {
		return nil
	}
	post := rd.ask()
	if doc, ok := r.cfg.Docs.Cached(post, o); ok {
		rd.show(&r.stage, doc, o)
		r.stale = true
		return nil
	}
	ctx, docs := r.ctx, r.cfg.Docs
	return func() tea.Msg {
		doc, err := docs.Document(ctx, post, o)
		if err != nil {
			doc = nil
		}
		return documentMsg{to: rd, doc: doc, options: o}
	}
}

// Update implements tea.Model.
func (r *Root) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	var cmd tea.Cmd
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		r.stage.width, r.stage.height = msg.Width, msg.Height
		r.changed()
	case tea.BackgroundColorMsg:
		if !r.picked && msg.IsDark() != r.theme.Dark {
			r.wear(map[bool]theme.Theme{true: theme.Dark(), false: theme.Light()}[msg.IsDark()])
		}
	case LibraryMsg:
		r.restock()
	case documentMsg:
		if msg.doc == nil {
			msg.to.fail(msg.options)
		} else {
			msg.to.show(&r.stage, msg.doc, msg.options)
		}
	case foundMsg:
		msg.to.found(msg)
	case tea.PasteMsg:
		r.top().paste(&r.stage, msg.Content)
	case tea.MouseWheelMsg:
		r.wheel(msg)
	case tea.MouseClickMsg:
		cmd = r.click(msg)
	case tea.KeyPressMsg:
		switch msg.String() {
		case "ctrl+c":
			return r, tea.Quit
		case "ctrl+z":
			return r, tea.Suspend // a server takes no notice
		}
		if r.small() {
			if msg.String() == "q" {
				return r, tea.Quit
			}
			return r, nil
		}
		in := r.top().key(&r.stage, msg)
		if in.do == quit {
			return r, tea.Quit
		}
		cmd = r.answer(in)
	default:
		return r, nil
	}
	r.stale = true
	if next := r.fetch(); next != nil {
		cmd = tea.Batch(cmd, next)
	}
	return r, cmd
}

// wear changes the theme.
func (r *Root) wear(t theme.Theme) {
	r.theme = t
	r.stage.palette = t.For(r.cfg.Terminal.Profile)
	r.changed()
}

// changed tells every screen that the stage is another one.
func (r *Root) changed() {
	if r.small() {
		return
	}
	for _, s := range r.stack {
		s.changed(&r.stage)
	}
}

// small says that the terminal is too small to draw on.
func (r *Root) small() bool { return r.stage.width < minWidth || r.stage.height < minHeight }

// View implements tea.Model. The frame is drawn when something changed, and
// handed out again otherwise.
func (r *Root) View() tea.View {
	if !r.stale {
		return r.view
	}
	r.stale = false
	r.view = tea.View{AltScreen: true, WindowTitle: r.stage.library.Site().Title}
	if r.small() {
		r.view.Content = r.tooSmall()
		return r.view
	}
	p := r.top().page(&r.stage)
	if rd, ok := r.top().(*reader); ok {
		r.view.WindowTitle = rd.post.Title
	}
	if r.mouse {
		r.view.MouseMode = tea.MouseModeCellMotion
	}
	content, x, y := frame(&r.stage, r.stage.library.Site().Title, p, r.top().keys())
	if r.stage.ascii {
		content, r.view.WindowTitle = text.ASCII(content), text.ASCII(r.view.WindowTitle)
	}
	r.view.Content = content
	if x >= 0 {
		r.view.Cursor = tea.NewCursor(x, y)
	}
	return r.view
}

// tooSmall says that there is no room, in whatever room there is.
func (r *Root) tooSmall() string {
	lines := text.Wrap("too small: 20x6 at least", max(1, r.stage.width))
	return strings.Join(lines[:min(len(lines), max(1, r.stage.height))], "\n")
}
