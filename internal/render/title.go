package render

import "strings"

// folds are the tags whose content a page hides below a title.
var folds = setOf("details detail expand collapse collapsible spoiler fold folding hidetoggle hideblock accordion accordionitem accordion-item")

// classes are words that say how a note looks.
var classes = setOf("primary secondary default simple flat modern disabled no-icon icon quote done open close closed fold true false " +
	"blue red green yellow orange purple cyan pink gray grey black white light dark")

// isClass reports whether words are for the look only.
func isClass(s string) bool {
	for word := range strings.FieldsSeq(s) {
		if !classes[word] && word != "fa" && word != "fas" && word != "fab" && !strings.HasPrefix(word, "fa-") {
			return false
		}
	}
	return true
}

// title is what a tag calls what it encloses.
func (t shortcode) title() string {
	if v := t.first("title", "name", "label", "summary", "header", "caption", "heading", "tabname"); v != "" {
		return v
	}
	if folds[t.name] {
		return t.folded()
	}
	kind := !asides[t.name] // the first name of a kind is one
	var words []string
	for i, a := range t.args {
		u := strings.TrimSuffix(unquote(a), ",")
		switch {
		case !kind && alerts[strings.ToLower(u)]:
			kind = true
		case u == "true" || u == "false", len(words) == 0 && t.liquid && isClass(u):
		case u != a || i > 0 || t.liquid:
			words = append(words, u)
		}
	}
	return strings.Join(words, " ")
}

// folded is the title of what is hidden: in Hexo it stands behind classes and
// before colours.
func (t shortcode) folded() string {
	if v := t.first("text", "question"); v != "" {
		return v
	}
	if !t.liquid {
		var words []string
		for i, a := range t.args {
			if u := unquote(a); (u != a || i > 0) && u != "true" && u != "false" {
				words = append(words, u)
			}
		}
		return strings.Join(words, " ")
	}
	var words []string
	for _, a := range t.args {
		if k, v, ok := strings.Cut(a, ":"); !ok || v == "" || strings.HasPrefix(v, ":") || !isOption[k] {
			words = append(words, unquote(a))
		}
	}
	s := strings.TrimSpace(strings.Join(words, " "))
	if before, after, ok := strings.Cut(s, "::"); ok && isClass(before) {
		return strings.TrimSpace(after)
	}
	parts := parted(s)
	if t.name == "hidetoggle" || t.name == "hideblock" { // of Butterfly: colours alone follow
		return parts[0]
	}
	if len(parts) > 1 && isClass(parts[0]) {
		parts = parts[1:]
	}
	return strings.Join(parts, ", ")
}

// isOption are what may be told of such a tag.
var isOption = setOf("open color child codeblock")
