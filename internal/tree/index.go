package tree

import (
	"io/fs"
	"slices"
	"strings"

	"lectern/internal/blog"
	"lectern/internal/text"
)

// An index is the tree of one library: about 110 bytes for each post, and eight for
// each tag of it.
type index struct {
	library *blog.Library
	root    *node
}

func newIndex(library *blog.Library, extra []File) *index {
	posts := newFolder("posts", postNodes(library))
	tags := newFolder("tags", tagNodes(library, posts.nodes))
	root := []*node{posts, tags, newReadme(library, extra, posts.modified)}
	for _, f := range extra {
		made := func() ([]byte, error) { return f.Content(library) }
		root = append(root, &node{name: f.Name, modified: posts.modified, made: made})
	}
	return &index{library, newFolder(".", root)}
}

// newFolder takes over nodes, and is as new as the newest of them.
func newFolder(name string, nodes []*node) *node {
	slices.SortFunc(nodes, func(a, b *node) int { return strings.Compare(a.name, b.name) })
	f := &node{name: name, nodes: nodes}
	for _, n := range nodes {
		f.modified = max(f.modified, n.modified)
	}
	return f
}

func postNodes(library *blog.Library) []*node {
	nodes := make([]*node, 0, len(library.Posts()))
	for _, p := range library.Posts() {
		nodes = append(nodes, &node{name: p.Slug + ".md", modified: seconds(p.Modified), post: p})
	}
	return nodes
}

// tagNodes are a folder for each tag, with those of the posts that have it.
func tagNodes(library *blog.Library, posts []*node) []*node {
	tagged := map[string][]*node{}
	for _, n := range posts {
		for _, tag := range n.post.Tags {
			key := text.Fold(tag)
			if had := tagged[key]; len(had) == 0 || had[len(had)-1] != n { // it may have the tag in two spellings
				tagged[key] = append(had, n)
			}
		}
	}
	nodes := make([]*node, 0, len(tagged))
	for key, name := range elements(library.Tags()) {
		nodes = append(nodes, newFolder(name, tagged[key]))
	}
	return nodes
}

// find is the node of a path as [fs.FS] has them. The error is fs.ErrInvalid or
// fs.ErrNotExist.
func (x *index) find(name string) (*node, error) {
	if !fs.ValidPath(name) {
		return nil, fs.ErrInvalid
	}
	n := x.root
	if name == "." {
		return n, nil
	}
	for part := range strings.SplitSeq(name, "/") {
		i, ok := slices.BinarySearchFunc(n.nodes, part, func(n *node, name string) int { return strings.Compare(n.name, name) })
		if !ok {
			return nil, fs.ErrNotExist
		}
		n = n.nodes[i]
	}
	return n, nil
}
