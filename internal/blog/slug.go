package blog

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"lectern/internal/text"
)

// setSlug gives the post the slug that the author wrote, else that of its
// address, else that of its file. The variants of a post in several languages
// may all name one slug: the language tells them apart, always where the file
// says it, and where it is a folder's when another post has the slug.
func (p *parser) setSlug(post *Post, name fileName, all fields) {
	stem := slugify(name.stem)
	post.Slug = stem
	former := firstOf(all, "aliases", "alias", "redirectfrom")
	f := all["slug"]
	if p.named = f.text() != ""; p.named {
		asked := text.Field(lastPart(f.text()), MaxSlug)
		post.Slug = slugify(lastPart(f.text()))
		isPlain := asked == f.text() && !strings.ContainsFunc(asked, func(r rune) bool { return r >= utf8.RuneSelf })
		if isPlain && post.Slug != strings.ToLower(asked) {
			p.problem(Warning, f.line, fmt.Sprintf("the slug %q is served as %q", asked, post.Slug), "use letters a-z, digits and -")
		}
	} else {
		for _, key := range addressKeys() {
			if slug := pathSlug(all[key].text()); slug != "" {
				post.Slug, p.spares = slug, append(p.spares, stem)
				break
			}
		}
		former.value = append(slices.Clone(former.value), stem)
	}
	if ending := "-" + name.lang; name.lang != "" && !strings.HasSuffix(post.Slug, ending) {
		post.Slug = cutSlug(post.Slug, ending)
	}
	if name.folder != "" {
		p.spares = append([]string{cutSlug(post.Slug, "-"+name.folder)}, p.spares...)
	}
	// A series may have one name, and many dates.
	if day := name.date.Format(time.DateOnly); !name.date.IsZero() && name.stem != day {
		p.spares = append(p.spares, slugify(day+"-"+name.stem))
	}
	post.Aliases = aliases(former, post.Slug)
}

// lastPart is the last part of a slug that is written as a path.
func lastPart(slug string) string {
	return path.Base(strings.TrimRight(slug, "/"))
}

// slugify makes a URL-safe name of s: a-z, 0-9, "_" and single "-" between
// them, at most MaxSlug bytes, never empty. Latin letters lose their accents. A
// name that loses other letters, or of which nothing is left, has its hash in
// the slug: it is as good as unique, and another file does not change it.
func slugify(s string) string {
	var b strings.Builder
	gap, lost := false, false
	for _, r := range norm.NFKD.String(strings.ToLower(s)) {
		part := ""
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9', r == '_':
			part = string(r)
		case unicode.Is(unicode.Mn, r), r == '\'', r == '’':
			continue
		case r == 'ß':
			part = "ss"
		case r == 'æ':
			part = "ae"
		case r == 'œ':
			part = "oe"
		case r == 'ø':
			part = "o"
		case r == 'đ', r == 'ð':
			part = "d"
		case r == 'ł':
			part = "l"
		case r == 'ı':
			part = "i"
		case r == 'þ':
			part = "th"
		default:
			gap, lost = true, lost || unicode.IsLetter(r)
			continue
		}
		if gap && b.Len() > 0 {
			b.WriteByte('-')
		}
		gap = false
		b.WriteString(part)
	}
	slug := b.String()
	switch {
	case slug == "":
		return "post-" + shortHash(s)
	case lost:
		return cutSlug(slug, "-"+shortHash(s))
	}
	return cutSlug(slug, "")
}

// cutSlug is a slug with an ending, at most MaxSlug bytes.
func cutSlug(slug, ending string) string {
	if limit := MaxSlug - len(ending); len(slug) > limit {
		slug = strings.TrimRight(slug[:limit], "-")
	}
	return slug + ending
}

// shortHash tells names apart, whichever way their accents are encoded.
func shortHash(s string) string {
	sum := sha256.Sum256([]byte(norm.NFC.String(s)))
	return hex.EncodeToString(sum[:4])
}
