package feed

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"strings"
	"time"

	"github.com/gorilla/feeds"

	"lectern/internal/blog"
	"lectern/internal/text"
)

// The structures of gorilla/feeds v1.2.0 say what a feed is, and its functions
// fill most of them. What it lacks or has wrong is added here, in structures
// around its own, whose fields come before those of the same name in them:
//
//   - its feed and its entries have no tags: Atom has one <category>word</category>
//     where the format wants an attribute, RSS has one only;
//   - the identity of an Atom feed is its link, it has one link, and an entry no
//     date of publication;
//   - summaries are said to be HTML, and ours are text;
//   - the author of RSS has to be an address of mail: a name goes to dc:creator;
//   - a JSON feed without posts has no items, which it must have, and each "<" is
//     written in six bytes.

// write makes a feed.
func write(library *blog.Library, kind Kind) ([]byte, error) {
	site, list := library.Site(), entries(library)
	at := addressOf(site)
	f := &feeds.Feed{Title: site.Title, Description: site.Tagline, Updated: updated(list), Link: &feeds.Link{Href: text.PercentEncode(site.URL)}}
	if site.URL == "" {
		f.Link.Href = at.link("")
	}
	if site.Author != "" {
		f.Author = &feeds.Author{Name: site.Author}
	}
	for _, e := range list {
		f.Add(&feeds.Item{
			Id: e.id, IsPermaLink: "false", Title: e.Title, Link: &feeds.Link{Href: e.link}, Author: f.Author,
			Description: e.Summary, Content: e.content, Created: e.Date, Updated: e.Date,
		})
	}
	self := at.link(kind.File())
	switch kind {
	case Atom:
		return document(atomOf(f, at.id(""), self, list))
	case RSS:
		return document(rssOf(f, self, list))
	default:
		return jsonOf(f, self, list)
	}
}

// document writes XML.
func document(f feeds.XmlFeed) ([]byte, error) {
	var b bytes.Buffer
	if err := feeds.WriteXML(f, &b); err != nil {
		return nil, err
	}
	b.WriteByte('\n')
	return b.Bytes(), nil
}

type (
	atomFeed struct {
		*feeds.AtomFeed
		Links   []feeds.AtomLink `xml:"link"`
		Entries []atomEntry      `xml:"entry"`
	}
	atomEntry struct {
		*feeds.AtomEntry
		Categories []atomCategory `xml:"category"`
	}
	atomCategory struct {
		Term string `xml:"term,attr"`
	}
)

// FeedXml implements feeds.XmlFeed.
func (f *atomFeed) FeedXml() any { return f }

func atomOf(f *feeds.Feed, id, self string, list []entry) *atomFeed {
	a := &atomFeed{AtomFeed: (&feeds.Atom{Feed: f}).AtomFeed()}
	a.Id = id
	a.Links = []feeds.AtomLink{{Href: f.Link.Href, Rel: "alternate"}, {Href: self, Rel: "self", Type: "application/atom+xml"}}
	if a.Author == nil { // it must have one
		a.Author = &feeds.AtomAuthor{AtomPerson: feeds.AtomPerson{Name: f.Title}}
	}
	for i, e := range a.AtomFeed.Entries {
		e.Updated = f.Updated.Format(time.RFC3339)
		if date := list[i].Date; !date.IsZero() {
			e.Updated = date.Format(time.RFC3339)
			e.Published = e.Updated
		}
		if e.Summary != nil {
			e.Summary.Type = "text"
		}
		entry := atomEntry{AtomEntry: e}
		for _, tag := range list[i].Tags {
			entry.Categories = append(entry.Categories, atomCategory{tag})
		}
		a.Entries = append(a.Entries, entry)
	}
	return a
}

type (
	rssDocument struct {
		XMLName xml.Name   `xml:"rss"`
		Version string     `xml:"version,attr"`
		Content string     `xml:"xmlns:content,attr"`
		DC      string     `xml:"xmlns:dc,attr"`
		Atom    string     `xml:"xmlns:atom,attr"`
		Channel rssChannel `xml:"channel"`
	}
	rssChannel struct {
		*feeds.RssFeed
		Self  rssSelf   `xml:"atom:link"`
		Items []rssItem `xml:"item"`
	}
	rssSelf struct {
		Href string `xml:"href,attr"`
		Rel  string `xml:"rel,attr"`
		Type string `xml:"type,attr"`
	}
	rssItem struct {
		*feeds.RssItem
		Creator    string   `xml:"dc:creator,omitempty"`
		Categories []string `xml:"category"`
	}
)

// FeedXml implements feeds.XmlFeed.
func (d *rssDocument) FeedXml() any { return d }

func rssOf(f *feeds.Feed, self string, list []entry) *rssDocument {
	c := rssChannel{RssFeed: (&feeds.Rss{Feed: f}).RssFeed(), Self: rssSelf{self, "self", "application/rss+xml"}}
	c.ManagingEditor = ""
	if c.Description == "" { // it must have one
		c.Description = f.Title
	}
	c.Description = asHTML.Replace(c.Description)
	for i, r := range c.RssFeed.Items {
		item := rssItem{RssItem: r, Creator: r.Author, Categories: list[i].Tags}
		r.Author = ""
		r.Description = asHTML.Replace(r.Description) // read as HTML
		c.Items = append(c.Items, item)
	}
	return &rssDocument{
		Version: "2.0", Content: "http://purl.org/rss/1.0/modules/content/",
		DC: "http://purl.org/dc/elements/1.1/", Atom: "http://www.w3.org/2005/Atom", Channel: c,
	}
}

// asHTML is text as HTML, which the descriptions of RSS are read as.
var asHTML = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

type jsonFeed struct {
	*feeds.JSONFeed
	Items []*feeds.JSONItem `json:"items"`
}

func jsonOf(f *feeds.Feed, self string, list []entry) ([]byte, error) {
	j := jsonFeed{JSONFeed: (&feeds.JSON{Feed: f}).JSONFeed(), Items: []*feeds.JSONItem{}}
	j.FeedUrl = self
	j.Author = nil // of version 1.0; authors is that of 1.1
	for i, item := range j.JSONFeed.Items {
		item.Author, item.Tags = nil, list[i].Tags
		if item.ContentHTML == "" { // it must have one of the two
			if item.ContentText = item.Summary; item.ContentText == "" {
				item.ContentText = item.Title
			}
		}
		j.Items = append(j.Items, item)
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(j); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
