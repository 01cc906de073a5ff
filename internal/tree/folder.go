package tree

import (
	"errors"
	"io"
	"io/fs"
	"sync"
)

var (
	errNoFolder = errors.New("not a directory")
	errFolder   = errors.New("is a directory")
)

// A folder is an open folder, at one place of its list.
type folder struct {
	node *node
	path string

	mu       sync.Mutex // guards the rest
	next     int
	isClosed bool
}

func (f *folder) fail(op string, err error) error {
	return &fs.PathError{Op: op, Path: f.path, Err: err}
}

func (f *folder) Stat() (fs.FileInfo, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.isClosed {
		return nil, f.fail("stat", fs.ErrClosed)
	}
	return f.node.Info()
}

func (f *folder) Read([]byte) (int, error) { return 0, f.fail("read", errFolder) }

// ReadDir makes no more than the n entries that it gives.
func (f *folder) ReadDir(n int) ([]fs.DirEntry, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.isClosed {
		return nil, f.fail("readdir", fs.ErrClosed)
	}
	from, to := f.next, len(f.node.nodes)
	if n > 0 {
		if from == to {
			return nil, io.EOF
		}
		to = from + min(n, to-from)
	}
	f.next = to
	return f.node.entries(from, to), nil
}

func (f *folder) Close() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.isClosed {
		return f.fail("close", fs.ErrClosed)
	}
	f.isClosed = true
	return nil
}
