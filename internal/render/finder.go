package render

import "strings"

// A finder tells whether something stands in what is left of a body. It is
// looked for once: the last place of it tells for all that is left later.
type finder struct {
	last map[string]int // places, from the end of the body
}

// has reports whether something stands in rest, the end of the body. The first
// part of a longer name does not count.
func (f *finder) has(s, rest string) bool {
	place, ok := f.last[s]
	if !ok {
		if f.last == nil {
			f.last = map[string]int{}
		}
		for end := len(rest); place == 0; {
			i := strings.LastIndex(rest[:end], s)
			if i < 0 {
				break
			}
			if end = i + len(s); end == len(rest) || !isLetter(s[len(s)-1]) || !isLetter(rest[end]) {
				place = len(rest) - i
			}
			end--
		}
		f.last[s] = place
	}
	return place > 0 && place <= len(rest)
}

// ended reports whether a tag of a name is ended in rest, what follows it.
func (f *finder) ended(name, rest string) bool {
	return f.has("end"+name, rest) || f.has("/"+name, rest) || f.has("/ "+name, rest) || f.has("{% end %}", rest)
}

// isEnd reports whether a tag ends what the tag of a name began.
func isEnd(t shortcode, name string) bool {
	return t.name == "end"+name || t.name == "/"+name || t.name == "end" && t.liquid
}

// endIn is where the tag that ends what the tag of a name began stands in a
// line, and its bytes, 0 where none does.
func endIn(line, name string) (at, size int) {
	if !strings.Contains(line, name) && !strings.Contains(line, "end") {
		return 0, 0
	}
	for at < len(line) {
		i := strings.IndexAny(line[at:], "{[")
		if i < 0 {
			break
		}
		at += i
		if end := "[/" + name + "]"; strings.HasPrefix(line[at:], end) {
			return at, len(end)
		}
		if t, size := shortcodeAt(line[at:]); size > 0 && isEnd(t, name) {
			return at, size
		}
		at++
	}
	return 0, 0
}

// A keeper tells which lines of a body are source code that a tag or <pre>
// encloses: nothing in them means anything. It is asked for every line that
// stands in no code block of Markdown.
type keeper struct {
	finder
	end string // name of the tag that is open, "</pre>" for one of HTML
}

// keeps reports whether the line that rest begins with is kept as it is.
func (k *keeper) keeps(rest string) bool {
	line := firstLine(rest)
	if k.end == "" {
		k.end = k.begins(line, rest)
		return k.end != ""
	}
	if strings.HasPrefix(k.end, "</") {
		if strings.Contains(line, k.end) {
			k.end = ""
		}
	} else if _, size := endIn(line, k.end); size > 0 {
		k.end = ""
	}
	return true
}

// begins is what ends the source code that begins in a line and goes on after
// it, empty where none does.
func (k *keeper) begins(line, rest string) string {
	for _, name := range [...]string{"pre", "CodeBlock", "d-code"} {
		ends := "</" + name + ">"
		if i := strings.Index(line, "<"+name); i >= 0 && !strings.Contains(line[:i], "`") &&
			!strings.Contains(line[i:], ends) && k.has(ends, rest) {
			return ends
		}
	}
	at := 0
	for range maxTagsKept {
		i := strings.IndexAny(line[at:], "{[`")
		if i < 0 || line[at+i] == '`' {
			break
		}
		at += i
		name, size := "", 0
		if strings.HasPrefix(line[at:], "{{</*") || strings.HasPrefix(line[at:], "{{%/*") {
			break // stands for itself
		}
		if line[at] == '[' {
			inner := line[at+1:]
			for _, tag := range [...]string{"sourcecode", "code"} {
				if strings.HasPrefix(inner, tag+" ") || tag == "sourcecode" && strings.HasPrefix(inner, tag+"]") {
					name, size = tag, 1
					break
				}
			}
		} else if t, n := shortcodeAt(line[at:]); n > 0 && mathTags[t.name] && !t.value {
			if end, closes := mathEnd(t.name, rest[at+n:]); closes > 0 && strings.Contains(rest[at+n:at+n+end], "\n") {
				return t.name
			}
		} else if n > 0 && sources[t.name] && !t.value {
			name, size = t.name, n
		}
		if size > 0 {
			if _, closed := endIn(line[at+size:], name); closed > 0 || name == "code" && line[at] == '[' && !k.has("[/code]", rest) ||
				!k.ended(name, rest[at+size:]) {
				break
			}
			return name
		}
		at++
	}
	return ""
}

// maxTagsKept is how many braces and brackets of a line are looked at.
const maxTagsKept = 8
