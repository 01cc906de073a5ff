package render

import (
	"slices"
	"strings"
)

// logic are the tags that steer a template.
var logic = setOf("if elsif elif else endif unless endunless for endfor case when endcase assign capture endcapture set endset " +
	"include include_relative include_cached extends block endblock macro import from with increment decrement cycle liquid render")

// unknown is what is worth keeping of a tag that is not known: a link, a
// picture, and words for readers.
func (t shortcode) unknown() string {
	if logic[t.name] {
		return ""
	}
	words := t.words()
	href := t.first("href", "url", "link", "src", "to")
	for _, a := range t.args {
		if u := unquote(a); href == "" && isWeb(u) {
			href = uncomma(u, t.liquid)
		}
	}
	if name, ok := strings.CutSuffix(t.arg(0), ","); ok && name != "" && href != "" && t.liquid { // {% site Name, url=… %}
		words = append([]string{name}, words...)
	}
	if len(words) == 0 {
		words = t.quoted(href != "")
	}
	switch {
	case isWeb(href):
		if len(words) == 0 {
			words = []string{strings.TrimPrefix(t.name, "/") + ": " + shortAddress(href)}
		}
		words[0] = linkTo(words[0], href)
	case strings.HasPrefix(href, "/") && len(words) > 0:
		words[0] = linkTo(words[0], href)
	}
	said := sentences(words)
	if picture := t.first("img", "image", "cover", "thumbnail", "avatar", "logo"); isWeb(picture) {
		said = strings.TrimSpace(said + " !" + linkTo("", picture))
	}
	return said
}

// words are the texts that a tag is given by names.
func (t shortcode) words() []string {
	var words []string
	for _, name := range [...]string{"title", "heading", "header", "subtitle", "caption", "text", "label", "summary", "question", "description", "desc", "content", "footer"} {
		if v := t.named[name]; v != "" && v != "true" && v != "false" && !slices.Contains(words, v) {
			words = append(words, v)
		}
	}
	if v := t.first("name", "alt"); v != "" && len(words) == 0 {
		words = append(words, v)
	}
	return words
}

// quoted are the texts that a tag is given without names: those in quotes with
// a blank, any that stand beside an address, and those in letters of scripts
// without blanks.
func (t shortcode) quoted(address bool) []string {
	var words []string
	for _, a := range t.args {
		u := unquote(a)
		if u != a && !isWeb(u) && (strings.Contains(u, " ") || address && !isSize(u)) || strings.IndexFunc(u, unspaced) >= 0 {
			words = append(words, u)
		}
	}
	if len(words) > 0 {
		return []string{strings.Join(words, " ")}
	}
	return nil
}

// sentences are texts, each apart from the next.
func sentences(words []string) string {
	var b strings.Builder
	for i, w := range words {
		b.WriteString(w)
		if i+1 == len(words) {
			break
		}
		if !strings.HasSuffix(w, ".") && !strings.HasSuffix(w, "?") && !strings.HasSuffix(w, "!") && !strings.HasSuffix(w, ":") {
			b.WriteByte('.')
		}
		b.WriteByte(' ')
	}
	return b.String()
}
