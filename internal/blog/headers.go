package blog

import (
	"fmt"
	"regexp"
	"strings"
)

// openingHeader is a first line that begins headers. Other keys may follow it,
// but a text that begins with one of them is taken for a text.
var openingHeader = regexp.MustCompile(`(?i)^(?:(title|date|slug|tags|category|authors?|status|modified)[ \t]*:[ \t]+\S|(draft|published)[ \t]*:[ \t]+(true|false|yes|no)$)`)

// openingWord is a first line that begins headers where a title or a date is
// among them.
var openingWord = regexp.MustCompile(`(?i)^(?:summary|lang|template|save_as)[ \t]*:[ \t]+\S`)

// tellingHeader is what must be among them.
var tellingHeader = regexp.MustCompile(`(?i)^(?:title|date)[ \t]*:[ \t]+\S`)

// header is any line of headers.
var header = regexp.MustCompile(`^([A-Za-z][\w-]*)[ \t]*:(?:[ \t]+(.*))?$`)

// headed splits front matter as Pelican has it: "Key: value" lines from the
// first line of the file to the first blank one, a longer value going on in
// indented lines. A single line that is neither makes the whole a paragraph,
// unless it is one that may not be shown.
func headed(src string) (block, bool) {
	first, _ := lineAt(src, 0)
	isTold := openingHeader.MatchString(first)
	if !isTold && !openingWord.MatchString(first) {
		return block{}, false
	}
	line, mayBeHeld, rules := 1, false, rules()
	for pos := 0; pos < len(src) && pos <= MaxFrontMatter; line++ {
		text, next := lineAt(src, pos)
		switch {
		case strings.TrimSpace(text) == "":
			return block{head: src[:pos], headLine: 1, body: src[next:], bodyLine: line + 1}, isTold || mayBeHeld
		case !header.MatchString(text) && indent(text) == 0:
			b := block{
				head: src[:pos], headLine: 1, body: src[pos:], bodyLine: line,
				broken: &fault{line, "the line is none of Key: value", "end the headers with a blank line"},
			}
			return b, mayBeHeld
		}
		mayBeHeld = mayBeHeld || mayHold(rules, text)
		isTold = isTold || tellingHeader.MatchString(text)
		pos = next
	}
	b := block{head: src, headLine: 1, bodyLine: line}
	if len(src) > MaxFrontMatter {
		b.broken = tooLong(1)
		return b, mayBeHeld
	}
	return b, isTold || mayBeHeld
}

// readHeaders reads what headed found. It never fails.
func readHeaders(b block) (fields, []fault, *fault) {
	all := fields{}
	var warnings []fault
	line, last := b.headLine, ""
	for l := range strings.Lines(b.head) {
		m := header.FindStringSubmatch(strings.TrimRight(l, " \t\n"))
		switch {
		case m == nil:
			f := all[last]
			f.value = []string{strings.TrimSpace(f.text() + " " + strings.TrimSpace(l))}
			all[last] = f
		default:
			last = keyName(m[1])
			if _, twice := all[last]; twice {
				warnings = append(warnings, fault{line, fmt.Sprintf("the key %q is given twice", last), "the last one counts; remove the other"})
			}
			all[last] = field{line: line, value: []string{strings.TrimSpace(m[2])}}
		}
		line++
	}
	return all, warnings, nil
}
