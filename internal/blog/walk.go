package blog

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"time"

	"lectern/internal/text"
)

// A walk is one look over a content folder: which posts there are, not what
// they say.
type walk struct {
	files    map[string]fs.FileInfo // posts' files and blog.yaml, links followed
	dirs     []string               // folders, the root "." first
	problems []Problem
	shut     []string // files and folders that could not be looked at
}

// errEnough ends a walk.
var errEnough = errors.New("enough")

// look walks over fsys. It fails only when the root itself cannot be read.
func look(fsys fs.FS) (*walk, error) {
	w := &walk{files: map[string]fs.FileInfo{}}
	seen, posts := 0, 0
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			if name == "." {
				return err
			}
			if !errors.Is(err, fs.ErrNotExist) { // gone again is as good as never seen
				message, mend := unreadable(nil, err, 0)
				w.problem(name, Error, strings.Replace(message, "the file", "the folder", 1), mend)
				w.shut = append(w.shut, name)
			}
			return nil
		}
		if seen++; seen > MaxFiles {
			w.problem(".", Error, fmt.Sprintf("there are more than %d files and folders", MaxFiles), "the rest is not served; choose a folder of posts only")
			return errEnough
		}
		if isHidden(d.Name()) && name != "." {
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if d.IsDir() && isGenerators(d.Name()) {
			return fs.SkipDir
		}
		if d.IsDir() {
			if strings.Count(name, "/") >= MaxDepth {
				w.problem(name, Error, fmt.Sprintf("the folder lies deeper than %d levels", MaxDepth), "move it up")
				return fs.SkipDir
			}
			w.dirs = append(w.dirs, name)
			return nil
		}
		if name != siteFile && !isPost(name) {
			if d.Type()&fs.ModeSymlink != 0 {
				w.folderLink(fsys, name)
			}
			return nil
		}
		if name != siteFile {
			if posts++; posts > MaxPosts {
				w.problem(name, Error, fmt.Sprintf("there are more than %d posts", MaxPosts), "this and what follows is not served")
				return errEnough
			}
		}
		w.file(fsys, name, d)
		return nil
	})
	if err != nil && !errors.Is(err, errEnough) {
		return nil, err
	}
	return w, nil
}

// file takes in one file, through the link that it may be.
func (w *walk) file(fsys fs.FS, name string, d fs.DirEntry) {
	isLink := d.Type()&fs.ModeSymlink != 0
	var (
		info fs.FileInfo
		err  error
	)
	if isLink {
		info, err = fs.Stat(fsys, name)
	} else {
		info, err = d.Info()
	}
	switch {
	case err != nil && isLink && errors.Is(err, fs.ErrNotExist):
		w.problem(name, Error, "a link to a file that is not there", "mend the link or remove it")
	case err != nil && isLink && !errors.Is(err, fs.ErrPermission):
		w.problem(name, Error, "a link that leads out of the content folder, or in a circle", "put the file itself here")
	case err != nil && errors.Is(err, fs.ErrNotExist):
		return
	case err != nil:
		message, mend := unreadable(nil, err, 0)
		w.problem(name, Error, message, mend)
	case info.IsDir():
		w.problem(name, Warning, "a link to a folder, which is not followed", "put the folder itself here")
		return
	case !info.Mode().IsRegular(): // opening a pipe would wait for its writer
		w.problem(name, Error, "not a regular file", "put a file of text here")
	default:
		w.files[name] = info
		return
	}
	w.shut = append(w.shut, name)
}

// folderLink warns of a link to a folder: its posts are not found.
func (w *walk) folderLink(fsys fs.FS, name string) {
	if info, err := fs.Stat(fsys, name); err == nil && info.IsDir() {
		w.problem(name, Warning, "a link to a folder, which is not followed", "put the folder itself here")
	}
}

// isShut reports whether the file is one that could not be looked at, or lies
// in such a folder.
func (w *walk) isShut(file string) bool {
	for _, name := range w.shut {
		if file == name || strings.HasPrefix(file, name+"/") {
			return true
		}
	}
	return false
}

// emptied reports whether a file has become empty just now, as one does whose
// writer truncates it first.
func (w *walk) emptied() bool {
	for _, info := range w.files {
		if age := time.Since(info.ModTime()); info.Size() == 0 && age >= 0 && age < emptied {
			return true
		}
	}
	return false
}

// same reports whether two looks saw the same versions of the same files.
func (w *walk) same(v *walk) bool {
	if len(w.files) != len(v.files) || len(w.shut) != len(v.shut) {
		return false
	}
	for name, info := range w.files {
		other, ok := v.files[name]
		if !ok || !sameVersion(info, other) {
			return false
		}
	}
	for i, name := range w.shut {
		if v.shut[i] != name {
			return false
		}
	}
	return true
}

func (w *walk) problem(name string, level Level, message, mend string) {
	w.problems = append(w.problems, Problem{text.Line(path.Clean(name)), 0, level, message, mend})
}
