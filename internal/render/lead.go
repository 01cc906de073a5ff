package render

import (
	"fmt"
	"html"
	"net/url"
	"path"
	"regexp"
	"strings"

	"lectern/internal/text"
)

// target warns of an address that leads nowhere, at the first place that has
// it. What a tag of a template makes of an address is not known, and not judged.
func (k *check) target(address string, picture bool) {
	address = strings.TrimSpace(address)
	if address == "" || k.targets >= maxTargets || !k.once(address) {
		return
	}
	k.targets++
	message, mend, shows := k.nowhere(html.UnescapeString(address), picture)
	if message == "" {
		return
	}
	at := k.find(address)
	if at < 0 || k.templated(at) {
		return
	}
	if shows {
		k.missing++
		if !k.folder.pictures && k.missing > maxAlike {
			k.lacks = true
			return
		}
	}
	k.warn(k.lineOf(at), message, mend)
}

// unaddressed warns of a link that has no address, the first of a post. A tag
// of a template may have stood for it.
func (k *check) unaddressed(label string) {
	if at := strings.Index(k.written, "]()"); at >= 0 && k.once("") {
		k.warn(k.lineOf(at), fmt.Sprintf("the link %q has no address", text.Field(label, 60)), "write one between ( and )")
	}
}

// nowhere says what is wrong with an address, and the mend; nothing where it
// leads somewhere, or may. picture says that it is one's; shows, that a picture
// or a film is not there. The rules are:
//
//   - An address with a scheme or a host is another site's, and right.
//   - #name leads to a heading of the post, or to an id or a name written in
//     it. Blanks, marks and case of headings do not count, since each program
//     makes ids of them in its own way.
//   - A relative path leads to a file beside the post or in the folder named
//     like it, as which its page lies on the web; or to a post of the blog by
//     the slug, former slug or file name at its end. One that leads out of the
//     content folder is not judged.
//   - A path from the root leads to such a post, or to a file in any folder
//     above the post or in static, public or assets there; to these a relative
//     path may lead too. But a web site has more pages than its blog has posts:
//     the path is wrong only where it ends in .md, begins with @/ as in Zola,
//     or names something among posts: /blog/name, /notes/name where a folder
//     notes holds posts, or a name below a date.
func (k *check) nowhere(address string, picture bool) (message, mend string, shows bool) {
	if strings.HasPrefix(address, "//") {
		return "", "", false
	}
	if scheme, _, ok := strings.Cut(address, ":"); ok && isScheme(scheme) {
		switch strings.ToLower(scheme) {
		case "ttp", "ttps", "htp", "htps", "hhttp", "hhttps", "htttp", "htttps":
			return fmt.Sprintf("the address %q begins with %q", shown(address), scheme), "write https", false
		}
		return "", "", false
	}
	target, fragment, _ := strings.Cut(address, "#")
	target, _, _ = strings.Cut(target, "?")
	if s, err := url.PathUnescape(target); err == nil {
		target = s
	}
	if target == "" {
		message, mend = k.fragment(fragment)
		return message, mend, false
	}
	zola := strings.HasPrefix(target, "@/")
	target = strings.TrimPrefix(target, "@/")
	rooted := zola || strings.HasPrefix(target, "/")
	strict := zola || path.Ext(target) == ".md"
	if strings.HasPrefix(target, "@") || strings.ContainsAny(target, "{}<>|*\\") || k.leads(target, rooted) {
		return "", "", false
	}
	picture = picture || isPicture(target)
	const there = "put it there, or mend its path"
	switch {
	case rooted && !strict && (picture || !k.amongPosts(target)):
		return "", "", false
	case !rooted && isHost(target) && strings.Contains(target, "@"):
		return fmt.Sprintf("the address %q has no mailto: and is taken for a file of the blog", shown(address)), "write mailto: in front of it", false
	case !rooted && isHost(target):
		return fmt.Sprintf("the address %q has no https:// and is taken for a file of the blog", shown(address)), "write https:// in front of it", false
	case picture:
		return fmt.Sprintf("the picture %q is not there", shown(address)), there, true
	case !strict && !pageExt.MatchString(path.Ext(target)):
		return fmt.Sprintf("the file %q is not there", shown(address)), there, isFilm(target)
	}
	mend = "mend its path"
	slug := slugOf(target)
	if near := k.library.Near(slug, 1); len(near) > 0 && max(len(slug)-len(near[0]), len(near[0])-len(slug)) <= 3 {
		mend = fmt.Sprintf("did you mean %q?", near[0])
	}
	return fmt.Sprintf("the link %q leads nowhere: there is no such post and no such file", shown(address)), mend, false
}

// shown is an address on one line, cut.
func shown(address string) string { return text.Field(address, 120) }

// leads reports whether a path leads to a file or a post, or out of the content
// folder, where nobody can tell.
func (k *check) leads(target string, rooted bool) bool {
	if k.isPost(target) {
		return true
	}
	dir, file := path.Split(k.post.File)
	dir = path.Clean(dir)
	own := strings.TrimSuffix(file, path.Ext(file))
	if !rooted && (strings.HasPrefix(path.Join(dir, target)+"/", "../") || !k.folder.holds(k.post.File)) {
		return true // a file whose name cannot be shown as it is has its folder elsewhere, too
	}
	// The root of the web site may be any of the folders that the post lies in.
	for root := dir; ; root = path.Dir(root) {
		from := strings.TrimPrefix(dir, root)
		for _, below := range []string{"", "static", "public", "assets", "content"} {
			site := path.Join(root, below)
			if k.folder.holds(path.Join(site, target)) ||
				!rooted && (k.folder.holds(path.Join(site, from, target)) || k.folder.holds(path.Join(site, from, own, target))) {
				return true
			}
		}
		if root == "." {
			return false
		}
	}
}

// isPost reports whether a path ends with the name of a post, one held back
// among them.
func (k *check) isPost(target string) bool {
	slug := slugOf(target)
	if slug == "" || isPicture(target) {
		return false
	}
	_, ok := k.library.Post(slug)
	return ok || k.folder.stems[slug]
}

var (
	datedDir = regexp.MustCompile(`(^|/)\d{4}/\d{1,2}(/\d{1,2})?$`)
	pageExt  = regexp.MustCompile(`^(\.html?|\.\d+)?$`)
)

// blogDirs are folders in which web sites have their posts, and listings are
// what else they have there.
var (
	blogDirs = setOf("blog posts post")
	listings = setOf("index all archive archives tags tag categories category authors feed rss atom search page about")
)

// amongPosts reports whether a path from the root would be that of a post.
func (k *check) amongPosts(target string) bool {
	dir, last := path.Split(strings.TrimRight(target, "/"))
	dir = strings.Trim(dir, "/")
	if strings.Trim(last, "0123456789") == "" {
		return false // a page of a list
	}
	if !pageExt.MatchString(path.Ext(last)) || listings[slugOf(last)] {
		return false
	}
	section := path.Base(dir)
	return datedDir.MatchString(dir) || dir != "" && (blogDirs[section] || k.folder.sections[section])
}

// isScheme reports whether s is the scheme of an address.
func isScheme(s string) bool {
	for i, r := range s {
		letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
		if !letter && (i == 0 || r != '+' && r != '-' && r != '.' && (r < '0' || r > '9')) {
			return false
		}
	}
	return s != ""
}

// isHost reports whether a path begins with the name of a host.
func isHost(target string) bool {
	host, _, more := strings.Cut(target, "/")
	if strings.HasPrefix(host, "www.") || more && (host == "https" || host == "http") {
		return true
	}
	switch ext := path.Ext(host); ext {
	case ".com", ".org", ".net", ".io", ".dev", ".edu":
		return host != ext
	case ".co", ".de", ".uk", ".me", ".app", ".cn", ".jp", ".gov", ".info", ".fr":
		return host != ext && more
	}
	return false
}
