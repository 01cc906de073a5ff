package blog

import (
	"regexp"
	"strings"
)

// openingKey is a first line that can begin front matter without a rule.
var openingKey = regexp.MustCompile(`(?i)^(title|date|layout|tags?|categor(?:y|ies)|author|draft|published|permalink|slug|comments|toc|id|updated|description|keywords|lang)[ \t]*:(\s|$)`)

// plainKey is an unindented line of YAML that begins with a key.
var plainKey = regexp.MustCompile(`^(\w[\w.-]*):(?:[ \t]+(.*))?$`)

// unopened splits front matter as Hexo has it: YAML that no rule opens, but one
// of three or more dashes closes. A heading that is underlined with dashes looks
// much like it. So all lines must be ones of YAML, and they must hold a title
// and another key, or a date. They must hold a title and a date where the first
// key may be a word of a text, or a blank line stands among them, behind which
// all keys must be known.
func unopened(src string) (block, bool) {
	rest := strings.TrimLeft(src, "\n")
	first, _ := lineAt(rest, 0)
	isSure := openingKey.MatchString(first)
	if !isSure && !plainKey.MatchString(strings.TrimRight(first, " \t")) {
		return block{}, false
	}
	b := block{headLine: 1 + len(src) - len(rest)}
	keys := map[string]string{}
	line, hasGap := b.headLine, false
	for pos := 0; pos < len(rest) && pos <= MaxFrontMatter; line++ {
		text, next := lineAt(rest, pos)
		trimmed := strings.TrimRight(text, " \t")
		key := plainKey.FindStringSubmatch(trimmed)
		switch {
		case len(trimmed) >= 3 && strings.Trim(trimmed, "-") == "":
			_, titled := keys["title"]
			date, dated := keys["date"]
			_, err := parseDate(strings.Trim(date, `"'`))
			if !titled && !dated || len(keys) == 1 && err != nil || (!isSure || hasGap) && !(titled && dated && err == nil) {
				return block{}, false
			}
			b.head, b.body, b.bodyLine = rest[:pos], rest[next:], line+1
			return b, true
		case trimmed == "":
			hasGap = true
		case key != nil:
			name := keyName(key[1])
			if hasGap && !(fields{name: field{}}).isKnown() {
				return block{}, false
			}
			keys[name] = key[2]
		case indent(text) == 0 && !strings.HasPrefix(text, "- ") && trimmed != "-" && !strings.HasPrefix(text, "#"):
			return block{}, false
		}
		pos = next
	}
	return block{}, false
}
