package render

import (
	"regexp"
	"sync"

	"github.com/microcosm-cc/bluemonday"
)

// elements are those that the HTML of a post may have.
var elements = setOf("a abbr b bdi blockquote br caption cite code dd del details dfn div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i " +
	"img ins kbd li mark ol p pre q rp rt ruby s samp small strong sub summary sup table tbody td tfoot th thead time tr u ul var")

// attributes are those that an element may have.
func attributes(element string) []string {
	switch element {
	case "a":
		return []string{"href", "title", "id"}
	case "abbr":
		return []string{"title", "id"}
	case "code":
		return []string{"class"}
	case "h1", "h2", "h3", "h4", "h5", "h6", "li", "sup", "div", "p", "dt", "figure", "table":
		return []string{"id", "dir", "lang"}
	case "blockquote":
		return []string{"dir", "lang"}
	case "img":
		return []string{"src", "alt", "title", "width", "height"}
	case "ol":
		return []string{"start", "dir", "lang"}
	case "ul":
		return []string{"dir", "lang"}
	case "td", "th":
		return []string{"align", "colspan", "rowspan"}
	case "time":
		return []string{"datetime"}
	}
	return nil
}

// values are the forms that attributes have; others are any text.
var values = map[string]*regexp.Regexp{
	"href":     regexp.MustCompile(`^(?:https?://|mailto:|#)[!-~]+$`),
	"src":      regexp.MustCompile(`^https?://[!-~]+$`),
	"id":       regexp.MustCompile(`^[^\s<>"'&]+$`),
	"class":    regexp.MustCompile(`^language-[^\s<>"'&]+$`),
	"dir":      regexp.MustCompile(`^(?:ltr|rtl|auto)$`),
	"lang":     regexp.MustCompile(`^[A-Za-z0-9-]{1,35}$`),
	"width":    regexp.MustCompile(`^[0-9]{1,5}%?$`),
	"height":   regexp.MustCompile(`^[0-9]{1,5}%?$`),
	"start":    regexp.MustCompile(`^[0-9]{1,9}$`),
	"align":    regexp.MustCompile(`^(?:left|right|center)$`),
	"colspan":  regexp.MustCompile(`^[0-9]{1,3}$`),
	"rowspan":  regexp.MustCompile(`^[0-9]{1,3}$`),
	"datetime": regexp.MustCompile(`^[0-9A-Za-z:+. -]{1,40}$`),
}

// policy is what the HTML of a post may hold. It has the last word over what
// [tidy] wrote, which keeps to it.
var policy = sync.OnceValue(func() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowURLSchemes("http", "https", "mailto")
	p.AllowRelativeURLs(true) // "#name"; the form of addresses lets through no other
	for element := range elements {
		p.AllowElements(element)
		p.AllowNoAttrs().OnElements(element)
		for _, name := range attributes(element) {
			if form := values[name]; form != nil {
				p.AllowAttrs(name).Matching(form).OnElements(element)
			} else {
				p.AllowAttrs(name).OnElements(element)
			}
		}
	}
	return p
})
