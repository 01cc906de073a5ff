package tree_test

import (
	"fmt"
	"io/fs"
	"testing"

	"lectern/internal/blog"
	"lectern/internal/tree"
)

// many is a library of 14,000 posts with three tags each.
func many(b *testing.B) *blog.Library {
	var pairs []string
	for i := range 14_000 {
		pairs = append(pairs, fmt.Sprintf("a-post-of-many-%d.md", i), fmt.Sprintf("---\ntags: [Tag %d, Tag %d, Go]\n---\ntext", i%100, i%997))
	}
	return load(b, pairs...)
}

// BenchmarkIndex makes the index of a new library. It prints what it holds.
func BenchmarkIndex(b *testing.B) {
	library := many(b)
	library.Tags()
	before := heapInUse()
	var fsys *tree.FS
	for b.Loop() {
		fsys = of(library)
		if _, err := fsys.Stat("posts"); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(heapInUse()-before)/14_000, "held-B/post")
	if _, err := fsys.Stat("posts/a-post-of-many-1.md"); err != nil {
		b.Error(err)
	}
}

func BenchmarkStat(b *testing.B) {
	fsys := of(many(b))
	for b.Loop() {
		if _, err := fsys.Stat("tags/Go/a-post-of-many-77.md"); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkReadDir(b *testing.B) {
	fsys := of(many(b))
	for b.Loop() {
		f, err := fsys.Open("posts")
		if err != nil {
			b.Fatal(err)
		}
		for err == nil {
			_, err = f.(fs.ReadDirFile).ReadDir(100)
		}
	}
}
