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
	case strings.HasPrefix(s, "@["):
		if before == "" || isBlank(before[len(before)-1]) || before[len(before)-1] == '>' {
			return c.embedded(s)
		}
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

// embeds are the names of such marks besides those of [places]; another name
// between brackets is that of a person.
var embeds = setOf("card codepen codesandbox figma slideshare speakerdeck docswell prezi")

// embedded is what a mark shows in place: @[youtube](id), or a table of contents.
func (c *cleaner) embedded(s string) (size int, text string) {
	if c.misses > maxMisses {
		return 0, ""
	}
	name, address, size := linkAt(lineRest(s)[1:])
	if size == 0 {
		c.misses++
		return 0, ""
	}
	name = strings.ToLower(name)
	what, _ := places(name)
	switch {
	case name == "toc":
		return size + 1, ""
	case strings.HasSuffix(strings.ToLower(strings.TrimRight(address, "/")), "/"+name): // somebody of that name
	case what != "" && address != "":
		return size + 1, shortcode{name: name, args: []string{address}}.markdown(false)
	case isWeb(address) && embeds[name]:
		return size + 1, linkTo(shortAddress(address), address)
	}
	return 0, ""
}
