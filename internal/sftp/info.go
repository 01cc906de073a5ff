package sftp

import (
	"io/fs"
	"math"
	"path"
	"strings"
	"time"
	"unicode/utf8"
)

// nameOf returns the name in an fs.FS of a path of the client's, which is taken from the root.
func nameOf(p string, longest int) (string, error) {
	if len(p) > longest || !utf8.ValidString(p) || strings.ContainsAny(p, "\x00\\") {
		return "", fs.ErrNotExist
	}
	name := path.Clean("/" + p)[1:]
	if name == "" {
		return ".", nil
	}
	return name, nil
}

// info is what is shown of a file: plain values, for the library asks for them on a goroutine where nothing recovers.
type info struct {
	name string
	size int64
	mode fs.FileMode
	time time.Time
}

// nobody is the number of the user and the group that own everything, as on most systems.
const nobody = 65534

// shown returns what is shown of a file, or an error if it is neither a directory nor a regular file.
func shown(fi fs.FileInfo) (*info, error) {
	mode := fi.Mode()
	if !mode.IsDir() && !mode.IsRegular() {
		return nil, fs.ErrNotExist
	}
	return &info{fi.Name(), max(fi.Size(), 0), mode & (fs.ModeDir | fs.ModePerm), within(fi.ModTime())}, nil
}

// within returns the time that the protocol can say which is nearest to t, in no zone of the server's.
func within(t time.Time) time.Time {
	first, last := time.Unix(0, 0), time.Unix(math.MaxUint32, 0)
	switch {
	case t.Before(first):
		t = first
	case t.After(last):
		t = last
	}
	return t.UTC()
}

func (i *info) Name() string       { return i.name }
func (i *info) Size() int64        { return i.size }
func (i *info) Mode() fs.FileMode  { return i.mode }
func (i *info) ModTime() time.Time { return i.time }
func (i *info) IsDir() bool        { return i.mode.IsDir() }
func (i *info) Sys() any           { return nil }
func (i *info) Uid() uint32        { return nobody }
func (i *info) Gid() uint32        { return nobody }
