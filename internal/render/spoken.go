package render

import "strings"

// spoken is what a tag says to readers that holds words rather than encloses
// them; ok is false for other tags.
func (t shortcode) spoken() (words string, ok bool) {
	switch t.name {
	case "label", "span", "emp", "wavy", "u", "del", "kbd", "psw", "newthought":
		words = t.text()
		if _, v, ok := strings.Cut(words, "@"); ok && t.liquid { // after a class
			words = v
		}
	case "badge":
		if words = t.text(); words == "" || t.liquid {
			return "", false
		}
	case "sup", "sub":
		if words = t.text(); words != "" {
			words = "<" + t.name + ">" + words + "</" + t.name + ">"
		}
	case "sidenote", "marginnote": // the first is an id
		if words = strings.Join(unquoted(t.args[min(1, len(t.args)):]), " "); words != "" {
			words = " (" + words + ")"
		}
	case "epigraph":
		args := unquoted(t.args)
		if len(args) == 0 {
			return "", false
		}
		words = "\n\n> " + args[0] + "\n"
		if len(args) > 1 {
			words += ">\n> — " + strings.Join(args[1:], ", ") + "\n"
		}
		return words + "\n", true
	case "maincolumn", "fullwidth", "marginfigure":
		return t.picture(), true
	case "hideinline":
		hidden := parted(t.text())
		if words = hidden[0]; len(hidden) > 1 && hidden[1] != "" {
			words = hidden[1] + ": " + words
		}
	case "checkbox", "radio":
		parts := parted(t.text())
		classes := ""
		if len(parts) > 1 {
			classes, parts = parts[0], parts[1:]
		}
		words = "☐ "
		if strings.Contains(" "+classes+" ", " checked ") {
			words = "☑ "
		}
		words += strings.Join(parts, ", ") + "<br>"
	case "note": // that encloses nothing, with a comma
		_, v, ok := strings.Cut(t.text(), ",")
		return strings.TrimSpace(v), ok
	default:
		return "", false
	}
	return words, true
}

// text is what a tag is given, as one text.
func (t shortcode) text() string {
	if s := strings.TrimSpace(strings.Join(unquoted(t.args), " ")); s != "" {
		return s
	}
	return t.first("text", "content")
}

func unquoted(args []string) []string {
	var all []string
	for _, a := range args {
		all = append(all, unquote(a))
	}
	return all
}

// parted are the parts of a text between commas; a code of a colour is none.
func parted(s string) []string {
	var parts []string
	for part := range strings.SplitSeq(s, ",") {
		if part = strings.TrimSpace(part); len(parts) == 0 || !strings.HasPrefix(part, "#") {
			parts = append(parts, part)
		}
	}
	return parts
}
