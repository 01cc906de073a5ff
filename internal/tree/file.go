package tree

import (
	"io"
	"io/fs"
	"sync"
)

// A file is an open file. A client may hold many, read as well as not: it holds no
// text of a post, of which each read makes its piece. One that is made for it is
// made at the first read or seek, and shared with all who hold it.
type file struct {
	node *node
	path string

	mu       sync.Mutex        // guards the rest, and the place in reader
	reader   *io.SectionReader // nil before the first read
	isClosed bool
}

func (f *file) fail(op string, err error) error {
	return &fs.PathError{Op: op, Path: f.path, Err: err}
}

// open gives what reads the text; f.mu is held.
func (f *file) open(op string) (*io.SectionReader, error) {
	if f.isClosed {
		return nil, f.fail(op, fs.ErrClosed)
	}
	if f.reader == nil {
		r, err := f.node.reader()
		if err != nil {
			return nil, f.fail(op, err)
		}
		f.reader = r
	}
	return f.reader, nil
}

func (f *file) Stat() (fs.FileInfo, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	switch {
	case f.isClosed:
		return nil, f.fail("stat", fs.ErrClosed)
	case f.reader != nil:
		return info{f.node, f.reader.Size()}, nil
	}
	i, err := f.node.Info()
	if err != nil {
		return nil, f.fail("stat", err)
	}
	return i, nil
}

func (f *file) Read(b []byte) (int, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	r, err := f.open("read")
	if err != nil {
		return 0, err
	}
	return r.Read(b)
}

func (f *file) ReadAt(b []byte, at int64) (int, error) {
	f.mu.Lock()
	r, err := f.open("read")
	f.mu.Unlock()
	switch {
	case err != nil:
		return 0, err
	case at < 0:
		return 0, f.fail("read", fs.ErrInvalid)
	}
	return r.ReadAt(b, at)
}

func (f *file) Seek(offset int64, whence int) (int64, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	r, err := f.open("seek")
	if err != nil {
		return 0, err
	}
	at, err := r.Seek(offset, whence)
	if err != nil {
		return 0, f.fail("seek", fs.ErrInvalid)
	}
	return at, nil
}

func (f *file) Close() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.isClosed {
		return f.fail("close", fs.ErrClosed)
	}
	f.isClosed, f.reader = true, nil
	return nil
}
