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
				held += len(text) + entry
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
	const long = maxRecent/64 - entry
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

func TestTextsOfNothingTakeRoomToo(t *testing.T) {
	r := newRecent()
	for i := range 4 * maxRecent / entry {
		r.put(&blog.Post{Hash: fmt.Sprint(i)}, "")
	}
	if n := len(r.newer) + len(r.older); n > maxRecent/entry {
		t.Errorf("%d are kept", n)
	}
}

func TestABuildKeepsTheTextsOfTheNewestPosts(t *testing.T) {
	s := new(shelf)
	words := make([]string, 100)
	for i := range words {
		words[i] = fmt.Sprintf("w%03d", i) + strings.Repeat(" and more", maxRead/10)
	}
	s.put(t, words...)
	library := s.library.Load()
	x, err := build(t.Context(), nil, library, maxHeld)
	if err != nil {
		t.Fatal(err)
	}
	posts := library.Posts()
	for i, want := range map[int]bool{0: true, 40: true, len(posts) - 1: false} {
		text, ok := x.recent.get(posts[i])
		if ok != want || ok && text != unmarked(posts[i].Body.String()) {
			t.Errorf("of post %d the text is kept: %v, want %v", i, ok, want)
		}
	}
	y, err := build(t.Context(), x, library, maxHeld)
	if err != nil {
		t.Fatal(err)
	}
	if y.recent != x.recent {
		t.Error("the next index begins with no texts")
	}
	// What is kept is what is read.
	x.recent.newer[posts[0].Hash] = "planted w000\n"
	if lines := x.Search(t.Context(), "w000 ", 1, 0, 1)[0].Lines; len(lines) != 1 || lines[0].Text != "planted w000" {
		t.Errorf("shows %v", lines)
	}
}

func TestAPartOfATextEndsWithAWholeWord(t *testing.T) {
	long := strings.Repeat("x", maxTorn)
	for _, c := range []struct{ part, want string }{
		{"one two thr", "one two"},
		{"one two\nthr", "one two"},
		{"a b" + long, "a b" + long},
		{long + "é", long + "é"},
		{long + "é\xc3", long + "é"},
		{long + "é\xf0\x9f\x98", long + "é"},
		{"", ""},
	} {
		if got := begin(c.part, len(c.part)+1); got != c.want {
			t.Errorf("of %.20q… stays %.20q…, want %.20q…", c.part, got, c.want)
		}
		if got := begin(c.part, len(c.part)); got != c.part {
			t.Errorf("of %.20q…, which is all, stays %.20q…", c.part, got)
		}
	}
}
