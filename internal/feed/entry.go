package feed

import (
	"net"
	"net/url"
	"strings"
	"time"

	"golang.org/x/net/idna"

	"lectern/internal/blog"
	"lectern/internal/render"
	"lectern/internal/text"
)

// What a feed may hold.
const (
	// maxEntries is how many posts a feed tells of, the newest: who writes one a
	// week and is looked at once a year loses none, and many programs keep no more.
	maxEntries = 50
	// maxContent is the bytes of all posts that are there in full, as the longest
	// of the kinds writes them; of the others there is the summary. It also bounds
	// the Markdown that is read for a feed, and with that the time.
	maxContent = 3 << 20
)

// An entry is what a feed says of a post.
type entry struct {
	*blog.Post
	id      string
	link    string // its page on the web, or else its address here
	content string // HTML, empty where there is the summary only
}

// entries are what a feed tells of. Posts without a date are there only where no
// post has one: nobody can tell whether they are new.
func entries(library *blog.Library) []entry {
	posts := library.Posts() // undated ones last
	dated := len(posts) > 0 && !posts[0].Date.IsZero()
	site := library.Site()
	at := addressOf(site)
	web := render.Web{Site: site.URL, Post: func(address string) string { return pageFor(library, address) }}
	left := maxContent
	var list []entry
	for _, post := range posts {
		if len(list) == maxEntries || dated && post.Date.IsZero() {
			break
		}
		e := entry{Post: post, id: at.id(post.Slug), link: text.PercentEncode(site.PageOf(post))}
		if e.link == "" {
			e.link = at.link(post.Slug)
		}
		if size := post.Body.Len(); size <= left {
			e.content = render.HTML(post, web)
			if n := written(e.content); n <= left {
				size = max(size, n)
			} else {
				e.content = ""
			}
			left -= size
		}
		list = append(list, e)
	}
	return list
}

// pageFor is the page on the web of the post that a relative link leads to. An
// address that the author wrote in full stays as it is.
func pageFor(library *blog.Library, address string) string {
	if strings.Contains(address, ":") {
		return ""
	}
	post, part, ok := library.Linked(address)
	if !ok {
		return ""
	}
	page := library.Site().PageOf(post)
	if page != "" && part != "" {
		page += "#" + part
	}
	return page
}

// written is how many bytes a text takes at most in a feed of any kind.
func written(s string) int {
	n := len(s)
	for i := range len(s) {
		switch s[i] {
		case '&', '"', '\'', '\n', '\t':
			n += len("&#34;") - 1
		case '<', '>':
			n += len("&lt;") - 1
		case '\\':
			n++
		case 0xe2: // U+2028 begins with it, which JSON escapes
			n += len(`\u2028`) - len("\u2028")
		}
	}
	return n
}

// updated is when the newest post was written. For a blog that has none with a
// date it is a fixed time: the same library makes the same bytes.
func updated(list []entry) time.Time {
	if len(list) > 0 && !list[0].Date.IsZero() {
		return list[0].Date
	}
	return time.Unix(0, 0).UTC()
}

// An address is where a blog is read with ssh.
type address struct {
	name string // of the host
	port string // empty for the usual one
}

// addressOf is the address of a blog: that of this machine where blog.yaml names
// no host, or none that can be a part of an address.
func addressOf(site blog.Site) address {
	name, port, err := net.SplitHostPort(site.Host)
	if err != nil {
		name, port = site.Host, ""
	}
	if port == "22" || strings.Trim(port, "0123456789") != "" {
		port = ""
	}
	name = strings.Trim(name, "[]")
	if ip := net.ParseIP(name); ip != nil {
		if name = ip.String(); strings.Contains(name, ":") {
			name = "[" + name + "]"
		}
		return address{name, port}
	}
	name, err = idna.Punycode.ToASCII(strings.ToLower(name))
	if err != nil || name == "" || strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789.-_") != "" {
		name = "localhost"
	}
	return address{name, port}
}

// id is what identifies a post, or the blog itself for an empty slug. It does
// without the port, which may change.
func (a address) id(slug string) string { return address{name: a.name}.link(slug) }

// link is where a post, a file, or for an empty name the blog is.
func (a address) link(name string) string {
	host := a.name
	if a.port != "" {
		host += ":" + a.port
	}
	return (&url.URL{Scheme: "ssh", Host: host, Path: "/" + name}).String()
}
