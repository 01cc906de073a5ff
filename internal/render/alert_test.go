package render

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestNotesInQuotes(t *testing.T) {
	for _, tt := range []struct{ name, body, want string }{
		{"of GitHub", "> [!NOTE]\n> a", "│ Note\n│\n│ a\n"},
		{"a title", "> [!warn] T *b*\n> a", "│ T b\n│\n│ a\n"},
		{"of Obsidian", "> [!check]- \n> a\n\n> [!missing|wide]\n> b", "│ Check\n│\n│ a\n\n│ Missing\n│\n│ b\n"},
		{"a kind of the author's", "> [!my-kind]\n> a\n\n> [!важно]\n> b", "│ My-kind\n│\n│ a\n\n│ Важно\n│\n│ b\n"},
		{"nothing in it", "> [!done] a", "│ a\n"},
		{"emphasis over its end", "> [!note] *a\n> b* c", "│ a b\n│\n│ c\n"},
		{"other brackets", "> [!what] is it\n> a\n\n> [!](b)", "│ [!what] is it a\n\n│ !\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			o := options(40)
			o.Palette = nil
			if diff := cmp.Diff(tt.want, bare(Render(postOf(tt.body), o))); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestTitlesOfNotesHaveLinks(t *testing.T) {
	d := Render(postOf("> [!note] **T** [l](https://example.com/a)\n> b"), options(40))
	if len(d.Links()) != 1 || d.Links()[0].URL != "https://example.com/a" {
		t.Errorf("links %+v, want one to https://example.com/a", d.Links())
	}
}
