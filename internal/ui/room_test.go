package ui

import (
	"encoding/base64"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"lectern/internal/text"
)

// room is a blog whose posts lead to each other.
func room(t *testing.T) *seat {
	t.Helper()
	s := sit(t, shelf(t, map[string]string{
		"blog.yaml": "title: The Room\nhost: blog.example.com:2222\nurl: https://blog.example.com\n",
		"one.md": "---\ntitle: First post\ndate: 2026-03-01\ntags: [Go, Café]\n---\n\nTo [the other](two.md#second), [by the web](https://blog.example.com/posts/two/), [away](https://example.org/a?b=c), " +
			"[down](#last), [gone](three.md), [mail](mailto:a@example.com).[^n]\n\n" + strings.Repeat("Some words of a paragraph.\n\n", 12) +
			"## Middle\n\n```go\nx := 1\n```\n\n" + strings.Repeat("More words of a paragraph.\n\n", 12) + "```sh\nls\npwd\n```\n\n## Last\n\n" + strings.Repeat("The last words.\n\n", 30) + "[^n]: A note.\n",
		"two.md":   "---\ntitle: Second post\ndate: 2025-02-01\ntags: [go]\n---\n\n# One\n\n" + strings.Repeat("Other words.\n\n", 20) + "## Second\n\n" + strings.Repeat("Words under it.\n\n", 30),
		"lone.md":  "---\ntitle: Third post\ndate: 2024-01-01\n---\nA café, a CAFÉ, and a cafe\u0301.\n",
		"plain.md": "---\ntitle: No date\n---\nNothing.\n",
	}), 80, 24, colorprofile.ANSI256)
	return s
}

// copied is what the program last put on the clipboard; "" for nothing.
func (s *seat) copied() string {
	s.t.Helper()
	for {
		select {
		case msg := <-s.answers:
			raw, ok := msg.(tea.RawMsg)
			if !ok {
				continue
			}
			coded, ok := strings.CutPrefix(raw.Msg.(string), "\x1b]52;c;")
			b, err := base64.StdEncoding.DecodeString(strings.TrimRight(coded, "\a\x1b\\"))
			if !ok || err != nil {
				s.t.Fatalf("%q is no copy: %v", raw.Msg, err)
			}
			return string(b)
		default:
			return ""
		}
	}
}

// pressed presses a key and runs what that answers, here and now.
func (s *seat) pressed(name string) {
	s.t.Helper()
	_, cmd := s.root.Update(key(name))
	if cmd != nil {
		if msg := cmd(); msg != nil {
			s.answers <- msg
		}
	}
}

func TestYearsStandAboveTheirPosts(t *testing.T) {
	s := room(t)
	var years []string
	for _, l := range s.lines() {
		if y := strings.TrimSpace(ansi.Strip(l)); slices.Contains([]string{"2026", "2025", "2024", "undated"}, y) {
			years = append(years, y)
		}
	}
	if want := []string{"2026", "2025", "2024", "undated"}; !slices.Equal(years, want) {
		t.Errorf("the years are %v, want %v", years, want)
	}
}

func TestTheOutlineGoesToItsSection(t *testing.T) {
	s := room(t)
	s.press("enter", "}", "o")
	s.mustShow("▌ Middle")
	s.press("j", "enter")
	s.mustShow("First post · Last")
	rd := s.root.top().(*reader)
	if h := rd.doc.Headings(); rd.top != h[1].Line {
		t.Errorf("the first line is %d, want %d", rd.top, h[1].Line)
	}
	s.press("{")
	s.mustShow("First post · Middle")
	// A section at the end, which is too short to come to the top.
	s.press("q", "j", "enter", "}", "}")
	s.mustShow("Second post · Second")
	s.send(tea.WindowSizeMsg{Width: 80, Height: 60})
	s.press("}", "}", "}")
	s.mustShow("Second")
	s.press("o")
	s.mustShow("▌   Second")
}

func TestFindMarksAndCountsAndGoesAround(t *testing.T) {
	s := room(t)
	s.press("enter", "/")
	s.typed("LAST words")
	s.press("enter")
	s.mustShow("1 of 30")
	rd := s.root.top().(*reader)
	s.press("n", "n")
	s.mustShow("3 of 30")
	s.press("N", "N", "N")
	s.mustShow("30 of 30")
	if rd.top != rd.last(&s.root.stage) {
		t.Errorf("the first line is %d, want the end, %d", rd.top, rd.last(&s.root.stage))
	}
	s.press("n")
	s.mustShow("1 of 30")
	if n := strings.Count(s.root.View().Content, s.root.stage.palette.HitStyle.String()); n < 3 {
		t.Errorf("%d hits are marked", n)
	}
	if n := strings.Count(s.root.View().Content, s.root.stage.palette.HereStyle.String()); n != 1 {
		t.Errorf("%d hits are marked as where the reader is, want 1", n)
	}
	// A resize finds them again; esc takes the marks off and only then leaves.
	s.send(tea.WindowSizeMsg{Width: 40, Height: 20})
	s.mustShow("1 of 30")
	s.press("esc")
	if s.shows("of 30") {
		t.Error("esc left the count")
	}
	if _, ok := s.root.top().(*reader); !ok {
		t.Error("esc left the post at once")
	}
	s.press("/", "z", "z", "enter")
	s.mustShow("not found")
	s.press("/", "x", "esc", "q")
	if len(s.root.stack) != 1 {
		t.Error("q does not lead back")
	}
}

func TestFindForgivesAccents(t *testing.T) {
	s := room(t)
	s.press("j", "j", "enter", "/")
	s.typed("cafe")
	s.press("enter")
	s.mustShow("1 of 3")
}

func TestFindTakesAMegabyteAndControlCharacters(t *testing.T) {
	s := room(t)
	s.press("enter", "/")
	s.send(tea.PasteMsg{Content: strings.Repeat("\x1b[31mx\x00", 1<<18)})
	rd := s.root.top().(*reader)
	if v := rd.finder.words.value; len(v) > maxPrompt || strings.ContainsFunc(v, func(r rune) bool { return r < ' ' }) {
		t.Errorf("%d bytes are kept: %.40q", len(v), v)
	}
	s.press("enter")
	s.mustShow("not found")
}

func TestALinkToAPostOpensItHereAndEscComesBack(t *testing.T) {
	s := room(t)
	s.press("enter", "j")
	before := s.root.View().Content
	s.press("l")
	s.mustShow("▌ 1  Second post")
	s.press("enter")
	s.mustShow("Second post · Second") // the section that the link names
	s.press("esc")
	if got := s.root.View().Content; got != before {
		t.Errorf("esc leads to\n%s\nwant\n%s", ansi.Strip(got), ansi.Strip(before))
	}
	if want := []string{"one", "two"}; !slices.Equal(s.opened, want) {
		t.Errorf("opened %v, want %v", s.opened, want)
	}
	s.press("l", "2", "enter")
	s.mustShow("Second post")
}

func TestALinkInsideThePostAndANoteComeBackToo(t *testing.T) {
	s := room(t)
	s.press("enter", "l")
	s.mustShow("[1] A note.")
	s.press("4", "enter")
	s.mustShow("First post · Last")
	s.press("esc")
	s.mustShow("To the other")
	s.press("l", "7", "enter")
	s.mustShow("end")
	s.press("esc", "esc")
	if len(s.root.stack) != 1 {
		t.Errorf("%d screens are left", len(s.root.stack))
	}
}

func TestAnAddressIsShownWholeAndCopiedAndDrawn(t *testing.T) {
	s := room(t)
	s.root.Update(tea.WindowSizeMsg{Width: 80, Height: 40})
	s.press("enter", "l", "3", "enter")
	s.mustShow("https://example.org/a?b=c")
	s.mustShow("▄")
	if !strings.Contains(s.root.View().Content, "\x1b]8;;https://example.org/a?b=c\x1b\\") {
		t.Error("the address is no link")
	}
	s.pressed("y")
	if got := s.copied(); got != "https://example.org/a?b=c" {
		t.Errorf("copied %q", got)
	}
	s.send(tea.WindowSizeMsg{Width: 80, Height: 12})
	s.mustShow("In a larger window")
	s.press("q", "q")
	s.mustShow("To the other")
	s.press("l", "5", "enter") // a post that is not there
	s.mustShow("three.md")
	s.mustShow("no address of the web")
}

func TestCodeIsCopiedExactly(t *testing.T) {
	s := room(t)
	s.root.cfg.Terminal.Clipboard = true
	s.press("enter", "}")
	s.pressed("y")
	if got := s.copied(); got != "x := 1\n" {
		t.Errorf("copied %q", got)
	}
	s.mustShow("1 line sent to your clipboard")
	s.pressed("y")
	s.mustShow("x := 1")
	if _, ok := s.root.top().(*bareCode); !ok {
		t.Errorf("y again shows %T", s.root.top())
	}
	s.press("esc")
	// Two blocks in view: a number says which.
	s.send(tea.WindowSizeMsg{Width: 80, Height: 60})
	s.press("y")
	s.mustShow("copy which?")
	s.mustShow(" 2\n    ls")
	s.pressed("2")
	if got := s.copied(); got != "ls\npwd\n" {
		t.Errorf("copied %q", got)
	}
	s.press("y", "esc", "Y")
}

func TestCodeIsShownBareWhereThereIsNoClipboard(t *testing.T) {
	s := room(t)
	s.press("enter", "}")
	s.pressed("y")
	if got := s.copied(); got != "" {
		t.Errorf("copied %q", got)
	}
	if lines := s.lines(); !slices.Contains(lines, "x := 1") {
		t.Errorf("the code does not stand at the left edge:\n%s", strings.Join(lines, "\n"))
	}
}

func TestTheCommandThatOpensThePostIsCopied(t *testing.T) {
	s := room(t)
	s.press("enter")
	s.pressed("Y")
	if got, want := s.copied(), "ssh -t -p 2222 blog.example.com one"; got != want {
		t.Errorf("copied %q, want %q", got, want)
	}
}

func TestHistoryGoesBackAndForwardsAsInABrowser(t *testing.T) {
	s := room(t)
	s.press("enter", "space", "]", "]", "H")
	s.mustShow("Second post")
	s.press("H")
	s.mustShow("Some words of a paragraph")
	if s.root.top().(*reader).top == 0 {
		t.Error("the place in the first post is lost")
	}
	s.press("H")
	s.mustShow("no post before this one")
	s.press("L", "L")
	s.mustShow("CAFÉ")
	s.press("L")
	s.mustShow("no post after this one")
	s.press("esc")
	s.mustShow("▌ Third post")
	for range 3 * maxTrail {
		s.root.opened(fmt.Sprint("x", len(s.root.trail.slugs), s.root.trail.at%2))
	}
	if n := len(s.root.trail.slugs); n > maxTrail {
		t.Errorf("%d posts are on the trail", n)
	}
}

func TestScreensOnEachOtherAreBounded(t *testing.T) {
	s := room(t)
	s.press("enter")
	for range 2 * maxStack {
		s.press("l", "4", "enter")
	}
	if n := len(s.root.stack); n > maxStack {
		t.Errorf("%d screens", n)
	}
	for range maxStack {
		s.press("esc")
	}
	if len(s.root.stack) != 1 {
		t.Error("esc does not lead home")
	}
}

func TestTheFilterForgivesAccentsAndSlips(t *testing.T) {
	s := room(t)
	for words, want := range map[string]string{"frist": "1 of 1", "CAFE": "of 2", "secnod post": "1 of 1", "po": "of 3", "zzzz": "No post matches"} {
		s.press("/")
		s.typed(words)
		s.mustShow(want)
		s.press("esc")
	}
	s.press("#", "enter", "/")
	s.typed("frist")
	s.mustShow("1 of 1")
	s.press("esc", "/")
	s.typed("third")
	s.mustShow("No post matches")
}

func TestTagsLeadToTheirPosts(t *testing.T) {
	s := room(t)
	s.press("#")
	s.mustShow("▌ Go")
	s.mustShow("2 posts")
	s.press("enter")
	s.mustShow("#Go")
	s.mustShow("1 of 2")
	s.press("j", "enter", "[") // the neighbour in this list
	s.mustShow("To the other")
	s.press("#")
	s.mustShow("▌ Go") // those of the post first
	s.press("j")
	s.mustShow("▌ Café")
	s.press("esc", "esc", "esc")
	s.mustShow("1 of 4")
	s.press("q")
}

func TestAPlaceIsOpenedByItsName(t *testing.T) {
	for place, want := range map[string][]string{
		"two":         {"Other words."},
		"two#second":  {"Second post · Second", "Words under it."},
		"two#nothing": {"no such section"},
		"tag:GO":      {"#Go", "1 of 2"},
		"tag:cafe":    {"#Café", "1 of 1"},
		"tag:none":    {"no tag called “none”", "All posts"},
		"tow":         {"no post called “tow”", "Second post"},
		"x\x1b[31my":  {"no post called “xy”"},
		" ":           {"1 of 4"},
		"":            {"1 of 4"},
		"one two":     {"no post called “one two”"},
	} {
		s := room(t)
		s.root = New(t.Context(), Config{Live: s.root.cfg.Live, Docs: s.root.cfg.Docs, Terminal: s.root.cfg.Terminal, Start: place})
		s.send(tea.WindowSizeMsg{Width: 80, Height: 24})
		for _, w := range want {
			if !s.shows(w) {
				t.Errorf("%q does not show %q but\n%s", place, w, strings.Join(s.lines(), "\n"))
			}
		}
		s.press("esc", "esc", "esc")
		if len(s.root.stack) != 1 {
			t.Errorf("from %q esc does not lead home", place)
		}
	}
}

func TestAPostThatChangesOrGoesWhileItIsOpenSaysSo(t *testing.T) {
	files := map[string]string{"a.md": "---\ntitle: A\n---\n" + strings.Repeat("Old words.\n\n", 40), "b.md": "x"}
	s := sit(t, shelf(t, files), 80, 24, colorprofile.ANSI256)
	s.press("enter", "space")
	top := s.root.top().(*reader).top
	files["a.md"] = strings.ReplaceAll(files["a.md"], "Old", "New")
	s.root.cfg.Live = shelf(t, files)
	s.send(LibraryMsg{})
	s.mustShow("this post has changed: r shows it")
	s.mustShow("Old words.")
	s.press("r")
	s.mustShow("New words.")
	if got := s.root.top().(*reader).top; got != top || s.shows("has changed") {
		t.Errorf("the first line is %d, want %d", got, top)
	}
	delete(files, "a.md")
	s.root.cfg.Live = shelf(t, files)
	s.send(LibraryMsg{})
	s.mustShow("this post was taken back")
	s.press("r", "j")
	s.mustShow("New words.")
}

func TestNumbersOfCodeDoNotOutliveTheirDocument(t *testing.T) {
	files := map[string]string{"a.md": "---\ntitle: A\n---\n```\none\n```\n\n```\ntwo\n```\n"}
	for _, keys := range [][]string{{"y"}, {"y", "2"}} {
		s := sit(t, shelf(t, files), 80, 24, colorprofile.ANSI256)
		s.root.cfg.Terminal.Clipboard, s.root.cfg.Follow = true, true
		s.press("enter")
		s.press(keys...)
		s.root.cfg.Live = shelf(t, map[string]string{"a.md": "---\ntitle: A\n---\nNo code any more.\n"})
		s.send(LibraryMsg{})
		s.mustShow("No code any more.")
		s.press("2", "y")
		s.mustShow("no source code on this page")
	}
}

func TestMarkedLinesShowTheSameLetters(t *testing.T) {
	pal := sit(t, shelf(t, posts(1)), 80, 24, colorprofile.ANSI256).root.stage.palette
	for _, line := range []string{"plain words", "\x1b[1mbold\x1b[m and \x1b[3;38;5;9mred\x1b[m", "\x1b]8;;http://x\x1b\\li\x1b[4mnk\x1b[m\x1b]8;;\x1b\\ é日本"} {
		plain := ansi.Strip(line)
		for from := range len(plain) {
			for to := from + 1; to <= len(plain); to++ {
				if !utf8.RuneStart(plain[from]) || to < len(plain) && !utf8.RuneStart(plain[to]) {
					continue
				}
				got := marked(line, []stretch{{from, to, from%2 == 0}}, pal)
				if ansi.Strip(got) != plain || text.Width(got) != text.Width(line) {
					t.Errorf("%q marked from %d to %d is %q", line, from, to, got)
				}
			}
		}
	}
	if got, want := marked("\x1b[1mab\x1b[mc", []stretch{{1, 3, false}}, pal), "\x1b[1ma\x1b[7mb\x1b[m\x1b[7mc\x1b[m"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestATerminalOfASCIIGetsNothingElse(t *testing.T) {
	s := room(t)
	s.root.stage.ascii = true
	for _, walk := range [][]string{nil, {"enter"}, {"enter", "l", "3", "enter"}, {"?"}, {"enter", "o"}, {"#"}, {"/", "é"}} {
		s.press("esc", "esc", "esc", "esc")
		s.press(walk...)
		v := s.root.View()
		if strings.ContainsFunc(v.Content+v.WindowTitle, func(r rune) bool { return r >= 0x80 }) {
			t.Errorf("after %v the screen has more than ASCII:\n%s", walk, strings.Join(s.lines(), "\n"))
		}
		check(t, fmt.Sprint(walk), s, 80, 24)
	}
}

func TestThePresenterShowsOneSectionAtATime(t *testing.T) {
	s := room(t)
	s.press("enter", "}", "p")
	s.mustShow("Middle")
	s.mustNotShow("Some words of a paragraph.")
	s.mustNotShow("The last words.")
	at := s.root.top().(*presenter).at
	s.press("left")
	s.mustShow("Some words of a paragraph.")
	s.press("right", "right")
	s.mustShow("More words of a paragraph.") // the section is longer than a page
	s.press("G")
	n := len(s.root.top().(*presenter).pages)
	s.mustShow(fmt.Sprintf("%d/%d", n, n))
	s.send(tea.WindowSizeMsg{Width: 60, Height: 60})
	s.mustShow("A note.")
	s.send(tea.WindowSizeMsg{Width: 80, Height: 24})
	s.press("g")
	s.mustShow(fmt.Sprintf("1/%d", n))
	s.press("right", "esc")
	s.mustShow("First post · Middle")
	if at == 0 {
		t.Error("the presentation did not begin where the post was read")
	}
	// Every line of the post is on one page, and each page fits.
	p := newPresenter(s.root.reader())
	o, _ := p.wants(&s.root.stage)
	doc, err := s.root.cfg.Docs.Document(t.Context(), p.ask(), o)
	if err != nil {
		t.Fatal(err)
	}
	for rows := 1; rows < 40; rows++ {
		p.doc = doc
		p.cut(rows)
		shown := map[int]int{}
		for _, pg := range p.pages {
			if pg.end-pg.first > rows || pg.end <= pg.first {
				t.Errorf("page %v of %d rows", pg, rows)
			}
			for i := pg.first; i < pg.end; i++ {
				shown[i]++
			}
		}
		for i := range doc.Len() {
			if want := 1; doc.Line(i) != "" && shown[i] != want {
				t.Errorf("at %d rows line %d is on %d pages", rows, i, shown[i])
			}
		}
	}
}

func TestTheMouseIsOffUntilItIsAskedFor(t *testing.T) {
	s := room(t)
	click := func(y int) { s.send(tea.MouseClickMsg{X: 10, Y: y, Button: tea.MouseLeft}) }
	wheel := func(b tea.MouseButton) { s.send(tea.MouseWheelMsg{X: 10, Y: 10, Button: b}) }
	click(7)
	wheel(tea.MouseWheelDown)
	s.mustShow("▌ First post")
	if s.root.View().MouseMode != tea.MouseModeNone {
		t.Error("the mouse is taken")
	}
	s.press("m")
	if s.root.View().MouseMode == tea.MouseModeNone {
		t.Error("m does not take the mouse")
	}
	wheel(tea.MouseWheelDown)
	s.mustShow("▌ Second post")
	click(3)
	s.mustShow("▌ First post")
	click(0)
	click(23)
	click(3)
	s.mustShow("Some words of a paragraph.")
	wheel(tea.MouseWheelDown)
	if got := s.root.top().(*reader).top; got != wheelLines {
		t.Errorf("the wheel scrolls %d lines", got)
	}
	s.press("o")
	click(3)
	s.mustShow("▌ Last")
	click(3)
	s.mustShow("First post · Last")
	s.press("l")
	click(2)
	click(2)
	s.mustShow("Second post")
	s.press("m")
	if s.root.View().MouseMode != tea.MouseModeNone {
		t.Error("m does not give the mouse back")
	}
}

func TestTheColumnIsMadeNarrowerAndWiderWithinBounds(t *testing.T) {
	s := room(t)
	s.send(tea.WindowSizeMsg{Width: 200, Height: 24})
	s.press("enter", ">", ">", ">", ">")
	if got := s.root.stage.measure(); got != mostMeasure {
		t.Errorf("the column has %d cells, want %d", got, mostMeasure)
	}
	for range 20 {
		s.press("<")
	}
	if got := s.root.stage.measure(); got != leastMeasure {
		t.Errorf("the column has %d cells, want %d", got, leastMeasure)
	}
	s.send(tea.WindowSizeMsg{Width: 30, Height: 24})
	s.press(">", "<", "<")
	if got := s.root.stage.measure(); got != 28 {
		t.Errorf("the column has %d cells, want 28", got)
	}
}

func TestAPartOfASeriesLeadsToItsNeighbours(t *testing.T) {
	s := sit(t, shelf(t, map[string]string{
		"a.md": "---\ntitle: One\ndate: 2024-01-01\nseries: Steps\ntags: [go]\n---\nx",
		"b.md": "---\ntitle: Two\ndate: 2024-01-02\nseries: Steps\n---\nx",
		"c.md": "---\ntitle: Three\ndate: 2024-01-03\nseries: Steps\n---\nx",
		"d.md": "---\ntitle: Else\ndate: 2023-01-03\ntags: [go]\n---\nx",
	}), 80, 24, colorprofile.ANSI256)
	s.press("j", "enter")
	s.mustShow("Part 2 of 3 of Steps")
	s.mustShow("next part: Three")
	s.mustShow("part before: One")
	s.press("l", "2", "enter")
	s.mustShow("Part 1 of 3 of Steps")
	s.mustShow("related: Else")
	s.press("l", "G", "enter")
	s.mustShow("related: One")
	s.mustNotShow("Part")
	s.press("esc", "esc", "esc")
	s.mustShow("▌ Two")
}
