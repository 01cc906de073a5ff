package ui

import (
	"context"
	"fmt"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"lectern/internal/blog"
	"lectern/internal/search"
	"lectern/internal/text"
	"lectern/internal/theme"
)

// maxFound is how many posts a search lists.
const maxFound = 40

// hitRows is how many lines a found post takes: its title, a line that matches
// or two, and a blank one.
const hitRows = 4

// foundSoon is how long a key waits for what it finds, so that both are one frame. Most searches through some hundred posts
// take less, and a frame that is later by this looks no later.
const foundSoon = time.Millisecond

// A finding is the search through the text of all posts. It looks as the reader
// types, in a goroutine of its own; the newest words win.
type finding struct {
	words    prompt
	typing   bool
	hits     []search.Hit
	selected int
	shown    string             // words that were asked for
	from, to int                // hits that have their lines
	asked    int                // number of the newest question
	again    bool               // it asks for the lines of another page of what was found
	lines    [2]int             // hits whose lines it asks for, from and to
	answered int                // number of the one that the hits answer; 0: they are of other words
	cancel   context.CancelFunc // ends the question that is on its way; nil: none
	failed   bool
	soon     time.Duration // how long a key waits for its answer; 0: it does not
}

// A foundMsg brings the answer to a question.
type foundMsg struct {
	to     *finding
	number int
	hits   []search.Hit
	failed bool
	panic  string // what the search panicked with, and where; the program panics with it
}

func newFinding(words string) *finding {
	f := &finding{typing: words == "", soon: foundSoon}
	f.words.insert(words)
	return f
}

// changed implements screen.
func (f *finding) changed(*stage) {}

// paste implements screen.
func (f *finding) paste(_ *stage, pasted string) {
	if f.typing {
		f.words.insert(pasted)
	}
}

// keys implements screen.
func (f *finding) keys() keymap {
	if f.typing {
		return searchKeys
	}
	return foundKeys
}

// key implements screen.
func (f *finding) key(s *stage, k tea.KeyPressMsg) intent {
	a := f.keys().find(k)
	if f.typing {
		switch {
		case a == choose:
			f.typing = false
			return intent{}
		case a == back, f.words.value == "" && k.String() == "backspace":
			return intent{do: back}
		case a == noAction:
			f.words.key(k)
			return intent{}
		}
	}
	switch a {
	case choose:
		return f.chosen()
	case find:
		f.typing = true
	case back, showHelp, switchTheme:
		return intent{do: a}
	default:
		f.move(s, a)
	}
	return intent{}
}

// chosen opens the post that is selected where it has the words.
func (f *finding) chosen() intent {
	if f.selected >= len(f.hits) {
		return intent{}
	}
	return intent{do: openFound, slug: f.hits[f.selected].Post.Slug, text: f.shown}
}

// perPage is how many found posts one page holds.
func (f *finding) perPage(s *stage) int { return max(1, s.rows()/hitRows) }

// move moves the selection.
func (f *finding) move(s *stage, a action) {
	page := f.perPage(s)
	switch a {
	case up:
		f.selected--
	case down:
		f.selected++
	case pageUp:
		f.selected -= page
	case pageDown:
		f.selected += page
	case top:
		f.selected = 0
	case bottom:
		f.selected = len(f.hits)
	}
	f.selected = max(0, min(f.selected, len(f.hits)-1))
}

// ask looks for the words, when they are others than those that were asked for last, or for the lines of another page. It
// returns the command that brings what is not found at once.
func (f *finding) ask(ctx context.Context, s *stage, live *search.Live) tea.Cmd {
	words, per := f.words.value, f.perPage(s)
	again := f.asked > 0 && words == f.shown
	page := [2]int{0, per}
	if again {
		first := f.selected / per * per
		page = [2]int{first, first + per}
		switch {
		case f.answered == 0: // the answer comes first
			return nil
		case f.from <= page[0] && min(page[1], len(f.hits)) <= f.to:
			return nil
		case f.cancel != nil && f.lines == page:
			return nil
		}
	} else {
		f.answered = 0
	}
	f.again, f.lines = again, page
	if f.cancel != nil {
		f.cancel()
		f.cancel = nil
	}
	f.asked++
	f.shown = words
	if strings.TrimSpace(words) == "" {
		f.hits, f.selected, f.answered = nil, 0, f.asked
		return nil
	}
	ctx, f.cancel = context.WithCancel(ctx)
	number := f.asked
	answer := make(chan foundMsg, 1)
	go func() {
		msg := foundMsg{to: f, number: number}
		defer func() {
			if v := recover(); v != nil {
				msg.panic = fmt.Sprintf("%v\n%s", v, debug.Stack())
			}
			answer <- msg
		}()
		hits, err := live.Search(ctx, words, maxFound, page[0], page[1])
		msg.hits, msg.failed = hits, err != nil
	}()
	later := func() tea.Msg { return <-answer }
	if f.soon == 0 {
		return later
	}
	late := time.NewTimer(f.soon)
	defer late.Stop()
	select {
	case msg := <-answer:
		f.found(msg)
		return nil
	case <-late.C:
		return later
	}
}

// found takes an answer, unless a newer question was asked.
func (f *finding) found(msg foundMsg) {
	if msg.panic != "" {
		panic(msg.panic)
	}
	if msg.number != f.asked {
		return
	}
	if f.cancel != nil {
		f.cancel()
		f.cancel = nil
	}
	f.answered = msg.number
	if f.again && f.lines[0] <= f.to && f.from <= f.lines[1] {
		f.from, f.to = min(f.from, f.lines[0]), max(f.to, f.lines[1])
	} else {
		f.from, f.to = f.lines[0], f.lines[1]
	}
	selected := 0
	if f.again {
		if msg.failed {
			return // what was found is still good
		}
		selected = f.kept(msg.hits)
	}
	if f.again && !slices.EqualFunc(f.hits, msg.hits, func(a, b search.Hit) bool { return a.Post == b.Post }) {
		f.from, f.to = f.lines[0], f.lines[1] // others stand there now, which may have none
	}
	f.hits, f.selected, f.failed = msg.hits, selected, msg.failed
	for f.to < len(f.hits) && len(f.hits[f.to].Lines) > 0 { // of a phrase, all texts were read
		f.to++
	}
}

// kept gives hits the lines that they have already, and returns which of them is the one that is selected.
func (f *finding) kept(hits []search.Hit) (selected int) {
	before := make(map[*blog.Post]search.Hit)
	for _, h := range f.hits {
		before[h.Post] = h
	}
	selected = max(0, min(f.selected, len(hits)-1))
	for i := range hits {
		if f.selected < len(f.hits) && hits[i].Post.Slug == f.hits[f.selected].Post.Slug {
			selected = i
		}
		if len(hits[i].Lines) == 0 {
			hits[i].Lines = before[hits[i].Post].Lines
		}
	}
	return selected
}

// page implements screen.
func (f *finding) page(s *stage) page {
	pg := page{title: "search", body: make([]string, 0, s.rows())}
	per := f.perPage(s)
	first := f.selected / per * per
	for i := first; i < min(first+per, len(f.hits)); i++ {
		pg.body = f.hit(s, pg.body, f.hits[i], i == f.selected)
	}
	switch {
	case len(f.hits) > 0:
		pg.status = fmt.Sprintf("%d of %d", f.selected+1, len(f.hits))
		if len(f.hits) == maxFound {
			pg.status += "+"
		}
	case strings.TrimSpace(f.words.value) == "":
		pg.body = wrapped(s, "Type words that a post should have anywhere in its text. \"Words in quotes\" stand side by side.")
	case f.cancel != nil || f.answered < f.asked:
		pg.body = wrapped(s, "Looking…")
	case f.failed:
		pg.body = wrapped(s, "The search does not work just now. Press esc to go back.")
	default:
		pg.body = wrapped(s, "No post has these words.")
		pg.status = "0"
	}
	pg.prompt, pg.cursor = f.words.view("search: ", s.measure()-text.Width(pg.status)-2)
	pg.typing = f.typing
	return pg
}

// hit appends the lines of one post that was found.
func (f *finding) hit(s *stage, lines []string, h search.Hit, selected bool) []string {
	pal, room := s.palette, s.measure()-2
	mark, title := "  ", titled(pal, h.Post)
	if selected {
		mark, title = pal.AccentStyle.Styled("▌")+" ", pal.AccentStyle.Styled(h.Post.Title)
	}
	lines = append(lines, mark+text.Truncate(title, room))
	for i := range hitRows - 2 {
		line := ""
		switch {
		case i < len(h.Lines):
			line = "  " + text.Truncate(matched(pal, inSight(h.Lines[i], room)), room)
		case i == 0:
			line = blankOr("  ", text.Truncate(h.Post.Summary, room))
		}
		lines = append(lines, line)
	}
	return append(lines, "")
}

// inSight is a line from where what matches first is within so many cells, after some words that lead to it.
func inSight(l search.Line, cells int) search.Line {
	if len(l.Marks) == 0 || text.Width(l.Text[:l.Marks[0][1]]) < cells {
		return l
	}
	start := l.Marks[0][0]
	from := start
	for from > 0 {
		word := strings.LastIndexByte(l.Text[:from-1], ' ') + 1
		if text.Width(l.Text[word:start]) > cells/3 {
			break
		}
		from = word
	}
	if from == 0 {
		return l
	}
	marks := make([][2]int, len(l.Marks))
	for i, m := range l.Marks {
		marks[i] = [2]int{m[0] - from + len(text.Ellipsis), m[1] - from + len(text.Ellipsis)}
	}
	return search.Line{Text: text.Ellipsis + l.Text[from:], Marks: marks}
}

// matched is a line with what matches in the look of a hit.
func matched(pal *theme.Palette, l search.Line) string {
	var list []stretch
	for _, m := range l.Marks {
		list = append(list, stretch{from: m[0], to: m[1]})
	}
	return marked(l.Text, list, pal)
}

// wheel implements pointed.
func (f *finding) wheel(s *stage, lines int) {
	f.move(s, map[bool]action{true: up, false: down}[lines < 0])
}

// click implements pointed.
func (f *finding) click(s *stage, row int) intent {
	per := f.perPage(s)
	i := f.selected/per*per + row/hitRows
	switch {
	case i >= len(f.hits) || row/hitRows >= per:
		return intent{}
	case i == f.selected:
		return f.chosen()
	}
	f.selected = i
	return intent{}
}
