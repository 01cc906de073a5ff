package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"lectern/internal/blog"
	"lectern/internal/render"
)

// A reader shows one post. Its document is drawn elsewhere; until that is
// there the page holds the title. When the width or the theme changes, the old
// document stays until the new one comes, and the reading place is kept.
type reader struct {
	post    *blog.Post
	doc     *render.Document // nil until the first one is drawn
	drawn   render.Options   // how doc was asked for
	asked   bool             // a document is on its way
	failed  bool             // the last one that was asked for, as refused, could not be drawn
	refused render.Options
	ahead   []action     // keys pressed before the first document was there
	top     int          // line of doc in the first row
	place   render.Place // reading place, kept through redraws
	goal    string       // name of the place to go to when the document is there
	finder  finder
	picking []int    // source code that a number copies, in the order of the numbers; nil: none
	said    string   // a word in the footer, until the next key
	news    string   // what happened to the post while it is open
	sent    int      // number of the source code that the last key copied, counted from 1; 0: none
	tail    []string // lines that stand behind those of doc
}

// maxAhead bounds the keys that are kept until a post is drawn.
const maxAhead = 16

func newReader(p *blog.Post) *reader { return &reader{post: p} }

// wants returns how the post must be drawn for this stage, and whether that
// has to be asked for now. One request at a time: when the stage changes
// meanwhile, the answer is followed by a second one.
func (r *reader) wants(s *stage) (render.Options, bool) {
	return r.wanting(s.document())
}

// wanting is wants of a post that is to be drawn as o says.
func (r *reader) wanting(o render.Options) (render.Options, bool) {
	failed := r.failed && r.refused == o
	return o, !r.asked && !failed && (r.doc == nil || r.drawn != o)
}

// ask implements drawn.
func (r *reader) ask() *blog.Post {
	r.asked = true
	return r.post
}

// show takes a document that was asked for.
func (r *reader) show(s *stage, doc *render.Document, o render.Options) {
	r.asked, r.failed = false, false
	r.doc, r.drawn = doc, o
	r.picking, r.sent = nil, 0 // numbers of the document before
	r.finder.again(doc)
	r.changed(s)
	if r.goal != "" {
		r.goTo(s, r.goal)
	}
	for _, a := range r.ahead {
		r.move(s, a)
	}
	r.ahead = nil
}

// fail notes that the post cannot be drawn in this way.
func (r *reader) fail(o render.Options) { r.asked, r.failed, r.refused = false, true, o }

// changed implements screen: the reading place comes into the first row again,
// also when it stood further down for want of lines.
func (r *reader) changed(s *stage) {
	switch p, ok := s.library.Post(r.post.Slug); {
	case !ok:
		r.news = "this post was taken back"
	case p.Hash != r.post.Hash:
		r.news = "this post has changed: r shows it"
	default:
		r.news = ""
	}
	if r.doc != nil {
		r.tail = tail(s, r.post)
		r.top = min(max(0, r.doc.Find(r.place)), r.last(s))
	}
}

// paste implements screen.
func (r *reader) paste(_ *stage, pasted string) {
	if r.finder.typing {
		r.finder.words.insert(pasted)
	}
}

// keys implements screen.
func (r *reader) keys() keymap {
	switch {
	case r.finder.typing:
		return findKeys
	case r.picking != nil:
		return pickKeys
	}
	return readerKeys
}

// key implements screen.
func (r *reader) key(s *stage, k tea.KeyPressMsg) intent {
	sent := r.sent
	r.said, r.sent = "", 0
	switch {
	case r.finder.typing:
		if r.finder.typed(k) {
			r.search(s, r.finder.words.value)
		}
		return intent{}
	case r.picking != nil:
		return r.pick(k)
	}
	a := r.keys().find(k)
	switch a {
	case back:
		if k.String() == "esc" && r.finder.active() { // the marks go first
			r.finder = finder{}
			return intent{}
		}
		return intent{do: a}
	case showHelp, switchTheme, nextPost, previousPost, showOutline, showLinks, showTags, showSearch, copyCommand, reload, forwards, backwards,
		narrower, wider, toggleMouse, present:
		return intent{do: a}
	case find:
		r.finder.typing, r.finder.words = true, prompt{}
	case pickCode:
		if sent > 0 {
			return intent{do: copyCode, text: r.doc.Code()[sent-1].Source, again: true}
		}
		return r.offer(s)
	case nextHit, previousHit:
		r.step(s, map[action]int{nextHit: 1, previousHit: -1}[a])
	default:
		if r.doc == nil && len(r.ahead) < maxAhead {
			r.ahead = append(r.ahead, a)
		}
		r.move(s, a)
	}
	return intent{}
}

// move scrolls.
func (r *reader) move(s *stage, a action) {
	if r.doc == nil || a == noAction {
		return
	}
	switch a {
	case nextHeading, previousHeading:
		r.scrollTo(s, r.heading(a))
	default:
		r.scrollTo(s, scroll(a, r.top, s.rows(), r.doc.Len()+len(r.tail)))
	}
}

// scrollTo brings a line into the first row, as far as there are lines.
func (r *reader) scrollTo(s *stage, line int) {
	r.top = max(0, min(line, r.last(s)))
	r.place = r.doc.Place(r.top)
	if line > r.top { // it stands further down, and is the place to come back to
		r.place = r.doc.Place(line)
	}
}

// line is the line that one reads from: the first row's, or at the end of a post
// one further down that was gone to.
func (r *reader) line() int { return max(r.top, r.doc.Find(r.place)) }

// heading is the line of the heading before or behind that line.
func (r *reader) heading(a action) int {
	before, line := 0, r.line()
	for _, h := range r.doc.Headings() {
		switch {
		case h.Line < line:
			before = h.Line
		case h.Line > line && a == nextHeading:
			return h.Line
		}
	}
	if a == nextHeading {
		return line
	}
	return before
}

// section is the heading under which one reads; "" above the first.
func (r *reader) section() string {
	name := ""
	for _, h := range r.doc.Headings() {
		if h.Line > r.line() {
			break
		}
		name = h.Text
	}
	return name
}

// foundGoal stands before words that a post is opened at.
const foundGoal = "words:"

// goTo goes to a place by its name.
func (r *reader) goTo(s *stage, name string) {
	if r.doc == nil {
		r.goal = name
		return
	}
	r.goal = ""
	if words, ok := strings.CutPrefix(name, foundGoal); ok {
		r.search(s, words)
		return
	}
	if line, ok := r.doc.Anchor(name); ok {
		r.scrollTo(s, line)
	} else {
		r.said = "no such section"
	}
}

// search looks for words, and goes to the first place that has them from here on.
func (r *reader) search(s *stage, query string) {
	if r.doc == nil {
		return
	}
	r.finder.search(r.doc, query, r.top)
	r.step(s, 0)
}

// step goes to another hit, where it is not on the screen already.
func (r *reader) step(s *stage, n int) {
	line, ok := r.finder.step(n)
	if ok && (line < r.top || line >= r.top+s.rows()) {
		r.scrollTo(s, line-min(3, s.rows()/3)) // with what stands before it
	}
}

// scroll returns the first line after an action on a text of n lines in rows.
func scroll(a action, first, rows, n int) int {
	switch a {
	case up:
		return first - 1
	case down:
		return first + 1
	case pageUp:
		return first - max(1, rows-2) // two lines stay, so that the eye finds its place
	case pageDown:
		return first + max(1, rows-2)
	case halfUp:
		return first - max(1, rows/2)
	case halfDown:
		return first + max(1, rows/2)
	case top:
		return 0
	case bottom:
		return n
	}
	return first
}

// last is the largest first line: the end of the post is in the last row.
func (r *reader) last(s *stage) int { return max(0, r.doc.Len()+len(r.tail)-s.rows()) }
