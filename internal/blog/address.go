package blog

import (
	"fmt"
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

// languages are the codes by which a file name tells the language of a variant.
// They are listed, since node.js.md and plan.v2.md are not in a language.
const languages = " ar be bg bn ca cs da de el en eo es et eu fa fi fr gl he hi hr hu id it ja ko lt lv ms nb nl no pl pt ro ru sk sl sr sv ta th tr uk ur vi zh "

// language is the language of the stem of a variant, as in post.zh or
// post.pt-BR, in lower case; "" for any other.
func language(stem string) string {
	lang := strings.ToLower(strings.TrimPrefix(path.Ext(stem), "."))
	code, region, _ := strings.Cut(strings.ReplaceAll(lang, "_", "-"), "-")
	if len(region) > 4 || !strings.Contains(languages, " "+code+" ") || code == "" || stem == "."+lang {
		return ""
	}
	return strings.Trim(slugify(lang), "-")
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

// setSlug gives the post the slug that the author wrote, else that of its
// address, else that of its file. The variants of a post in several languages
// may all name one slug: the language tells them apart.
func (p *parser) setSlug(post *Post, name fileName, all fields) {
	stem := slugify(name.stem)
	post.Slug = stem
	former := firstOf(all, "aliases", "alias", "redirectfrom")
	f := all["slug"]
	if p.named = f.text() != ""; p.named {
		post.Slug = slugify(f.text())
		if asked := text.Field(f.text(), MaxSlug); post.Slug != strings.ToLower(asked) {
			p.problem(Warning, f.line, fmt.Sprintf("the slug %q is served as %q", asked, post.Slug), "use letters a-z, digits and -")
		}
	} else {
		for _, key := range addressKeys() {
			if slug := pathSlug(all[key].text()); slug != "" {
				post.Slug, p.spare = slug, stem
				break
			}
		}
		former.value = append(slices.Clone(former.value), stem)
	}
	if ending := "-" + name.lang; name.lang != "" && !strings.HasSuffix(post.Slug, ending) {
		post.Slug = strings.TrimRight(post.Slug[:min(len(post.Slug), MaxSlug-len(ending))], "-") + ending
	}
	post.Aliases = aliases(former, post.Slug)
}
