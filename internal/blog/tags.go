package blog

import (
	"fmt"
	"strings"

	"lectern/internal/text"
)

// tags are the tags of a post, then its categories, none twice. Keywords are
// for search engines, and count only where there is nothing else.
//
// Of a string with neither comma nor semicolon Jekyll makes a tag of each word,
// and the real posts in its form mean it so; to the other generators "machine
// learning" is one. spaced says that the post has Jekyll's form: YAML, in a file
// that is named by date and slug.
func (p *parser) tags(all fields, spaced bool) []string {
	var tags []string
	seen := map[string]bool{}
	add := func(key string) {
		f := all[key]
		// Jekyll takes a singular key for one value.
		for _, value := range f.tags(spaced && (key == "tags" || key == "categories")) {
			value = strings.TrimSpace(value)
			if n := wiki(value); n > 0 && n == len(value) { // a link to the tag's note
				value = value[2 : n-2]
			}
			tag := text.Field(strings.TrimLeft(value, "#"), MaxTag)
			if tag == "" || seen[strings.ToLower(tag)] {
				continue
			}
			if len(tags) == MaxTags {
				p.problem(Warning, f.line, fmt.Sprintf("there are more than %d tags", MaxTags), "the rest is left out")
				return
			}
			seen[strings.ToLower(tag)] = true
			tags = append(tags, tag)
		}
	}
	for _, key := range []string{"tags", "tag", "categories", "category"} {
		add(key)
	}
	if len(tags) == 0 {
		add("keywords")
	}
	return tags
}

// tags is a list as it is, the names in a table, or a string taken apart.
func (f field) tags(spaced bool) []string {
	s := f.text()
	switch {
	case f.list:
		return f.value
	case f.table:
		return f.names
	case strings.ContainsAny(s, ",，、"):
		return strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == '，' || r == '、' })
	case strings.Contains(s, ";"):
		return strings.Split(s, ";")
	case spaced || allHash(s):
		return strings.Fields(s)
	}
	return []string{s}
}

// allHash reports whether each word of s is written as #tag.
func allHash(s string) bool {
	for word := range strings.FieldsSeq(s) {
		if !strings.HasPrefix(word, "#") {
			return false
		}
	}
	return true
}
