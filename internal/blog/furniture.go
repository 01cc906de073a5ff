package blog

import "strings"

// Furniture is what stands in a body and is not prose: headings, rules, tables,
// HTML, templates, definitions, imports. The zero value stands outside of it.
type furniture struct {
	end  string // what ends the block, in lower case; "" outside
	open int    // brackets of a module that are still to be closed
}

// blankLine is the end of a block that has no mark of its own for it.
const blankLine = "\n"

// inside reports whether the trimmed line belongs to furniture. A block of it
// begins only where a paragraph could.
func (f *furniture) inside(line string, starts bool) bool {
	if f.open > 0 {
		f.open += brackets(line)
		return true
	}
	if f.end != "" {
		if f.end == blankLine && line == "" || strings.Contains(strings.ToLower(line), f.end) {
			f.end = ""
		}
		return true
	}
	if !starts || line == "" {
		return false
	}
	lower := strings.ToLower(prefix(line, maxProse))
	switch end := blockEnd(lower); {
	case end == blankLine, end != "" && !strings.Contains(lower[1:], end):
		f.end = end
		if isModule(lower) {
			f.open = brackets(line)
		}
		return true
	case end != "": // it ends on its line: what else stands there may be prose
		return unmarked(prefix(line, maxProse)) == ""
	}
	return isFurniture(line)
}

// blockEnd is what ends the block that begins with the line, which is in lower
// case; nothing when none does.
func blockEnd(line string) string {
	switch {
	case strings.HasPrefix(line, "<!--"):
		return "-->"
	case strings.HasPrefix(line, "{/*"):
		return "*/}"
	case strings.HasPrefix(line, "$$"):
		return "$$"
	case strings.HasPrefix(line, "%%"): // a comment of Obsidian's
		return "%%"
	case strings.HasPrefix(line, "{%"):
		if name := firstWord(line[2:], "-"); isCode(name) {
			return "end" + name
		}
		return "%}"
	case strings.HasPrefix(line, "{{"):
		if name := firstWord(line[2:], "<%"); isCode(name) {
			return "/" + name
		}
		return "}}"
	case strings.HasPrefix(line, "<") && isTag(line):
		switch name := firstWord(line[1:], "/"); name {
		case "script", "style", "pre", "svg", "table", "iframe", "video":
			return "</" + name
		case "a", "b", "i", "u", "s", "p", "q", "em", "strong", "span", "br", "code", "kbd", "abbr", "small", "font", "sup", "sub", "cite", "mark", "del", "ins":
			return "" // a paragraph may begin with it
		}
		return blankLine
	case isModule(line):
		return blankLine
	}
	return ""
}

// firstWord is the word at the start of s, behind blanks and marks.
func firstWord(s, marks string) string {
	s = strings.TrimLeft(s, marks+" ")
	n := 0
	for n < len(s) && (s[n] >= 'a' && s[n] <= 'z' || isDigit(s[n]) || s[n] == '-') {
		n++
	}
	return s[:n]
}

// isCode reports whether what stands between the template tags of the name is
// no prose.
func isCode(name string) bool {
	switch name {
	case "highlight", "codeblock", "code", "math", "katex", "mermaid", "comment":
		return true
	}
	return false
}

// isModule reports whether a line begins an import or export of JavaScript.
func isModule(line string) bool {
	if rest, ok := strings.CutPrefix(line, "import "); ok {
		return strings.ContainsAny(rest, `'"{`)
	}
	rest, ok := strings.CutPrefix(line, "export ")
	if !ok {
		return false
	}
	switch word, _, _ := strings.Cut(rest, " "); word {
	case "const", "let", "var", "default", "function", "async", "class", "{", "*":
		return true
	}
	return strings.HasPrefix(rest, "{")
}

// brackets is how many more brackets a line of JavaScript opens than it closes.
func brackets(line string) int {
	open := 0
	var quote byte
	for i := 0; i < len(line); i++ {
		switch c := line[i]; {
		case c == '\\':
			i++
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"', c == '\'', c == '`':
			quote = c
		case c == '{', c == '[', c == '(':
			open++
		case c == '}', c == ']', c == ')':
			open--
		}
	}
	return open
}

// isClosing reports whether a line ends a paragraph that it stands right below:
// the end of a container, or attributes as kramdown has them.
func isClosing(line string) bool {
	return len(line) > 1 && strings.Trim(line, ":") == "" || strings.HasPrefix(line, ":::") ||
		strings.HasPrefix(line, "{:") && strings.HasSuffix(line, "}")
}

// isFurniture reports whether a line that begins no block is no prose: a
// heading, a rule, a row of a table, a definition, a list of contents.
func isFurniture(line string) bool {
	for _, prefix := range []string{"#", "|", "::", "!!! ", "??? ", "{:", "[^", "+++"} {
		if strings.HasPrefix(line, prefix) {
			return true
		}
	}
	return strings.HasPrefix(strings.TrimPrefix(line, "*"), "[") && strings.Contains(line, "]: ") || isContents(line) ||
		strings.Trim(line, "-* _") == "" || strings.Trim(line, "=") == ""
}

// isContents reports whether the line is the place of a list of contents.
func isContents(line string) bool {
	switch strings.ToLower(strings.Trim(line, "[]{}_*-+@$:： ")) {
	case "toc", "table of contents", "目录", "目錄", "目次":
		return true
	}
	return false
}

// isUnderline reports whether the line makes a heading of the one above.
func isUnderline(line string) bool {
	return line != "" && (strings.Trim(line, "=") == "" || strings.Trim(line, "-") == "")
}

// isTableRule reports whether the line makes the head of a table of the one above.
func isTableRule(line string) bool {
	return strings.Contains(line, "|") && strings.Contains(line, "-") && strings.Trim(line, "|-: ") == ""
}
