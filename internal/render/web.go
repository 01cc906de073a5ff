package render

import (
	"errors"
	"html"
	"net/url"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"

	"lectern/internal/blog"
	"lectern/internal/text"
)

// A Web says where on the web a post is, and where its links lead.
type Web struct {
	// Site is the blog's address on the web, to which relative links and pictures
	// lead; empty where it has none.
	Site string
	// Post is the address on the web of the post that a link leads to, empty where
	// it leads to none or that is not known. It may be nil.
	Post func(address string) string
}

// What the HTML of a post may take, in bytes: at most maxHTML, and at most
// maxGrowth times its source and maxFrame more.
const (
	maxHTML   = 1 << 20
	maxGrowth = 6
	maxFrame  = 4 << 10
)

// errTooLong says that the HTML of a post is beyond its bound.
var errTooLong = errors.New("too long")

// HTML is the body of a post as HTML for programs that read feeds. It is safe:
// elements that show text, pictures and tables, and links to http, https and
// mailto only. It is well-formed XML too, without characters that XML cannot
// hold. It is a pure function of its arguments, never panics, and its work and
// its length are bounded as those of [Render] are: a post beyond that comes as
// it was written, between <pre> and </pre>, and cut where that is too long.
func HTML(post *blog.Post, w Web) string {
	if s, ok := guardedHTML(post, w, drawnHTML); ok {
		return s
	}
	return plainHTML(post)
}

// guardedHTML makes HTML with a function that may panic.
func guardedHTML(post *blog.Post, w Web, draw func(*blog.Post, Web) (string, bool)) (s string, ok bool) {
	defer func() {
		if recover() != nil {
			s, ok = "", false
		}
	}()
	return draw(post, w)
}

// drawnHTML is the HTML of a post whose Markdown may be read.
func drawnHTML(post *blog.Post, w Web) (s string, ok bool) {
	if post.Body.Len() > maxSource {
		return "", false
	}
	source := post.Body.String()
	body := prepared(source)
	fine, tables := tame(body)
	if !fine {
		return "", false
	}
	limit := min(maxHTML, maxGrowth*len(source)+maxFrame)
	page := pageOf(w.Site, post)
	p := &pen{source: []byte(body), page: page}
	doc := parse(p.source, tables)
	p.readied(doc)
	t := &tidy{limit: limit, address: p.webAddress(w)}
	if err := p.markup(doc, t); err != nil {
		return "", false
	}
	s = readable(policy().Sanitize(t.done()))
	return s, len(s) <= limit
}

// plainHTML is a post as it was written.
func plainHTML(post *blog.Post) string {
	const begins, ends = "<pre>", "</pre>"
	body := text.Clean(post.Body.String())
	size := len(begins) + len(ends)
	for i, r := range body {
		if size += len(html.EscapeString(string(r))); size > maxHTML {
			body = body[:i]
			break
		}
	}
	return begins + readable(html.EscapeString(body)) + ends
}

// webAddress says where a link leads on the web: in ASCII and with a scheme that
// a reader may follow, or into the post with "#"; empty for nowhere.
func (p *pen) webAddress(w Web) func(string) string {
	known := map[string]string{}
	return func(address string) string {
		target, ok := known[address]
		if !ok && len(address) <= maxListed {
			target = p.leads(address, w)
			known[strings.Clone(address)] = target
		}
		return target
	}
}

// leads finds where a link leads.
func (p *pen) leads(address string, w Web) string {
	if address = strings.TrimSpace(address); address == "" {
		return ""
	}
	if strings.HasPrefix(address, "#") {
		if len(address) > maxAnchorName {
			return ""
		}
		name := address[1:]
		if s, err := url.PathUnescape(name); err == nil {
			name = s
		}
		return "#" + url.PathEscape(name)
	}
	if w.Post != nil {
		if page := w.Post(address); page != "" {
			address = page
		}
	}
	if target := encode(p.resolve(address)); len(target) <= maxListed {
		return target
	}
	return ""
}

// readied changes a tree to what HTML takes from it: quotes that are notes have
// their names, headings their ids, and notes that nothing refers to no way back.
func (p *pen) readied(doc ast.Node) {
	names := ids{}
	var lost []ast.Node
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Blockquote:
			p.name(n)
		case *ast.Heading:
			if id := names.of(flatten(p.plain(n)), idOf(n)); id != "" {
				n.SetAttributeString("id", []byte(id))
			}
		case *east.FootnoteBacklink:
			if n.RefCount == 0 {
				lost = append(lost, n)
			}
		}
		return ast.WalkContinue, nil
	})
	for _, n := range lost {
		n.Parent().RemoveChild(n.Parent(), n)
	}
}

// name puts the name of a note before what stands in it.
func (p *pen) name(n *ast.Blockquote) {
	title := p.alert(n)
	if title == nil {
		return
	}
	strong := ast.NewEmphasis(2)
	for title.FirstChild() != nil {
		strong.AppendChild(strong, title.FirstChild())
	}
	title.AppendChild(title, strong)
	if n.FirstChild() == nil {
		n.AppendChild(n, title)
	} else {
		n.InsertBefore(n, n.FirstChild(), title)
	}
}

// readable writes quotation marks in text and apostrophes as they are, which
// html.EscapeString does not: in a feed each would take nine bytes.
func readable(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for s != "" {
		open := strings.IndexByte(s, '<')
		if open < 0 {
			open = len(s)
		}
		b.WriteString(quotesInText.Replace(s[:open]))
		s = s[open:]
		size := strings.IndexByte(s, '>') + 1 // in a value it is escaped
		b.WriteString(s[:size])
		s = s[size:]
	}
	return b.String()
}

var quotesInText = strings.NewReplacer("&#34;", `"`, "&#39;", "'")
