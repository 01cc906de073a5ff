// Package tree shows a blog as files, for those who fetch it rather than read it
// on screens. The files are:
//
//	README.md          what this is, and how to read and fetch it
//	posts/SLUG.md      each post, byte for byte as its author wrote it
//	tags/TAG/SLUG.md   the same posts, by tag
//
// and beside the README those that the caller adds, such as feeds. Former slugs
// are no files.
//
// Nothing here is on a disk: a name is looked up among the names that there are,
// and leads nowhere else.
package tree

import (
	"io/fs"
	"sync"
	"sync/atomic"

	"lectern/internal/blog"
)

// A File is one that the caller adds to the root. Its name is a single path
// element, and none that is there already.
type File struct {
	Name  string
	About string // what it is, for the README: half a sentence

	// Content makes the file. It is asked for again at each look at the size of
	// the file and by each reader of it, at one time too: the caller holds on to
	// what it gives, which nobody modifies, as long as the library is the newest.
	Content func(library *blog.Library) ([]byte, error)
}

// An FS is a blog as a file system: an [fs.FS], [fs.StatFS] and [fs.ReadDirFS].
// Its files are [io.ReaderAt] and [io.Seeker], its folders [fs.ReadDirFile]. All
// of it is read only and safe for concurrent use. Errors are an [fs.PathError]
// with the name as it was asked for, which may be foreign.
//
// Each call sees the newest library. What was opened stays as it was then, and
// keeps of an older library no more than it shows.
type FS struct {
	current func() *blog.Library
	extra   []File

	making sync.Mutex // held while an index is made
	made   atomic.Pointer[index]
}

var (
	_ fs.StatFS    = (*FS)(nil)
	_ fs.ReadDirFS = (*FS)(nil)
)

// New is the blog that current gives, which is asked at each call and does not
// block, with more files in its root.
func New(current func() *blog.Library, extra ...File) *FS {
	return &FS{current: current, extra: extra}
}

// index is the index of the newest library. It is made once for each, by the
// first who needs it. That of the library before is held until then: the posts
// in it are mostly the same.
func (f *FS) index() *index {
	x, library := f.made.Load(), f.current()
	if x != nil && x.library == library {
		return x
	}
	f.making.Lock()
	defer f.making.Unlock()
	// Asked again under the lock, so that no older library comes after a newer.
	x, library = f.made.Load(), f.current()
	if x == nil || x.library != library {
		x = newIndex(library, f.extra)
		f.made.Store(x)
	}
	return x
}

// Open opens a file or a folder. The caller bounds how many are open at a time: one
// holds next to nothing, and one of the caller's, once it was read, what Content gave.
func (f *FS) Open(name string) (fs.File, error) {
	n, err := f.index().find(name)
	switch {
	case err != nil:
		return nil, &fs.PathError{Op: "open", Path: name, Err: err}
	case n.IsDir():
		return &folder{node: n, path: name}, nil
	}
	return &file{node: n, path: name}, nil
}

// Stat is a look at a file or a folder. Its cost does not grow with the blog,
// but for a file of the caller's that is made for it.
func (f *FS) Stat(name string) (fs.FileInfo, error) {
	n, err := f.index().find(name)
	if err == nil {
		var info fs.FileInfo
		if info, err = n.Info(); err == nil {
			return info, nil
		}
	}
	return nil, &fs.PathError{Op: "stat", Path: name, Err: err}
}

// ReadDir lists a folder, in the order of names. To have a long one in pieces,
// open it.
func (f *FS) ReadDir(name string) ([]fs.DirEntry, error) {
	n, err := f.index().find(name)
	if err == nil && !n.IsDir() {
		err = errNoFolder
	}
	if err != nil {
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: err}
	}
	return n.entries(0, len(n.nodes)), nil
}
