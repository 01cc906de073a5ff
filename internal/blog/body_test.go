package blog_test

import (
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
