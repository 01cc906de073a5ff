package blog_test

import (
	"slices"
	"strings"
	"testing"
	"time"
)

func TestTOMLAndJSONSayWhatYAMLDoes(t *testing.T) {
	for name, in := range map[string]string{
		"TOML":             "+++\ntitle = \"T\"\ndate = 2025-03-04T05:06:07Z\ntags = [\"a\", [\"b\", 3]]\ndescription = \"D\"\nslug = \"s\"\n+++\nx",
		"TOML, local time": "+++\ntitle = \"T\"\ndate = 2025-03-04T05:06:07\ntags = [\"a\", \"b\", \"3\"]\ndescription = \"D\"\nslug = \"s\"\n+++\nx",
		"TOML, tables":     "+++\nTitle = \"T\"\ndate = \"2025-03-04 05:06:07\"\nslug = \"s\"\n[taxonomies]\ntags = [\"a\", \"b\", \"3\"]\n[extra]\ndescription = \"D\"\ntitle = \"not this\"\n+++\nx",
		"JSON":             "{\n\t\"Title\": \"T\",\n\t\"Pubdate\": \"2025-03-04 05:06:07\",\n\t\"Tags\": [\"a\", [\"b\", 3], null],\n\t\"Description\": \"D\",\n\t\"Slug\": \"s\"\n}\nx",
	} {
		p, l := one(t, "name.md", in)
		date := time.Date(2025, 3, 4, 5, 6, 7, 0, time.UTC)
		if p.Title != "T" || !p.Date.Equal(date) || strings.Join(p.Tags, " ") != "a b 3" || p.Summary != "D" || p.Slug != "s" || len(l.Problems()) > 0 {
			t.Errorf("%s: %q %v %q %q %q, problems %v", name, p.Title, p.Date, p.Tags, p.Summary, p.Slug, l.Problems())
		}
	}
}

func TestADateInThePathAndOtherNamesForTagsCount(t *testing.T) {
	for in, want := range map[string]string{
		"+++\npath = \"2015/5/6/a-post\"\n[taxonomies]\ncategories = [\"c\"]\n+++\nx": "2015-05-06 c",
		"---\npath: /about/us/now\ncategory: one\n---\nx":                             "0001-01-01 one",
		"---\ndate: 2020-01-02\npath: /2015/05/06\nkeywords: a, b\n---\nx":            "2020-01-02 a b",
		"---\npubdate: soon\ncreated: 2020-01-02\n---\nx":                             "2020-01-02 ",
		"---\ncreated: 2020-01-02\ntags: [t]\ncategories: [c]\n---\nx":                "2020-01-02 t c",
	} {
		p, _ := one(t, "name.md", in)
		if got := p.Date.Format(time.DateOnly) + " " + strings.Join(p.Tags, " "); got != want {
			t.Errorf("%q: %s, want %s", in, got, want)
		}
	}
}

func TestDraftsAndFaultsInTOMLAndJSON(t *testing.T) {
	l := mustLoad(t, files(
		"toml.md", "+++\ntitle = \"T\"\ndraft = true\n+++\nx",
		"json.md", "{\n\"title\": \"T\",\n\"draft\": true\n}\nx",
		"badtoml.md", "+++\ntitle = \"T\"\ndate = tomorrow\n+++\nx",
		"badjson.md", "{\n\"title\": \"T\",\n\"tags\": [\"a\" \"b\"]\n}\nx",
		"day.md", "+++\ntitle = \"Day\"\ndate = 2025-03-04\n+++\nx"), nil)
	if drafts, _ := l.Held(); drafts != 2 || !slices.Equal(slugs(l), []string{"day", "badjson", "badtoml"}) || !l.Posts()[0].Date.Equal(time.Date(2025, 3, 4, 0, 0, 0, 0, time.UTC)) {
		t.Errorf("%d drafts, posts %v", drafts, slugs(l))
	}
	for i, want := range []string{"badjson.md:3: not JSON", "badtoml.md:3: not TOML"} {
		if ps := l.Problems(); len(ps) != 2 || !strings.HasPrefix(ps[i].String(), want) {
			t.Errorf("problems %v, want %s first in its place", ps, want)
		}
	}
}
