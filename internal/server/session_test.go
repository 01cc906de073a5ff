package server

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestReadingsAreNamedOnceAndBounded(t *testing.T) {
	var s Session
	for i := range 3 {
		if first := s.Reading("a"); first != (i == 0) {
			t.Errorf("reading a for the %d. time is the first: %v", i+1, first)
		}
		s.Reading("b\x1b[2J")
	}
	slugs, more := s.reading.list()
	if diff := cmp.Diff([]string{"a", "b"}, slugs); diff != "" || more != 0 {
		t.Errorf("%s, %d more", diff, more)
	}
	for i := range 1000 {
		s.Reading(fmt.Sprintf("%d%s", i, strings.Repeat("x", i)))
	}
	for range 30 {
		s.Reading("c")
	}
	slugs, more = s.reading.list()
	if named := strings.Join(slugs, " "); len(slugs) != maxReadings || len(named) > maxReadBytes || more == 0 {
		t.Errorf("%d named in %d bytes, %d more", len(slugs), len(named), more)
	}
	if s.Reading("one more") || len(s.reading.seen) != maxSeen {
		t.Errorf("%d posts are told apart, want %d", len(s.reading.seen), maxSeen)
	}
	for _, slug := range slugs {
		if len(slug) > 80 {
			t.Errorf("%d bytes of a slug", len(slug))
		}
	}
}

func TestPostsThatAreNotNamedCountAsWell(t *testing.T) {
	var s Session
	long := strings.Repeat("x", 90)
	for i := range 3 * maxReadings {
		if !s.Reading(fmt.Sprintf("%s%d", long, i)) || s.Reading(fmt.Sprintf("%s%d", long, i)) {
			t.Errorf("post %d does not count once", i)
		}
	}
}

func TestReadingsWithLongNamesAreBoundedInBytes(t *testing.T) {
	var s Session
	for i := range maxReadings {
		s.Reading(fmt.Sprintf("%d%s", i, strings.Repeat("x", 100)))
	}
	slugs, more := s.reading.list()
	if n := len(strings.Join(slugs, " ")); n > maxReadBytes || n < maxReadBytes*9/10 || len(slugs)+more != maxReadings {
		t.Errorf("%d named in %d bytes, %d more", len(slugs), n, more)
	}
}

func TestWordsOfACommand(t *testing.T) {
	got := make(chan []string, 1)
	b := serve(t, withCommand(func(_ context.Context, s *Session) int {
		got <- s.Args
		return len(s.Args)
	}))
	for command, want := range map[string][]string{
		"ls":                  {"ls"},
		"  cat   a-post  ":    {"cat", "a-post"},
		`search "two words"`:  {"search", "two words"},
		`search 'not closed`:  {"search", "not closed"},
		`cat a-post\`:         {"cat", "a-post"},
		"":                    nil,
		"cat $HOME `id` ~ a*": {"cat", "$HOME", "`id`", "~", "a*"},
	} {
		ch, _ := b.channel(b.client())
		request(t, ch, "exec", struct{ Command string }{command})
		if diff := cmp.Diff(want, append([]string(nil), receive(t, got)...)); diff != "" {
			t.Errorf("%q: %s", command, diff)
		}
	}
}
