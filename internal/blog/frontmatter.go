package blog

import (
	"fmt"
	"regexp"
	"strings"
)

// A field is one value of front matter, whatever format it was written in. Its
// strings are as the author wrote them.
type field struct {
	line  int      // line of the file
	value []string // one for a scalar; what lists hold, lists in lists too
	list  bool
}

// text is the value as one string.
func (f field) text() string { return strings.Join(f.value, ", ") }

// fields are the values of front matter by key, in lower case.
type fields map[string]field

// A fault is what is wrong with front matter; line is one of the file.
type fault struct {
	line          int
	message, mend string
}

// A source is a post's text, taken apart.
type source struct {
	fields   fields
	body     string
	bodyLine int // line of the file on which body begins
	broken   *fault
	warnings []fault
}

// A format is one way to write front matter. Another is added by adding it to
// formats.
type format struct {
	// split finds the front matter at the start of src. It reports false when
	// there is none of this format.
	split func(src string) (block, bool)
	// read reads what split found.
	read func(b block) (fields, []fault, *fault)
}

// A block is where front matter stands.
type block struct {
	head     string
	headLine int // line of the file on which head begins
	body     string
	bodyLine int
	broken   *fault // it has no end
}

// formats lists the formats in the order they are tried.
func formats() []format {
	return []format{
		{func(src string) (block, bool) { return fenced(src, "---", "...") }, readYAML},
		{func(src string) (block, bool) { return fenced(src, "+++") }, readTOML},
		{braced, readJSON},
		{headed, readHeaders},
	}
}

// split takes a cleaned text apart into front matter and body.
func split(src string) source {
	for _, f := range formats() {
		b, ok := f.split(src)
		if !ok {
			continue
		}
		s := source{body: b.body, bodyLine: b.bodyLine, broken: b.broken}
		if s.broken != nil {
			return s
		}
		s.fields, s.warnings, s.broken = f.read(b)
		if s.fields == nil && s.broken == nil { // two rules with text between them
			s.body, s.bodyLine = src, 1
		}
		return s
	}
	return source{body: src, bodyLine: 1}
}

// firstKey is a line that can only be one of front matter.
var firstKey = regexp.MustCompile(`^\s*["']?[A-Za-z_][\w .-]*["']?\s*[:=](\s|$)`)

// fenced splits front matter that begins with a line of fence and ends with
// one, or with a line of an alternative end. It must be the first thing in the
// file, blank lines aside.
func fenced(src, fence string, ends ...string) (block, bool) {
	rest, line := src, 1
	for {
		first, after, more := strings.Cut(rest, "\n")
		if strings.TrimRight(first, " \t") == fence && more {
			rest = after
			line++
			break
		}
		if strings.TrimSpace(first) != "" || !more {
			return block{}, false
		}
		rest = after
		line++
	}
	b := block{headLine: line}
	for pos := 0; pos <= min(len(rest), MaxFrontMatter); {
		text, after, more := strings.Cut(rest[pos:], "\n")
		line++
		trimmed := strings.TrimRight(text, " \t")
		if trimmed == fence || len(ends) > 0 && trimmed == ends[0] {
			b.head, b.body, b.bodyLine = rest[:pos], after, line
			return b, true
		}
		if !more {
			break
		}
		pos += len(text) + 1
	}
	// Nothing ends it: a rule at the start of a text, unless keys follow.
	if !firstKey.MatchString(strings.TrimLeft(rest[:min(len(rest), 256)], "\n")) {
		return block{}, false
	}
	b.broken = &fault{b.headLine - 1, "the front matter has no end", "close it with a line of " + fence}
	if len(rest) > MaxFrontMatter && strings.Contains(rest[MaxFrontMatter:], "\n"+fence) {
		b.broken = &fault{
			b.headLine - 1, fmt.Sprintf("the front matter is longer than %d KiB", MaxFrontMatter>>10),
			"move what is not about the post out of it",
		}
	}
	return b, true
}

// braced splits front matter that is a JSON object, from a line that begins
// with "{" to one that is "}" alone.
func braced(src string) (block, bool) {
	rest := strings.TrimLeft(src, " \t\n")
	open, _, _ := strings.Cut(rest, "\n")
	if trimmed := strings.TrimSpace(strings.TrimPrefix(open, "{")); !strings.HasPrefix(rest, "{") ||
		trimmed != "" && !strings.HasPrefix(trimmed, `"`) {
		return block{}, false
	}
	line := 1 + strings.Count(src[:len(src)-len(rest)], "\n")
	b := block{headLine: line}
	for pos := 0; pos <= min(len(rest), MaxFrontMatter); {
		text, after, more := strings.Cut(rest[pos:], "\n")
		line++
		if strings.TrimRight(text, " \t") == "}" {
			b.head, b.body, b.bodyLine = rest[:pos+1], after, line
			return b, true
		}
		if !more {
			break
		}
		pos += len(text) + 1
	}
	return block{}, false
}
