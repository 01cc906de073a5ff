package tree_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"
	"weak"

	"github.com/google/go-cmp/cmp"

	"lectern/internal/blog"
	"lectern/internal/tree"
)

var noon = time.Date(2025, 6, 15, 12, 0, 0, 0, time.UTC)

// load makes a library of the names and contents of files.
func load(t testing.TB, pairs ...string) *blog.Library {
	t.Helper()
	fsys := fstest.MapFS{}
	for i := 0; i < len(pairs); i += 2 {
		fsys[pairs[i]] = &fstest.MapFile{Data: []byte(pairs[i+1]), ModTime: noon}
	}
	return loadFS(t, fsys)
}

func loadFS(t testing.TB, fsys fs.FS) *blog.Library {
	t.Helper()
	library, err := blog.Load(fsys, noon, nil)
	if err != nil {
		t.Fatal(err)
	}
	return library
}

// corpus is the folder of real posts beside the repository, and its library.
func corpus(t testing.TB) (dir string, library *blog.Library) {
	t.Helper()
	dir, err := filepath.Abs(filepath.Join("..", "..", "..", "shared", "corpus"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(dir); err != nil {
		if os.Getenv("LECTERN_TEST_ALL") != "" {
			t.Fatal(err)
		}
		t.Skipf("no test data: %s is missing", filepath.Join("..", "shared", "corpus"))
	}
	return dir, loadFS(t, os.DirFS(dir))
}

// of is the tree of one library, with a feed.
func of(library *blog.Library) *tree.FS {
	return tree.New(func() *blog.Library { return library }, feed())
}

// feed is a file of the caller's: it counts the posts.
func feed() tree.File {
	return tree.File{Name: "feed.xml", About: "the newest posts", Content: func(l *blog.Library) ([]byte, error) {
		return fmt.Appendf(nil, "<posts>%d</posts>", len(l.Posts())), nil
	}}
}

// names are those in a folder.
func names(t *testing.T, fsys fs.FS, folder string) []string {
	t.Helper()
	entries, err := fs.ReadDir(fsys, folder)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, e := range entries {
		list = append(list, e.Name())
	}
	return list
}

func read(t *testing.T, fsys fs.FS, name string) string {
	t.Helper()
	b, err := fs.ReadFile(fsys, name)
	if err != nil {
		t.Error(err)
	}
	return string(b)
}

func TestATreeIsAFileSystem(t *testing.T) {
	fsys := of(load(t, "a.md", "---\ntags: [Go, \"C++\"]\n---\ntext\n", "b.md", "---\r\ntags: [go]\r\n---\r\ntext\r\n", "b-2.md", ""+"text"))
	if err := fstest.TestFS(fsys, "README.md", "feed.xml", "posts/a.md", "posts/b.md", "posts/b-2.md", "tags/C++/a.md", "tags/Go/b.md"); err != nil {
		t.Error(err)
	}
	if err := fstest.TestFS(of(load(t)), "README.md", "feed.xml", "posts", "tags"); err != nil {
		t.Error(err)
	}
}

func TestSomeOfTheCorpusIsAFileSystem(t *testing.T) {
	dir, library := corpus(t)
	few := fstest.MapFS{}
	for i, p := range library.Posts() {
		if i%1000 > 0 || p.Size() > 4<<10 { // the test reads byte by byte, and each of them costs a look into the text
			continue
		}
		data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(p.File)))
		if err != nil {
			t.Fatal(err)
		}
		few[p.Slug+".md"] = &fstest.MapFile{Data: data, ModTime: noon}
	}
	some := loadFS(t, few)
	if err := fstest.TestFS(of(some), "posts/"+some.Posts()[0].Slug+".md"); err != nil {
		t.Error(err)
	}
}

func TestTheCorpusIsServedByteForByte(t *testing.T) {
	dir, library := corpus(t)
	fsys := of(library)
	for _, p := range library.Posts() {
		want, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(p.File)))
		if err != nil {
			t.Fatal(err)
		}
		name := "posts/" + p.Slug + ".md"
		if got := read(t, fsys, name); got != string(want) {
			t.Errorf("%s is %d bytes %.40q, want %d bytes %.40q", name, len(got), got, len(want), want)
		}
		if info, err := fsys.Stat(name); err != nil || info.Size() != int64(len(want)) || info.ModTime().Unix() != p.Modified.Unix() {
			t.Errorf("%s: %v, %v; want %d bytes of %v", name, info, err, len(want), p.Modified)
		}
	}
	if got, want := len(names(t, fsys, "posts")), len(library.Posts()); got != want {
		t.Errorf("%d files in posts, want %d", got, want)
	}
	if got, want := len(names(t, fsys, "tags")), len(library.Tags()); got != want {
		t.Errorf("%d folders in tags, want %d", got, want)
	}
	for _, entry := range names(t, fsys, "tags") {
		for _, name := range names(t, fsys, "tags/"+entry) {
			if read(t, fsys, "tags/"+entry+"/"+name) != read(t, fsys, "posts/"+name) {
				t.Errorf("tags/%s/%s is another file than the one in posts", entry, name)
			}
		}
	}
}

func TestOnlyWhatReadersSeeIsAFile(t *testing.T) {
	fsys := of(load(t,
		"new.md", "---\naliases: [/old]\ntags: [Go]\n---\ntext",
		"draft.md", "---\ndraft: true\ntags: [Hidden]\n---\ntext",
		"later.md", "---\ndate: 2999-01-01\n---\ntext",
		"gone.md", "---\nexpirydate: 2001-01-01\n---\ntext",
		"stub.md", "---\nredirect: /new\n---\n",
	))
	for folder, want := range map[string][]string{".": {"README.md", "feed.xml", "posts", "tags"}, "posts": {"new.md"}, "tags": {"Go"}, "tags/Go": {"new.md"}} {
		if diff := cmp.Diff(want, names(t, fsys, folder)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", folder, diff)
		}
	}
	for _, slug := range []string{"old", "stub", "draft", "later", "gone"} {
		if _, err := fsys.Stat("posts/" + slug + ".md"); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s: %v, want that it does not exist", slug, err)
		}
	}
}

func TestNothingCanBeWritten(t *testing.T) {
	fsys := of(load(t, "a.md", "---\ntags: [Go]\n---\ntext"))
	for name, want := range map[string]fs.FileMode{
		".": fs.ModeDir | 0o755, "posts": fs.ModeDir | 0o755, "tags": fs.ModeDir | 0o755, "tags/Go": fs.ModeDir | 0o755,
		"README.md": 0o644, "feed.xml": 0o644, "posts/a.md": 0o644, "tags/Go/a.md": 0o644,
	} {
		if info, err := fsys.Stat(name); err != nil || info.Mode() != want {
			t.Errorf("%s: %v, %v, want mode %v", name, info, err, want)
		}
	}
}

func TestTimesAreOnesThatSFTPCanSay(t *testing.T) {
	tests := map[string]struct{ file, want time.Time }{
		"a.md": {time.Date(1960, 1, 1, 0, 0, 0, 0, time.UTC), time.Unix(0, 0)},
		"b.md": {time.Date(2024, 2, 3, 4, 5, 6, 7, time.UTC), time.Date(2024, 2, 3, 4, 5, 6, 0, time.UTC)},
		"c.md": {time.Date(2200, 1, 1, 0, 0, 0, 0, time.UTC), time.Unix(1<<32-1, 0)},
		"d.md": {time.Time{}, time.Unix(0, 0)},
	}
	content := fstest.MapFS{}
	for name, tt := range tests {
		content[name] = &fstest.MapFile{Data: []byte("---\ntags: [" + name[:1] + "]\n---\ntext"), ModTime: tt.file}
	}
	check := func(fsys fs.FS, name string, want time.Time) {
		t.Helper()
		if info, err := fs.Stat(fsys, name); err != nil || !info.ModTime().Equal(want) {
			t.Errorf("%s: %v, %v, want %v", name, info, err, want)
		}
	}
	fsys := of(loadFS(t, content))
	for name, tt := range tests {
		check(fsys, "posts/"+name, tt.want)
		check(fsys, "tags/"+name[:1], tt.want)
	}
	delete(content, "c.md")
	fsys = of(loadFS(t, content))
	for _, name := range []string{".", "posts", "tags", "README.md", "feed.xml"} { // as new as the newest
		check(fsys, name, tests["b.md"].want)
		check(of(load(t)), name, time.Unix(0, 0))
	}
}

func TestAReplacedLibraryIsSeenAndWhatIsOpenStays(t *testing.T) {
	var current atomic.Pointer[blog.Library]
	current.Store(load(t, "a.md", "one", "b.md", "gone soon"))
	fsys := tree.New(current.Load, feed())
	open := map[string]fs.File{}
	for _, name := range []string{"posts", "posts/a.md", "posts/b.md", "README.md", "feed.xml"} {
		f, err := fsys.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		open[name] = f
	}
	current.Store(load(t, "a.md", "two", "blog.yaml", "title: Named"))

	if got := read(t, fsys, "posts/a.md"); got != "two" {
		t.Errorf("read %q, want the new text", got)
	}
	if _, err := fsys.Open("posts/b.md"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a post that is gone: %v", err)
	}
	if got := read(t, fsys, "README.md"); !strings.HasPrefix(got, "# Named\n") {
		t.Errorf("the README begins %.20q, want the new title", got)
	}
	for name, want := range map[string]string{"posts/a.md": "one", "posts/b.md": "gone soon", "feed.xml": "<posts>2</posts>"} {
		if got, err := io.ReadAll(open[name]); err != nil || string(got) != want {
			t.Errorf("%s that was open reads %q, %v; want %q", name, got, err, want)
		}
	}
	if list, err := open["posts"].(fs.ReadDirFile).ReadDir(-1); err != nil || len(list) != 2 {
		t.Errorf("the folder that was open lists %v, %v; want both", list, err)
	}
}

func TestAReplacedLibraryIsLetGo(t *testing.T) {
	var current atomic.Pointer[blog.Library]
	current.Store(load(t, "a.md", "one"))
	old := weak.Make(current.Load())
	fsys := tree.New(current.Load, feed())
	f, err := fsys.Open("posts/a.md")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	current.Store(load(t, "a.md", "two"))
	if _, err := fsys.Stat("."); err != nil {
		t.Fatal(err)
	}
	runtime.GC()
	if old.Value() != nil {
		t.Error("the old library is held, though a newer was looked at")
	}
}

func TestAFolderIsListedInPieces(t *testing.T) {
	var pairs []string
	for i := range 100 {
		pairs = append(pairs, fmt.Sprintf("p%d.md", i), "text")
	}
	fsys := of(load(t, pairs...))
	f, err := fsys.Open("posts")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var got []string
	for {
		list, err := f.(fs.ReadDirFile).ReadDir(7)
		if errors.Is(err, io.EOF) && len(list) == 0 {
			break
		}
		if err != nil || len(list) > 7 {
			t.Fatalf("%d entries, %v", len(list), err)
		}
		for _, e := range list {
			got = append(got, e.Name())
		}
	}
	if diff := cmp.Diff(names(t, fsys, "posts"), got); diff != "" || len(got) != 100 {
		t.Errorf("in pieces there are %d (-want +got):\n%s", len(got), diff)
	}
}

func TestAFileIsReadInAnyOrder(t *testing.T) {
	want := []byte(strings.Repeat("Prose repeats itself. ", 10_000))
	fsys := of(load(t, "a.md", string(want)))
	f, err := fsys.Open("posts/a.md")
	if err != nil {
		t.Fatal(err)
	}
	const piece = 32 << 10
	got := make([]byte, len(want))
	var group sync.WaitGroup
	for at := (len(want) / piece) * piece; at >= 0; at -= piece { // as a client that asks ahead
		group.Go(func() {
			to := got[at:min(at+piece, len(got))]
			if n, err := f.(io.ReaderAt).ReadAt(to, int64(at)); n != len(to) || err != nil {
				t.Errorf("at %d: %d bytes, %v", at, n, err)
			}
		})
	}
	group.Wait()
	if !bytes.Equal(got, want) {
		t.Error("the pieces are not the file")
	}
	if n, err := f.(io.ReaderAt).ReadAt(got, int64(len(want))); n != 0 || !errors.Is(err, io.EOF) {
		t.Errorf("behind the end: %d bytes, %v", n, err)
	}
	if _, err := f.(io.ReaderAt).ReadAt(got, -1); !errors.Is(err, fs.ErrInvalid) {
		t.Errorf("before the start: %v", err)
	}
	if at, err := f.(io.Seeker).Seek(-5, io.SeekEnd); at != int64(len(want))-5 || err != nil {
		t.Errorf("Seek: %d, %v", at, err)
	}
	if tail, err := io.ReadAll(f); string(tail) != "elf. " || err != nil {
		t.Errorf("the last five bytes are %q, %v", tail, err)
	}
	if _, err := f.(io.Seeker).Seek(-1, io.SeekStart); !errors.Is(err, fs.ErrInvalid) {
		t.Errorf("Seek before the start: %v", err)
	}
	if err := f.Close(); err != nil {
		t.Error(err)
	}
	if _, err := f.(io.ReaderAt).ReadAt(got, 0); !errors.Is(err, fs.ErrClosed) {
		t.Errorf("when it is closed: %v", err)
	}
}

func TestOpenFilesHoldNoText(t *testing.T) {
	const size, count = 500_000, 100
	fsys := of(load(t, "a.md", strings.Repeat("word ", size/5)))
	before := heapInUse()
	open := make([]fs.File, count)
	for i := range open {
		f, err := fsys.Open("posts/a.md")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.(io.ReaderAt).ReadAt(make([]byte, 10), size/2); err != nil {
			t.Fatal(err)
		}
		open[i] = f
	}
	if got := heapInUse(); got > before+2*size {
		t.Errorf("with %d files open and read, %d bytes are in use, want %d at most", count, got, before+2*size)
	}
	runtime.KeepAlive(open)
}

// heapInUse is the memory of what is reachable, in bytes.
func heapInUse() int64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

func TestAFileThatCannotBeMadeIsAnErrorWithItsName(t *testing.T) {
	broken := errors.New("broken")
	library := load(t, "a.md", "text")
	fsys := tree.New(func() *blog.Library { return library }, tree.File{Name: "feed.xml", Content: func(*blog.Library) ([]byte, error) { return nil, broken }})
	f, err := fsys.Open("feed.xml")
	if err != nil {
		t.Fatal(err)
	}
	_, stat := f.Stat()
	_, read := f.Read(make([]byte, 1))
	_, look := fsys.Stat("feed.xml")
	for _, err := range []error{stat, read, look} {
		if at := new(fs.PathError); !errors.Is(err, broken) || !errors.As(err, &at) || at.Path != "feed.xml" {
			t.Errorf("error %v, want the reason and the name", err)
		}
	}
	if got := names(t, fsys, "."); len(got) != 4 {
		t.Errorf("the root lists %q, want all the same", got)
	}
}

func TestManyMayReadWhileTheLibraryIsReplaced(t *testing.T) {
	libraries := []*blog.Library{load(t, "a.md", "one", "b.md", "x"), load(t, "a.md", "one", "c.md", "x")}
	var current atomic.Pointer[blog.Library]
	current.Store(libraries[0])
	fsys := tree.New(current.Load, feed())
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for i := range 200 {
				current.Store(libraries[i%2])
				if got := read(t, fsys, "posts/a.md"); got != "one" {
					t.Errorf("read %q", got)
				}
				if list, err := fsys.ReadDir("posts"); err != nil || len(list) != 2 {
					t.Errorf("listed %v, %v", list, err)
				}
			}
		})
	}
	group.Wait()
}

func TestALookAtOneFileIsCheap(t *testing.T) {
	var pairs []string
	for i := range 2000 {
		pairs = append(pairs, fmt.Sprintf("p%d.md", i), "---\ntags: [Go]\n---\ntext")
	}
	fsys := of(load(t, pairs...))
	for _, name := range []string{"posts/p77.md", "tags/Go/p77.md", "posts", "tags/Go"} {
		if got := testing.AllocsPerRun(100, func() {
			if _, err := fsys.Stat(name); err != nil {
				t.Error(err)
			}
		}); got > 2 {
			t.Errorf("Stat of %s makes %v things, want at most 2", name, got)
		}
	}
}
