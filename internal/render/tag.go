package render

import (
	"net/url"
	"path"
	"strings"

	"charm.land/glamour/v2/ansi"
	"golang.org/x/net/html"

	"lectern/internal/text"
)

// A tag is a tag of HTML. Its name is in lower case.
type tag struct {
	name   string
	closes bool // </name>
	empty  bool // <name/>
	attrs  []html.Attribute
}

// get is what an attribute says, on one line; empty where it is not there.
func (t tag) get(name string) string {
	for _, a := range t.attrs {
		if a.Key == name {
			return text.Line(a.Val)
		}
	}
	return ""
}

// tagOf reads a piece of raw HTML. A comment or the like has no name.
func tagOf(raw string) tag {
	var t tag
	s := strings.TrimPrefix(raw, "<")
	if rest, ok := strings.CutPrefix(s, "/"); ok {
		s, t.closes = rest, true
	}
	end := 0
	for end < len(s) && (isLetter(s[end]) || end > 0 && strings.IndexByte("0123456789-.:_", s[end]) >= 0) {
		end++
	}
	t.name = strings.ToLower(s[:end])
	t.empty = strings.HasSuffix(s, "/>")
	if t.name != "" && !t.closes && strings.IndexByte(s, '=') > 0 {
		z := html.NewTokenizer(strings.NewReader(raw))
		z.Next()
		_, more := z.TagName()
		for more {
			var key, value []byte
			key, value, more = z.TagAttr()
			t.attrs = append(t.attrs, html.Attribute{Key: string(key), Val: string(value)})
		}
	}
	return t
}

// isMedia are the tags that show something which a terminal cannot.
var isMedia = setOf("iframe video audio source embed object script")

// media stands for what a tag would play, as a link to it; nil for nothing.
func (p *pen) media(t tag) ansi.ElementRenderer {
	label, src := t.plays()
	if src == "" {
		return nil
	}
	e := &ansi.BaseElement{Token: literal("[" + label + "]"), Style: p.config.Image}
	return p.link([]ansi.ElementRenderer{e}, src, "")
}

// plays is what a tag would play, in words, and its address; empty for nothing.
func (t tag) plays() (label, src string) {
	src = t.get("src")
	if src == "" {
		src = t.get("data")
	}
	if src = targetOf(src); src == "" || strings.HasPrefix(src, "data:") {
		return "", ""
	}
	what := t.name
	switch t.name {
	case "script":
		if !strings.Contains(src, "//gist.github.com/") {
			return "", ""
		}
		what, src = "gist", strings.TrimSuffix(src, ".js")
	case "iframe", "embed", "object":
		what = "embedded"
		if isVideo(src) {
			what = "video"
		}
	case "source":
		what = "media"
	}
	if label = t.get("title"); label == "" {
		label = shortAddress(src)
	}
	return what + ": " + label, src
}

// shows is the address of the picture that a tag shows, which may be one that a
// script would load late.
func (t tag) shows() string {
	src := t.get("src")
	for _, late := range []string{"data-src", "data-original", "data-lazy-src"} {
		if src == "" || strings.HasPrefix(src, "data:") && t.get(late) != "" {
			src = t.get(late)
		}
	}
	return src
}

// isVideo reports whether an address is one of the places that show films.
func isVideo(address string) bool {
	for _, host := range []string{"youtube.com/", "youtube-nocookie.com/", "youtu.be/", "vimeo.com/", "bilibili.com/"} {
		if strings.Contains(address, host) {
			return true
		}
	}
	return false
}

// shortAddress is the host and the last part of an address.
func shortAddress(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return path.Base(address)
	}
	host := strings.TrimPrefix(u.Host, "www.")
	if base := path.Base(u.Path); base != "." && base != "/" {
		return host + "/" + base
	}
	return host
}

// targetOf is an address as written in an attribute: one without a scheme but
// with a host is taken for https.
func targetOf(address string) string {
	if strings.HasPrefix(address, "//") {
		return "https:" + address
	}
	return address
}

// picture stands for a picture: what it shows, as a link to it.
func (p *pen) picture(label, address string) ansi.ElementRenderer {
	address = targetOf(address)
	data := strings.HasPrefix(address, "data:")
	if label = strings.TrimSpace(label); label == "" && !data {
		label, _, _ = strings.Cut(path.Base(address), "?")
	}
	if label != "" {
		label = ": " + label
	}
	e := &ansi.BaseElement{Token: literal("[image" + label + "]"), Style: p.config.Image}
	if data {
		return e
	}
	return p.link([]ansi.ElementRenderer{e}, address, "")
}
