package blog

import (
	"regexp"
	"slices"
	"strings"
)

// nikolaLine is a line of front matter as Nikola has it.
var nikolaLine = regexp.MustCompile(`^\.\. +([A-Za-z][\w-]*):(?: +(.*))?$`)

// dotted splits front matter as Nikola has it: lines of ".. key: value" at the
// start of the file, bare to the first line that is none, or in a comment of
// HTML. One of them must have a key that is known.
func dotted(src string) (block, bool) {
	rest := strings.TrimLeft(src, "\n")
	b := block{headLine: 1 + len(src) - len(rest)}
	first, next := lineAt(rest, 0)
	inComment := strings.TrimSpace(first) == "<!--"
	if inComment {
		rest = rest[next:]
		b.headLine++
	}
	line, isKnown := b.headLine, false
	for pos := 0; pos < len(rest) && pos <= MaxFrontMatter; line++ {
		text, next := lineAt(rest, pos)
		text = strings.TrimRight(text, " \t")
		m := nikolaLine.FindStringSubmatch(text)
		switch {
		case m != nil:
			isKnown = isKnown || fields{keyName(m[1]): field{}}.isKnown()
		case inComment && !strings.HasSuffix(text, "-->"): // whatever else a comment holds
		case !isKnown:
			return block{}, false
		case inComment:
			b.head, b.body, b.bodyLine = rest[:pos], rest[next:], line+1
			return b, true
		default:
			b.head, b.body, b.bodyLine = rest[:pos], rest[pos:], line
			return b, true
		}
		pos = next
	}
	b.head, b.bodyLine = rest, line
	return b, isKnown && !inComment && len(rest) <= MaxFrontMatter
}

// readDotted reads what dotted found. It never fails. The tags draft and
// private hold a post back there, and are none.
func readDotted(b block) (fields, []fault, *fault) {
	all := fields{}
	line := b.headLine
	for l := range strings.Lines(b.head) {
		if m := nikolaLine.FindStringSubmatch(strings.TrimRight(l, " \t\n")); m != nil {
			f := field{line: line, value: []string{strings.TrimSpace(m[2])}}
			if key := keyName(m[1]); key != "tags" {
				all[key] = f
			} else {
				f.list, f.value = true, strings.Split(m[2], ",")
				all[key] = f
			}
		}
		line++
	}
	tags := all["tags"]
	tags.value = slices.DeleteFunc(tags.value, func(tag string) bool {
		tag = strings.ToLower(strings.TrimSpace(tag))
		isHeld := tag == "draft" || tag == "private"
		if isHeld {
			all[tag] = field{line: tags.line, value: []string{"true"}}
		}
		return isHeld
	})
	if tags.list {
		all["tags"] = tags
	}
	return all, nil, nil
}
