package render

import (
	"io/fs"
	"path"
	"regexp"
	"strings"
	"unicode"

	"lectern/internal/blog"
)

// A folder is what lies in a content folder, by name.
type folder struct {
	names    map[string]bool // of files and folders; false for a link to elsewhere
	stems    map[string]bool // of Markdown files, as slugOf has them
	sections map[string]bool // last names of the folders that hold posts
	pictures bool            // there is one, or a film
	more     bool            // than are looked at
}

// lookOver reads the names in a folder, as many as [blog.Load] does.
func lookOver(fsys fs.FS) *folder {
	f := &folder{names: map[string]bool{}, stems: map[string]bool{}, sections: map[string]bool{}}
	_ = fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if f.more = len(f.names) >= blog.MaxFiles; f.more {
			return fs.SkipAll
		}
		if err != nil {
			f.names[name] = false // blog.Load tells of it
			return nil
		}
		f.names[name] = d.Type()&fs.ModeSymlink == 0
		switch {
		case d.IsDir():
			if name != "." && strings.HasPrefix(d.Name(), ".") || strings.Count(name, "/") >= blog.MaxDepth {
				f.names[name] = false
				return fs.SkipDir
			}
		case isPicture(name) || isFilm(name):
			f.pictures = true
		case isMarkdown(name):
			f.stems[slugOf(name)] = true
			dir := path.Dir(name)
			if strings.HasPrefix(path.Base(name), "index.") {
				dir = path.Dir(dir)
			}
			// A page _index.md is of lists and a folder en of languages.
			if section := path.Base(dir); !strings.HasPrefix(path.Base(name), "_") && !langDir.MatchString(section) {
				f.sections[section] = true
			}
		}
		return nil
	})
	return f
}

// holds reports whether there is a file or a folder, or whether that cannot be
// told: behind a link, or in a folder too large.
func (f *folder) holds(name string) bool {
	if _, ok := f.names[name]; ok || f.more {
		return true
	}
	for dir := path.Dir(name); dir != "." && dir != ".." && dir != "/"; dir = path.Dir(dir) {
		if looked, ok := f.names[dir]; ok && !looked {
			return true
		}
	}
	return false
}

// isPicture reports whether a file's name is that of a picture.
func isPicture(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".avif", ".bmp":
		return true
	}
	return false
}

// isFilm reports whether a file's name is that of a film or a sound.
func isFilm(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".mp4", ".webm", ".mov", ".m4v", ".ogv", ".mp3", ".ogg", ".wav":
		return true
	}
	return false
}

var (
	datedStem = regexp.MustCompile(`^\d{4}-\d{1,2}-\d{1,2}[-_ ]`)
	langDir   = regexp.MustCompile(`^[a-z]{2}([-_][A-Za-z]{2,4})?$`)
)

// slugOf is the slug of a post that a path may lead to: of its last part, or
// of the folder of an index.md, without date and extension.
func slugOf(target string) string {
	target = strings.TrimRight(target, "/")
	last := path.Base(target)
	if strings.HasPrefix(last, "index.") && target != last {
		last = path.Base(path.Dir(target))
	}
	switch ext := path.Ext(last); strings.ToLower(ext) {
	case ".html", ".htm", ".md", ".markdown", ".mdx":
		last = strings.TrimSuffix(last, ext)
	}
	last = datedStem.ReplaceAllString(last, "")
	words := strings.FieldsFunc(strings.ToLower(last), func(r rune) bool {
		return r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
	return strings.Join(words, "-")
}
