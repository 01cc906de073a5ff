package blog

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"
)

// errUnsettled says that a file changed each time it was read.
var errUnsettled = errors.New("the file changes while it is read")

// errTooBig says that a file is over its bound; no more than the bound is read then.
var errTooBig = errors.New("too big")

// readFile reads a regular file of at most limit bytes, and whole: when the
// file changed meanwhile, it is read again, a few times. info is the file's as
// it was read.
func readFile(fsys fs.FS, name string, limit int64) (data []byte, info fs.FileInfo, err error) {
	for range maxReads {
		data, info, err = readOnce(fsys, name, limit)
		if !errors.Is(err, errUnsettled) {
			break
		}
	}
	return data, info, err
}

func readOnce(fsys fs.FS, name string, limit int64) ([]byte, fs.FileInfo, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	before, err := f.Stat()
	if err != nil {
		return nil, nil, err
	}
	var b bytes.Buffer
	b.Grow(int(min(before.Size(), limit)) + bytes.MinRead) // in which it reads the end
	if _, err = b.ReadFrom(io.LimitReader(f, limit+1)); err != nil {
		return nil, before, err
	}
	data := b.Bytes()
	after, err := f.Stat()
	if err != nil {
		return nil, before, err
	}
	if int64(len(data)) > limit {
		return nil, after, errTooBig
	}
	if int64(len(data)) != after.Size() || !sameVersion(before, after) {
		return nil, after, errUnsettled
	}
	return data, after, nil
}

// sameVersion reports whether two looks saw one version of a file: the same
// file, where the operating system tells files apart, with one size and time.
func sameVersion(a, b fs.FileInfo) bool {
	return a.Size() == b.Size() && a.ModTime().Equal(b.ModTime()) && a.Mode() == b.Mode() &&
		(os.SameFile(a, b) || !os.SameFile(a, a))
}

// isFresh reports whether a file is so young that another version of it may
// have the same time: file systems count it in steps of up to two seconds.
func isFresh(info fs.FileInfo) bool {
	const step = 2 * time.Second
	age := time.Since(info.ModTime())
	return age < step && age > -step
}

// unreadable says in an author's words why a file could not be read.
func unreadable(info fs.FileInfo, err error, limit int64) (message, mend string) {
	switch {
	case errors.Is(err, errTooBig):
		return fmt.Sprintf("the file has %.1f MiB (%d bytes), more than the %d bytes that are read", float64(info.Size())/(1<<20), info.Size(), limit),
			"split it, or move long listings and data out of it"
	case errors.Is(err, errUnsettled):
		return "the file changes while it is read", "it is read again when it is quiet"
	case errors.Is(err, fs.ErrPermission):
		return "the file may not be read", "give the server's user leave to read it"
	}
	var path *fs.PathError
	if errors.As(err, &path) {
		err = path.Err
	}
	return fmt.Sprintf("the file cannot be read: %v", err), "see that it can be opened"
}
