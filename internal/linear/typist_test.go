package linear

import (
	"bufio"
	"bytes"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/go-cmp/cmp"

	"lectern/internal/blog"
	"lectern/internal/render"
	"lectern/internal/text"
)

func TestLinesAreEditedAsTheyAreTyped(t *testing.T) {
	for _, tt := range []struct {
		name, typed string
		want        []string
		shown       string
	}{
		{"a line", "abc\r", []string{"abc"}, "abc\n\n"},
		{"line ends", "a\rb\nc\r\nd\n\re", []string{"a", "b", "c", "d", ""}, "a\nb\nc\nd\n\ne\n"},
		{"backspace", "\x7fab\x7f\x08\x7fc\r", []string{"c"}, "ab\b \b\b \bc\n\n"},
		{"backspace over what is wide", "本e\u0301x\x7f\x7f\x7f\r", []string{""}, "本e\u0301x\b \b\b \b\b \b\b \b\n\n"},
		{"ctrl+u", "ab\x15c\r", []string{"c"}, "ab\b \b\b \bc\n\n"},
		{"ctrl+c in a line", "ab\x03c\r", []string{"c"}, "ab\b \b\b \bc\n\n"},
		{"ctrl+c leaves", "a\r\x03b\r", []string{"a"}, "a\n\n"},
		{"ctrl+d leaves", "a\x04\r\x04b\r", []string{"a"}, "a\n\n"},
		{"arrows", "\x1b[A\x1b[Da\x1b[1;5C\x1bOBb\x1b[3~\x1b[[Ac\r", []string{"abc"}, "abc\n\n"},
		{"Escape and Alt", "\x1ba\x1b\x1b[Ab\x1b\r", []string{"ab"}, "ab\n\n"},
		{"what a terminal answers", "\x1b]11;rgb:0/0/0\x1b\\a\x1b]11;rgb:0/0/0\x07b\x1bP1$r\x1b\\c\r", []string{"abc"}, "abc\n\n"},
		{"a string without an end is over with the line", "\x1b]abc\rd\r", []string{"", "d"}, "\nd\n\n"},
		{"a paste", "\x1b[200~two\rlines\x1b[201~\r", []string{"two", "lines"}, "two\nlines\n\n"},
		{"controls", "\x00\x01\ta\x0e\x1f\x1ab\r", []string{"ab"}, "ab\n\n"},
		{"what would hide or reorder", "a\u202eb\u200b\u009b31mc\xff\xc3d\r", []string{"ab31mc"}, "ab31mc\n\n"},
		{"a line that is not ended", "abc", nil, "abc\n"},
	} {
		for reader, in := range map[string]io.Reader{
			"whole":     strings.NewReader(tt.typed),
			"in pieces": iotest.OneByteReader(strings.NewReader(tt.typed)),
		} {
			var shown bytes.Buffer
			out := bufio.NewWriter(&shown)
			typist := newTypist(in, out, true)
			var got []string
			for {
				line, ok := typist.next()
				if !ok {
					break
				}
				got = append(got, line)
			}
			out.Flush()
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("%s, %s: %s", tt.name, reader, diff)
			}
			if shown.String() != tt.shown {
				t.Errorf("%s, %s: shows %q, want %q", tt.name, reader, &shown, tt.shown)
			}
		}
	}
}

func TestALineIsBounded(t *testing.T) {
	for _, echo := range []bool{true, false} {
		var shown bytes.Buffer
		out := bufio.NewWriter(&shown)
		typist := newTypist(strings.NewReader(strings.Repeat("本x", 1<<18)+"\rq\r"), out, echo)
		line, ok := typist.next()
		if !ok || len(line) > maxLine || len(line) < maxLine-4 {
			t.Errorf("got %d bytes, %v", len(line), ok)
		}
		if line, ok := typist.next(); !ok || line != "q" {
			t.Errorf("then %q, %v", line, ok)
		}
		out.Flush()
		if n := shown.Len(); n > maxLine+10 || !echo && n > 2 {
			t.Errorf("echo %v: %d bytes are shown", echo, n)
		}
	}
}

// A reader at a terminal sees each character at once, and a file's last line counts without an end.
func TestEchoComesBeforeTheNextKeyIsWaitedFor(t *testing.T) {
	keys, typing := io.Pipe()
	shown := make(chan string, 10)
	out := bufio.NewWriter(sender(shown))
	typist := newTypist(keys, out, true)
	go func() {
		defer close(shown)
		typist.next()
		out.Flush()
	}()
	for _, key := range []string{"a", "b", "\x7f"} {
		io.WriteString(typing, key)
		want := map[string]string{"a": "a", "b": "b", "\x7f": "\b \b"}[key]
		if got := <-shown; got != want {
			t.Errorf("%q shows %q, want %q", key, got, want)
		}
	}
	typing.Close()
	if got := <-shown; got != "\n" {
		t.Errorf("the end shows %q", got)
	}
}

type sender chan string

func (s sender) Write(p []byte) (int, error) {
	s <- string(p)
	return len(p), nil
}

func TestHostileInputIsAnsweredSafelyAndWithinBounds(t *testing.T) {
	library := three(t)
	docs := render.NewCache(1<<20, 1)
	rng := rand.New(rand.NewPCG(1, 2))
	noise := make([]byte, 100_000)
	for i := range noise {
		noise[i] = byte(rng.Uint32())
	}
	keys := []byte("0123456789ntpblchr/?\r\r\r\x1b[A\x7f\x15\xe6\x9c\xac")
	mashed := make([]byte, 20_000)
	for i := range mashed {
		mashed[i] = keys[rng.IntN(len(keys))]
	}
	for name, in := range map[string]string{
		"a megabyte without a newline": strings.Repeat("x", 1<<20),
		"a megabyte of escapes":        strings.Repeat("\x1b]", 1<<19),
		"controls":                     strings.Repeat("\x00\x05\x0e\x1b[31m\x1b[2J\u009b\u202e\n", 1000),
		"noise":                        strings.NewReplacer("\x03", "", "\x04", "").Replace(string(noise)),
		"keys":                         string(mashed),
		"numbers":                      strings.Repeat("9", 400) + "\n-0\n1e9\n+1\n１\n٣\n0x1\n1 2\n",
	} {
		for _, echo := range []bool{true, false} {
			var out bytes.Buffer
			start := time.Now()
			err := Run(t.Context(), Config{
				Library: func() *blog.Library { return library }, Docs: docs,
				In: strings.NewReader(in), Out: &out, Width: 40, Echo: echo, Place: in[:100],
			})
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
			if took := time.Since(start); took > 20*time.Second {
				t.Errorf("%s took %v", name, took)
			}
			said := strings.NewReplacer("\b \b", "", "\n", "", "\t", "").Replace(out.String())
			if text.Clean(said) != said {
				t.Errorf("%s: what is written is not safe", name)
			}
			if !strings.HasSuffix(out.String(), "\n") {
				t.Errorf("%s: ends in %q", name, out.String()[max(0, out.Len()-20):])
			}
		}
	}
}
