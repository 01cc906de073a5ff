package blog

import (
	"net/url"
	"path"
	"slices"
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
// none, and neither is a page of the site in a folder where no posts are: of
// /blog/context and /pkg/context only the first is the post "context".
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
	if p, ok = l.Lookup(address); !ok || strings.HasPrefix(address, "/") && !l.holds(address, p) {
		return nil, "", false
	}
	return p, part, true
}

// postFolders are what the folder of the posts is called on most sites.
var postFolders = map[string]bool{
	"archive": true, "archives": true, "article": true, "articles": true, "blog": true, "entry": true, "entries": true, "essays": true,
	"journal": true, "news": true, "notes": true, "p": true, "post": true, "posts": true, "weblog": true, "writing": true, "writings": true,
}

// holds reports whether the folders of an address from the root of the site may
// be those of the post that its last part means: none, a date, a language, what
// such folders are called, one that is in the path of the post's file, of its page
// or of the blog, or one of its tags in front.
func (l *Library) holds(address string, p *Post) bool {
	if l.byAlias[pathSlug(address)] == p {
		return true // nothing else has a former slug for its name
	}
	folders := segments(address)
	if n := len(folders); strings.HasPrefix(folders[n-1], "index.") {
		folders = folders[:n-1]
	}
	folders = folders[:len(folders)-1]
	own := map[string]bool{}
	if u, err := url.Parse(l.Site().URL); err == nil {
		address = u.Path // of the blog
	}
	for _, name := range strings.Split(path.Dir(p.File)+"/"+path.Dir(p.Page()+"x")+"/"+address, "/") {
		own[slugify(strings.TrimLeft(name, "_"))] = true
	}
	for i, name := range folders {
		tagged := i == 0 && slices.ContainsFunc(p.Tags, func(tag string) bool { return slugify(tag) == slugify(name) })
		if tagged || len(name) == 2 || strings.Trim(name, "0123456789") == "" || postFolders[strings.ToLower(name)] || own[slugify(name)] {
			return true
		}
	}
	return len(folders) == 0
}
