package blog

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"

	"lectern/internal/text"
)

// A field is one value of front matter, whatever format it was written in. Its
// strings are as the author wrote them.
type field struct {
	line  int      // line of the file
	value []string // one for a scalar; what lists hold, lists in lists too
	list  bool
	table bool // a mapping, of which nothing is in value
}

// isGiven reports whether there is a value.
func (f field) isGiven() bool { return f.table || strings.TrimSpace(f.text()) != "" }

// text is the value as one string.
func (f field) text() string { return strings.Join(f.value, ", ") }

// fields are the values of front matter by key, as keyName has it.
type fields map[string]field

// keyName is the form in which keys are compared: publishedAt, published_at and
// "published at" are one.
func keyName(key string) string {
	return strings.Map(func(r rune) rune {
		if r == '-' || r == '_' || r == ' ' {
			return -1
		}
		return unicode.ToLower(r)
	}, text.Field(key, MaxTag))
}

// firstOf is the first value there is of several keys for one thing.
func firstOf(all fields, keys ...string) field {
	for _, key := range keys {
		if f := all[key]; f.text() != "" {
			return f
		}
	}
	return field{}
}

// lifted is the name by which a key in a table counts like one above it, as
// taxonomies and extra mean it in Zola, params and build in Hugo, and the merge
// key in YAML; "" for one that is the table's own business.
func lifted(table, key string) string {
	key = keyName(key)
	switch table = strings.ToLower(table); table {
	case "taxonomies", "extra", "params", "<<":
		return key
	case "build", "_build":
		return "build." + key
	}
	return ""
}

// A fault is what is wrong with front matter; line is one of the file.
type fault struct {
	line          int
	message, mend string
}

// A source is a post's text, taken apart.
type source struct {
	format   string // of the front matter, "" when there is none
	fields   fields // of broken front matter what could be saved
	held     bool   // broken front matter that may hold the post back
	body     string
	bodyLine int // line of the file on which body begins
	broken   *fault
	warnings []fault
}

// A format is one way to write front matter. Another is added by adding it to
// formats.
type format struct {
	name string
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
	fence    string // the line that ends it, if it is a rule
	broken   *fault // it has no end
	more     string // behind head where that has no end: lines that may be meant for it
}

// The names of formats.
const (
	formatYAML    = "YAML"
	formatTOML    = "TOML"
	formatJSON    = "JSON"
	formatHeaders = "headers"
)

// formats lists the formats in the order they are tried.
func formats() []format {
	return []format{
		{formatYAML, func(src string) (block, bool) { return fenced(src, "---", "...") }, readYAML},
		{formatTOML, func(src string) (block, bool) { return fenced(src, "+++") }, readTOML},
		{formatJSON, braced, readJSON},
		{formatYAML, unopened, readYAML},
		{formatHeaders, headed, readHeaders},
	}
}

// split takes a cleaned text apart into front matter and body.
func split(src string) source {
	for _, f := range formats() {
		b, ok := f.split(src)
		if !ok {
			continue
		}
		s := source{format: f.name, broken: b.broken}
		if s.broken == nil {
			s.fields, s.warnings, s.broken = f.read(b)
			if s.broken != nil {
				b = b.withoutText()
			}
		}
		s.body, s.bodyLine = b.body, b.bodyLine
		switch {
		case s.broken != nil:
			s.fields, s.held = salvage(b)
		case s.fields == nil: // two rules with text between them
			if s.fields, s.held = salvage(b); !s.held {
				return source{body: src, bodyLine: 1}
			}
			s.broken = &fault{b.headLine, "the front matter has no key: value", "put a space behind each colon"}
		}
		return s
	}
	return source{body: src, bodyLine: 1}
}

// firstKey is a line that can only be one of front matter.
var firstKey = regexp.MustCompile(`^\s*["']?[A-Za-z_][\w .-]*["']?\s*(?:=|:(?:\s|$))`)

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
	for pos := 0; pos < len(rest); line++ {
		text, next := lineAt(rest, pos)
		trimmed := strings.TrimRight(text, " \t")
		if trimmed != fence && (len(ends) == 0 || trimmed != ends[0]) {
			pos = next
			continue
		}
		if pos > MaxFrontMatter {
			if !begins(rest) {
				return block{}, false
			}
			b.broken = tooLong(b.headLine - 1)
		}
		b.head, b.fence, b.body, b.bodyLine = rest[:pos], rest[pos:next], rest[next:], line+1
		return b, true
	}
	// Nothing ends it: a rule at the start of a text, unless keys follow.
	if !begins(rest) {
		return block{}, false
	}
	b.broken = &fault{b.headLine - 1, "the front matter has no end", "close it with a line of " + fence}
	return b.unended(rest), true
}

// begins reports whether a text begins with a key of front matter, or with lines
// of which one may hold it back.
func begins(s string) bool {
	const maxLines = 50
	s = strings.TrimLeft(s, "\n")
	if firstKey.MatchString(prefix(s, 256)) {
		return true
	}
	rules := rules()
	for pos, n := 0, 0; pos < len(s) && n < maxLines; n++ {
		line, next := lineAt(s, pos)
		if strings.TrimSpace(line) == "" {
			break
		}
		if mayHold(rules, line) {
			return true
		}
		pos = next
	}
	return false
}

func tooLong(line int) *fault {
	return &fault{
		line, fmt.Sprintf("the front matter is longer than %d KiB", MaxFrontMatter>>10),
		"move what is not about the post out of it",
	}
}
