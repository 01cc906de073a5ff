package search_test

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"runtime/metrics"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"lectern/internal/blog"
	"lectern/internal/search"
)

// corpus is where real posts lie, beside the repository; they belong to their
// authors and are no part of it.
const corpus = "../../../shared/corpus"

// copies of the corpus make a blog of 14,000 posts.
const copies = 11

// manyPosts is a library of the real posts some times over, each time with some
// lines less and some words of their own.
func manyPosts(t testing.TB, copies int) *blog.Library {
	t.Helper()
	if _, err := os.Stat(corpus); err != nil {
		if os.Getenv("LECTERN_TEST_ALL") != "" {
			t.Fatal(err)
		}
		t.Skipf("no real posts to search: %v", err)
	}
	fsys := fstest.MapFS{}
	err := filepath.WalkDir(corpus, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".md" || d.Name() == "README.md" {
			return err
		}
		source, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		name, _ := filepath.Rel(corpus, path)
		for i := range copies {
			lines := slices.Collect(strings.Lines(string(source)))
			for at := 40 + i; i > 0 && at < len(lines); at += 40 {
				lines[at] = fmt.Sprintf("word%dof%d\n", at, len(fsys)) // 2 % of the lines
			}
			fsys[fmt.Sprintf("%c/%s", 'a'+i, name)] = &fstest.MapFile{Data: []byte(strings.Join(lines, "")), ModTime: time.Unix(1, 0)}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	library, err := blog.Load(fsys, time.Now(), nil)
	if err != nil {
		t.Fatal(err)
	}
	return library
}

// typed are queries as readers type them, and some as nobody should.
func typed() []string {
	return []string{
		"docker in production", "borrow checker lifetime", "garbage collector latency", "react hooks useEffect",
		"cargo workspace dependencies", "generics type parameters", "async await pin", "go modules proxy",
		"how to write a test for http handlers", "static site generator hugo", "vim configuration", "unicode normalisation",
		"the of and to", "a", "s", "1", "2023", "rust 1.70 release notes", "compiler team meeting", "kubernets operator", "asnyc runtime",
		"memory alocation", "goroutien leak", `"garbage collector"`, `"this release" announce`, `"of the"`, `"the rust team is happy to announce"`,
		"المحتوى العربي", "statistical mechanics entropy", "zzzzqqqq", "xylofphone conc", "a b c d e f g h i j k l m n o p",
	}
}

func BenchmarkSearch(b *testing.B) {
	library := manyPosts(b, copies)
	text := 0
	for _, p := range library.Posts() {
		text += p.Body.Len()
	}
	before := heapInUse()
	peak := watchHeap()
	begin := spent(b)
	x, err := search.Build(b.Context(), library)
	if err != nil {
		b.Fatal(err)
	}
	built := spent(b) - begin
	top := peak()
	held := heapInUse() - before

	var took []time.Duration
	slowest, slow := "", time.Duration(0)
	for b.Loop() {
		for _, query := range typed() {
			for i := range query {
				key := query[:i+1]
				begin := spent(b)
				x.Search(context.Background(), key, search.MaxHits, 0, search.MaxHits)
				d := spent(b) - begin
				took = append(took, d)
				if d > slow {
					slowest, slow = key, d
				}
			}
		}
	}
	slices.Sort(took)
	b.ReportMetric(milliseconds(took[len(took)/2]), "p50-ms")
	b.ReportMetric(milliseconds(took[len(took)*99/100]), "p99-ms")
	b.ReportMetric(milliseconds(slow), "longest-ms")
	b.ReportMetric(float64(len(library.Posts())), "posts")
	b.ReportMetric(float64(text)/1e6, "text-MB")
	b.ReportMetric(built.Seconds(), "build-s")
	b.ReportMetric(held/float64(text), "held/text")
	b.ReportMetric((top-before)/1e6, "build-peak-MB")
	b.Logf("slowest: %q", slowest)
	runtime.KeepAlive(x)
	runtime.KeepAlive(library)
}

func BenchmarkFilter(b *testing.B) {
	library := manyPosts(b, copies)
	before := heapInUse()
	begin := spent(b)
	titles := search.NewTitles(library.Posts())
	built := spent(b) - begin
	held := heapInUse() - before
	var took []time.Duration
	slowest, slow := "", time.Duration(0)
	for b.Loop() {
		for _, query := range typed() {
			for i := range query {
				begin := spent(b)
				titles.Filter(query[:i+1])
				d := spent(b) - begin
				took = append(took, d)
				if d > slow {
					slowest, slow = query[:i+1], d
				}
			}
		}
	}
	slices.Sort(took)
	b.ReportMetric(milliseconds(took[len(took)/2]), "p50-ms")
	b.ReportMetric(milliseconds(took[len(took)*99/100]), "p99-ms")
	b.ReportMetric(milliseconds(slow), "longest-ms")
	b.ReportMetric(built.Seconds(), "build-s")
	b.ReportMetric(held/1e6, "held-MB")
	runtime.KeepAlive(library)
	b.Logf("slowest: %q", slowest)
}

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

// heapInUse is the memory of what is reachable, in bytes.
func heapInUse() float64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc)
}

// watchHeap looks at what each collection of garbage leaves, until the function
// it returns is called, which gives the most that was.
func watchHeap() func() float64 {
	stop, most := make(chan struct{}), 0.0
	var w sync.WaitGroup
	w.Go(func() {
		tick := time.NewTicker(10 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-stop:
				return
			case <-tick.C:
				sample := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
				metrics.Read(sample)
				most = max(most, float64(sample[0].Value.Uint64()))
			}
		}
	})
	return func() float64 {
		close(stop)
		w.Wait()
		return most
	}
}
