package render

import "strings"

// prose takes a line of prose, which is the first size bytes of what is left,
// and what goes over its end.
func (c *cleaner) prose(size int, heading bool) {
	s := c.rest
	from, at := 0, 0
	for at < size {
		skip := 0
		switch s[at] {
		case '\\':
			skip = 2
		case '`':
			skip = spanOf(s[at:], '`')
			if span := unrawSpan(s[at : at+skip]); span != "" && !c.raw && c.ignored == "" {
				c.put(s[from:at] + span)
				at += skip
				from = at
				continue
			}
		case '$':
			skip = formulaOf(s[at:])
		case '<':
			if isTarget(s[:at]) {
				break // of the address of a link
			}
			if strings.HasPrefix(s[at:], "<pre") && c.misses <= maxMisses {
				if skip = strings.Index(s[at:], "</pre>"); skip < 0 {
					c.misses += maxMisses / 20 // it was looked for up to the end
				}
			} else if n, text := c.markup(s[at:]); n > 0 {
				c.put(s[from:at] + text)
				at += n
				from = at
				continue
			}
		case '[', '!', '^', '|', '@':
			if n, text := c.mark(s[from:at], s[at:]); n > 0 {
				c.put(s[from:at] + c.spelled(text))
				at += n
				from = at
				if c.end != "" {
					c.rest = strings.TrimPrefix(strings.TrimLeft(s[at:], " \t"), "\n")
					return
				}
				continue
			}
		case '%':
			if n := c.comment(s[:at], s[at:]); n > 0 {
				c.put(s[from:at])
				at += n
				from = at
				continue
			}
		case '{':
			n := 0
			if c.misses > maxMisses {
				break
			}
			if c.raw || c.ignored != "" {
				n = c.rawEnd(s[from:at], s[at:])
			} else {
				n = c.tagAt(s[from:at], s[at:], heading)
			}
			if n > 0 {
				at += n
				from = at
				if c.end != "" { // source code begins
					c.rest = strings.TrimPrefix(strings.TrimLeft(s[at:], " \t"), "\n")
					return
				}
				continue
			}
		}
		at += max(1, skip)
	}
	at = min(at, len(s))
	c.put(s[from:at])
	c.rest = s[at:]
}

// rawEnd is the bytes of the tag that ends what is taken as it is or left out,
// if s begins with it. It writes what stands before.
func (c *cleaner) rawEnd(before, s string) int {
	if end := strings.Index(s[:min(len(s), 20)], "}"); end > 0 && c.ignored == "comment" && strings.HasPrefix(s, "{:/") {
		c.ignored = ""
		return end + 1
	}
	t, n := shortcodeAt(s)
	switch {
	case n == 0:
		c.misses++
	case c.raw && isEnd(t, "raw"):
		c.put(before)
		c.raw = false
		return n
	case c.ignored != "" && isEnd(t, c.ignored):
		c.ignored = ""
		return n
	}
	return 0
}

// tagAt takes the tag that s begins with, after writing what stands before it,
// and returns its bytes, 0 when s begins with none.
func (c *cleaner) tagAt(before, s string, heading bool) int {
	if strings.HasPrefix(s, "{::comment}") && c.ended("comment", s[2:]) {
		c.put(before)
		c.ignored = "comment"
		return len("{::comment}")
	}
	if n := commentOf(s); n > 0 {
		c.put(before)
		return n
	}
	if strings.HasPrefix(s, `{" "}`) || strings.HasPrefix(s, `{' '}`) {
		c.put(before + " ")
		return len(`{" "}`)
	}
	if n := attributesOf(s, before, heading); n > 0 {
		if heading {
			before = strings.TrimRight(before, " \t") + headingID(s[:n])
		} else if opens := strings.LastIndexByte(before, '['); strings.HasSuffix(before, "]") && isBracketed(before, opens) {
			before = before[:opens] + before[opens+1:len(before)-1]
		}
		c.put(before)
		return n
	}
	t, n := shortcodeAt(s)
	if n == 0 {
		c.misses++
		return 0
	}
	if e := escapedTag(s[:n]); e != "" {
		c.put(before + e)
		return n
	}
	c.put(before)
	if mathTags[t.name] && !t.value {
		return n + c.formula(t, c.out.String()[c.start:], s[n:])
	}
	if !c.encloses(t, s[n:]) {
		words := t.markdown(strings.HasSuffix(before, "(") || strings.HasSuffix(before, "(<"))
		c.put(c.spelled(words))
	}
	return n
}

// escapedTag is a tag of Hugo that stands for itself, as text; empty for none.
func escapedTag(s string) string {
	for _, marks := range [...][2]string{{"{{</*", "*/>}}"}, {"{{%/*", "*/%}}"}} {
		if inner, ok := strings.CutPrefix(s, marks[0]); ok {
			if inner, ok = strings.CutSuffix(inner, marks[1]); ok {
				return "{{\\" + marks[0][2:3] + inner + marks[1][2:]
			}
		}
	}
	return ""
}

// comment is the bytes of the comment of Obsidian that s begins with; before is
// what stands before it on its line. One that a line begins with goes over lines.
func (c *cleaner) comment(before, s string) int {
	if !strings.HasPrefix(s, "%%") || strings.HasPrefix(s, "%%%") || c.raw || c.ignored != "" || c.misses > maxMisses {
		return 0
	}
	before = strings.TrimLeft(before, " \t>")
	window := s[2:min(len(s), 2*maxTag)]
	if before != "" {
		if !isBlank(before[len(before)-1]) {
			return 0
		}
		window = firstLine(window)
	}
	end := strings.Index(window, "%%")
	if end < 1 {
		c.misses++
		return 0
	}
	if after := window[end+2:]; after != "" && !isBlank(after[0]) && strings.IndexByte(".,;:!?)", after[0]) < 0 {
		return 0
	}
	return 2 + end + 2
}

// commentOf is the bytes of the comment of MDX that s begins with.
func commentOf(s string) int {
	if !strings.HasPrefix(s, "{/*") {
		return 0
	}
	if end := strings.Index(s[:min(len(s), 2*maxTag)], "*/}"); end > 0 {
		return end + len("*/}")
	}
	return 0
}

// isTarget reports whether the address of a link follows s.
func isTarget(s string) bool { return strings.HasSuffix(s, "](") || strings.HasSuffix(s, "]: ") }

// spanOf is the bytes of the code span that s begins with, those of its marks
// where nothing ends it in its paragraph.
func spanOf(s string, mark byte) int {
	n := 0
	for n < len(s) && s[n] == mark {
		n++
	}
	marks := s[:n]
	window := s[n:min(len(s), n+2*maxTag)]
	if end := strings.Index(window, "\n\n"); end >= 0 {
		window = window[:end]
	}
	for at := 0; ; {
		i := strings.Index(window[at:], marks)
		if i < 0 {
			return n
		}
		at += i
		run := 0
		for at+run < len(window) && window[at+run] == mark {
			run++
		}
		if at += run; run == n {
			return n + at
		}
	}
}

// formulaOf is the bytes of the formula that s begins with, 0 for none.
func formulaOf(s string) int {
	window := s[:min(len(s), 2*maxTag)]
	if strings.HasPrefix(s, "$$") {
		if end := strings.Index(window[2:], "$$"); end >= 0 && !strings.Contains(window[:end+2], "\n\n") {
			return end + 4
		}
		return 2
	}
	if len(s) < 3 || s[1] == ' ' || s[1] == '\n' {
		return 0
	}
	line, _, _ := strings.Cut(window[1:], "\n")
	end := strings.IndexByte(line, '$')
	if end <= 0 || line[end-1] == ' ' || end+1 < len(line) && line[end+1] >= '0' && line[end+1] <= '9' {
		return 0
	}
	return end + 2
}
