package blog_test

import (
	"io/fs"
	"os"
	"runtime"
	"testing"
	"time"

	"lectern/internal/blog"
)

// BenchmarkLoad reads the corpus anew. It prints how much text the posts have,
// and what their library keeps in memory for each byte of it.
func BenchmarkLoad(b *testing.B) {
	fsys := os.DirFS(shared(b, "corpus"))
	before := heapInUse()
	var library *blog.Library
	for b.Loop() {
		library = benchLoad(b, fsys, nil)
	}
	text := 0
	for _, p := range library.Posts() {
		text += p.Body.Len()
	}
	held := heapInUse() - before
	b.ReportMetric(float64(len(library.Posts())), "posts")
	b.ReportMetric(float64(text)/1e6, "text-MB")
	b.ReportMetric(held/1e6, "held-MB")
	b.ReportMetric(held/float64(text), "held/text")
}

// BenchmarkLoadUnchanged loads the corpus again.
func BenchmarkLoadUnchanged(b *testing.B) {
	fsys := os.DirFS(shared(b, "corpus"))
	library := benchLoad(b, fsys, nil)
	for b.Loop() {
		library = benchLoad(b, fsys, library)
	}
}

// BenchmarkMatches asks all posts, as each key of a reader who types does.
func BenchmarkMatches(b *testing.B) {
	library := benchLoad(b, os.DirFS(shared(b, "corpus")), nil)
	found := 0
	for b.Loop() {
		for _, p := range library.Posts() {
			if p.Matches("rust release not-there") {
				found++
			}
		}
	}
	if found > 0 {
		b.Errorf("%d posts match", found)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(library.Posts())), "ns/post")
}

func benchLoad(b *testing.B, fsys fs.FS, last *blog.Library) *blog.Library {
	b.Helper()
	library, err := blog.Load(fsys, time.Now(), last)
	if err != nil {
		b.Fatal(err)
	}
	return library
}

// heapInUse is the memory of what is reachable, in bytes.
func heapInUse() float64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc)
}
