package blog

import (
	"regexp"
	"slices"
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
	table bool     // a mapping, of which nothing is in value
	names []string // what a mapping lists, as names in its values or else its keys
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
	cut      bool   // head has no end: what stands behind it may be a text, and so may it
}

// The names of formats.
const (
	formatYAML    = "YAML"
	formatTOML    = "TOML"
	formatJSON    = "JSON"
	formatHeaders = "headers"
	formatDotted  = "Nikola's"
)

// formats lists the formats in the order they are tried.
func formats() []format {
	return []format{
		{formatYAML, func(src string) (block, bool) { return fenced(src, formatYAML, "...") }, readRuled},
		{formatTOML, func(src string) (block, bool) { return fenced(src, formatTOML) }, readTOML},
		{formatJSON, func(src string) (block, bool) { return fenced(src, formatJSON) }, readJSON},
		{formatJSON, braced, readJSON},
		{formatYAML, unopened, readYAML},
		{formatHeaders, headed, readHeaders},
		{formatDotted, dotted, readDotted},
	}
}

// split takes a cleaned text apart into front matter and body.
func split(src string) source {
	if s, ok := splitHead(src); ok {
		return s
	}
	if rest, ok := behindComments(src); ok {
		if s, ok := splitHead(rest); ok {
			return s
		}
	}
	return source{body: src, bodyLine: 1}
}

// splitHead is split of a text that begins with front matter, and reports false
// for any other.
func splitHead(src string) (source, bool) {
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
			if b.cut && !s.held && !s.fields.isKnown() {
				return source{}, false // "Note: this is text" behind a rule
			}
		case s.fields == nil: // two rules with text between them
			if s.fields, s.held = salvage(b); !s.held && !(isKeys(b.head) && s.fields.isKnown()) {
				return source{}, false
			}
			s.broken = &fault{b.headLine, "the front matter has no key: value", "put a space behind each colon"}
		}
		return s, true
	}
	return source{}, false
}

// readRuled reads what stands between rules of YAML, and as TOML what can only
// be that.
func readRuled(b block) (fields, []fault, *fault) {
	head := strings.TrimLeft(b.head, " \t\n")
	if first, _ := lineAt(head, 0); tomlKey.MatchString(first) {
		if all, warnings, broken := readTOML(b); broken == nil && all.isKnown() {
			return all, warnings, nil
		}
	}
	return readYAML(b)
}

// tomlKey is a line that begins with a key of TOML and a value of it.
var tomlKey = regexp.MustCompile(`^[A-Za-z_][\w-]*[ \t]*=[ \t]*(?:["'\[{]|true\b|false\b|[0-9])`)

// knownKeys are keys that nearly every blog has. Where front matter looks much
// like a text, one of them tells it.
func knownKeys() []string {
	return []string{
		"title", "date", "tag", "tags", "category", "categories", "author", "authors", "layout", "slug", "description", "summary",
		"permalink", "url", "aliases", "comments", "toc", "id", "updated", "keywords", "lang", "image", "cover", "type", "weight",
	}
}

// isKnown reports whether one of the keys is known.
func (all fields) isKnown() bool {
	known, rules := slices.Concat(knownKeys(), dateKeys(), publicationKeys(), creationKeys(), changeKeys()), rules()
	for key := range all {
		if _, ok := ruleOf(rules, key); ok || slices.Contains(known, key) || slipOf(key) != "" {
			return true
		}
	}
	return false
}

// isKeys reports whether every line of a head is a key with its value, though
// no blank may part them.
func isKeys(head string) bool {
	for line := range strings.Lines(head) {
		if line = strings.TrimSpace(line); line != "" && !headKey.MatchString(line) {
			return false
		}
	}
	return true
}
