package blog_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"lectern/internal/blog"
)

func TestWhatIsKeptBackIsNotShown(t *testing.T) {
	for _, head := range []string{
		"draft: true", "Draft: Yes", "DRAFT: 'on'", "draft: 1", "draft: perhaps", "draft: {a: b}", "draft: [false]", "draft: []",
		"published: false", "published: no", "published: someday", "published: [true]", "publish: false",
		"unlisted: true", "hidden: true", "private: yes", "headless: true", "hidden: perhaps",
		"status: draft", "status: Private", "status: drafts", "status: {a: b}", "status: [public]",
		"visibility: private", "visibility: hidden", "visibility: draft", "visibility: friends",
		"dg-publish: false", "isDraft: true", "is_draft: yes", "isPublished: false", "is_published: false", "hide: true", "hideInList: true",
		"isHidden: true", "eleventyExcludeFromCollections: true", "state: draft", "post_status: draft", "encrypt: true", "state: drafts",
		"visibility: members", "visibility: paid",
		"password: hunter2", "password: [a]", "password: {a: b}", "password: 0",
		"build:\n  render: never", "_build:\n  list: false", "build: {render: link, list: never}",
		"permalink: false", "extra:\n  draft: true", "params: {draft: true}", "<<: {draft: true}", "x: &x {draft: true}\n<<: *x",
	} {
		for name, in := range map[string]string{"p.md": "---\n" + head + "\n---\nx", "q.md": "---\ntitle: T\n" + head + "\n---\nx"} {
			l := mustLoad(t, files(name, in), nil)
			if drafts, _ := l.Held(); drafts != 1 || len(l.Posts()) > 0 {
				t.Errorf("%q is shown", head)
			}
			if l := mustLoad(t, files(name, in), mustLoad(t, files(name, "x"), nil)); len(l.Posts()) > 0 {
				t.Errorf("%q is shown after it was a post", head)
			}
		}
	}
	for _, head := range []string{
		"draft: false", "draft:", "draft: null", "draft: ''", "Draft: Off", "published: true", "published: 2020-01-01", "published:",
		"unlisted: false", "hidden: no", "status: published", "status: evergreen", "status: in progress", "visibility: public",
		"password:", "password: ''", "build: {list: local, publishResources: false}", "build: x", "permalink: /x", "permalink: [a]",
		"dg-publish: true", "isDraft: false", "is_published: true", "hide: false", "hide: [navigation, toc]", "hide:\n  - toc",
		"hideInList: false", "eleventyExcludeFromCollections: false", "state: California", "post_status: publish", "encrypt: false",
		"sitemap: false", "sitemap: {exclude: true}", "robots: noindex", "cover: {hidden: true}", "comments: {draft: true}",
	} {
		l := mustLoad(t, files("p.md", "---\n"+head+"\n---\nx"), nil)
		if len(l.Posts()) != 1 || len(l.Problems()) > 0 {
			t.Errorf("%q is held back, problems %v", head, l.Problems())
		}
	}
}

func TestAFileIsHeldBackByItsName(t *testing.T) {
	l := mustLoad(t, files("_a.md", "x", "sub/_b.mdx", "x", "c.draft.md", "x", "d.Draft.md", "x", "_drafts/e.md", "x",
		"_posts/2020-01-02-f.md", "x", "draft.md", "x", "g_.md", "x", "_index.md", "x", "_index.zh.md", "x"), nil)
	if diff := cmp.Diff([]string{"f", "draft", "g_"}, slugs(l)); diff != "" {
		t.Errorf("slugs (-want +got):\n%s", diff)
	}
	if drafts, _ := l.Held(); drafts != 5 {
		t.Errorf("%d drafts, want 5", drafts)
	}
	wantSaid(t, l)
}

func TestWhatAMembershipHoldsBackIsNoMistake(t *testing.T) {
	wantSaid(t, mustLoad(t, files("a.md", "---\nvisibility: members\n---\nx", "b.md", "---\nvisibility: Paid\n---\nx"), nil))
}

func TestFoldersOfGeneratorsAreNotLookedInto(t *testing.T) {
	l := mustLoad(t, files("_templates/a.md", "x", "_includes/a.md", "x", "_layouts/a.md", "x", "sub/_site/a.md", "x", "_data/a.md", "x",
		"_sass/a.md", "x", "node_modules/pkg/README.md", "---\ntitle: x\n---\nx", "vendor/a.md", "x", "archetypes/default.md", "x",
		"scaffolds/post.md", "x", "themes/t/a.md", "x", "_posts/p.md", "x", "vendors/q.md", "x"), nil)
	if diff := cmp.Diff([]string{"p", "q"}, slugs(l)); diff != "" {
		t.Errorf("slugs (-want +got):\n%s", diff)
	}
	wantSaid(t, l)
}

func TestTOMLAndJSONHoldPostsBackAlike(t *testing.T) {
	for _, in := range []string{
		"+++\ndraft = true\n+++\nx", "+++\n[draft]\na = 1\n+++\nx", "+++\n[build]\nrender = \"never\"\n+++\nx",
		"+++\n[[draft]]\na = 1\n+++\nx", "{\"draft\": {\"a\": 1}}\nx", "{\n\"build\": {\"list\": \"never\"}\n}\nx",
		"{\"title\": \"T\", \"draft\": true}\nx", "{\n\"published\": [false]\n}\nx",
	} {
		l := mustLoad(t, files("p.md", in), nil)
		if drafts, _ := l.Held(); drafts != 1 || len(l.Posts()) > 0 {
			t.Errorf("%q is shown, problems %v", in, l.Problems())
		}
	}
	p, _ := one(t, "p.md", "+++\ntitle = \"T\"\n[cover]\nhidden = true\ntags = [\"no\"]\n+++\nx")
	if p.Title != "T" || len(p.Tags) > 0 {
		t.Errorf("title %q, tags %v: what is a table's own is taken for the post's", p.Title, p.Tags)
	}
}

func TestAPublicationInTheFutureIsAwaited(t *testing.T) {
	fsys := files(
		"a.md", "---\ndate: 2020-01-01\npublishDate: 2025-07-01\n---\nx",
		"b.md", "---\npublished: 2025-08-01\n---\nx",
		"c.md", "---\ndate: 2020-01-01\npublished: 2020-02-01\n---\nx",
	)
	l := mustLoad(t, fsys, nil)
	if diff := cmp.Diff([]string{"c"}, slugs(l)); diff != "" {
		t.Errorf("slugs (-want +got):\n%s", diff)
	}
	if _, scheduled := l.Held(); scheduled != 2 || !l.Next().Equal(time.Date(2025, 7, 1, 0, 0, 0, 0, time.UTC)) {
		t.Errorf("%d scheduled, the next at %v", scheduled, l.Next())
	}
	l, err := blog.Load(fsys, l.Next(), l)
	if err != nil {
		t.Fatal(err)
	}
	if p, ok := l.Post("a"); !ok || p.Date.Year() != 2020 {
		t.Errorf("published, a is %v, want it with its own date", p)
	}
}

func TestAPostThatExpiresGoes(t *testing.T) {
	fsys := files(
		"a.md", "---\nexpiryDate: 2025-07-01\n---\nx",
		"b.md", "---\nexpirydate: 2025-01-01\n---\nx",
		"c.md", "---\nexpirydate: soon\n---\nx",
	)
	l := mustLoad(t, fsys, nil)
	if diff := cmp.Diff([]string{"a", "c"}, slugs(l)); diff != "" {
		t.Errorf("slugs (-want +got):\n%s", diff)
	}
	wantSaid(t, l, `error c.md:2: the date "soon" cannot be read`)
	l, err := blog.Load(fsys, l.Next(), l)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"c"}, slugs(l)); diff != "" {
		t.Errorf("when its time has come, slugs (-want +got):\n%s", diff)
	}
}

func TestAPostOfTheFutureAppearsWhenItsTimeComes(t *testing.T) {
	fsys := files(
		"now.md", "---\ndate: 2025-06-15 12:00\n---\nx",
		"soon.md", "---\ndate: 2025-06-15 14:00 +0100\n---\nx",
		"later.md", "---\ndate: 2025-07-01\n---\nx",
	)
	l := mustLoad(t, fsys, nil)
	if diff := cmp.Diff([]string{"now"}, slugs(l)); diff != "" {
		t.Errorf("slugs (-want +got):\n%s", diff)
	}
	if _, ok := l.Post("soon"); ok {
		t.Error("a post of the future is found by its slug")
	}
	if got, want := l.Next(), noon.Add(time.Hour); !got.Equal(want) {
		t.Errorf("Next() = %v, want %v", got, want)
	}
	wantSaid(t, l, "warning later.md: the post is dated 2025-07-01 and appears then",
		"warning soon.md: the post is dated 2025-06-15 14:00 +0100 and appears then")
	l, err := blog.Load(fsys, l.Next(), l)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"soon", "now"}, slugs(l)); diff != "" {
		t.Errorf("an hour later, slugs (-want +got):\n%s", diff)
	}
	wantSaid(t, l, "warning later.md: the post is dated 2025-07-01 and appears then")
}

func TestADraftIsCheckedAndHeldBack(t *testing.T) {
	l := mustLoad(t, files(
		"draft.md", "---\ntitle: D\ndraft: true\ndate: 27 May 26\n---\n\nText.\n",
		"later.md", "---\ntitle: L\ndate: 2999-01-01\n---\n\nText.\n"), nil)
	if drafts, scheduled := l.Held(); drafts != 1 || scheduled != 1 {
		t.Errorf("held back are %d drafts and %d scheduled, want 1 and 1", drafts, scheduled)
	}
	wantSaid(t, l, `error draft.md:4: the date "27 May 26" cannot be read`, "warning later.md: the post is dated 2999-01-01 and appears then")
	if len(l.Posts()) != 0 {
		t.Errorf("posts %v", l.Posts())
	}
}

func TestValuesThatAreUnclearAreTold(t *testing.T) {
	l := mustLoad(t, files(
		"a.md", "---\ntitle: [WIP, soon]\n---\nx",
		"b.md", "---\ntitle: B\ndraft: maybe\n---\nx",
		"c.md", "+++\ntitle = \"C\"\npublished = \"one day\"\n+++\nx",
		"d.md", "---\ntitle: D\ndraft: No\npublished: yes\n---\nx",
		"e.md", "---\ntitle: E\ndraft:\npublished: \"\"\n---\nx",
		"f.md", "---\ntitle: F\ndraft: TRUE\n---\nx",
		"g.md", "---\ntitle: {a: b}\ndraft: {a: b}\n---\nx",
		"i.md", "---\npassword: x\n---\nx",
		"h.md", "---\nstatus: drafts\nvisibility: friends\n---\nx",
	), nil)
	wantSaid(t, l,
		"warning a.md:2: the title is a list",
		`warning b.md:3: draft is "maybe", not true or false: the post is held back`,
		`warning c.md:3: published is "one day", not true or false: the post is held back`,
		"warning g.md:2: the title is not one value",
		"warning g.md:3: draft is not one value: the post is held back",
		`warning h.md:2: status is "drafts", not published or draft: the post is held back`,
		`warning h.md:3: visibility is "friends", not public or private: the post is held back`,
	)
	if drafts, _ := l.Held(); drafts != 6 || len(l.Posts()) != 3 {
		t.Errorf("%d drafts and %v, want 6 and 3", drafts, slugs(l))
	}
}

// FuzzDraft holds that no text that follows shows a draft, broken or not.
func FuzzDraft(f *testing.F) {
	for _, rest := range []string{
		"---\ntext", "+++\ntext", "}\ntext", "\ntext", "text\n\n---\n", ",\n\"a\": [\n}\n", "x: [\n---\ntext", "- a\n---\n", "  more\n---\n", "\t\n---\n",
	} {
		f.Add(rest)
	}
	f.Fuzz(func(t *testing.T, rest string) {
		if folded := strings.ToLower(rest); strings.Contains(folded, "draft") || strings.Contains(rest, "\\") {
			return // it may say otherwise
		}
		for _, head := range []string{"---\ndraft: true\n", "---\ntitle: T\ndraft: true\n", "---\ndraft:true\n", "+++\ndraft = true\n", "{\n\"draft\": true", "title: T\ndraft: true\n"} {
			for _, p := range mustLoad(t, files("p.md", head+rest), nil).Posts() {
				t.Errorf("%q is shown as %q", head+rest, p.Title)
			}
		}
	})
}
