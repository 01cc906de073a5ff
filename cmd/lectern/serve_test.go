package main

import (
	"runtime/debug"
	"testing"
)

func TestOfALargeBlogGarbageIsCollectedSooner(t *testing.T) {
	defer debug.SetGCPercent(debug.SetGCPercent(100))
	for _, test := range []struct {
		posts int64
		gogc  string
		want  int
	}{
		{largeBlog - 1, "", 100},
		{largeBlog, "", 50},
		{largeBlog, "100", 100},
	} {
		t.Setenv("GOGC", test.gogc)
		collectSooner(test.posts)
		if got := debug.SetGCPercent(100); got != test.want {
			t.Errorf("%d bytes of posts, GOGC=%q: %d %%, want %d %%", test.posts, test.gogc, got, test.want)
		}
	}
}
