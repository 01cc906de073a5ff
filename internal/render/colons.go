package render

import "strings"

// tabLabel is what a line of VuePress calls the tab that it begins: "@tab One",
// "@tab:active One#id".
func tabLabel(line string) (label string, ok bool) {
	line, ok = strings.CutPrefix(strings.Replace(line, "@tab:active", "@tab", 1), "@tab ")
	if name, id, ok := strings.Cut(line, "#"); ok && id != "" && !strings.Contains(id, " ") {
		line = name
	}
	if line = strings.TrimSpace(line); !strings.Contains(line, "*") {
		line = "**" + line + "**"
	}
	return line, ok
}

// begin begins a block: "note[Title]", "note Title", or some other name.
func (f *fencer) begin(name, indent string) {
	name, title := braced(name)
	if end := strings.IndexAny(name, " [{"); end >= 0 {
		name, title = name[:end], strings.TrimSpace(name[end:])
	}
	if n := balanced(title); n > 0 && title[0] == '[' {
		title = strings.TrimSpace(title[1 : n-1])
	}
	if strings.HasPrefix(title, "{") {
		title = attributeTitle(title)
	}
	kind, _, _ := strings.Cut(strings.ToLower(name), "#")
	switch {
	case kind == "tabs" || kind == "code-tabs":
		f.push(colon{tabs: true}, "", indent)
	case kind == "quote":
		f.push(colon{mark: indent + "> ", from: title}, "", indent)
	case kind == "message" && title == "alert", kind == "note" && title == "warn": // of Zenn and Qiita
		f.alert("warning", "", indent)
	case kind == "note" && (title == "alert" || title == "info"):
		f.alert(title, "", indent)
	case kind == "message" || kind == "admonition":
		f.alert("note", title, indent)
	case alerts[kind]:
		f.alert(name, title, indent)
	case title != "" && !strings.Contains(title, "*"):
		title = "**" + title + "**"
		fallthrough
	default:
		f.push(colon{}, title, indent)
	}
}

// braced is the name of a block in braces, and its title: {admonition} Title of
// MyST, {.callout-note title="Title"} of Quarto. Other names are as they are.
func braced(s string) (name, title string) {
	if !strings.HasPrefix(s, "{") {
		return s, ""
	}
	inner, rest, ok := strings.Cut(s[1:], "}")
	if name = strings.TrimSpace(inner); ok && name != "" && isLetter(name[0]) {
		if kind := strings.ToLower(name); alerts[kind] || kind == "admonition" || kind == "dropdown" {
			return kind, strings.TrimSpace(rest)
		}
		return "", "" // what follows is for a program
	}
	for word := range strings.FieldsSeq(inner) {
		kind, ok := strings.CutPrefix(word, ".")
		if kind = strings.TrimPrefix(kind, "callout-"); ok && alerts[kind] {
			return kind, attributeTitle(s)
		}
	}
	return "", ""
}

// attributeTitle is the title among attributes in braces.
func attributeTitle(s string) string {
	if t, ok := wordsTag("colons", strings.Trim(s, "{}")); ok {
		return t.first("title")
	}
	return ""
}

// isPair reports whether a line begins a block of two colons, as Nuxt has it:
// "::name" or "::name{…}".
func isPair(s string) bool {
	s, ok := strings.CutPrefix(s, "::")
	end := strings.IndexAny(s, "{[")
	if end >= 0 && strings.IndexByte("}]", s[len(s)-1]) < 0 {
		return false
	}
	if end < 0 {
		end = len(s)
	}
	return ok && isName(s[:end]) && isLetter(s[0])
}

// isFenceOption reports whether a line below the first of a block is an option
// of it, as MyST has it: ":class: tip".
func isFenceOption(s string) bool {
	if len(s) < 3 || s[0] != ':' {
		return false
	}
	name, _, ok := strings.Cut(s[1:], ":")
	return ok && isName(name)
}

// ends is how many lines may end blocks of colons, and those of two.
func ends(body string) (n, pairs int) {
	for line := range strings.Lines(body) {
		s := strings.TrimSpace(strings.TrimLeft(line, " \t>"))
		if len(s) < 2 || strings.Trim(s, ":") != "" {
			continue
		}
		if len(s) == 2 {
			pairs++
		} else {
			n++
		}
	}
	return n, pairs
}
