package blog_test

import "testing"

func TestASlipOfAKeyIsTold(t *testing.T) {
	l := mustLoad(t, files(
		"a.md", "---\ntilte: A\nDat: 2020-01-01\ntgas: [x]\nslgu: s\ndescripton: d\ncategoires: c\n---\nx",
		"b.md", "---\nDrat: true\n---\nx",
		"c.md", "---\npublishd: false\n---\nx",
		"d.md", "---\ndrafft: no\n---\nx",
		"e.md", "---\ntitle: T\ntitel: U\ndata: x\nrate: 5\nplug: y\ntag: z\ntabs: 2\nauthor: a\nlayout: l\nmdate: 2020\npublisher: p\nsubtitle: s\n---\nx",
		"f.md", "+++\n[extra]\ndratf = true\n+++\nx",
		"g.md", "Title: G\nDraft : true\nTgas: x\n\nx",
	), nil)
	wantSaid(t, l,
		`warning a.md:2: the key "tilte" is not known`,
		`warning a.md:3: the key "dat" is not known`,
		`warning a.md:4: the key "tgas" is not known`,
		`warning a.md:5: the key "slgu" is not known`,
		`warning a.md:6: the key "descripton" is not known`,
		`warning a.md:7: the key "categoires" is not known`,
		`warning b.md:2: the key "drat" is not known, and the post is held back in case`,
		`warning c.md:2: the key "publishd" is not known, and the post is held back in case`,
		`warning d.md:2: the key "drafft" is not known`,
		`warning f.md:3: the key "dratf" is not known, and the post is held back in case`,
		`warning g.md:3: the key "tgas" is not known`,
	)
	if mend := l.Problems()[0].Mend; mend != `did you mean "title"?` {
		t.Errorf("mend %q", mend)
	}
	if drafts, _ := l.Held(); drafts != 4 || len(l.Posts()) != 3 {
		t.Errorf("%d drafts and %v, want 4 and 3", drafts, slugs(l))
	}
}

func TestKeysAreOneHoweverTheirWordsAreJoined(t *testing.T) {
	for _, in := range []string{
		"---\nredirect-from: /old\n---\nx", "---\nRedirectFrom: /old\n---\nx", "---\nredirect from: [/old]\n---\nx",
		"+++\nredirect_from = \"/old\"\n+++\nx", "{\"redirectFrom\": \"/old\"}\nx", "Title: T\nRedirect-From: /old\n\nx",
		"---\nparams:\n  redirectFrom: /old\n---\nx", "---\nx: [\nredirect-from: /old\n---\nx",
	} {
		if p, _ := one(t, "p.md", in); len(p.Aliases) != 1 {
			t.Errorf("%q gives former slugs %v, want old", in, p.Aliases)
		}
	}
}
