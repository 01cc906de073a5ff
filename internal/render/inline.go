package render

import (
	"bytes"
	"io"
	"net/url"
	"strings"

	"charm.land/glamour/v2/ansi"
	emoji "github.com/yuin/goldmark-emoji/ast"
	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"

	"lectern/internal/theme"
)

// A pen draws what stands inside a block: glamour's elements in our styles. It
// is for one render by one goroutine: glamour v2.0.1 writes into a state of
// its renderer that is not guarded.
type pen struct {
	source  []byte
	palette *theme.Palette
	config  ansi.StyleConfig
	papers  [kinds]*ansi.RenderContext
	sheet   *sheet
	links   look     // of the text of a link, laid over its own
	hides   bool     // addresses hide behind the text of links
	page    *url.URL // of the post on the web, nil where that is not known
	// What was made of an address, for the links to come.
	addresses, targets map[string]string

	drawn  bytes.Buffer
	reader flowReader
}

func newPen(source []byte, o Options, s *sheet) *pen {
	p := &pen{
		source: source, palette: o.Palette, config: config(o.Palette), sheet: s, hides: o.Links,
		addresses: map[string]string{}, targets: map[string]string{},
		reader: flowReader{seen: map[string]look{}},
	}
	p.links.fg = foreground(o.Palette.Link)
	if o.Palette.Attributes() {
		p.links.attrs = underline
	}
	return p
}

// paper is the context that glamour draws in for a kind, made when first asked
// for.
func (p *pen) paper(k kind) ansi.RenderContext {
	if p.papers[k] == nil {
		c := ansi.NewRenderContext(ansi.Options{Styles: p.config})
		block := &ansi.BlockElement{Block: &bytes.Buffer{}, Style: ansi.StyleBlock{StylePrimitive: base(p.palette, k)}}
		_ = block.Render(io.Discard, c) // lays the base style on the context's stack
		p.papers[k] = &c
	}
	return *p.papers[k]
}

// draw draws what is inside a block.
func (p *pen) draw(block ast.Node, k kind) flow {
	return p.ink(p.elements(block.FirstChild(), 0), k)
}

// ink draws elements.
func (p *pen) ink(elements []ansi.ElementRenderer, k kind) flow {
	p.drawn.Reset()
	ctx := p.paper(k)
	for _, e := range elements {
		_ = e.Render(&p.drawn, ctx) // writes to memory do not fail
	}
	f := p.reader.read(p.drawn.String())
	for i := range f.runs {
		r := &f.runs[i]
		if k.isHead() && p.palette.Attributes() {
			r.look.attrs |= bold
		}
		if r.link > 0 {
			if r.look.fg == "" || k != inText {
				r.look.fg = p.links.fg
			}
			r.look.attrs |= p.links.attrs
		}
	}
	return f
}

// elements are glamour's elements for a node and the siblings after it, which
// stand in depth others.
func (p *pen) elements(first ast.Node, depth int) []ansi.ElementRenderer {
	w := newWeave(p)
	for n := first; n != nil; n = n.NextSibling() {
		if depth > maxInline && n.HasChildren() {
			w.write(p.plain(n))
			continue
		}
		switch n := n.(type) {
		case *ast.Text:
			if w.hidden == 0 {
				p.words(&w.words, n)
			}
		case *ast.String:
			w.write(string(n.Value))
		case *ast.RawHTML:
			w.tag(tagOf(string(n.Segments.Value(p.source))))
		case *emoji.Emoji:
			w.write(string(n.Value.Unicode))
		case *ast.CodeSpan:
			w.add(&ansi.CodeSpanElement{Text: p.code(n), Style: p.config.Code.StylePrimitive})
		case *ast.Emphasis:
			w.add(&ansi.EmphasisElement{Level: n.Level, Children: p.elements(n.FirstChild(), depth+1)})
		case *east.Strikethrough:
			w.add(p.struck(p.elements(n.FirstChild(), depth+1)))
		case *ast.Link:
			w.add(p.link(p.elements(n.FirstChild(), depth+1), string(n.Destination), p.plain(n)))
		case *ast.AutoLink:
			url, label := string(n.URL(p.source)), string(n.Label(p.source))
			if n.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(strings.ToLower(url), "mailto:") {
				url = "mailto:" + url
			}
			w.add(p.link([]ansi.ElementRenderer{&ansi.BaseElement{Token: literal(label)}}, url, label))
		case *ast.Image:
			w.add(p.image(n))
		case *east.FootnoteLink:
			w.add(p.link([]ansi.ElementRenderer{&ansi.BaseElement{Token: "[" + itoa(n.Index) + "]"}}, "#"+noteAnchor(n.Index), ""))
		case *east.TaskCheckBox, *east.FootnoteBacklink:
			// The list draws the box; a way back is of no use on a screen.
		default:
			w.add(p.elements(n.FirstChild(), depth+1)...)
		}
	}
	return w.done()
}

// literal is text that glamour draws as it stands.
func literal(s string) string {
	return strings.ReplaceAll(s, `\`, string(escapedBackslash))
}

// code is what a code span says, on one line.
func (p *pen) code(n *ast.CodeSpan) string {
	var b strings.Builder
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if t, ok := c.(*ast.Text); ok {
			b.Write(t.Segment.Value(p.source))
		}
	}
	return strings.NewReplacer("\n", " ", "\t", "    ").Replace(b.String())
}

// plain is the text in a node with no marks.
func (p *pen) plain(n ast.Node) string {
	var b strings.Builder
	_ = ast.Walk(n, func(c ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch c := c.(type) {
		case *ast.CodeSpan:
			b.WriteString(p.code(c))
			return ast.WalkSkipChildren, nil
		case *ast.Text:
			p.words(&b, c)
		case *ast.String:
			b.Write(c.Value)
		case *emoji.Emoji:
			b.WriteString(string(c.Value.Unicode))
		case *ast.AutoLink:
			b.Write(c.Label(p.source))
		}
		return ast.WalkContinue, nil
	})
	return b.String()
}

// image stands for a picture: what it shows, as a link to it.
func (p *pen) image(n *ast.Image) ansi.ElementRenderer {
	return p.picture(p.plain(n), string(n.Destination))
}
