package render

import (
	"html"
	"strings"

	"lectern/internal/text"
)

// A tidy makes HTML of authors well-formed. The rules are:
//
//   - an element and an attribute that the policy does not name is left out, and
//     what the element encloses stays, but for what is not for readers;
//   - each tag is closed, in the order in which it was opened: with what encloses
//     it, or where HTML has it end; a tag that closes nothing is left out;
//   - an element with nothing inside is written as <br/>;
//   - a link or a picture that leads nowhere on the web is its text;
//   - what plays a film is a link to it.
//
// The work is linear in the bytes, times the elements that may stand open.
type tidy struct {
	limit   int                 // bytes that may be written; beyond that nothing is
	address func(string) string // where a link leads on the web, empty for nowhere

	out    strings.Builder
	open   []element
	hidden int // elements whose text is not for readers
	links  int // elements that are links
}

// An element is a tag that stands open.
type element struct {
	tag   string // of the author
	shown string // as it was written, empty where it was not
}

// maxStanding is how many elements may stand open.
const maxStanding = 100

// full reports whether there is more than may be.
func (t *tidy) full() bool { return t.out.Len() > t.limit }

// scan takes a piece of HTML. No tag goes on in the next.
func (t *tidy) scan(s string) {
	scan := scanner{rest: s}
	for !t.full() {
		words, tag, more := scan.next()
		switch {
		case !more:
			return
		case tag.name != "":
			t.tag(tag)
		default:
			t.text(words)
		}
	}
}

// text takes text.
func (t *tidy) text(s string) {
	if t.hidden == 0 && !t.full() {
		t.out.WriteString(html.EscapeString(text.Clean(s)))
	}
}

// tag takes a tag.
func (t *tidy) tag(g tag) {
	switch {
	case g.name == "" || t.full():
	case g.closes:
		t.close(g.name)
	case isMedia[g.name]:
		if label, src := g.plays(); src != "" {
			t.link(label, src)
		}
		if hides[g.name] && !g.empty {
			t.push(element{tag: g.name})
		}
	case g.name == "img" || g.name == "image":
		t.picture(g)
	case empties[g.name]:
		if parts[g.name] {
			t.begin(g.name)
		}
		t.write("<" + g.name + "/>")
	case elements[g.name] || renamed[g.name] != "" || hides[g.name] || parts[g.name]:
		t.element(g)
	}
}

// empties are the elements that enclose nothing.
var empties = setOf("br hr")

// renamed are the elements that are written as others.
var renamed = map[string]string{
	"article": "div", "section": "div", "aside": "div", "header": "div", "footer": "div", "main": "div", "nav": "div",
	"center": "div", "address": "div", "fieldset": "div", "strike": "s", "tt": "code",
}

// element opens an element.
func (t *tidy) element(g tag) {
	if t.hidden == 0 {
		t.begin(g.name)
	}
	if hides[g.name] {
		if !g.empty {
			t.push(element{tag: g.name})
		}
		return
	}
	e := element{tag: g.name, shown: g.name}
	if other := renamed[g.name]; other != "" {
		e.shown = other
	}
	attributes := t.attributes(g, e.shown)
	if !elements[e.shown] || e.shown == "a" && (attributes == "" || t.links > 0) || t.hidden > 0 {
		e.shown = ""
	}
	if len(t.open) < maxStanding {
		if e.shown != "" {
			t.out.WriteString("<" + e.shown + attributes + ">")
		}
		t.push(e)
		if g.empty {
			t.pop()
		}
	}
}

// attributes are those that an element may have.
func (t *tidy) attributes(g tag, shown string) string {
	var b strings.Builder
	for _, name := range attributes(shown) {
		value := text.Field(g.get(name), maxListed)
		switch name {
		case "href", "src":
			value = t.address(value)
		case "id":
			if value == "" && shown == "a" {
				value = g.get("name")
			}
		case "class":
			value = ""
			if lang := languageClass(g); lang != "" {
				value = "language-" + strings.ToLower(lang)
			}
		}
		if value != "" {
			b.WriteString(" " + name + `="` + html.EscapeString(value) + `"`)
		}
	}
	return b.String()
}

// push opens an element.
func (t *tidy) push(e element) {
	if len(t.open) == maxStanding {
		return
	}
	t.open = append(t.open, e)
	if hides[e.tag] {
		t.hidden++
	}
	if e.shown == "a" {
		t.links++
	}
}

// pop closes the last element.
func (t *tidy) pop() {
	e := t.open[len(t.open)-1]
	t.open = t.open[:len(t.open)-1]
	if hides[e.tag] {
		t.hidden--
	}
	if e.shown == "a" {
		t.links--
	}
	if e.shown != "" {
		t.out.WriteString("</" + e.shown + ">")
	}
}

// close closes an element and those in it. One that stands in a paragraph closes
// none outside of that.
func (t *tidy) close(name string) {
	for i := len(t.open) - 1; i >= 0; i-- {
		e := t.open[i]
		if e.tag == name {
			t.popTo(i)
			return
		}
		if parts[e.tag] && !parts[name] {
			return
		}
	}
}

// popTo closes all elements but so many.
func (t *tidy) popTo(n int) {
	for len(t.open) > n {
		t.pop()
	}
}

// endedBy are the elements that a tag ends where it begins, and limits those in
// which that is not so.
var (
	endedBy = map[string]map[string]bool{
		"li": setOf("li"), "dt": setOf("dt dd"), "dd": setOf("dt dd"), "tr": setOf("tr"), "td": setOf("td th"), "th": setOf("td th"),
		"thead": setOf("thead tbody tfoot caption"), "tbody": setOf("thead tbody tfoot caption"), "tfoot": setOf("thead tbody tfoot caption"),
	}
	limits = setOf("ul ol dl table blockquote details figure")
)

// begin closes what the beginning of an element ends: the paragraph before one
// that is none of a line, the item before an item.
func (t *tidy) begin(name string) {
	if !parts[name] {
		return
	}
	for i := len(t.open) - 1; i >= 0; i-- {
		e := t.open[i].tag
		if e == "p" {
			t.popTo(i)
		}
		if parts[e] {
			break
		}
	}
	for i := len(t.open) - 1; i >= 0 && endedBy[name] != nil; i-- {
		e := t.open[i].tag
		if endedBy[name][e] {
			t.popTo(i)
			return
		}
		if limits[e] {
			return
		}
	}
}

// show closes what is not for readers, where its block ends.
func (t *tidy) show() {
	for i, e := range t.open {
		if hides[e.tag] {
			t.popTo(i)
			return
		}
	}
}

// write writes what needs no closing.
func (t *tidy) write(s string) {
	if t.hidden == 0 {
		t.out.WriteString(s)
	}
}

// link writes a link of a label of ours, be it among what is hidden.
func (t *tidy) link(label, address string) {
	label = "[" + html.EscapeString(label) + "]"
	if target := t.address(address); target != "" && t.links == 0 {
		label = `<a href="` + html.EscapeString(target) + `">` + label + "</a>"
	}
	t.out.WriteString(label + " ")
}

// picture writes a picture, or what it shows in words.
func (t *tidy) picture(g tag) {
	src := t.address(g.shows())
	if src == "" || strings.HasPrefix(src, "#") || strings.HasPrefix(src, "mailto:") {
		if alt := g.get("alt"); alt != "" {
			t.out.WriteString("[" + html.EscapeString("image: "+alt) + "]")
		}
		return
	}
	t.out.WriteString(`<img src="` + html.EscapeString(src) + `"`)
	for _, name := range attributes("img") {
		if value := g.get(name); name != "src" && (value != "" || name == "alt") {
			t.out.WriteString(" " + name + `="` + html.EscapeString(value) + `"`)
		}
	}
	t.out.WriteString("/>")
}

// done is what was written, with all tags closed.
func (t *tidy) done() string {
	t.popTo(0)
	return t.out.String()
}
