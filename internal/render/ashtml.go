package render

import "strings"

// spelled is what a tag stands for, in HTML where it stands in HTML, since no
// Markdown is read there.
func (c *cleaner) spelled(words string) string {
	if !c.html.open {
		return strings.ReplaceAll(words, "\n", "\n"+c.prefix)
	}
	words = asHTML(words, 0)
	if c.html.tables > 0 {
		return strings.ReplaceAll(strings.Trim(words, "\n"), "\n", "<br>")
	}
	if strings.Contains(words, "\n\n") {
		c.html = htmlBlock{}
	}
	return strings.ReplaceAll(words, "\n", "\n"+c.prefix)
}

// maxTries is how many brackets that are no links are looked at in what a tag
// stands for.
const maxTries = 20

// asHTML is Markdown with its links, pictures and strong words in HTML.
func asHTML(s string, depth int) string {
	if !strings.ContainsAny(s, "[*") {
		return s
	}
	var b strings.Builder
	for tries := 0; tries < maxTries; {
		i := strings.IndexAny(s, "[*")
		if i < 0 {
			break
		}
		picture := i > 0 && s[i-1] == '!'
		if picture {
			b.WriteString(s[:i-1])
		} else {
			b.WriteString(s[:i])
		}
		s = s[i:]
		if words, rest, ok := strong(s); ok {
			b.WriteString("<b>" + words + "</b>")
			s = rest
			continue
		}
		label, address, size := linkAt(s)
		switch {
		case size == 0 || depth > 1:
			if picture {
				b.WriteByte('!')
			}
			b.WriteByte(s[0])
			s = s[1:]
			tries++
			continue
		case picture:
			b.WriteString(`<img alt="` + inHTML.Replace(label) + `" src="` + inHTML.Replace(address) + `">`)
		default:
			b.WriteString(`<a href="` + inHTML.Replace(address) + `">` + asHTML(label, depth+1) + "</a>")
		}
		s = s[size:]
	}
	b.WriteString(s)
	return b.String()
}

// strong are the words between the two stars that s begins with.
func strong(s string) (words, rest string, ok bool) {
	if s, ok = strings.CutPrefix(s, "**"); !ok {
		return "", "", false
	}
	return strings.Cut(s, "**")
}

// linkAt is the link of Markdown that s begins with: its label, its address and
// its bytes, 0 for none.
func linkAt(s string) (label, address string, size int) {
	depth, end := 0, 0
	for i := range min(len(s), maxTag) {
		switch {
		case i > 0 && s[i-1] == '\\':
		case s[i] == '[':
			depth++
		case s[i] == ']':
			depth--
		}
		if depth == 0 {
			end = i
			break
		}
	}
	if end == 0 || !strings.HasPrefix(s[end+1:], "(") {
		return "", "", 0
	}
	target := s[end+2:]
	closes := ")"
	if strings.HasPrefix(target, "<") {
		target, closes = target[1:], ">)"
	}
	i := strings.Index(target[:min(len(target), maxTag)], closes)
	if i < 0 {
		return "", "", 0
	}
	address, _, _ = strings.Cut(strings.TrimSpace(target[:i]), " ")
	return strings.NewReplacer(`\[`, "[", `\]`, "]").Replace(s[1:end]), address, len(s) - len(target) + i + len(closes)
}
