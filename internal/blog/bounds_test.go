package blog_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"lectern/internal/blog"
)

func TestBombsInFrontMatterAreHarmless(t *testing.T) {
	var aliases strings.Builder
	aliases.WriteString("---\ntitle: T\na0: &a0 [x,x,x,x,x,x,x,x,x,x]\n")
	for i := 1; i < 12; i++ {
		fmt.Fprintf(&aliases, "a%d: &a%d [%s]\n", i, i, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d,", i-1), 10), ","))
	}
	aliases.WriteString("tags: *a11\n---\nbody")
	for name, in := range map[string]string{
		"aliases": aliases.String(),
		"empty": "---\na: &a []\nb: &b [" + strings.Repeat("*a,", 4000) + "]\nc: &c [" + strings.Repeat("*b,", 4000) +
			"]\nd: &d [" + strings.Repeat("*c,", 4000) + "]\ntags: [" + strings.Repeat("*d,", 4000) + "]\n---\nbody",
		"itself":     "---\ntags: &t [*t, *t]\n---\nbody",
		"merge":      "---\na: &a {<<: *a}\n---\nbody",
		"depth":      "---\ntags: " + strings.Repeat("[", 30000) + "\n---\nbody",
		"closed":     "---\ntags: " + strings.Repeat("[", 9000) + strings.Repeat("]", 9000) + "\n---\nbody",
		"braces":     "---\ntags: " + strings.Repeat("{a: ", 15000) + "\n---\nbody",
		"indent":     "---\n" + strings.Repeat("- ", 30000) + "\n---\nbody",
		"keys":       "---\n" + strings.Repeat("? ", 30000) + "\n---\nbody",
		"tags":       "---\ntitle: !!binary |\n  ////\ndate: !!float x\n---\nbody",
		"broken":     "---\nx: [\n" + strings.Repeat("{a:", 300_000) + "\n---\nbody",
		"no end":     "---\nx: y\n" + strings.Repeat("d:\n", 300_000),
		"lines":      "---\nx: [\n" + strings.Repeat("a:\n", 20_000) + "---\nbody",
		"tables":     "---\nx: &x {" + strings.Repeat("a, ", 9000) + "}\n" + strings.Repeat("extra: *x\n", 3000) + "---\nbody",
		"a brace":    "{\n\"a\": " + strings.Repeat("[", 900_000) + "\n}\nbody",
		"an object":  "{\n\"a\": " + strings.Repeat("{\"a\":", 160_000) + "\n}\nbody",
		"odd keys":   "---\n{a: b}: c\n[x]: y\n? \n: z\n~: 1\n---\nbody",
		"directives": "---\n%YAML 9.9\n---\nbody",
	} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			l := mustLoad(t, files("p.md", in), nil)
			if len(l.Posts())+len(l.Problems()) == 0 {
				t.Error("neither a post nor a problem")
			}
			for _, p := range l.Posts() {
				checkPost(t, p)
			}
			if took := time.Since(start); took > 2*slowness*time.Second {
				t.Errorf("it took %v", took)
			}
		})
	}
}

func TestBinaryAndHugeFilesAreRefusedWithAReason(t *testing.T) {
	random := make([]byte, 4096)
	for i := range random {
		random[i] = byte(i*7919>>3) | 1
	}
	fsys := files(
		"big.md", strings.Repeat("word ", 2<<20),
		"png.md", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00",
		"random.md", string(random),
		"limit.md", "# Limit\n"+strings.Repeat("x", blog.MaxPost-8),
		"latin.md", "# Caf\xe9\n\nUn caf\xe9 noir, s'il vous pla\xeet, et un autre pour mon ami.",
		"stray.md", "# Stray\n\n"+strings.Repeat("words and words\n", 100)+"a\x00b",
	)
	l := mustLoad(t, fsys, nil)
	if diff := cmp.Diff([]string{"latin", "limit", "stray"}, slugs(l)); diff != "" {
		t.Errorf("slugs (-want +got):\n%s", diff)
	}
	for i, want := range []string{
		"error big.md: the file has 10.0 MiB (10485760 bytes), more than the 1048576 bytes that are read",
		"warning latin.md:1: the file is Windows-1252, not UTF-8; it is read as such",
		"error png.md: a binary file: 5 of its 18 bytes are NUL",
		"error random.md: a binary file",
		"warning stray.md:103: a NUL byte is left out",
	} {
		if got := said(l); i >= len(got) || !strings.HasPrefix(got[i], want) {
			t.Errorf("problem %d of %q, want %q", i, got, want)
		}
	}
}

func TestMarksInARowDoNotTakeLong(t *testing.T) {
	for _, unit := range []string{"[", "![", "`", "``x", "<", "<!--", "{{", "*", "_a", "\\", "[a](", "# ", "> ", "- ", "<a ", "&", "|"} {
		start := time.Now()
		one(t, "p.md", "x\n\n# "+strings.Repeat(unit, 400_000/len(unit)))
		one(t, "p.md", "---\ntitle: T\n---\n"+strings.Repeat(unit, 400_000/len(unit)))
		if took := time.Since(start); took > 2*slowness*time.Second {
			t.Errorf("a row of %q took %v", unit, took)
		}
	}
}

func FuzzLoad(f *testing.F) {
	f.Fuzz(func(t *testing.T, content []byte) {
		l, err := blog.Load(files("p.md", string(content), "blog.yaml", string(content)), noon, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range l.Posts() {
			checkPost(t, p)
			if got := p.Source(); !bytes.Equal(got, content) || p.Size() != int64(len(content)) {
				t.Errorf("its source is %d bytes %.60q, want %d bytes %.60q", p.Size(), got, len(content), content)
			}
		}
		for _, p := range l.Problems() {
			if strings.Contains(p.Message, "please report") || strings.Contains(p.Message, "runtime error") {
				t.Errorf("a parser panicked: %v", p)
			}
		}
	})
}
