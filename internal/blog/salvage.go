package blog

import (
	"encoding/json"
	"regexp"
	"strings"
)

// Front matter that cannot be read still says much, line by line. What is saved
// of it lets the post be shown; what it may say of holding the post back counts
// before all else.

// savedKey is a line of front matter in any format that begins with a key. The
// groups are what stands before the key, the key, its closing quote and its value.
var savedKey = regexp.MustCompile(`^([\s{]*)["']?([A-Za-z_][\w.-]*)(["']?)\s*[:=：]\s*(.*)$`)

// headKey is such a line as it can be told from one of a text.
var headKey = regexp.MustCompile(`^[\s{]*["']?[A-Za-z_][\w.-]*["']?\s*[:=：]([^/:=]|$)`)

// unended takes rest apart where front matter has no end: its lines go on to
// the first blank one behind the keys, or to the first that is none of them.
func (b block) unended(rest string) block {
	end := headEnd(rest)
	b.head, b.body = rest[:end], rest[end:]
	b.bodyLine = b.headLine + strings.Count(b.head, "\n")
	// The rest of the keys may follow a blank line. They are left in the text.
	pos := end
	for pos < len(rest) {
		line, next := lineAt(rest, pos)
		pos = next
		if strings.TrimSpace(line) != "" && !isHeadLine(line) && !firstKey.MatchString(line) {
			break
		}
	}
	b.more, b.cut = rest[end:pos], true
	return b
}

// withoutText takes out of a broken head the text that it holds when its end is
// missing, and a rule in the text was taken for it.
func (b block) withoutText() block {
	end := headEnd(b.head)
	if b.fence == "" || end == len(b.head) || strings.TrimSpace(b.head[:end]) == "" || b.head[end] != '\n' {
		return b
	}
	isText := false
	for line := range strings.Lines(b.head[end:]) {
		isText = isText || strings.TrimSpace(line) != "" && !isHeadLine(line) && !firstKey.MatchString(line)
	}
	if !isText {
		return b
	}
	b.more, b.cut = b.head[end:], true
	b.body, b.bodyLine = b.head[end:]+b.fence+b.body, b.headLine+strings.Count(b.head[:end], "\n")
	b.head = b.head[:end]
	return b
}

// headEnd is where the lines of front matter end that s begins with.
func headEnd(s string) int {
	begun := false
	for pos := 0; pos < len(s); {
		line, next := lineAt(s, pos)
		blank := strings.TrimSpace(line) == ""
		if begun && blank || !blank && !isHeadLine(line) {
			return pos
		}
		begun = begun || !blank
		pos = next
	}
	return len(s)
}

// isHeadLine reports whether a line can be one of front matter: a key, an item,
// what is indented, a bracket, a comment.
func isHeadLine(line string) bool {
	return headKey.MatchString(line) || indent(line) > 0 || strings.HasPrefix(line, "- ") || strings.IndexByte("#{}[]", line[0]) >= 0
}

// salvage saves the simple values of broken front matter, and reports whether
// it may hold the post back.
func salvage(b block) (all fields, held bool) {
	all = fields{}
	rules := rules()
	var open string // the key of a list that goes on
	margin := -1    // of the first key
	size := 0
	line := b.headLine
	for l := range strings.Lines(b.head) {
		l = strings.TrimRight(l, " \t\n")
		if mayHold(rules, l) {
			held = true
		}
		if size += len(l); size > MaxFrontMatter { // nothing more is saved
			continue
		}
		m := savedKey.FindStringSubmatch(l)
		switch {
		case m != nil && (margin < 0 || indent(l) <= margin):
			if !strings.Contains(m[1], "{") {
				margin = indent(l)
			}
			open = keyName(m[2])
			all[open] = savedField(open, m[4], m[3] == `"`, line)
		case m == nil && open != "":
			f := all[open]
			if item := savedItem(l); item != "" && f.list && len(f.value) < maxScalars {
				f.value = append(f.value, item)
				all[open] = f
			}
		}
		line++
	}
	for l := range strings.Lines(b.more) {
		held = held || mayHold(rules, l)
	}
	return all, held
}

// savedField is the value behind a key: for one that is nothing or opens a
// bracket, a list that goes on in the lines below.
func savedField(key, value string, quoted bool, line int) field {
	f := field{line: line}
	if quoted {
		value = strings.TrimRight(strings.TrimSuffix(value, ","), " ")
	}
	switch isLine := key == "title" || key == "description" || key == "summary"; {
	case value == "" || value == "[":
		f.list = !isLine
	case strings.Trim(value, "|>{+-") == "", value == `"""`, value == "'''":
	case value[0] == '[' && !isLine:
		f.list = true
		for item := range strings.SplitSeq(strings.Trim(value, "[]"), ",") {
			if item = savedItem(item); item != "" && len(f.value) < maxScalars {
				f.value = append(f.value, item)
			}
		}
	default:
		f.value = []string{unquoted(value)}
	}
	return f
}

// savedItem is an item of a list; "" for a line that only closes one.
func savedItem(s string) string {
	s = strings.TrimSpace(s)
	if strings.HasPrefix(s, "#") {
		return ""
	}
	s = strings.TrimSpace(strings.TrimSuffix(strings.TrimPrefix(s, "- "), ","))
	return unquoted(strings.Trim(s, "[]{}"))
}

// comment is what YAML and TOML take for one behind a value.
var comment = regexp.MustCompile(`\s+#.*$`)

// unquoted is a value without its quotes, even if they are not closed, or
// without a comment.
func unquoted(s string) string {
	if s == "" || s[0] != '"' && s[0] != '\'' {
		return strings.TrimSpace(comment.ReplaceAllString(s, ""))
	}
	var decoded string
	if json.Unmarshal([]byte(s), &decoded) == nil {
		return decoded
	}
	quote := s[:1]
	end := strings.LastIndex(s[1:], quote)
	switch {
	case end < 0:
		return s[1:]
	case comment.ReplaceAllString(s[end+2:], "") != "": // only its beginning is in quotes
		return s
	}
	return strings.ReplaceAll(s[1:end+1], quote+quote, quote)
}
