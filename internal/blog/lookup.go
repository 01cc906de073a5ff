package blog

import (
	"net/url"
	"path"
	"strings"
)

// Lookup finds the post that a link in another post leads to: its slug or a
// former one is the last part of the address's path, or its file has that name.
// An address of another site leads to none.
func (l *Library) Lookup(address string) (*Post, bool) {
	parts := segments(address)
	if len(parts) == 0 {
		return nil, false
	}
	if p, ok := l.Post(pathSlug(address)); ok {
		return p, true
	}
	last := path.Join(parts...)
	for _, name := range []string{last, path.Base(last)} {
		if p, ok := l.Post(slugify(readName(name).stem)); ok {
			return p, true
		}
	}
	return nil, false
}

// Linked is the post that a link in another post leads to, and the name of the
// part of it that is meant, if it names one: a relative address, or one of the
// blog's own web site, as [Library.Lookup] reads it. Pictures and other files are
// none.
func (l *Library) Linked(address string) (p *Post, part string, ok bool) {
	if site := strings.TrimSuffix(l.Site().URL, "/"); site != "" {
		if rest, own := strings.CutPrefix(address, site+"/"); own {
			address = "/" + rest
		}
	}
	address, part, _ = strings.Cut(address, "#")
	address, _, _ = strings.Cut(address, "?")
	if address == "" || strings.Contains(address, ":") || strings.HasPrefix(address, "//") {
		return nil, "", false
	}
	if s, err := url.PathUnescape(address); err == nil {
		address = s
	}
	switch strings.ToLower(path.Ext(address)) {
	case ".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".pdf", ".zip", ".css", ".js":
		return nil, "", false
	}
	if p, ok = l.Lookup(address); !ok {
		return nil, "", false
	}
	return p, part, true
}
