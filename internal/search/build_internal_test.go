package search

import (
	"context"
	"testing"
)

func TestAFullIndexFindsOlderPostsByTheirTitlesOnly(t *testing.T) {
	s := new(shelf)
	s.put(t, "alpha", "beta", "gamma")
	library := s.library.Load()
	const little = 1 // byte: full after the first post
	x, err := build(context.Background(), nil, library, little)
	if err != nil {
		t.Fatal(err)
	}
	for query, want := range map[string]string{"alpha": "alpha", "beta": "", "word": "alpha", "post": "alpha beta gamma"} {
		if got := answers(x, query); got != want {
			t.Errorf("%q finds %q, want %q", query, got, want)
		}
	}
	// What is new comes before what is old.
	s.put(t, "aardvark", "alpha", "beta", "gamma")
	if x, err = build(context.Background(), x, s.library.Load(), little); err != nil {
		t.Fatal(err)
	}
	for query, want := range map[string]string{"aardvark": "aardvark", "alpha": "", "post": "aardvark alpha beta gamma"} {
		if got := answers(x, query); got != want {
			t.Errorf("rebuilt, %q finds %q, want %q", query, got, want)
		}
	}
}

func TestAQueryIsTakenApart(t *testing.T) {
	for _, c := range []struct {
		query  string
		words  int
		begins bool // the last one
		starts uint64
		ends   uint64
	}{
		{"", 0, false, 0, 0},
		{"a b", 2, true, 0, 0},
		{"a b ", 2, false, 0, 0},
		{"a a A", 1, true, 0, 0},
		{`"a b" c`, 3, true, 0b1, 0b10},
		{`x "a a b" "c d"`, 6, false, 0b10010, 0b101000},
		{`"a b`, 2, true, 0b1, 0b10},
		{`"a" b`, 2, true, 0, 0},
		{"数据库", 2, true, 0, 0},
		{"库 ", 1, true, 0, 0},
	} {
		q := parse(c.query)
		if len(q.words) != c.words || q.starts != c.starts || q.ends != c.ends || c.words > 0 && q.words[c.words-1].begins != c.begins {
			t.Errorf("%q is %+v", c.query, q)
		}
	}
	q := parse(`x "a b c" "d e" f`)
	for i, want := range []bool{false, true, true, false, true, false} {
		if q.joined(i) != want {
			t.Errorf("words %d and %d are joined: %t", i, i+1, !want)
		}
	}
}
