package blog_test

import (
	"errors"
	"io"
	"io/fs"
	"math/rand/v2"
	"strings"
	"testing"

	"lectern/internal/blog"
)

func TestABodySaysWhatItWasMadeOf(t *testing.T) {
	for _, s := range []string{"", "a", "short, kept as it is", strings.Repeat("Prose repeats itself. ", 5000), strings.Repeat("\x00\xff", 70_000)} {
		b := blog.NewBody(s)
		if got := b.String(); got != s || b.Len() != len(s) {
			t.Errorf("%d bytes, %.40q, want %d, %.40q", b.Len(), got, len(s), s)
		}
	}
}

func TestTheFirstPartOfABody(t *testing.T) {
	for _, s := range []string{"", "short", strings.Repeat("Prose repeats itself. ", 8000)} {
		for _, n := range []int{0, 1, 5, 64 << 10, 64<<10 + 1, len(s), len(s) + 1} {
			if got := blog.NewBody(s).First(n); got.String() != s[:min(n, len(s))] || got.Len() != min(n, len(s)) {
				t.Errorf("the first %d of %d bytes are %d, %.20q…", n, len(s), got.Len(), got)
			}
		}
	}
}

func TestABodyIsReadInPieces(t *testing.T) {
	const block = 64 << 10
	random := rand.New(rand.NewPCG(1, 2))
	for _, size := range []int{0, 1, 1000, block - 1, block, block + 1, 2 * block, 2*block + 5, 7*block + 99} {
		var text strings.Builder
		for text.Len() < size {
			text.WriteString([]string{"prose ", "repeats ", "itself ", "and ", "ends"}[random.IntN(5)])
		}
		want := text.String()[:size]
		b := blog.NewBody(want)
		if got := b.String(); got != want {
			t.Errorf("of %d bytes it says others", size)
		}
		for _, at := range []int{0, 1, size / 2, size - 1, size, size + 1, block - 3, block, 2*block - 1} {
			for _, n := range []int{0, 1, 7, block - 1, block, 3 * block} {
				if at < 0 {
					continue
				}
				p := make([]byte, n)
				m, err := b.ReadAt(p, int64(at))
				from, to := min(at, size), min(at+n, size)
				ended := errors.Is(err, io.EOF)
				if string(p[:m]) != want[from:to] || ended != (m < n || at >= size) || err != nil && !ended {
					t.Errorf("%d of %d bytes from %d: %d, %v, want %d", n, size, at, m, err, to-from)
				}
			}
		}
	}
	if _, err := blog.NewBody("text").ReadAt(nil, -1); !errors.Is(err, fs.ErrInvalid) {
		t.Errorf("before the start: %v", err)
	}
}
