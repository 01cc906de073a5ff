package render

import (
	"html"
	"strings"
)

// enclosedCode is the bytes of the source code that a tag encloses, with those
// of the tags, and the code block it is: <CodeBlock> of Docusaurus and <d-code
// block> of Distill. raw is the tag of a name that s begins with.
func (c *cleaner) enclosedCode(raw, name, s string) (size int, text string) {
	ends := "</" + name + ">"
	if name != "CodeBlock" && (name != "d-code" || !hasWord(raw, "block")) || strings.HasSuffix(raw, "/>") || !c.has(ends, s) {
		return 0, ""
	}
	t := shortcode{name: name, named: map[string]string{}}
	t.attributes(raw[1+len(name) : len(raw)-1])
	at := strings.Index(s, ends)
	source, size := s[len(raw):at], at+len(ends)
	if name == "d-code" {
		source = html.UnescapeString(source)
	} else {
		source = inBraces(source)
	}
	source = strings.TrimRight(strings.TrimLeft(source, "\n"), " \t\n>")
	if strings.TrimSpace(source) == "" {
		return size, ""
	}
	lang := infoOf(t.first("language", "lang", "classname")).lang
	if c.html.tables > 0 {
		return size, `<pre lang="` + inHTML.Replace(lang) + `">` + inHTML.Replace(source) + "</pre>"
	}
	c.html = htmlBlock{}
	blank := "\n" + strings.TrimRight(c.prefix, " \t") + "\n" + c.prefix
	if title := t.first("title"); title != "" {
		text = blank + title
	}
	if !strings.HasPrefix(source, c.prefix) { // it begins on the line of the tag
		source = c.prefix + source
	}
	return size, text + blank + codeMarks + lang + "\n" + source + "\n" + c.prefix + codeMarks + blank
}

// inBraces is the text of JavaScript between braces and back-ticks that encloses
// source code. Braces around a name hold none that is known here.
func inBraces(s string) string {
	inner, ok := strings.CutPrefix(strings.TrimSpace(s), "{")
	if !ok {
		return s
	}
	if inner, ok = strings.CutSuffix(inner, "}"); !ok {
		return s
	}
	inner = strings.TrimSpace(inner)
	if bare := unquote(inner); bare != inner {
		return strings.ReplaceAll(bare, "\\$", "$")
	}
	if isName(inner) {
		return ""
	}
	return s
}

// hasWord reports whether a tag has an attribute without a value.
func hasWord(raw, word string) bool {
	for w := range strings.FieldsSeq(strings.TrimSuffix(raw, ">")) {
		if w == word {
			return true
		}
	}
	return false
}
