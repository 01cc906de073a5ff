package blog

import (
	"encoding/hex"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"
	"unsafe"
)

// noise is text of n bytes that does not get much smaller when it is packed.
func noise(n int, seed uint64) string {
	raw := make([]byte, n/2)
	r := rand.NewPCG(seed, seed)
	for i := range raw {
		raw[i] = byte(r.Uint64())
	}
	return hex.EncodeToString(raw)
}

func TestWhatPostsTakeTogetherIsBounded(t *testing.T) {
	fsys := fstest.MapFS{}
	for i := range 40 {
		fsys[fmt.Sprintf("p%02d.md", i)] = &fstest.MapFile{Data: []byte("x\n\n" + noise(100<<10, uint64(i)))}
	}
	const total = 1 << 20
	all, err := Load(fsys, time.Now(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(all.Posts()) != 40 || len(all.Problems()) > 0 {
		t.Fatalf("%d posts, problems %v; want 40 and none", len(all.Posts()), all.Problems())
	}
	for _, last := range []*Library{nil, all} { // read anew, or held already
		l, err := load(fsys, time.Now(), last, total)
		if err != nil {
			t.Fatal(err)
		}
		held := int64(0)
		for _, e := range l.entries {
			held += e.held()
		}
		n := len(l.Posts())
		more := all.entries[fmt.Sprintf("p%02d.md", n)].held()
		if held > total || held+more <= total {
			t.Errorf("%d posts take %d bytes, and the next takes %d: want as many as fit in %d", n, held, more, total)
		}
		want := Problem{
			fmt.Sprintf("p%02d.md", n), 0, Error, "the posts take more than 1 MiB together, compressed",
			"this one and those that sort behind it are not served",
		}
		if got := l.Problems(); !slices.Equal(got, []Problem{want}) {
			t.Errorf("problems %v, want %v", got, want)
		}
	}
}

func TestFilesBehindTheBoundAreNotRead(t *testing.T) {
	fsys := openCounter{fstest.MapFS{}, make(chan string, 1000)}
	for i := range 500 {
		fsys.MapFS[fmt.Sprintf("p%03d.md", i)] = &fstest.MapFile{Data: []byte(noise(40<<10, uint64(i)))}
	}
	if _, err := load(fsys, time.Now(), nil, 1<<20); err != nil {
		t.Fatal(err)
	}
	if n := len(fsys.opened); n < 26 || n > 100 {
		t.Errorf("%d files of 40 KiB were opened, want those of the first MiB and a few more", n)
	}
}

// An openCounter notes the files that are opened.
type openCounter struct {
	fstest.MapFS
	opened chan string
}

func (c openCounter) Open(name string) (fs.File, error) {
	if name != "." {
		c.opened <- name
	}
	return c.MapFS.Open(name)
}

func TestAPanicWhileAFileIsReadIsAProblemOfTheFile(t *testing.T) {
	good := fstest.MapFS{"a.md": {Data: []byte("a")}, "b.md": {Data: []byte("b")}}
	first, err := Load(good, time.Now(), nil)
	if err != nil {
		t.Fatal(err)
	}
	good["b.md"] = &fstest.MapFile{Data: []byte("changed")}
	l, err := Load(panickyFS{good}, time.Now(), first)
	if err != nil {
		t.Fatal(err)
	}
	if p, ok := l.Post("b"); !ok || p.Body.String() != "b" || len(l.Posts()) != 2 {
		t.Errorf("posts %v, want both, b as it was", l.Posts())
	}
	want := []Problem{{"b.md", 0, Error, "cannot be read: boom", "please report it with the file"}}
	if got := l.Problems(); !slices.Equal(got, want) {
		t.Errorf("problems %v, want %v", got, want)
	}
}

// A panickyFS cannot open b.md.
type panickyFS struct{ fstest.MapFS }

func (p panickyFS) Open(name string) (fs.File, error) {
	if name == "b.md" {
		panic("boom")
	}
	return p.MapFS.Open(name)
}

func TestAPostDoesNotKeepItsFileInMemory(t *testing.T) {
	fsys := fstest.MapFS{}
	rest := strings.Repeat("The same again and again. ", 4000)
	for i := range 200 {
		fsys[fmt.Sprintf("p%d.md", i)] = &fstest.MapFile{Data: []byte("Title: Word\nDate: 2020-01-02\nTags: one, two\n\nShort\n\n# Head\n\n" + rest)}
	}
	before := heapInUse()
	l, err := Load(fsys, time.Now(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if got := heapInUse() - before; got > 4<<20 {
		t.Errorf("200 posts of 100 KB that say little keep %d KB", got>>10)
	}
	if p := l.Posts()[0]; p.Title != "Word" || len(p.Tags) != 2 {
		t.Errorf("title %q, tags %q", p.Title, p.Tags)
	}
}

// heapInUse is the memory of what is reachable, in bytes.
func heapInUse() int64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

func TestWhatStandsBesideABodyCountsAsHeld(t *testing.T) {
	for name, form := range map[string]string{
		"front matter": "---\ntitle: T\n# %s\n---\ntext",
		"no substring": "---\r\ntitle: T\r\n# %s\r\n---\r\ntwo\r\nlines",
	} {
		l, err := Load(fstest.MapFS{"p.md": {Data: fmt.Appendf(nil, form, noise(40<<10, 1))}}, time.Now(), nil)
		if err != nil {
			t.Fatal(err)
		}
		if got := l.entries["p.md"].held(); got < 20<<10 {
			t.Errorf("%s: %d bytes are counted, want those of 40 KiB of noise", name, got)
		}
	}
}

func TestATouchedFileIsHeldOnce(t *testing.T) {
	const text = "---\ntitle: T\n---\nProse repeats itself, and itself, and itself, and itself, but not quite."
	noon := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	var last *Library
	load := func(text string, changed time.Time) *Post {
		l, err := Load(fstest.MapFS{"p.md": {Data: []byte(text), ModTime: changed}}, time.Now(), last)
		if err != nil || len(l.Posts()) != 1 {
			t.Fatalf("posts %v, error %v", l.Posts(), err)
		}
		last = l
		return l.Posts()[0]
	}
	where := func(p *Post) *byte { return unsafe.StringData(p.file.text.held) }
	first := load(text, noon)
	touched := load(text, noon.Add(time.Hour))
	if first == touched || where(first) != where(touched) {
		t.Error("a touched file is the same post, or holds its text a second time")
	}
	edited := load(strings.Replace(text, "quite", "so", 1), noon.Add(2*time.Hour))
	if where(edited) == where(touched) || !strings.HasSuffix(edited.Body.String(), "but not so.") {
		t.Errorf("after an edit the body is %q", edited.Body)
	}
}

func TestWhatIsKnownOfAFileGoesOnWhileItStays(t *testing.T) {
	old := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	fsys := fstest.MapFS{"a/p.md": {Data: []byte("one"), ModTime: old}, "b/p.md": {Data: []byte("two"), ModTime: old}, "c.md": {Data: []byte("three"), ModTime: old}}
	first, err := Load(fsys, time.Now(), nil)
	if err != nil {
		t.Fatal(err)
	}
	fsys["c.md"] = &fstest.MapFile{Data: []byte("four"), ModTime: old}
	second, err := Load(fsys, time.Now(), first)
	if err != nil {
		t.Fatal(err)
	}
	for name, stays := range map[string]bool{"a/p.md": true, "b/p.md": true, "c.md": false} {
		e, f := first.entries[name], second.entries[name]
		if e == nil || f == nil || (e == f) != stays || (first.shown(name) == second.shown(name)) != stays {
			t.Errorf("%s: is the same: entry %v, post %v; want %v", name, e == f, first.shown(name) == second.shown(name), stays)
		}
	}
	if p := second.shown("b/p.md"); p.Slug != "p-2" || first.entries["b/p.md"].post.Slug != "p" {
		t.Errorf("the slug is %q, and that of the entry %q; want p-2 and p", p.Slug, first.entries["b/p.md"].post.Slug)
	}
}
