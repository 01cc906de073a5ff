package blog

import (
	"path"
	"regexp"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// isPost reports whether the path is one of a post's file. A readme in a folder
// of its own may be one: see [isIndex].
func isPost(file string) bool {
	dir, name := path.Split(file)
	stem, ext := splitExt(name)
	switch strings.ToLower(ext) {
	case ".md", ".markdown", ".mdx":
	default:
		return false
	}
	if stem == "_index" || strings.HasPrefix(stem, "_index.") {
		return false // what a site says of a folder
	}
	return !isHidden(name) && (dir != "" || !isReadme(name))
}

// isReadme reports whether a file name is README.md, or README.zh.md in a language.
func isReadme(name string) bool {
	stem, _ := splitExt(name)
	if language(stem) != "" {
		stem = strings.TrimSuffix(stem, path.Ext(stem))
	}
	return strings.EqualFold(stem, "readme")
}

// isIndex reports whether the front matter of a readme makes it the post of its
// folder, as that of index.md is.
func isIndex(src source) bool {
	return src.fields["title"].isGiven() || src.fields["date"].isGiven()
}

// splitExt parts a file name from its extension.
func splitExt(name string) (stem, ext string) {
	ext = path.Ext(name)
	return strings.TrimSuffix(name, ext), ext
}

// isHidden reports whether a file or folder is none of the blog's.
func isHidden(name string) bool {
	return strings.HasPrefix(name, ".") && name != "."
}

// isGenerators reports whether a folder holds what a site generator or a package
// manager needs, and no posts.
func isGenerators(name string) bool {
	switch name {
	case "_templates", "_includes", "_layouts", "_site", "_data", "_sass", "node_modules", "vendor", "archetypes", "scaffolds", "themes":
		return true
	}
	return false
}

// A fileName is what the path of a post tells of it.
type fileName struct {
	stem     string // without date and extension, never empty
	lang     string // of a language variant, as in post.zh.md
	date     time.Time
	folder   string // the language that a folder says, as in zh/post.md
	isJekyll bool   // the file itself is named by date and slug, as Jekyll has it
}

// dated is a file name that begins with a date.
var dated = regexp.MustCompile(`^(\d{4}-\d{1,2}-\d{1,2})(?:[-_ ](.+))?$`)

// readName takes a path apart: 2020-01-02-slug.md has a date, which may stand in
// the folders too, and slug/index.md is named by its folder, as slug/README.md is.
func readName(file string) fileName {
	dir, base := path.Split(file)
	own, _ := splitExt(base)
	stem := own
	if folder := path.Base(dir); dir != "" {
		if isReadme(base) {
			stem = "index" + stem[len("readme"):]
		}
		if stem == "index" {
			stem = folder
		} else if lang, ok := strings.CutPrefix(stem, "index."); ok {
			stem = folder + "-" + lang
		}
	}
	n := fileName{stem: stem, lang: language(own), folder: folderLanguage(dir)}
	if m := dated.FindStringSubmatch(stem); m != nil {
		if date, err := parseDate(m[1]); err == nil {
			n.date = date
			if m[2] != "" {
				n.stem, n.isJekyll = m[2], stem == own
			}
		}
	}
	if n.date.IsZero() {
		n.setFolderDate(dir)
	}
	return n
}

// monthDay is a name that begins with month and day, the year being its folder's.
var monthDay = regexp.MustCompile(`^(\d{1,2}-\d{1,2})[-_ ](.+)$`)

// folderDate is a folder that is named by a date, or three that are together.
var folderDate = regexp.MustCompile(`(?:^|/)(\d{4}(?:/\d{1,2}/\d{1,2}|-\d{1,2}-\d{1,2}))/`)

// folderYear is a folder that is named by a year and is the file's, or holds
// the file's.
var folderYear = regexp.MustCompile(`(?:^|/)(\d{4})/(?:[^/]+/)?$`)

// setFolderDate takes the date from the folders, as of 2020/01/06/slug.md,
// 2020-01-06/slug.md and 2020/01-06-slug.md.
func (n *fileName) setFolderDate(dir string) {
	if m := folderDate.FindStringSubmatch(dir); m != nil {
		n.date, _ = parseDate(m[1])
		return
	}
	year, day := folderYear.FindStringSubmatch(dir), monthDay.FindStringSubmatch(n.stem)
	if year == nil || day == nil {
		return
	}
	if date, err := parseDate(year[1] + "-" + day[1]); err == nil {
		n.date, n.stem = date, day[2]
	}
}

// title makes a title of a file name.
func (n fileName) title() string {
	words := strings.FieldsFunc(n.stem, func(r rune) bool { return r == '-' || r == '_' || unicode.IsSpace(r) })
	if !n.date.IsZero() && n.stem == n.date.Format(time.DateOnly) || len(words) == 0 {
		return n.stem
	}
	s := strings.Join(words, " ")
	first, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(first)) + s[size:]
}
