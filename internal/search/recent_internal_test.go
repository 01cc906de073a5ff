package search

import (
	"fmt"
	"strings"
	"testing"

	"lectern/internal/blog"
)

func TestTheTextsReadLastAreKeptAndNoMore(t *testing.T) {
	const long = 100 << 10
	post := func(i int) *blog.Post { return &blog.Post{Hash: fmt.Sprint(i)} }
	r := newRecent()
	for i := range 1000 {
		r.put(post(i), strings.Repeat("x", long))
		r.put(post(i), strings.Repeat("x", long)) // of a post that is put twice there is one
		if _, ok := r.get(post(0)); !ok {
			t.Fatalf("the text that is read all the time is gone after %d", i)
		}
		if _, ok := r.get(post(i - 15)); i >= 15 && !ok {
			t.Fatalf("of the text that was put 15 before %d nothing is kept", i)
		}
		held := 0
		for _, texts := range []map[string]string{r.newer, r.older} {
			for _, text := range texts {
				held += len(text)
			}
		}
		if held > maxRecent {
			t.Fatalf("after %d, %d bytes are kept", i, held)
		}
	}
	if _, ok := r.get(post(500)); ok {
		t.Error("a text that nobody has read for long is kept")
	}
}

func TestTextsFitUntilOneMustGo(t *testing.T) {
	const long = maxRecent / 64
	r := newRecent()
	for i := range 64 {
		if !r.fits(long) {
			t.Fatalf("none fits behind %d of 64", i)
		}
		r.put(&blog.Post{Hash: fmt.Sprint(i)}, strings.Repeat("x", long))
	}
	if r.fits(long) {
		t.Error("one more fits than there is room for")
	}
}
