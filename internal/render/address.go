package render

import (
	"net/url"
	"path"
	"strings"

	"lectern/internal/blog"
	"lectern/internal/text"
)

// resolve is an address on the web where the blog's own is known. One that
// begins with "#" stays in the post, and one of a Markdown file is for the blog
// to open.
func (p *pen) resolve(address string) string {
	address = targetOf(address)
	if p.page == nil || !isRelative(address) || strings.HasPrefix(address, "#") || strings.HasPrefix(address, "@") {
		return address
	}
	u, err := p.page.Parse(address)
	if err != nil || isMarkdown(u.Path) {
		return address
	}
	return u.String()
}

// isRelative reports whether an address has no scheme.
func isRelative(address string) bool {
	scheme, _, ok := strings.Cut(address, ":")
	return !ok || !isScheme(scheme)
}

// isMarkdown reports whether a file is one that a post is written in.
func isMarkdown(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".md", ".markdown", ".mdx":
		return true
	}
	return false
}

// pageOf is the address of a post's page on the web site of its blog, nil where
// that is not known.
func pageOf(site string, post *blog.Post) *url.URL {
	u, err := url.Parse(site)
	if err != nil || u.Host == "" {
		return nil
	}
	// A blog may live in a folder of its host; a path from the root is one of the host.
	return u.JoinPath(post.Page())
}

// encode is an address as OSC 8 takes it: printable ASCII only. It is empty for
// what a terminal has no use for: relative addresses and other schemes.
func encode(address string) string {
	scheme, _, _ := strings.Cut(address, ":")
	switch strings.ToLower(scheme) {
	case "http", "https", "mailto":
	default:
		return ""
	}
	if u, err := url.Parse(address); err != nil || u.Scheme != "mailto" && u.Host == "" {
		return ""
	}
	return text.PercentEncode(address)
}
