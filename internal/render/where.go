package render

import (
	"bytes"
	"strings"

	east "github.com/yuin/goldmark/extension/ast"
)

// unfenced is a body with the lines inside its code blocks left blank.
func unfenced(body string) string {
	var b strings.Builder
	b.Grow(len(body))
	fence := ""
	for line := range strings.Lines(body) {
		inner := fencePart(line)
		marks := fenceOf(inner)
		switch {
		case fence == "":
			fence = marks
			b.WriteString(line)
			continue
		case strings.HasPrefix(inner, fence) && strings.Trim(inner, fence[:1]) == "":
			fence = ""
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// fencePart is a line from where a fence may stand in it, in quotes and lists.
func fencePart(line string) string {
	line = strings.TrimSpace(strings.TrimLeft(line, " \t>"))
	return strings.TrimLeft(line[listMark(line):], " \t")
}

// lineOf is the line of the file that a place in the body is on.
func (k *check) lineOf(at int) int {
	return k.post.BodyLine + strings.Count(k.written[:at], "\n")
}

// find is the place in the body at which an address stands first, -1 where
// that is nowhere: a template made it.
func (k *check) find(address string) int {
	from := 0
	for range maxPlaces {
		i := strings.Index(k.written[from:], address)
		if i < 0 {
			break
		}
		at := from + i
		end := at + len(address)
		if (at == 0 || strings.IndexByte("(<\"'= \t\n:", k.written[at-1]) >= 0) &&
			(end == len(k.written) || strings.IndexByte(")>\"' \t\n", k.written[end]) >= 0) {
			return at
		}
		from = at + 1
	}
	return -1
}

// templated reports whether a place in the body is inside a tag of a template
// that does not just name a post.
func (k *check) templated(at int) bool {
	begin := strings.LastIndexByte(k.written[:at], '\n') + 1
	line := k.written[begin:at]
	open := max(strings.LastIndex(line, "{{"), strings.LastIndex(line, "{%"))
	if open < 0 {
		return false
	}
	t, size := shortcodeAt(k.written[begin+open:])
	if begin+open+size <= at {
		return false
	}
	switch t.name {
	case "ref", "relref", "post_url", "link", "post_link":
		return false
	}
	return true
}

// fenceLine is the line of the file on which source code in a language begins;
// 0 where it cannot be found.
func (k *check) fenceLine(lang string) int {
	n := k.post.BodyLine
	for line := range strings.Lines(k.written) {
		inner := fencePart(line)
		if strings.Contains(inner, lang) && (fenceOf(inner) != "" || strings.HasPrefix(inner, "{")) {
			return n
		}
		n++
	}
	return 0
}

// tableLine is the line of the file on which the head of a table stands; 0
// where it cannot be found.
func (k *check) tableLine(n *east.Table) int {
	cell := n.FirstChild().FirstChild()
	if cell.Lines().Len() == 0 {
		return 0
	}
	at := cell.Lines().At(0).Start
	from := bytes.LastIndexByte(k.source[:at], '\n') + 1
	head, _, _ := bytes.Cut(k.source[from:], []byte("\n"))
	if i := strings.Index(k.written, strings.TrimSpace(string(head))); i >= 0 {
		return k.lineOf(i)
	}
	return 0
}
