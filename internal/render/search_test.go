package render

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"
)

func TestSearchFindsWhatADocumentSays(t *testing.T) {
	d := Render(postOf("# Über *alles*\n\nOne two three four five six, one TWO.\n\n- café au\n  lait\n\n> so quoted words go on\n\nso some words long-winded\n\n日本語の文章は単語の間に空白がない。\n\n```\nx :=   \"two\"\n```\n"), options(20))
	for query, want := range map[string][]string{
		"two":                {"two", "TWO", "two"},
		"TWO":                {"two", "TWO", "two"},
		"four five":          {"four|five"},
		"one  two":           {"One two", "one TWO"},
		"cafe":               {"café"},
		"café":               {"café"},
		"uber alles":         {"Über alles"},
		"quoted words go on": {"quoted words go|on"},
		"long-winded":        {"long-|winded"},
		"au lait":            {"au lait"},
		"日本語の文章は単語":          {"日本語の文章は単語"},
		"単語の間":               {"単語の|間"},
		":= \"":              {":=   \""},
		"nothing":            nil,
		"":                   nil,
		"  ":                 nil,
		"\x1b[":              nil,
	} {
		var got []string
		for _, m := range d.Search(query) {
			var parts []string
			for _, s := range m {
				parts = append(parts, ansi.Strip(d.Line(s.Line))[s.From:s.To])
			}
			got = append(got, strings.Join(parts, "|"))
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q in %s (-want +got)\n%s", query, d, diff)
		}
	}
}

func TestSearchIsBounded(t *testing.T) {
	d := Render(postOf(strings.Repeat("a ", 50_000)), options(80))
	if got := len(d.Search("a")); got != maxMatches {
		t.Errorf("%d matches, want %d", got, maxMatches)
	}
	if got := d.Search(strings.Repeat("x", 1e6)); got != nil {
		t.Errorf("got %s", fmt.Sprint(got))
	}
}
