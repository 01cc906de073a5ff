package ui

import (
	"slices"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"lectern/internal/blog"
	"lectern/internal/theme"
)

// answer does what a screen wants.
func (r *Root) answer(in intent) tea.Cmd {
	switch in.do {
	case back:
		r.back()
	case choose:
		r.open(in.slug)
	case nextPost, previousPost:
		r.neighbour(in.do)
	case showHelp:
		_, reading := r.top().(*reader)
		r.push(newHelp(&r.stage, reading))
	case switchTheme:
		r.picked = true
		r.wear(next(theme.All(), r.theme))
	case narrower, wider:
		r.stage.widen(map[action]int{narrower: -1, wider: 1}[in.do])
		r.changed()
	case toggleMouse:
		r.mouse = !r.mouse
	case showSearch:
		if r.cfg.Search != nil {
			r.push(newFinding(""))
		}
	case openFound:
		if p, ok := r.stage.library.Post(in.slug); ok {
			rd := newReader(p)
			rd.goal = foundGoal + in.text
			r.push(rd)
			r.opened(p.Slug)
		}
	case copyText:
		return copyOut(in.text)
	case showTags:
		var post *blog.Post
		if rd, ok := r.top().(*reader); ok {
			post = rd.post
		}
		r.push(newTagList(r.stage.library, post))
	case goTag:
		r.back()
		r.push(newTagged(in.text))
	default:
		if rd := r.reader(); rd != nil {
			return r.read(rd, in)
		}
	}
	return nil
}

// read does what the open post, or a screen that was opened from it, wants.
func (r *Root) read(rd *reader, in intent) tea.Cmd {
	switch in.do {
	case showOutline:
		if rd.doc != nil {
			r.push(newOutline(rd.post.Title, rd.doc.Headings(), rd.line()))
		}
	case showLinks:
		if rd.doc != nil {
			r.push(newLinkList(&r.stage, rd.post, rd.doc, rd.top))
		}
	case goHeading:
		r.back()
		if h := rd.doc.Headings(); in.index < len(h) {
			rd.scrollTo(&r.stage, h[in.index].Line)
		}
	case goLink:
		r.followLink(rd, in.link)
	case copyCommand:
		rd.said = "the command is on your clipboard"
		return copyOut(r.stage.library.Site().CommandFor(rd.post.Slug))
	case copyCode:
		if r.cfg.Terminal.Clipboard && len(in.text) <= maxCopy && !in.again {
			return copyOut(in.text)
		}
		rd.said = ""
		r.push(newBareCode(&r.stage, in.text))
	case present:
		r.push(newPresenter(rd))
	case reload:
		r.renew(rd)
	case forwards, backwards:
		r.along(in.do)
	}
	return nil
}

// copyOut has the terminal put text on the reader's clipboard.
func copyOut(text string) tea.Cmd { return tea.Raw(ansi.SetSystemClipboard(text)) }

// next returns the theme after t in the cycle.
func next(all []theme.Theme, t theme.Theme) theme.Theme {
	i := slices.IndexFunc(all, func(u theme.Theme) bool { return u.Name == t.Name })
	return all[(i+1)%len(all)]
}
