package render

import (
	"path"
	"strings"
)

// mark is the bytes of what s begins with that is a mark of some program and
// none of Markdown, and what it stands for: a link of a wiki, a note in a line,
// a tag of WordPress.
func (c *cleaner) mark(before, s string) (size int, text string) {
	if c.raw || c.ignored != "" {
		return 0, ""
	}
	switch {
	case strings.HasPrefix(s, "![["):
		return wikiPicture(s)
	case strings.HasPrefix(s, "[["):
		return wikiLink(s)
	case s[0] == '[':
		if strings.HasSuffix(before, "]") {
			break // the name of a reference
		}
		return c.bracketed(s)
	case strings.HasPrefix(s, "^["):
		if c.misses++; c.misses > maxMisses || strings.HasSuffix(before, "[") {
			break
		}
		if n := balanced(s[1:]); n > 2 {
			c.noted++
			name := "[^" + itoa(c.noted) + "-in-line]"
			c.notes.WriteString(name + ": " + flatten(s[2:n]) + "\n\n")
			return n + 1, name
		}
	case s[0] == '|':
		if strings.HasSuffix(before, "(") {
			if inner, _, ok := strings.Cut(s[1:min(len(s), 20)], "|"); ok && fileMarks[inner] {
				return len(inner) + 2, ""
			}
		}
	}
	return 0, ""
}

// balanced is the bytes of the brackets that s begins with, 0 where they are
// not closed in the paragraph.
func balanced(s string) int {
	depth := 0
	for i := range min(len(s), maxTag) {
		switch s[i] {
		case '[':
			depth++
		case ']':
			if depth--; depth == 0 {
				return i + 1
			}
		case '\n':
			if strings.HasPrefix(s[i:], "\n\n") {
				return 0
			}
		}
	}
	return 0
}

// wiki reads [[target|label]]; ok is false for other brackets.
func wiki(s string) (target, label string, size int) {
	line, _, _ := strings.Cut(s[:min(len(s), 512)], "\n")
	end := strings.Index(line, "]]")
	if end < 3 || strings.ContainsAny(line[2:end], "[]`") || strings.HasPrefix(line[end+2:], "(") {
		return "", "", 0
	}
	target, label, _ = strings.Cut(line[2:end], "|")
	target = strings.TrimSuffix(target, `\`) // in a table
	return strings.TrimSpace(target), strings.TrimSpace(label), end + 2
}

// wikiLink is the label of a link in a wiki.
func wikiLink(s string) (size int, text string) {
	target, label, size := wiki(s)
	if target == "" || label == "" || strings.HasPrefix(label, "|") {
		return 0, ""
	}
	return size, label
}

// wikiPicture is a picture, or another page, that a wiki shows in place.
func wikiPicture(s string) (size int, text string) {
	target, label, size := wiki(s[1:])
	if size == 0 {
		return 0, ""
	}
	switch strings.ToLower(path.Ext(target)) {
	case ".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".bmp", ".avif":
		if strings.Trim(label, "0123456789x") == "" {
			label = ""
		}
		return size + 1, "!" + linkTo(label, target)
	}
	if label == "" {
		label = target
	}
	return size + 1, label
}

// bracketed takes a tag of WordPress.
func (c *cleaner) bracketed(s string) (size int, text string) {
	name := strings.TrimPrefix(s[1:], "/")
	end := 0
	for end < min(len(name), 20) && isLetter(name[end]) {
		end++
	}
	name = name[:end]
	if !bracketTags[name] {
		return 0, ""
	}
	line, _, _ := strings.Cut(s[:min(len(s), maxTag)], "\n")
	end = strings.IndexByte(line, ']')
	if end < 0 || end+1 < len(line) && strings.IndexByte("([:", line[end+1]) >= 0 && (name != "caption" || !strings.HasPrefix(line[end+1:], "[![")) {
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
	return end + 1, t.markdown(false)
}

// bracketTags are the tags of WordPress that are known.
var bracketTags = setOf("caption gallery embed youtube vimeo video audio sourcecode code")

// wordsTag is a tag of a name and its words.
func wordsTag(name, words string) (t shortcode, ok bool) {
	t, size := shortcodeAt("{{< " + name + " " + words + " >}}")
	return t, size > 0
}
