package feed

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"net/url"
	"slices"
	"testing"
	"time"
	"unicode/utf8"

	"lectern/internal/blog"
)

// checkFeeds checks what holds of the feeds of every blog.
func checkFeeds(t *testing.T, library *blog.Library) {
	t.Helper()
	list := entries(library)
	for _, kind := range Kinds() {
		b := feedOf(t, library, kind)
		if most := maxContent + maxEntries*(20<<10); len(b) > most {
			t.Errorf("%s: %d bytes, want at most %d", kind, len(b), most)
		}
		if !utf8.Valid(b) {
			t.Errorf("%s: it is no UTF-8", kind)
		}
		switch kind {
		case Atom:
			checkAtom(t, b)
		case RSS:
			checkRSS(t, b)
		case JSON:
			checkJSON(t, b)
		}
		readsBack(t, library, list, b, kind)
	}
}

// A node is an element of XML.
type node struct {
	XMLName  xml.Name
	Attrs    []xml.Attr `xml:",any,attr"`
	Children []node     `xml:",any"`
	Text     string     `xml:",chardata"`
}

func (n node) attr(name string) string {
	for _, a := range n.Attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// all are the children of a name, with its namespace before it where it has one.
func (n node) all(name string) []node {
	var list []node
	for _, c := range n.Children {
		if c.XMLName.Space+c.XMLName.Local == name {
			list = append(list, c)
		}
	}
	return list
}

// one is the child of a name, of which there has to be one.
func (n node) one(t *testing.T, name string) node {
	t.Helper()
	list := n.all(name)
	if len(list) != 1 {
		t.Fatalf("%s has %d %s, want 1", n.XMLName.Local, len(list), name)
	}
	return list[0]
}

// tree is XML, read strictly to its end.
func tree(t *testing.T, b []byte) node {
	t.Helper()
	var root node
	d := xml.NewDecoder(bytes.NewReader(b))
	if err := d.Decode(&root); err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			return root
		} else if err != nil {
			t.Fatal(err)
		}
	}
}

// checkURI checks that an address has a scheme and is ASCII.
func checkURI(t *testing.T, s string) {
	t.Helper()
	u, err := url.Parse(s)
	if err != nil || u.Scheme == "" || u.Host == "" {
		t.Errorf("%q is no address: %v", s, err)
	}
	for i := range len(s) {
		if s[i] <= ' ' || s[i] > '~' {
			t.Errorf("%q has a byte that no address has", s)
			break
		}
	}
}

func checkDate(t *testing.T, s, form string) {
	t.Helper()
	if _, err := time.Parse(form, s); err != nil {
		t.Error(err)
	}
}

// checkAtom checks a feed against RFC 4287.
func checkAtom(t *testing.T, b []byte) {
	t.Helper()
	const ns = "http://www.w3.org/2005/Atom"
	root := tree(t, b)
	if root.XMLName != (xml.Name{Space: ns, Local: "feed"}) {
		t.Errorf("the root is %v", root.XMLName)
	}
	ids := map[string]bool{}
	check := func(n node) {
		n.one(t, ns+"title")
		id := n.one(t, ns+"id").Text
		checkURI(t, id)
		if ids[id] {
			t.Errorf("%q identifies two", id)
		}
		ids[id] = true
		checkDate(t, n.one(t, ns+"updated").Text, time.RFC3339)
		if len(n.all(ns+"author")) > 0 && n.one(t, ns+"author").one(t, ns+"name").Text == "" {
			t.Error("an author has no name")
		}
		alternates := 0
		for _, link := range n.all(ns + "link") {
			checkURI(t, link.attr("href"))
			if link.attr("rel") == "alternate" {
				alternates++
			}
		}
		if alternates != 1 {
			t.Errorf("%d alternate links, want 1", alternates)
		}
		for _, c := range n.all(ns + "category") {
			if c.attr("term") == "" {
				t.Error("a category has no term")
			}
		}
	}
	check(root)
	root.one(t, ns+"author")
	for _, e := range root.all(ns + "entry") {
		check(e)
		for _, p := range e.all(ns + "published") {
			checkDate(t, p.Text, time.RFC3339)
		}
		for _, c := range e.all(ns + "content") {
			if c.attr("type") != "html" {
				t.Errorf("content of type %q", c.attr("type"))
			}
		}
	}
}

// checkRSS checks a feed against RSS 2.0.
func checkRSS(t *testing.T, b []byte) {
	t.Helper()
	root := tree(t, b)
	if root.XMLName.Local != "rss" || root.attr("version") != "2.0" {
		t.Errorf("the root is %v, version %q", root.XMLName, root.attr("version"))
	}
	c := root.one(t, "channel")
	checkURI(t, c.one(t, "link").Text)
	if c.one(t, "title").Text == "" || c.one(t, "description").Text == "" {
		t.Error("the channel has no title or no description")
	}
	checkDate(t, c.one(t, "lastBuildDate").Text, time.RFC1123Z)
	ids := map[string]bool{}
	for _, i := range c.all("item") {
		if i.one(t, "title").Text+i.one(t, "description").Text == "" {
			t.Error("an item has no title and no description")
		}
		checkURI(t, i.one(t, "link").Text)
		guid := i.one(t, "guid")
		if guid.attr("isPermaLink") != "false" || guid.Text == "" || ids[guid.Text] {
			t.Errorf("guid %q, isPermaLink %q", guid.Text, guid.attr("isPermaLink"))
		}
		ids[guid.Text] = true
		for _, d := range i.all("pubDate") {
			checkDate(t, d.Text, time.RFC1123Z)
		}
		if len(i.all("author")) > 0 {
			t.Error("an author that is no address of mail")
		}
	}
}

// checkJSON checks a feed against JSON Feed 1.1.
func checkJSON(t *testing.T, b []byte) {
	t.Helper()
	var root map[string]any
	if err := json.Unmarshal(b, &root); err != nil {
		t.Fatal(err)
	}
	known := []string{
		"version", "title", "home_page_url", "feed_url", "description", "user_comment", "next_url", "icon", "favicon",
		"authors", "language", "expired", "hubs", "items",
	}
	knownOfItem := []string{
		"id", "url", "external_url", "title", "content_html", "content_text", "summary", "image", "banner_image",
		"date_published", "date_modified", "authors", "tags", "language", "attachments",
	}
	// check checks an object: its names, that what is not a list is text, and its authors.
	check := func(o map[string]any, known []string, required ...string) {
		for name, value := range o {
			if !slices.Contains(known, name) {
				t.Errorf("%q is not in version 1.1", name)
			}
			list, isList := value.([]any)
			s, isText := value.(string)
			if wantsList := name == "items" || name == "authors" || name == "tags"; isList != wantsList || isText == wantsList || isText && s == "" {
				t.Errorf("%s is %v", name, value)
			}
			switch name {
			case "authors":
				for _, author := range list {
					if name, _ := author.(map[string]any)["name"].(string); name == "" {
						t.Errorf("an author is %v", author)
					}
				}
			case "tags":
				for _, tag := range list {
					if s, _ := tag.(string); s == "" {
						t.Errorf("a tag is %v", tag)
					}
				}
			case "url", "home_page_url", "feed_url":
				checkURI(t, s)
			case "date_published", "date_modified":
				checkDate(t, s, time.RFC3339)
			}
		}
		for _, name := range required {
			if o[name] == nil {
				t.Errorf("there is no %s", name)
			}
		}
	}
	check(root, known, "version", "title", "items")
	if got := root["version"]; got != "https://jsonfeed.org/version/1.1" {
		t.Errorf("version %v", got)
	}
	ids := map[string]bool{}
	items, _ := root["items"].([]any)
	for _, i := range items {
		item, _ := i.(map[string]any)
		check(item, knownOfItem, "id")
		if item["content_html"] == nil && item["content_text"] == nil {
			t.Errorf("%v has no content", item["id"])
		}
		id, _ := item["id"].(string)
		if ids[id] {
			t.Errorf("%q identifies two", id)
		}
		ids[id] = true
	}
}
