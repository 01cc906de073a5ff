package blog

import (
	"fmt"
	"net"
	"net/url"
	"strings"

	"go.yaml.in/yaml/v3"

	"lectern/internal/text"
)

// siteFile is the one file of settings, in the content folder itself.
const siteFile = "blog.yaml"

// A Link is one of the blog's links to elsewhere.
type Link struct{ Name, URL string }

// A Site is what blog.yaml says; what it does not say is empty. Every string
// is one safe line.
type Site struct {
	Title   string
	Tagline string
	Author  string
	Host    string // public name that readers connect to, with a port when it is not 22
	URL     string // its address on the web, http or https, to which relative links lead
	Links   []Link
}

// Address is the host that readers connect to, HOST when it is not known, and
// its port where that is not 22. An IPv6 address has no brackets.
func (s Site) Address() (host, port string) {
	host, port, err := net.SplitHostPort(s.Host)
	switch {
	case s.Host == "":
		return "HOST", ""
	case err != nil:
		return s.Host, ""
	case port == "22":
		return host, ""
	}
	return host, port
}

// Command is what readers type to get here: "ssh HOST" when the host is not
// known, "ssh -p 2222 blog.example.com" when it has a port.
func (s Site) Command() string {
	host, port := s.Address()
	if port == "" {
		return "ssh " + host
	}
	return "ssh -p " + port + " " + host
}

// CommandFor is what readers type to open a post here.
func (s Site) CommandFor(slug string) string {
	return "ssh -t" + strings.TrimPrefix(s.Command(), "ssh") + " " + slug
}

// PageOf is the address on the web of a post's own page: empty where the blog has
// no web site, or where the post does not say which of its pages that is.
func (s Site) PageOf(p *Post) string {
	u, err := url.Parse(s.URL)
	if err != nil || u.Host == "" || p.page == "" {
		return ""
	}
	return u.JoinPath(p.page).String()
}

// parseSite reads blog.yaml; ok is false when it is broken.
func parseSite(data []byte) (site Site, problems []Problem, ok bool) {
	tell := func(level Level, line int, message, mend string) {
		problems = append(problems, Problem{siteFile, line, level, message, mend})
	}
	decoded, repairs := text.Decode(data)
	if what := binaryData(decoded); what != "" {
		tell(Error, 0, what, "save it as UTF-8 text")
		return site, problems, false
	}
	for _, r := range repairs {
		tell(Warning, r.Line, r.What, "save the file as UTF-8 with the right character")
	}
	root, broken := yamlMapping(text.Clean(decoded), 1)
	switch {
	case broken != nil:
		tell(Error, broken.line, broken.message, broken.mend)
		return site, problems, false
	case root == nil:
		tell(Error, 1, "there are no settings in it", "write lines of key: value, such as title: My blog")
		return site, problems, false
	}
	for i := 0; i+1 < len(root.Content); i += 2 {
		key, node := root.Content[i], target(root.Content[i+1])
		name := strings.ToLower(text.Field(key.Value, MaxTag))
		into := map[string]*string{"title": &site.Title, "tagline": &site.Tagline, "author": &site.Author, "host": &site.Host, "url": &site.URL}[name]
		switch {
		case name == "links":
			site.Links = siteLinks(node, tell)
		case into == nil:
			tell(Warning, key.Line, fmt.Sprintf("the key %q is not known", name), "known are title, tagline, author, host, url and links")
		case node.Kind != yaml.ScalarNode:
			tell(Warning, key.Line, fmt.Sprintf("%s is not one value", name), "write it on one line behind the colon")
		case node.Tag != "!!null":
			*into = text.Field(node.Value, MaxTitle)
		}
		if u, err := url.Parse(site.URL); site.URL != "" && (err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http") {
			tell(Warning, key.Line, fmt.Sprintf("the url %q is no address on the web", site.URL), "write it as https://blog.example.com/")
			site.URL = ""
		}
	}
	return site, perFile(problems), true
}

// siteLinks reads a list of {name, url}.
func siteLinks(node *yaml.Node, tell func(Level, int, string, string)) []Link {
	const form = "write each link as {name: …, url: …}"
	if node.Kind != yaml.SequenceNode {
		if node.Tag != "!!null" {
			tell(Warning, node.Line, "links is not a list", form)
		}
		return nil
	}
	var links []Link
	for _, item := range node.Content {
		if len(links) == MaxLinks {
			tell(Warning, item.Line, fmt.Sprintf("there are more than %d links", MaxLinks), "the rest is left out")
			break
		}
		var l Link
		entry := target(item)
		for i := 0; entry.Kind == yaml.MappingNode && i+1 < len(entry.Content); i += 2 {
			value := target(entry.Content[i+1])
			switch key := strings.ToLower(text.Field(entry.Content[i].Value, MaxTag)); {
			case value.Kind != yaml.ScalarNode:
			case key == "name":
				l.Name = text.Field(value.Value, MaxTitle)
			case key == "url" && len(value.Value) <= MaxURL:
				l.URL = text.Line(value.Value)
			}
		}
		if l.URL == "" {
			tell(Warning, item.Line, "a link has no url", form)
			continue
		}
		if l.Name == "" {
			l.Name = l.URL
		}
		links = append(links, l)
	}
	return links
}
