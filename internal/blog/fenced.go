package blog

import (
	"fmt"
	"regexp"
	"strings"
)

// firstKey is a line that can only be one of front matter.
var firstKey = regexp.MustCompile(`^\s*["']?[A-Za-z_][\w .-]*["']?\s*(?:=|:(?:\s|$))`)

// openingRule is a line that opens front matter: a rule, and its language.
var openingRule = regexp.MustCompile(`(?i)^(-{3,}|\+{3})[ \t]*(yaml|yml|toml|json)?[ \t]*$`)

// ruleLanguage is the format in which a line that opens front matter says that
// it is written, and the line that closes it.
func ruleLanguage(line string) (name, fence string) {
	m := openingRule.FindStringSubmatch(line)
	if m == nil {
		return "", ""
	}
	switch strings.ToUpper(m[2]) {
	case "TOML":
		return formatTOML, m[1]
	case "JSON":
		return formatJSON, m[1]
	case "":
		if m[1][0] == '+' {
			return formatTOML, m[1]
		}
	}
	return formatYAML, m[1]
}

// fenced splits front matter of the format that begins with a rule and ends
// with an equal one, or with a line of an alternative end. It must be the first
// thing in the file, blank lines aside.
func fenced(src, format string, ends ...string) (block, bool) {
	rest, line, fence := src, 1, ""
	for fence == "" {
		first, after, more := strings.Cut(rest, "\n")
		name, rule := ruleLanguage(first)
		if name == format && more {
			fence = rule
		} else if strings.TrimSpace(first) != "" || !more {
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
