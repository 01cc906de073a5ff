package render

import (
	"html"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	gtext "github.com/yuin/goldmark/text"
)

// addressInTag is an address in a tag of HTML for readers.
var addressInTag = regexp.MustCompile(`(?is)<(?:a|img|iframe|video|audio|source|embed)\s[^<>]*?\b(?:href|src)\s*=\s*(?:"([^"<>]*)"|'([^'<>]*)'|([^\s"'<>]+))`)

// comments are not for readers, and their links are not either.
var comments = regexp.MustCompile(`(?s)<!--.*?-->`)

// TestNoLinkOfARealPostIsLost reads each post as goldmark does by itself, and
// looks for every absolute address of a link or a picture among the links of
// the document and on the screen.
func TestNoLinkOfARealPostIsLost(t *testing.T) {
	md := goldmark.New(goldmark.WithExtensions(extension.GFM, extension.Footnote))
	found, lost := 0, 0
	for path, body := range realPosts(t) {
		d := Render(postOf(body), options(80))
		reachable := map[string]bool{}
		for _, l := range d.Links() {
			reachable[sameAddress(l.URL)] = true
		}
		screen := squeezed(sequences.ReplaceAllString(d.String(), ""))
		for _, address := range addressesOf(md, body) {
			found++
			if !reachable[sameAddress(address)] && !strings.Contains(screen, squeezed(address)) {
				if lost++; lost < 50 {
					t.Errorf("%s: no way to %s", path, address)
				}
			}
		}
	}
	t.Logf("%d links, %d lost", found, lost)
	if found == 0 {
		t.Error("there are none")
	}
}

// addressesOf are the absolute addresses of the links and pictures of a post.
func addressesOf(md goldmark.Markdown, body string) []string {
	source := []byte(body)
	var all []string
	add := func(address string) {
		address = strings.TrimSpace(html.UnescapeString(address))
		if u, err := url.Parse(address); strings.HasPrefix(address, "http") && (err != nil || u.Host != "") && !strings.ContainsAny(address, "{}") {
			all = append(all, address)
		}
	}
	inHTML := func(raw []byte) {
		for _, m := range addressInTag.FindAllStringSubmatch(comments.ReplaceAllString(string(raw), ""), -1) {
			add(m[1] + m[2] + m[3])
		}
	}
	_ = ast.Walk(md.Parser().Parse(gtext.NewReader(source)), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Link:
			add(string(n.Destination))
		case *ast.Image:
			add(string(n.Destination))
		case *ast.AutoLink:
			add(string(n.URL(source)))
		case *ast.RawHTML:
			inHTML(n.Segments.Value(source))
		case *ast.HTMLBlock:
			inHTML(n.Lines().Value(source))
		}
		return ast.WalkContinue, nil
	})
	return all
}

// sameAddress is an address as it is compared: in one spelling.
func sameAddress(address string) string {
	address = html.UnescapeString(address)
	if s, err := url.PathUnescape(address); err == nil {
		address = s
	}
	return strings.TrimRight(squeezed(address), "/")
}

// squeezed is text without blanks.
func squeezed(s string) string { return strings.Join(strings.Fields(s), "") }
