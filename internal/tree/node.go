package tree

import (
	"bytes"
	"io"
	"io/fs"
	"math"
	"time"

	"lectern/internal/blog"
)

// A node is a file or a folder of one library, shared by all who look at it and
// never modified. It is a folder when it is neither a post nor made.
type node struct {
	name     string
	modified uint32 // seconds since 1970, as SFTP counts them
	post     *blog.Post
	made     func() ([]byte, error)
	nodes    []*node // of a folder, in the order of names
}

func (n *node) Name() string { return n.name }
func (n *node) IsDir() bool  { return n.post == nil && n.made == nil }

func (n *node) Type() fs.FileMode {
	if n.IsDir() {
		return fs.ModeDir
	}
	return 0
}

// Info fails where a file's size is not known before it is made, and that fails.
func (n *node) Info() (fs.FileInfo, error) {
	switch {
	case n.post != nil:
		return info{n, n.post.Size()}, nil
	case n.made != nil:
		text, err := n.made()
		if err != nil {
			return nil, err
		}
		return info{n, int64(len(text))}, nil
	}
	return info{n, 0}, nil
}

// reader reads what is in a file.
func (n *node) reader() (*io.SectionReader, error) {
	if n.post != nil {
		return io.NewSectionReader(n.post.Reader(), 0, n.post.Size()), nil
	}
	text, err := n.made()
	if err != nil {
		return nil, err
	}
	return io.NewSectionReader(bytes.NewReader(text), 0, int64(len(text))), nil
}

// entries are some of a folder's nodes, as a listing has them.
func (n *node) entries(from, to int) []fs.DirEntry {
	list := make([]fs.DirEntry, 0, to-from)
	for _, n := range n.nodes[from:to] {
		list = append(list, n)
	}
	return list
}

// An info is a node with its size.
type info struct {
	*node
	size int64
}

func (i info) Size() int64        { return i.size }
func (i info) ModTime() time.Time { return time.Unix(int64(i.modified), 0).UTC() }
func (i info) Sys() any           { return nil }

// Mode is what a copy of the file should have: scp gives it that, and one that its
// owner may not write could not be fetched again. Here nobody writes.
func (i info) Mode() fs.FileMode {
	if i.IsDir() {
		return fs.ModeDir | 0o755
	}
	return 0o644
}

// seconds is a time as a node has it: one that is not known, or out of reach, is
// the nearest that can be said.
func seconds(t time.Time) uint32 {
	return uint32(min(max(t.Unix(), 0), math.MaxUint32))
}
