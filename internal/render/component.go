package render

import "strings"

// isComponent reports whether a tag of a name is a component of JSX.
func isComponent(name string) bool {
	if name == "" || name[0] >= 'a' || strings.ToUpper(name) == name {
		return false
	}
	lower := strings.ToLower(name)
	return !isHTML[lower] || likeHTML[lower]
}

// likeHTML are components that have the names of tags.
var likeHTML = setOf("link figure button embed details section aside image video audio")

// component is what a component stands for; rest is what follows its tag.
func (c *cleaner) component(t shortcode, raw, rest string) string {
	closes, empty := strings.HasPrefix(raw, "</"), strings.HasSuffix(raw, "/>")
	link := t.name == "link" || t.name == "a" || t.name == "nextlink"
	if closes {
		if t.name == "button" && c.buttons > 0 {
			c.buttons--
			link = true
		}
		if link {
			return "</a>"
		}
		return ""
	}
	line := firstLine(rest)
	if href := t.first("href", "to", "url"); href != "" && (link || t.name == "button" && !empty && !blankLine(line) && t.words() == nil) {
		if !link {
			c.buttons++
		}
		return `<a href="` + strings.ReplaceAll(href, `"`, "%22") + `">`
	}
	t.args = nil // names of what it is given
	words := t.markdown(false)
	switch {
	case words == "" || empty || strings.Contains(words, "\n\n"):
	case !blankLine(line):
		if line[0] != '<' {
			words += ": "
		}
	case !c.html.open: // what it encloses begins on the next line
		words += "\n"
	}
	return c.spelled(words)
}

// isHTML are the tags of HTML.
var isHTML = setOf("a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound big blink blockquote body br " +
	"button canvas caption center cite code col colgroup content data datalist dd del details dfn dialog dir div dl dt element em embed " +
	"fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe image img input ins " +
	"isindex kbd keygen label legend li link listing main map mark marquee menu menuitem meta meter multicol nav nobr noembed noframes " +
	"noscript object ol optgroup option output p param picture plaintext pre progress q rb rp rt rtc ruby s samp script search section " +
	"select shadow slot small source spacer span strike strong style sub summary sup svg table tbody td template textarea tfoot th thead " +
	"time title tr track tt u ul var video wbr xmp math g path")
