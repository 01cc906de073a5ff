package render

import "strings"

// An htmlBlock follows the lines of a body and tells which are HTML: those in
// which goldmark reads no Markdown, from a line that begins with a tag up to a
// blank one.
type htmlBlock struct {
	open   bool
	tables int // that are open
}

// line takes a line without what stands before its text; fresh says that the
// line before it is blank.
func (h *htmlBlock) line(inner string, fresh bool) {
	if blankLine(inner) {
		*h = htmlBlock{}
		return
	}
	if h.open = h.open || beginsHTML(inner, fresh); h.open {
		h.tables = max(0, h.tables+strings.Count(inner, "<table")-strings.Count(inner, "</table"))
	}
}

// beginsHTML reports whether a line begins a block of HTML. A tag that is none
// of a block does only where it is alone on the line after a blank one.
func beginsHTML(inner string, fresh bool) bool {
	if len(inner) < 3 || inner[0] != '<' {
		return false
	}
	inside := strings.TrimPrefix(inner[1:], "/")
	name := tagName(inside)
	if isComponent(name) || len(inside) > len(name) && strings.IndexByte(" \t\n/>", inside[len(name)]) < 0 {
		return false
	}
	if name = strings.ToLower(name); isBlock[name] {
		return true
	}
	return name != "" && name != "pre" && fresh && blankLine(inner[max(1, tagEnd(inner)):])
}

// tagName is the name that s, what follows the mark of a tag, begins with.
func tagName(s string) string {
	end := 0
	for end < min(len(s), 60) && (isLetter(s[end]) || end > 0 && strings.IndexByte("0123456789-", s[end]) >= 0) {
		end++
	}
	return s[:end]
}

// isBlock are the tags that begin a block of HTML wherever a line begins with
// them.
var isBlock = setOf("address article aside base basefont blockquote body caption center col colgroup dd details dialog dir div dl dt " +
	"fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html iframe legend li link main menu " +
	"menuitem nav noframes ol optgroup option p param search section summary table tbody td tfoot th thead title tr track ul")
