package command

import "testing"

func TestScreensAreForPlacesAndSearchesWithoutFlags(t *testing.T) {
	for _, tt := range []struct {
		args  []string
		place string
		ok    bool
	}{
		{nil, "", true},
		{[]string{"post-1"}, "post-1", true},
		{[]string{"post-1#end"}, "post-1#end", true},
		{[]string{"tag:two", "words"}, "tag:two words", true},
		{[]string{"search", "two", "words"}, "search:two words", true},
		{[]string{"search", "two words", "more"}, `search:"two words" more`, true},
		{[]string{"search"}, "search:", true},
		{[]string{"post-1", "--"}, "post-1", true},
		{[]string{"search", "--", "--width"}, "", false},
		{[]string{"post-1", "--json"}, "", false},
		{[]string{"search", "x", "--limit", "1"}, "", false},
		{[]string{"--width", "40"}, "", false},
		{[]string{"cat", "post-1"}, "", false},
		{[]string{"ls"}, "", false},
		{[]string{"linear"}, "", false},
		{[]string{"rsync", "x"}, "", false},
	} {
		if place, ok := Screen(tt.args); place != tt.place || ok != tt.ok {
			t.Errorf("%q: got %q, %v, want %q, %v", tt.args, place, ok, tt.place, tt.ok)
		}
	}
}
