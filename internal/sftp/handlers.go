package sftp

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"sync"
	"sync/atomic"

	lib "github.com/pkg/sftp"
)

// What clients are told, with the code SSH_FX_FAILURE. All else that they are told is the library's words for a code.
var (
	errTooMany   = errors.New("too many open files")
	errDirectory = errors.New("is a directory")
	errNoLink    = errors.New("not a symbolic link")
)

// handlers answers what the library does not answer itself. The library calls it on goroutines of its own, so each method
// recovers, and so does each method of what it returns.
type handlers struct {
	fsys   fs.FS
	bounds *Bounds
	crash  func(v any)  // ends the session; from any goroutine
	open   atomic.Int64 // handles
}

// recovered is deferred by everything that the library calls.
func (h *handlers) recovered(err *error) {
	if v := recover(); v != nil {
		h.crash(v)
		*err = lib.ErrSSHFxFailure
	}
}

// status turns an error of the file system into one that a client may see.
func status(err error) error {
	switch {
	case err == nil, err == io.EOF, err == errTooMany, err == errDirectory: //nolint:errorlint // our own, as they are
		return err
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, fs.ErrInvalid):
		return lib.ErrSSHFxNoSuchFile
	case errors.Is(err, fs.ErrPermission):
		return lib.ErrSSHFxPermissionDenied
	}
	return lib.ErrSSHFxFailure
}

// Fileread opens a file for reading.
func (h *handlers) Fileread(r *lib.Request) (_ io.ReaderAt, err error) {
	defer h.recovered(&err)
	f, info, done, err := h.openFile(r.Filepath)
	if err != nil {
		return nil, status(err)
	}
	at, ok := f.(io.ReaderAt)
	switch {
	case info.IsDir():
		err = errDirectory
	case !ok:
		err = lib.ErrSSHFxFailure
	}
	if err != nil {
		done()
		return nil, err
	}
	return &file{h, at, info.Size(), done}, nil
}

// Filewrite refuses to open a file for writing, whichever way.
func (h *handlers) Filewrite(*lib.Request) (io.WriterAt, error) {
	return nil, lib.ErrSSHFxPermissionDenied
}

// Filecmd refuses every change.
func (h *handlers) Filecmd(*lib.Request) error { return lib.ErrSSHFxPermissionDenied }

// StatVFS describes a small file system that is full, and cannot be written to.
func (h *handlers) StatVFS(r *lib.Request) (_ *lib.StatVFS, err error) {
	defer h.recovered(&err)
	if _, err := h.stat(r.Filepath); err != nil {
		return nil, status(err)
	}
	const readOnly, noSetuid = 1, 2 // SSH_FXE_STATVFS_ST_RDONLY and SSH_FXE_STATVFS_ST_NOSUID
	return &lib.StatVFS{Bsize: 4096, Frsize: 4096, Blocks: 1, Files: 1, Flag: readOnly | noSetuid, Namemax: 255}, nil
}

// Filelist opens a directory, or looks at one file.
func (h *handlers) Filelist(r *lib.Request) (_ lib.ListerAt, err error) {
	defer h.recovered(&err)
	if r.Method != "List" {
		info, err := h.stat(r.Filepath)
		if err != nil {
			return nil, status(err)
		}
		return one{info}, nil
	}
	f, info, done, err := h.openFile(r.Filepath)
	if err != nil {
		return nil, status(err)
	}
	dir, ok := f.(fs.ReadDirFile)
	if !info.IsDir() || !ok {
		done()
		return nil, lib.ErrSSHFxNoSuchFile // as OpenSSH says it
	}
	return &listing{h: h, dir: dir, done: done}, nil
}

// RealPath returns the absolute path of what need not be there.
func (h *handlers) RealPath(path string) (string, error) {
	name, err := nameOf(path, h.bounds.Path)
	if err != nil {
		return "", status(err)
	}
	if name == "." {
		return "/", nil
	}
	return "/" + name, nil
}

// Readlink refuses, for there are no links.
func (h *handlers) Readlink(path string) (_ string, err error) {
	defer h.recovered(&err)
	if _, err := h.stat(path); err != nil {
		return "", status(err)
	}
	return "", errNoLink
}

// LookupUserName and LookupGroupName name the owner in listings.
func (h *handlers) LookupUserName(string) string  { return "nobody" }
func (h *handlers) LookupGroupName(string) string { return "nogroup" }

// stat describes the file at a path of the client's.
func (h *handlers) stat(path string) (*info, error) {
	name, err := nameOf(path, h.bounds.Path)
	if err != nil {
		return nil, err
	}
	fi, err := fs.Stat(h.fsys, name)
	if err != nil {
		return nil, err
	}
	return shown(fi)
}

// openFile opens the file at a path of the client's. Unless it fails, the file counts as a handle until done is called.
func (h *handlers) openFile(path string) (_ fs.File, _ *info, done func(), err error) {
	name, err := nameOf(path, h.bounds.Path)
	if err != nil {
		return nil, nil, nil, err
	}
	if h.open.Add(1) > int64(h.bounds.Handles) {
		h.open.Add(-1)
		return nil, nil, nil, errTooMany
	}
	f, err := h.fsys.Open(name)
	if err != nil {
		h.open.Add(-1)
		return nil, nil, nil, err
	}
	done = sync.OnceFunc(func() {
		h.open.Add(-1)
		_ = f.Close()
	})
	fi, err := f.Stat()
	if err == nil {
		var in *info
		if in, err = shown(fi); err == nil {
			return f, in, done, nil
		}
	}
	done()
	return nil, nil, nil, err
}

// A file is a handle of a file.
type file struct {
	h    *handlers
	at   io.ReaderAt
	size int64
	done func()
}

func (f *file) ReadAt(p []byte, offset int64) (n int, err error) {
	defer f.h.recovered(&err)
	if offset < 0 || offset >= f.size { // clients read on before they see the end, and an io.ReaderAt may call that an error
		return 0, io.EOF
	}
	n, err = f.at.ReadAt(p, offset)
	return n, status(err)
}

func (f *file) Close() (err error) {
	defer f.h.recovered(&err)
	f.done()
	return nil
}

// A listing is a handle of a directory.
type listing struct {
	h    *handlers
	done func()

	mu  sync.Mutex // a client may read a directory as if it were a file, and the library does that on many goroutines
	dir fs.ReadDirFile
}

// ListAt takes the next entries. The library asks for them in order.
func (l *listing) ListAt(to []os.FileInfo, _ int64) (n int, err error) {
	defer l.h.recovered(&err)
	l.mu.Lock()
	defer l.mu.Unlock()
	for n == 0 {
		entries, err := l.dir.ReadDir(len(to))
		for _, e := range entries {
			fi, err := e.Info()
			if err != nil { // gone since
				continue
			}
			if in, err := shown(fi); err == nil {
				to[n] = in
				n++
			}
		}
		if err != nil && n == 0 {
			return 0, status(err)
		}
	}
	return n, nil
}

func (l *listing) Close() (err error) {
	defer l.h.recovered(&err)
	l.done()
	return nil
}

// one is the listing of one file.
type one struct{ info *info }

func (o one) ListAt(to []os.FileInfo, _ int64) (int, error) {
	return copy(to, []os.FileInfo{o.info}), nil
}
