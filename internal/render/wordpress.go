package render

import "strings"

// bracketed takes a tag of WordPress.
func (c *cleaner) bracketed(s string) (size int, text string) {
	name := strings.TrimPrefix(s[1:], "/")
	end := 0
	for end < min(len(name), 20) && (isLetter(name[end]) || end == 2 && name[end] == '_') {
		end++
	}
	name = name[:end]
	if !bracketTags[name] && !strings.HasPrefix(name, "vc_") {
		return 0, ""
	}
	line, _, _ := strings.Cut(s[:min(len(s), maxTag)], "\n")
	end = strings.IndexByte(line, ']')
	switch {
	case end < 0:
		return 0, ""
	case strings.HasPrefix(name, "vc_"): // that place things
		return end + 1, ""
	case name == "latex" && line[1] != '/':
		return c.latex(s, end+1)
	}
	ends := "[/" + name + "]"
	if ends != "[/audio]" && ends != "[/video]" || !strings.HasPrefix(line[end+1:], ends) {
		ends = ""
	}
	if ends == "" && end+1 < len(line) && strings.IndexByte("([:", line[end+1]) >= 0 && (name != "caption" || !strings.HasPrefix(line[end+1:], "[![")) {
		return 0, ""
	}
	closes := line[1] == '/'
	inner := strings.TrimSuffix(line[1:end], "/")
	rest := strings.TrimPrefix(strings.TrimPrefix(inner, "/"), name)
	bare := strings.TrimSpace(rest) == ""
	t, ok := wordsTag(name, strings.TrimPrefix(rest, "="))
	switch {
	case !ok:
		return 0, ""
	case name == "sourcecode" || name == "code":
		if closes || bare && name == "code" || !c.has("[/"+name+"]", s) {
			return 0, ""
		}
		c.source(t)
		return end + 1, ""
	case closes:
		if (name == "caption" || name == "embed") && bare {
			text, c.caption = c.caption, ""
			return end + 1, text
		}
		return 0, ""
	case bare && (name != "embed" || !c.has("[/embed]", s)) && (name != "gallery" || c.inked || strings.TrimSpace(line[end+1:]) != ""):
		return 0, ""
	case !bare && !strings.Contains(rest, "=") && !strings.Contains(rest, "://"):
		return 0, ""
	case name == "caption" && t.named["caption"] != "" && c.has("[/caption]", s):
		c.caption = " " + t.named["caption"] // stands below the picture
		return end + 1, ""
	case name == "caption" || name == "embed" || name == "gallery":
		return end + 1, ""
	}
	return end + 1 + len(ends), t.markdown(false)
}

// latex is a formula between tags of WordPress, the first of which has some bytes.
func (c *cleaner) latex(s string, opens int) (size int, text string) {
	const ends = "[/latex]"
	window := s[opens:min(len(s), opens+maxTag)]
	end := strings.Index(window, ends)
	if end < 0 {
		c.misses++
		return 0, ""
	}
	tex := flatten(window[:end])
	if strings.Contains(tex, "$") || tex == "" {
		return 0, ""
	}
	size = opens + end + len(ends)
	if shown, ok := formulaText(tex, false, 0); ok && c.html.open {
		return size, inHTML.Replace(shown)
	}
	if isFormula(tex, ' ', s[size:], true) {
		return size, "$" + tex + "$"
	}
	return size, "$$" + tex + "$$"
}

// bracketTags are the tags of WordPress that are known.
var bracketTags = setOf("caption gallery embed youtube vimeo video audio sourcecode code latex")

// wordsTag is a tag of a name and its words.
func wordsTag(name, words string) (t shortcode, ok bool) {
	t, size := shortcodeAt("{{< " + name + " " + words + " >}}")
	return t, size > 0
}
