package blog

import (
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"

	"lectern/internal/text"
)

// addressKeys are the keys in which authors write where a post lies on the web.
func addressKeys() []string { return []string{"path", "permalink", "url"} }

// segments are the parts of the path of an address on the blog's own web site.
// There are none in the address of another site, or in a pattern such as
// /:year/:title that stands for many addresses.
func segments(address string) []string {
	address, _, _ = strings.Cut(strings.TrimSpace(address), "#")
	address, _, _ = strings.Cut(address, "?")
	if strings.HasPrefix(address, "//") || strings.ContainsAny(address, ":{}<>") {
		return nil
	}
	return strings.FieldsFunc(address, func(r rune) bool { return r == '/' })
}

// datedPath is a date among the folders of a path.
var datedPath = regexp.MustCompile(`(?:^|/)(\d{4})/(\d{1,2})/(\d{1,2})(?:/|$)`)

// pathDate is the date in the path of a post on the web, as in
// news/2015/05/15/a-post; zero for another path.
func pathDate(address string) time.Time {
	m := datedPath.FindStringSubmatch(strings.Join(segments(address), "/"))
	if m == nil {
		return time.Time{}
	}
	date, _ := parseDate(strings.Join(m[1:], "-"))
	return date
}

// pathSlug is the slug in an address: its last part, without .html or an
// index.html. It is "" when that part is no name, but a number or a word of
// which no letter would be left.
func pathSlug(address string) string {
	parts := segments(address)
	if n := len(parts); n > 1 && strings.HasPrefix(parts[n-1], "index.") {
		parts = parts[:n-1]
	}
	if len(parts) == 0 {
		return ""
	}
	last := parts[len(parts)-1]
	switch ext := path.Ext(last); strings.ToLower(ext) {
	case ".html", ".htm", ".md", ".markdown", ".mdx", ".php":
		last = strings.TrimSuffix(last, ext)
	}
	if name, err := url.PathUnescape(last); err == nil {
		last = name
	}
	if !strings.ContainsAny(strings.ToLower(last), "abcdefghijklmnopqrstuvwxyz") {
		return ""
	}
	return slugify(text.Clean(last))
}

// pagePath is the path of an address on the blog's own web site, "" for none.
func pagePath(address string) string {
	parts := segments(address)
	if len(parts) == 0 || len(address) > MaxURL {
		return ""
	}
	page := "/" + text.Line(strings.Join(parts, "/"))
	if strings.HasSuffix(strings.TrimSpace(address), "/") {
		page += "/"
	}
	return page
}

// aliases are the slugs of a post's former addresses, its own not among them.
func aliases(f field, own string) []string {
	var list []string
	for _, address := range f.value {
		for part := range strings.FieldsFuncSeq(address, func(r rune) bool { return r == ',' || r == ' ' }) {
			slug := pathSlug(part)
			if slug == "" || slug == own || slices.Contains(list, slug) || len(list) == MaxAliases {
				continue
			}
			list = append(list, slug)
		}
	}
	return list
}
