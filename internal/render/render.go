package render

import (
	"strings"

	"github.com/alecthomas/chroma/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	gtext "github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"lectern/internal/blog"
	"lectern/internal/text"
	"lectern/internal/theme"
)

// Widths that a document can have, in cells. Longer lines are hard to read,
// and a narrower one has no room for what stands in a list in a quote.
const (
	MinWidth = 20
	MaxWidth = 100
)

// Options say for which kind of terminal a post is drawn.
type Options struct {
	// Width is the measure in cells; MinWidth to MaxWidth, clamped.
	Width int
	// Palette gives the colours.
	Palette *theme.Palette
	// Links says that the terminal understands OSC 8: an address hides behind
	// its text. Otherwise it is written out.
	Links bool
	// Site is the blog's address on the web, to which relative links lead;
	// empty where it has none.
	Site string
}

// Render draws a post. It is a pure function of its arguments and never
// panics. Its work is bounded: a post made to be slow, or that meets a fault of
// a library, comes as plain wrapped text; source code that takes too long comes
// without colours. Many renders at once make each slow: go through a [Cache].
func Render(post *blog.Post, o Options) *Document {
	return guarded(post, o, draw)
}

// guarded draws with a function that may panic.
func guarded(post *blog.Post, o Options, draw func(*blog.Post, Options) *Document) (d *Document) {
	o.Width = min(max(o.Width, MinWidth), MaxWidth)
	if o.Palette == nil {
		o.Palette = theme.Plain().For(colorprofile.NoTTY)
	}
	defer func() {
		if recover() != nil {
			d = plain(post, o)
		}
	}()
	return draw(post, o)
}

// draw draws a post that may be drawn in full.
func draw(post *blog.Post, o Options) *Document {
	if post.Body.Len() > maxSource {
		return plain(post, o)
	}
	body := prepared(post.Body.String())
	ok, tables := tame(body)
	if !ok {
		return plain(post, o)
	}
	s := &sheet{}
	if o.Links {
		s.osc8, s.repeats = maxAddresses, len(body)/2+maxAddress
	}
	source := []byte(body)
	l := newLayout(source, o, s)
	l.page = pageOf(o.Site, post)
	m := &margin{width: o.Width}
	l.head(post, m)
	s.gap(m)
	l.blocks(parse(source, tables), m, 0, false)
	return s.document(o.Width)
}

// prepared is a body as goldmark reads it: what it refuses is mended, formulas, notes and the tags of
// templates are Markdown.
func prepared(body string) string { return tablesMended(untemplated(fenced(displayed(mended(body))))) }

func newLayout(source []byte, o Options, s *sheet) *layout {
	return &layout{
		pen:   newPen(source, o, s),
		sheet: s,
		rule:  look{fg: foreground(o.Palette.Rule)},
		muted: look{fg: foreground(o.Palette.Muted)},
		code:  painter{budget: maxCode, time: maxPainting, looks: map[chroma.TokenType]look{}, p: o.Palette},
		parts: maxParts,
	}
}

// parse reads Markdown as GitHub does, with footnotes, definitions and
// attributes of headings.
func parse(source []byte, tables bool) ast.Node {
	extensions := []goldmark.Extender{
		extension.Linkify, extension.TaskList,
		extension.DefinitionList, extension.Footnote,
	}
	if tables {
		extensions = append(extensions, extension.Table)
	}
	md := goldmark.New(
		goldmark.WithExtensions(extensions...),
		goldmark.WithParserOptions(
			parser.WithHeadingAttribute(),
			parser.WithBlockParsers(util.Prioritized(hashes{}, 599)),     // before those of headings
			parser.WithASTTransformers(util.Prioritized(unasked{}, 998)), // before that of footnotes
			parser.WithInlineParsers(
				util.Prioritized(&brake{budget: maxMarks}, 0), util.Prioritized(&formula{budget: maxFormulas}, 1),
				util.Prioritized(raised{}, 2), util.Prioritized(emphasis{}, 3), util.Prioritized(newShortEmoji(), 999),
			),
		),
	)
	return md.Parser().Parse(gtext.NewReader(source))
}

// head lays out what stands above the body: the title, then when it was
// written, how long it is and what it is about.
func (l *layout) head(post *blog.Post, m *margin) {
	l.text(l.title(post), m)
	about := itoa(post.Minutes()) + " min"
	if !post.Date.IsZero() {
		about = post.Date.Format("2006-01-02") + " · " + about
	}
	if len(post.Tags) > 0 {
		about += " · " + strings.Join(post.Tags, ", ")
	}
	l.text(plainFlow(about, l.muted), m)
}

// title is the post's title with what its author set apart in it.
func (l *layout) title(post *blog.Post) flow {
	base, emphasis, code := look{fg: foreground(l.palette.Title)}, uint8(0), ""
	if l.palette.Attributes() {
		base.attrs, emphasis = bold, italic
	} else {
		code = "`" // as in the text
	}
	f, at := flow{}, 0
	for _, mark := range post.Marks {
		f = join(f, plainFlow(post.Title[at:mark.From], base))
		part := post.Title[mark.From:mark.To]
		if mark.Code {
			f = join(f, plainFlow(code+part+code, look{fg: foreground(l.palette.Code)}))
		} else {
			f = join(f, plainFlow(part, look{fg: base.fg, attrs: base.attrs | emphasis}))
		}
		at = mark.To
	}
	return join(f, plainFlow(post.Title[at:], base))
}

// plain is a post as it was written, wrapped.
func plain(post *blog.Post, o Options) *Document {
	s := &sheet{}
	m := &margin{width: o.Width}
	l := newLayout(nil, o, s)
	l.head(post, m)
	s.gap(m)
	body := post.Body.String()
	if len(body) > maxSource {
		body = strings.ToValidUTF8(body[:maxSource], "")
	}
	s.block()
	for line := range strings.Lines(body) {
		if line = expandTabs(strings.TrimRight(line, "\n\t ")); line == "" {
			s.gap(m)
			continue
		}
		s.flow(m, plainFlow(line, look{}))
	}
	return s.document(m.width)
}

// document ends the sheet. It lets nothing through but colours and our own
// links, and no line that is wider than it may be: a grapheme that a change of
// look cuts in two can take more cells than it was counted for.
func (s *sheet) document(width int) *Document {
	s.list(len(s.links), max(0, s.len()-1))
	d := s.doc
	lines := strings.Split(strings.TrimSuffix(text.Output(string(s.buf)), "\n"), "\n")
	if len(lines) != len(d.ends) {
		panic("render: text.Output changed the number of lines")
	}
	var b strings.Builder
	b.Grow(len(s.buf))
	for i, line := range lines {
		if text.Width(line) > width {
			line = text.Truncate(line, width)
		}
		if len(s.bearings) > 0 && s.bearings[0].line == i {
			line = turned(line, s.bearings[0].direction)
			s.bearings = s.bearings[1:]
		}
		b.WriteString(line)
		d.ends[i] = uint32(b.Len())
		b.WriteByte('\n')
	}
	d.text = b.String()
	return &d
}

// truncate cuts text to a number of cells.
func truncate(s string, cells int) string { return text.Truncate(s, cells) }
