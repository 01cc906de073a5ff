package ui

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"lectern/internal/render"
	"lectern/internal/text"
)

// presentMeasure is the widest column of a presentation, in cells: those in the
// last row read it when the speaker makes the letters large.
const presentMeasure = 60

// A presenter shows a post one section at a time in the middle of an otherwise
// empty screen. A section begins at a heading of the first two levels that the
// post has, or behind a rule, and goes on in as many pages as it takes.
type presenter struct {
	*reader
	pages []pageOf
	at    int
}

// A pageOf is the lines of one page: from first up to, not including, end.
type pageOf struct{ first, end int }

// newPresenter presents the post that rd shows, beginning where it is read.
func newPresenter(rd *reader) *presenter {
	p := &presenter{reader: newReader(rd.post)}
	p.place = rd.place
	return p
}

// wants implements drawn.
func (p *presenter) wants(s *stage) (render.Options, bool) {
	o := s.document()
	o.Width = min(o.Width, presentMeasure)
	return p.wanting(o)
}

// show implements drawn.
func (p *presenter) show(s *stage, doc *render.Document, o render.Options) {
	p.asked, p.failed = false, false
	p.doc, p.drawn = doc, o
	p.changed(s)
}

// changed implements screen: the pages are cut anew, and the place is kept.
func (p *presenter) changed(s *stage) {
	if p.doc == nil {
		return
	}
	p.cut(max(1, s.rows()))
	line := p.doc.Find(p.place)
	p.at = 0
	for i, pg := range p.pages {
		if pg.first <= line {
			p.at = i
		}
	}
}

// cut cuts the document into pages of at most so many lines.
func (p *presenter) cut(rows int) {
	starts := map[int]bool{}
	least := 6
	for _, h := range p.doc.Headings() {
		least = min(least, h.Level)
	}
	for _, h := range p.doc.Headings() {
		if h.Level <= least+1 {
			starts[h.Line] = true
		}
	}
	p.pages = p.pages[:0]
	first := 0
	end := func(line int) {
		for first < line && p.blank(first) {
			first++
		}
		last := line
		for last > first && p.blank(last-1) {
			last--
		}
		for first < last {
			to := min(last, first+rows)
			if to < last { // rather between two paragraphs
				for i := to; i > first+rows/2; i-- {
					if p.blank(i) {
						to = i
						break
					}
				}
			}
			p.pages = append(p.pages, pageOf{first, to})
			for first = to; first < last && p.blank(first); {
				first++
			}
		}
		first = line
	}
	for i := range p.doc.Len() {
		switch {
		case starts[i] && i > 0:
			end(i)
		case strings.TrimSpace(ansi.Strip(p.doc.Line(i))) == "* * *":
			end(i)
			first = i + 1
		}
	}
	end(p.doc.Len())
	if len(p.pages) == 0 {
		p.pages = append(p.pages, pageOf{})
	}
}

func (p *presenter) blank(line int) bool { return p.doc.Line(line) == "" }

// keys implements screen.
func (p *presenter) keys() keymap { return presenterKeys }

// paste implements screen.
func (p *presenter) paste(*stage, string) {}

// key implements screen.
func (p *presenter) key(_ *stage, k tea.KeyPressMsg) intent {
	switch a := p.keys().find(k); a {
	case back, showHelp, switchTheme:
		return intent{do: a}
	case pageDown:
		p.turn(p.at + 1)
	case pageUp:
		p.turn(p.at - 1)
	case top:
		p.turn(0)
	case bottom:
		p.turn(len(p.pages) - 1)
	}
	return intent{}
}

// turn shows a page.
func (p *presenter) turn(to int) {
	if p.doc == nil {
		return
	}
	p.at = max(0, min(to, len(p.pages)-1))
	p.place = p.doc.Place(p.pages[p.at].first)
}

// wheel implements pointed: a notch is a page.
func (p *presenter) wheel(_ *stage, lines int) {
	p.turn(p.at + map[bool]int{true: -1, false: 1}[lines < 0])
}

// click implements pointed.
func (p *presenter) click(*stage, int) intent {
	p.turn(p.at + 1)
	return intent{}
}

// page implements screen.
func (p *presenter) page(s *stage) page {
	if p.doc == nil {
		return p.reader.page(s)
	}
	pg := p.pages[p.at]
	var body []string
	for range (s.rows() - (pg.end - pg.first)) / 3 { // a little above the middle
		body = append(body, "")
	}
	pad := strings.Repeat(" ", max(0, (s.measure()-p.drawn.Width)/2))
	for i := pg.first; i < pg.end; i++ {
		line := p.doc.Line(i)
		if p.drawn.Width > s.measure() {
			line = text.Truncate(line, s.measure())
		}
		if line != "" {
			line = pad + line
		}
		body = append(body, line)
	}
	return page{body: body, status: fmt.Sprintf("%d/%d", p.at+1, len(p.pages))}
}
