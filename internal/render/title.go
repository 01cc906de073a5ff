package render

import "strings"

// title is what a tag calls what it encloses.
func (t shortcode) title() string {
	if v := t.first("title", "name", "label", "summary", "header", "caption", "heading", "tabname"); v != "" {
		return v
	}
	var words []string
	for i, a := range t.args {
		if u := strings.TrimSuffix(unquote(a), ","); !alerts[strings.ToLower(u)] && (u != a || i > 0 || t.liquid) && u != "true" && u != "false" {
			words = append(words, u)
		}
	}
	return strings.Join(words, " ")
}
