package render

import (
	"bytes"
	"html"
	"strings"

	emoji "github.com/yuin/goldmark-emoji/ast"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/renderer"
	ghtml "github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"
	nhtml "golang.org/x/net/html"
)

// A markup writes the nodes that goldmark's renderer of HTML does not know or
// writes otherwise than they are drawn. What it and goldmark wrote is tidied
// piece by piece: HTML of the author apart from their own, so that a tag which
// never ends swallows nothing but its block.
type markup struct {
	*pen
	tidy *tidy
}

// pieceSize is how many bytes are written before they are tidied.
const pieceSize = 32 << 10

// A draft is HTML that was written and not tidied yet.
type draft struct{ bytes.Buffer }

// Buffered is how many bytes there are.
func (d *draft) Buffered() int { return d.Len() }

// Flush does nothing: what is left is tidied by [pen.markup].
func (d *draft) Flush() error { return nil }

// markup writes a tree to t; the error is errTooLong.
func (p *pen) markup(doc ast.Node, t *tidy) error {
	m := &markup{p, t}
	r := renderer.NewRenderer(renderer.WithNodeRenderers(
		util.Prioritized(m, 100),
		util.Prioritized(ghtml.NewRenderer(ghtml.WithUnsafe()), 1000),
		util.Prioritized(extension.NewTableHTMLRenderer(extension.WithTableCellAlignMethod(extension.TableCellAlignAttribute)), 500),
		util.Prioritized(extension.NewStrikethroughHTMLRenderer(), 500),
		util.Prioritized(extension.NewDefinitionListHTMLRenderer(), 500),
		util.Prioritized(extension.NewFootnoteHTMLRenderer(), 500),
	))
	w := &draft{}
	if err := r.Render(w, p.source, doc); err != nil {
		return err
	}
	return m.pass(w)
}

// pass tidies what was written.
func (m *markup) pass(w util.BufWriter) error {
	d := w.(*draft)
	m.tidy.scan(d.String())
	d.Reset()
	if m.tidy.full() {
		return errTooLong
	}
	return nil
}

// RegisterFuncs implements renderer.NodeRenderer.
func (m *markup) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	for kind, write := range map[ast.NodeKind]func(util.BufWriter, ast.Node) error{
		ast.KindText:            m.text,
		ast.KindString:          m.string,
		ast.KindImage:           m.image,
		ast.KindRawHTML:         m.rawHTML,
		ast.KindHTMLBlock:       m.htmlBlock,
		ast.KindFencedCodeBlock: m.fence,
		emoji.KindEmoji:         m.emoji,
		east.KindTaskCheckBox:   m.box,
	} {
		r.Register(kind, func(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
			if !entering {
				return ast.WalkContinue, nil
			}
			if err := write(w, n); err != nil {
				return ast.WalkStop, err
			}
			return ast.WalkSkipChildren, nil
		})
	}
	r.Register(ast.KindLink, m.link)
}

// text writes text as it is drawn: with no blank where a line of Chinese goes on.
func (m *markup) text(w util.BufWriter, n ast.Node) error {
	var b strings.Builder
	m.words(&b, n.(*ast.Text))
	s := b.String()
	bare := strings.TrimSuffix(s, "\n")
	_, _ = w.WriteString(html.EscapeString(bare))
	if len(bare) < len(s) {
		_, _ = w.WriteString("<br>\n")
	}
	if w.Buffered() > pieceSize {
		return m.pass(w)
	}
	return nil
}

// string writes a formula or the name of a note, in which no mark is one.
func (m *markup) string(w util.BufWriter, n ast.Node) error {
	_, err := w.WriteString(html.EscapeString(string(n.(*ast.String).Value)))
	return err
}

func (m *markup) emoji(w util.BufWriter, n ast.Node) error {
	_, err := w.WriteString(string(n.(*emoji.Emoji).Value.Unicode))
	return err
}

// box writes the box of a task, which would be a part of a form.
func (m *markup) box(w util.BufWriter, n ast.Node) error {
	box := "☐ "
	if n.(*east.TaskCheckBox).IsChecked {
		box = "☑ "
	}
	_, err := w.WriteString(box)
	return err
}

// link writes a link. The address of a reference may be many times as long as
// what refers to it, so it is looked up here.
func (m *markup) link(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		_, err := w.WriteString("</a>")
		return ast.WalkContinue, err
	}
	n := node.(*ast.Link)
	_, _ = w.WriteString(`<a href="` + html.EscapeString(m.tidy.address(string(n.Destination))) + `"`)
	if len(n.Title) > 0 {
		_, _ = w.WriteString(` title="` + html.EscapeString(unescaped(string(n.Title))) + `"`)
	}
	_, _ = w.WriteString(">")
	if w.Buffered() > pieceSize {
		if err := m.pass(w); err != nil {
			return ast.WalkStop, err
		}
	}
	return ast.WalkContinue, nil
}

// image writes a picture.
func (m *markup) image(w util.BufWriter, node ast.Node) error {
	err := m.pass(w)
	n := node.(*ast.Image)
	m.tidy.picture(tag{name: "img", attrs: []nhtml.Attribute{
		{Key: "src", Val: string(n.Destination)}, {Key: "alt", Val: m.plain(n)}, {Key: "title", Val: unescaped(string(n.Title))},
	}})
	return err
}

// fence writes a code block with the name of its language and its title, or a
// formula.
func (m *markup) fence(w util.BufWriter, node ast.Node) error {
	n := node.(*ast.FencedCodeBlock)
	i := info{}
	if n.Info != nil {
		i = infoOf(string(n.Info.Segment.Value(m.source)))
	}
	source := string(n.Lines().Value(m.source))
	if i.lang == "math" {
		shown, ok := formulaText(source, true, MaxWidth)
		if !ok {
			shown, ok = formulaText(unescaped(source), true, MaxWidth)
		}
		if ok {
			_, err := w.WriteString("<pre>" + html.EscapeString(shown) + "</pre>\n")
			return err
		}
	}
	if i.title != "" {
		_, _ = w.WriteString("<p><em>" + html.EscapeString(i.title) + "</em></p>\n")
	}
	class := ""
	if i.lang != "" {
		class = ` class="language-` + html.EscapeString(strings.ToLower(i.lang)) + `"`
	}
	_, err := w.WriteString("<pre><code" + class + ">" + html.EscapeString(source) + "</code></pre>\n")
	return err
}

// rawHTML passes a tag of the author.
func (m *markup) rawHTML(w util.BufWriter, n ast.Node) error {
	err := m.pass(w)
	m.tidy.tag(tagOf(string(n.(*ast.RawHTML).Segments.Value(m.source))))
	return err
}

// htmlBlock passes a block of HTML of the author.
func (m *markup) htmlBlock(w util.BufWriter, node ast.Node) error {
	err := m.pass(w)
	n := node.(*ast.HTMLBlock)
	raw := string(n.Lines().Value(m.source))
	if n.HasClosure() {
		raw += string(n.ClosureLine.Value(m.source))
	}
	m.tidy.scan(raw)
	m.tidy.show()
	return err
}
