package render

import (
	"slices"
	"strings"
)

// quotes are the tags that enclose words of somebody else, asides those that
// enclose a note, and sources those that enclose source code.
var (
	quotes  = setOf("quote blockquote pullquote cq centerquote epigraph")
	asides  = setOf("note notice tip info warning warn danger caution important hint alert callout admonition success error attention question example message noteblock")
	sources = setOf("highlight codeblock code prettify mermaid sourcecode")
)

// fenceTitle is a title without what cannot stand in the info of a fence.
var fenceTitle = strings.NewReplacer(`"`, "'", "`", "", "\n", " ")

// encloses takes a tag that encloses something, and reports whether it is one.
// rest is what follows it.
func (c *cleaner) encloses(t shortcode, rest string) bool {
	switch {
	case t.name == "raw":
		c.raw = c.ended("raw", rest)
	case t.name == "verbatim":
	case t.name == "comment":
		c.ignored = t.name
	case t.name == "code" && !t.value && fenceOf(firstLine(strings.TrimLeft(rest[:min(len(rest), maxTag)], " \t\n>"))) != "":
		c.title = fenceTitle.Replace(t.first("title")) // of the code block below
	case t.name == "tabpane" || t.name == "/tabpane":
		c.pane = t
		return false
	case c.links(t, rest):
	case t.name == "tab" && c.isSource(t, rest):
		c.put("\n\n" + c.prefix + "**" + t.title() + "**\n\n" + c.prefix)
		c.source(t)
	case sources[t.name] && !t.value:
		if !c.ended(t.name, rest) {
			return false
		}
		c.source(t)
	case quotes[t.name] || asides[t.name]:
		if len(c.blocks) >= maxDepth || c.inked || t.inLine() || !c.ended(t.name, rest) {
			return false
		}
		c.blocks = append(c.blocks, t.name)
		c.apart()
		c.put(":::" + t.kind() + "\n" + c.prefix)
	case len(c.blocks) > 0 && isEnd(t, c.blocks[len(c.blocks)-1]):
		c.blocks = c.blocks[:len(c.blocks)-1]
		c.apart()
		c.put(":::\n" + c.prefix)
	default:
		return false
	}
	return true
}

// links takes a button of Hugo that encloses its words, and what ends one: it
// is a link around them.
func (c *cleaner) links(t shortcode, rest string) bool {
	switch href := t.first("href", "url", "link", "relref"); {
	case t.liquid:
		return false
	case t.name == "button" && href != "" && len(t.args) == 0 && t.words() == nil && c.has("/button", rest):
		c.buttons++
		c.put(`<a href="` + strings.ReplaceAll(href, `"`, "%22") + `">`)
	case t.name == "/button" && c.buttons > 0:
		c.buttons--
		c.put("</a>")
	default:
		return false
	}
	return true
}

// isSource reports whether a tab of Docsy encloses source code.
func (c *cleaner) isSource(t shortcode, rest string) bool {
	pane := c.pane.name == "tabpane"
	lang := t.first("lang")
	if lang == "" && pane {
		lang = c.pane.first("lang")
	}
	if t.first("text") == "true" || pane && c.pane.first("text") == "true" || t.first("disabled") != "" || t.title() == "" ||
		fenceOf(firstLine(strings.TrimLeft(rest[:min(len(rest), maxTag)], " \t\n>"))) != "" {
		return false
	}
	return (pane && t.angled || languages()[strings.ToLower(lang)] != nil) && c.ended(t.name, rest)
}

// inLine reports whether a note holds its words and encloses none: {% note
// success, words %}.
func (t shortcode) inLine() bool {
	return t.name == "note" && t.liquid && slices.ContainsFunc(t.args, func(a string) bool { return a == unquote(a) && strings.HasSuffix(a, ",") })
}

// kind is the name and the title of a block of colons for a tag.
func (t shortcode) kind() string {
	kind := t.name
	if quotes[kind] {
		words := t.first("author", "title", "cite") + " " + t.first("source")
		for _, a := range t.args {
			if kind != "pullquote" { // it has a class
				words += " " + unquote(a)
			}
		}
		return "quote " + flatten(words)
	}
	for _, a := range append([]string{t.first("type", "level", "kind", "class")}, t.args...) {
		if a = strings.ToLower(unquote(a)); alerts[a] {
			kind = a
			break
		}
	}
	if !alerts[kind] {
		kind = "note"
	}
	return kind + " " + flatten(t.title())
}

// apart begins a line of its own, with the prefix of the line.
func (c *cleaner) apart() {
	if !c.inked {
		c.prefix = c.out.String()[c.start:]
	} else {
		c.put("\n" + c.prefix)
	}
}
