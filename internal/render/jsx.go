package render

import "strings"

// markup is the bytes of the tag of JSX that s begins with and what it stands
// for: a component for its picture, link or label, a tag of HTML for itself
// without what is JavaScript in it.
func (c *cleaner) markup(s string) (size int, text string) {
	if c.raw || c.ignored != "" || len(s) < 3 || c.misses > maxMisses {
		return 0, ""
	}
	for _, opens := range [...]string{"<!-- tab ", "<!-- timeline "} {
		if label, ok := strings.CutPrefix(lineRest(s), opens); ok && strings.HasSuffix(label, "-->") {
			return len(label) + len(opens), "\n\n" + commentLabel(strings.TrimSuffix(label, "-->"))
		}
	}
	if strings.HasPrefix(s, "<>") && c.has("</>", s) {
		c.fragments++
		return len("<>"), ""
	}
	if strings.HasPrefix(s, "</>") && c.fragments > 0 {
		c.fragments--
		return len("</>"), ""
	}
	closes := s[1] == '/'
	name := s[1:]
	if closes {
		name = s[2:]
	}
	end := 0
	for end < len(name) && end < 60 && (isLetter(name[end]) || end > 0 && strings.IndexByte("0123456789.-_", name[end]) >= 0) {
		end++
	}
	if name = name[:end]; name == "" {
		return 0, ""
	}
	size = jsxEnd(s)
	if size == 0 {
		c.misses++
		return 0, ""
	}
	raw := s[:size]
	if c.meansItself(raw, name, s[size:]) {
		return 1, "&lt;"
	}
	if n, text := c.enclosedCode(raw, name, s); n > 0 {
		return n, text
	}
	if n := c.verbatim(raw, name, s); n > 0 {
		return n, s[:n]
	}
	if n := c.hidden(raw, name, s); n > 0 {
		return n, "<" + name + "></" + name + ">"
	}
	if text, n := c.reads(raw, name, s[size:]); text != "" {
		return size + n, raw + text
	}
	scripted := strings.Contains(raw, "={") || handles(raw)
	component := isComponent(name)
	if !scripted && !component {
		return 0, ""
	}
	t := shortcode{name: strings.ToLower(name), named: map[string]string{}}
	t.attributes(strings.TrimSuffix(raw[1+len(name):len(raw)-1], "/"))
	if !component {
		return size, t.html(strings.HasSuffix(raw, "/>"))
	}
	return size, c.component(t, raw, s[size:])
}

// commentLabel is a paragraph of the label that a comment of Hexo holds before
// the name of an icon; empty where there is none.
func commentLabel(s string) string {
	if label, icon, ok := strings.Cut(s, "@"); ok && !strings.Contains(strings.TrimSpace(icon), " ") {
		s = label
	}
	if s = strings.TrimSpace(s); s == "" {
		return ""
	}
	return "**" + s + "**\n\n"
}

// meansItself reports whether what looks like a tag is none of HTML and is not
// closed: the <name> of something. rest is what follows it.
func (c *cleaner) meansItself(raw, name, rest string) bool {
	return raw == "<"+name+">" && !isHTML[strings.ToLower(name)] && !strings.Contains(rest[:min(len(rest), 4*maxTag)], "</"+name)
}

// handles reports whether a tag has an attribute of Vue for what happens to it,
// which no HTML has: <button @click="…">.
func handles(raw string) bool {
	i := strings.IndexByte(raw, '@')
	return i > 0 && isBlank(raw[i-1]) && i+1 < len(raw) && isLetter(raw[i+1]) && strings.Contains(raw[i:], "=")
}

// hidden is the bytes of the styles or the script that s begins with: blank
// lines in them would end the HTML, and what follows be drawn.
func (c *cleaner) hidden(raw, name, s string) int {
	if name != "style" && name != "script" || strings.HasPrefix(raw, "</") || strings.Contains(raw, "src=") || !c.has("</"+name+">", s) {
		return 0
	}
	return strings.Index(s, "</"+name+">") + len("</"+name+">")
}

// verbatim is the bytes of what Vue takes as it is, with its tag: braces in it
// are text.
func (c *cleaner) verbatim(raw, name, s string) int {
	if strings.HasSuffix(raw, "/>") || !hasWord(raw, "v-pre") {
		return 0
	}
	end := strings.Index(lineRest(s), "</"+name+">")
	if end < 0 {
		return 0
	}
	return end + len("</"+name+">")
}

// lineRest is s up to the end of its line.
func lineRest(s string) string {
	line, _, _ := strings.Cut(s[:min(len(s), maxTag)], "\n")
	return line
}

// jsxEnd is the bytes of the tag that s begins with, 0 where it does not end in
// its paragraph. A bracket in quotes or braces is none.
func jsxEnd(s string) int {
	var quote byte
	depth := 0
	for i := 1; i < min(len(s), 2*maxTag); i++ {
		switch ch := s[i]; {
		case quote != 0:
			if ch == quote {
				quote = 0
			}
		case ch == '"' || ch == '\'' || ch == '`':
			if depth > 0 || s[i-1] == '=' {
				quote = ch
			}
		case ch == '{':
			depth++
		case ch == '}':
			depth--
		case ch == '>' && depth <= 0:
			return i + 1
		case ch == '<' && depth <= 0, ch == '\n' && strings.HasPrefix(s[i:], "\n\n"):
			return 0
		}
	}
	return 0
}

// attributes reads the attributes of a tag of JSX. One that is JavaScript is
// what stands in quotes in it.
func (t *shortcode) attributes(s string) {
	for s = strings.TrimLeft(s, " \t\n/"); s != ""; s = strings.TrimLeft(s, " \t\n/") {
		end := strings.IndexAny(s, "= \t\n")
		if end <= 0 || s[end] != '=' || end+1 == len(s) {
			s = s[max(1, end+1):]
			continue
		}
		key, value := strings.ToLower(s[:end]), s[end+1:]
		size := valueOf(value)
		v := value[:size]
		s = value[size:]
		if strings.HasPrefix(v, "{") {
			v = quotedIn(v)
		}
		if v = unquote(v); v != "" {
			t.named[key] = v
		}
		t.args = append(t.args, key) // in their order
	}
}

// valueOf is the bytes of the value that s begins with.
func valueOf(s string) int {
	var quote byte
	depth := 0
	for i := range len(s) {
		switch ch := s[i]; {
		case quote != 0:
			if ch == quote {
				quote = 0
			}
		case ch == '"' || ch == '\'' || ch == '`':
			quote = ch
		case ch == '{':
			depth++
		case ch == '}':
			depth--
		case depth <= 0 && (ch == ' ' || ch == '\t' || ch == '\n'):
			return i
		}
	}
	return len(s)
}

// quotedIn is the first text in quotes in a piece of JavaScript, or a number.
func quotedIn(s string) string {
	if strings.HasPrefix(s, "{{") || strings.HasPrefix(s, "{[") {
		return ""
	}
	if i := strings.IndexAny(s, "\"'`"); i >= 0 {
		if end := strings.IndexByte(s[i+1:], s[i]); end >= 0 {
			return s[i+1 : i+1+end]
		}
	}
	return ""
}

// html is a tag of HTML with the attributes that are text.
func (t shortcode) html(empty bool) string {
	var b strings.Builder
	b.WriteString("<" + t.name)
	for _, key := range t.args {
		if v := t.named[key]; v != "" && key != "style" && isLetter(key[0]) {
			b.WriteString(" " + key + `="` + strings.ReplaceAll(v, `"`, "&quot;") + `"`)
		}
	}
	if empty {
		b.WriteString(" /")
	}
	b.WriteString(">")
	return b.String()
}
