package blog_test

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"lectern/internal/blog"
)

// wantSource fails unless a post gives the bytes and knows how many they are.
func wantSource(t *testing.T, p *blog.Post, want []byte) {
	t.Helper()
	if got := p.Source(); !bytes.Equal(got, want) {
		t.Errorf("%s: its source is %d bytes %.60q, want %d bytes %.60q", p.File, len(got), got, len(want), want)
	}
	pieces := bytes.Buffer{}
	if _, err := io.CopyBuffer(struct{ io.Writer }{&pieces}, struct{ io.Reader }{io.NewSectionReader(p.Reader(), 0, p.Size())}, make([]byte, 4999)); err != nil || !bytes.Equal(pieces.Bytes(), want) {
		t.Errorf("%s: read in pieces it is %d bytes, %v, want %d bytes", p.File, pieces.Len(), err, len(want))
	}
	if got := p.Size(); got != int64(len(want)) {
		t.Errorf("%s: its size is %d, want %d", p.File, got, len(want))
	}
}

func TestTheSourceOfAPostIsItsFile(t *testing.T) {
	for name, in := range map[string]string{
		"text alone":            "Some text.",
		"blanks around it":      "\n\n \nSome text. \t\r\n\n",
		"front matter":          "---\ntitle: T\n# a comment\n---\n\nSome text.\n",
		"front matter alone":    "---\ntitle: T\n---\n",
		"a title alone":         "# T\n",
		"a title above":         "# T\n\nSome text.\n",
		"a title further down":  "Some text.\n\n# T\n\nMore text.\n",
		"a text that is twice":  "---\ntitle: a\n---\na\n",
		"lines of Windows":      "---\r\ntitle: T\r\n---\r\nSome\r\ntext.\r\n",
		"a byte order mark":     "\xef\xbb\xbfSome text.\n",
		"UTF-16":                "\xff\xfeS\x00o\x00m\x00e\x00 \x00t\x00e\x00x\x00t\x00.\x00\n\x00",
		"Windows-1252":          "Un caf\xe9 noir, s'il vous pla\xeet, et un autre pour mon ami.",
		"what Clean takes away": "Some \x1b[31mred\x1b[0m te\u200bxt.\n",
		"broken front matter":   "---\ntitle: [\n---\nSome text.\n",
		"much of it":            "---\ntitle: T\n---\n" + strings.Repeat("Prose repeats itself.\n", 5000) + strings.Repeat("\n", 3000),
	} {
		t.Run(name, func(t *testing.T) {
			p, _ := one(t, "p.md", in)
			wantSource(t, p, []byte(in))
			clear(p.Source())
			wantSource(t, p, []byte(in)) // that was a copy
		})
	}
}

func TestEveryPostOfTheCorpusKeepsItsFile(t *testing.T) {
	dir := shared(t, "corpus")
	posts, whole := 0, 0
	for _, p := range loadDir(t, dir, nil).Posts() {
		name := filepath.Join(dir, filepath.FromSlash(p.File))
		want, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		wantSource(t, p, want)
		info, err := os.Stat(name)
		if err != nil {
			t.Fatal(err)
		}
		if !p.Modified.Equal(info.ModTime()) {
			t.Errorf("%s: modified %v, want %v", p.File, p.Modified, info.ModTime())
		}
		posts++
		if !bytes.Contains(want, []byte(p.Body.String())) {
			whole++
		}
	}
	t.Logf("of %d posts, %d say something else than their files do", posts, whole)
}

func TestAChangeThatNoReaderSeesIsOneOfTheSource(t *testing.T) {
	const before, after = "---\ntitle: T\n# one\n---\ntext", "---\ntitle: T\n# two\n---\ntext"
	first := mustLoad(t, files("p.md", before), nil)
	second := mustLoad(t, files("p.md", after), first)
	third := mustLoad(t, files("p.md", after), second)
	wantSource(t, first.Posts()[0], []byte(before))
	wantSource(t, second.Posts()[0], []byte(after))
	if first.Posts()[0].Hash != second.Posts()[0].Hash {
		t.Error("a comment changes the hash of what is drawn")
	}
	if second.Posts()[0] != third.Posts()[0] {
		t.Error("read again, an unchanged file is another post")
	}
	// The same with blanks behind the text.
	l := mustLoad(t, files("p.md", "\n\ntext\n"), nil)
	l = mustLoad(t, files("p.md", "\n\ntext\n\n"), l)
	wantSource(t, l.Posts()[0], []byte("\n\ntext\n\n"))
}

func TestATouchedFileIsModified(t *testing.T) {
	fsys := fstest.MapFS{"p.md": {Data: []byte("text"), ModTime: noon}}
	first := mustLoad(t, fsys, nil)
	fsys["p.md"] = &fstest.MapFile{Data: []byte("text"), ModTime: noon.Add(time.Hour)}
	second := mustLoad(t, fsys, first)
	for i, l := range []*blog.Library{first, second} {
		if got, want := l.Posts()[0].Modified, noon.Add(time.Duration(i)*time.Hour); !got.Equal(want) {
			t.Errorf("load %d: modified %v, want %v", i, got, want)
		}
	}
}

func TestWhereNoTimeIsKnownThePostWasModifiedAtItsDate(t *testing.T) {
	l := mustLoad(t, files("dated.md", "---\ndate: 2020-01-02 03:00 +0100\n---\nx", "undated.md", "x"), nil)
	for slug, want := range map[string]time.Time{"dated": time.Date(2020, 1, 2, 2, 0, 0, 0, time.UTC), "undated": {}} {
		if p, ok := l.Post(slug); !ok || p.Modified != want {
			t.Errorf("%s: modified %v, want %v", slug, p.Modified, want)
		}
	}
}

func TestABrokenPostKeepsTheSourceOfItsLastGoodVersion(t *testing.T) {
	good := &fstest.MapFile{Data: []byte("---\ntitle: Good\n---\ntext"), ModTime: noon}
	fsys := fstest.MapFS{"p.md": good}
	l := mustLoad(t, fsys, nil)
	for i := range 3 {
		fsys["p.md"] = &fstest.MapFile{Data: []byte("---\ntitle: [\n---\nbroken"), ModTime: noon.Add(time.Duration(i+1) * time.Minute)}
		l = mustLoad(t, fsys, l)
		wantSource(t, l.Posts()[0], good.Data)
		if got := l.Posts()[0].Modified; !got.Equal(noon) {
			t.Errorf("modified %v, want %v", got, noon)
		}
	}
}

func TestAPostUnderAnotherSlugHasItsOwnSource(t *testing.T) {
	l := mustLoad(t, files("a/p.md", "one", "b/p.md", "two"), nil)
	for slug, want := range map[string]string{"p": "one", "p-2": "two"} {
		p, ok := l.Post(slug)
		if !ok {
			t.Fatalf("no %s among %q", slug, slugs(l))
		}
		wantSource(t, p, []byte(want))
	}
}

func TestABodyIsThePartOfItsFile(t *testing.T) {
	const head, tail = "---\ntitle: T\n---\n\n", " \n\n"
	for name, body := range map[string]string{
		"short":       "x",
		"of a block":  strings.Repeat("x", 64<<10-len(head)),
		"of blocks":   strings.Repeat("Prose repeats itself.\n", 10_000) + "end",
		"not smaller": "é\u00fc\x7e",
	} {
		p, _ := one(t, "p.md", head+body+tail)
		pieces := bytes.Buffer{}
		_, err := io.CopyBuffer(struct{ io.Writer }{&pieces}, struct{ io.Reader }{io.NewSectionReader(p.Body, 0, int64(p.Body.Len()))}, make([]byte, 4999))
		if got := p.Body.String(); got != body || p.Body.Len() != len(body) || err != nil || pieces.String() != body {
			t.Errorf("%s: the body is %d bytes %.60q, in pieces %d, %v; want %d bytes", name, len(got), got, pieces.Len(), err, len(body))
		}
		wantSource(t, p, []byte(head+body+tail))
	}
}
