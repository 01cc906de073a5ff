package search

import "strings"

// A body is read line by line as a reader sees it: Markdown's marks, tags,
// addresses behind links and comments are off, the words of code are all there.
// It is what authors commonly write that is read, not all of CommonMark; each
// line is looked at once.
type body struct {
	rest  string
	fence string // the mark that closes the code at hand, "" outside
	until string // what ends a comment, a script or a style, "" outside
	inTag bool   // a tag began on a line before
	strip strip

	// The line at hand, valid until the next step.
	line  string
	place uint8 // inHeading or 0
}

func newBody(markdown string) *body { return &body{rest: markdown} }

// step goes to the next line that has something on it, and is false at the end.
func (b *body) step() bool {
	for b.rest != "" {
		line, rest, _ := strings.Cut(b.rest, "\n")
		b.rest = rest
		b.place = 0
		if b.line = b.read(line); strings.TrimSpace(b.line) != "" {
			return true
		}
	}
	return false
}

// read is what a reader sees of a line.
func (b *body) read(line string) string {
	trimmed := strings.TrimLeft(line, " \t>")
	if b.until != "" {
		_, after, ok := strings.Cut(line, b.until)
		if !ok {
			return ""
		}
		b.until, trimmed = "", after
	}
	if mark := fenceOf(trimmed); mark != "" {
		switch {
		case b.fence == "":
			b.fence = mark
			return ""
		case strings.HasPrefix(mark, b.fence) && strings.Trim(trimmed, mark[:1]+" \t") == "":
			b.fence = ""
			return ""
		}
	}
	if b.fence != "" {
		return line
	}
	if trimmed == "" {
		b.inTag = false
		return ""
	}
	if b.inTag {
		_, after, ok := strings.Cut(line, ">")
		if !ok {
			return ""
		}
		b.inTag, trimmed = false, strings.TrimLeft(after, " \t")
	}
	if text := strings.TrimLeft(trimmed, "#"); text != trimmed && len(trimmed)-len(text) <= 6 && strings.HasPrefix(text, " ") {
		b.place, trimmed = inHeading, strings.TrimRight(text, " #")
	} else if isDefinition(trimmed) {
		return ""
	}
	if len(trimmed) > 1 && strings.IndexByte("-+*", trimmed[0]) >= 0 && trimmed[1] == ' ' {
		trimmed = trimmed[2:]
	}
	text, open, until := b.strip.line(trimmed)
	b.inTag, b.until = open, until
	return text
}

// fenceOf is the row of marks that begins or ends a block of code, or "".
func fenceOf(s string) string {
	if len(s) < 3 || s[0] != '`' && s[0] != '~' {
		return ""
	}
	n := len(s) - len(strings.TrimLeft(s, s[:1]))
	if n < 3 || s[0] == '`' && strings.IndexByte(s[n:], '`') >= 0 {
		return ""
	}
	return s[:n]
}

// isDefinition reports whether a line says where a link leads, [name]: address.
// A footnote's text is for readers.
func isDefinition(s string) bool {
	if !strings.HasPrefix(s, "[") || strings.HasPrefix(s, "[^") {
		return false
	}
	i := strings.Index(s, "]:")
	return i > 0 && len(strings.Fields(s[i+2:min(len(s), i+2+4096)])) > 0
}
