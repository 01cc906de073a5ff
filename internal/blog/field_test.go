package blog_test

import "testing"

func TestValuesThatAreUnclearAreTold(t *testing.T) {
	l := mustLoad(t, files(
		"a.md", "---\ntitle: [WIP, soon]\n---\nx",
		"b.md", "---\ntitle: B\ndraft: maybe\n---\nx",
		"c.md", "+++\ntitle = \"C\"\npublished = \"one day\"\n+++\nx",
		"d.md", "---\ntitle: D\ndraft: No\npublished: yes\n---\nx",
		"e.md", "---\ntitle: E\ndraft:\npublished: \"\"\n---\nx",
		"f.md", "---\ntitle: F\ndraft: TRUE\n---\nx",
	), nil)
	wantSaid(t, l,
		"warning a.md:2: the title is a list",
		`warning b.md:3: draft is "maybe", neither true nor false: the post is held back`,
		`warning c.md:3: published is "one day", neither true nor false: the post is held back`,
	)
	if drafts, _ := l.Held(); drafts != 3 || len(l.Posts()) != 3 {
		t.Errorf("%d drafts and %v, want 3 of each", drafts, slugs(l))
	}
}
