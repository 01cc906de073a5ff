package blog

import (
	"encoding/json"
	"regexp"
	"strings"
)

// jsonKey is a line that begins with a key of a JSON object.
var jsonKey = regexp.MustCompile(`^\s*"[^"\n]*"\s*:`)

// jsonLine is a line that can be one of a JSON object, written badly or well.
var jsonLine = regexp.MustCompile(`^\s*(?:["{}\[\],].*|(?:true|false|null|-?[0-9.eE+]+)\s*,?\s*)?$`)

// braced splits front matter that is a JSON object at the start of a file, with
// nothing behind it on its last line unless it may not be shown. An object that cannot be read ends with
// the first line that is "}" alone.
func braced(src string) (block, bool) {
	rest := uncommented(strings.TrimLeft(src, " \t\n"))
	open, next := lineAt(rest, 0)
	if trimmed := strings.TrimSpace(strings.TrimPrefix(open, "{")); !strings.HasPrefix(rest, "{") ||
		trimmed != "" && !strings.HasPrefix(trimmed, `"`) {
		return block{}, false
	}
	b := block{headLine: 1 + strings.Count(src[:len(src)-len(rest)], "\n")}
	cut := func(end int) (block, bool) {
		_, next := lineAt(rest, end)
		b.head, b.body = rest[:end], rest[next:]
		b.bodyLine = b.headLine + strings.Count(rest[:next], "\n")
		if end > MaxFrontMatter {
			b.broken = tooLong(b.headLine)
		}
		return b, true
	}
	var root map[string]json.RawMessage
	decoder := json.NewDecoder(strings.NewReader(rest))
	if decoder.Decode(&root) == nil {
		end := int(decoder.InputOffset())
		tail, _ := lineAt(rest, end)
		if strings.TrimSpace(tail) == "" {
			return cut(end)
		}
		b.head, b.body, b.bodyLine = rest[:end], rest[end:], b.headLine+strings.Count(rest[:end], "\n")
		b.broken = &fault{b.bodyLine, "text stands behind the front matter", "begin it on the line below the }"}
		_, isHeld := salvage(b)
		return b, isHeld // else a text about JSON
	}
	for pos := next; pos < len(rest); {
		line, next := lineAt(rest, pos)
		if strings.TrimRight(line, " \t") == "}" {
			return cut(pos + 1)
		}
		if !jsonLine.MatchString(line) {
			break // a text has begun
		}
		pos = next
	}
	if first := strings.TrimLeft(strings.TrimPrefix(rest, "{"), " \t\n"); !jsonKey.MatchString(first) {
		return block{}, false
	}
	b.broken = &fault{b.headLine, "the front matter has no end", "close it with a line of }"}
	return b.unended(rest), true
}
