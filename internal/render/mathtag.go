package render

import (
	"strings"
	"unicode/utf8"
)

// mathTags are the tags that enclose a formula.
var mathTags = setOf("katex math")

// maxMathTag is how far the end of such a tag is looked for, in bytes.
const maxMathTag = 16 << 10

// mathEnd is where the tag that ends the formula of a tag of a name stands in
// rest, what follows it, and its bytes. It has none where the tag comes again
// first: then it was no pair but an order to load a program.
func mathEnd(name, rest string) (at, size int) {
	window := rest[:min(len(rest), maxMathTag)]
	for at < len(window) {
		i := strings.IndexByte(window[at:], '{')
		if i < 0 {
			break
		}
		at += i
		if t, size := shortcodeAt(window[at:min(len(window), at+2*len(name)+40)]); size > 0 && !t.value && escapedTag(window[at:at+size]) == "" {
			switch {
			case isEnd(t, name):
				return at, size
			case t.name == name:
				return 0, 0
			}
		}
		at++
	}
	return 0, 0
}

// formula takes the formula that a tag encloses, and returns its bytes with
// those of the tag that ends it, 0 where none does. before is what stands before
// the tag on its line.
func (c *cleaner) formula(t shortcode, before, rest string) int {
	if c.misses > maxMisses {
		return 0
	}
	if !c.ended(t.name, rest) {
		c.misses++
		return 0
	}
	at, size := mathEnd(t.name, rest)
	if size == 0 {
		c.misses += 20
		return 0
	}
	inner, after := rest[:at], rest[at+size:]
	size += at
	tex, ok := bareFormula(inner, c.prefix)
	switch {
	case !ok: // prose with formulas in it
		c.put(displayed(inner))
	case tex == "":
	case strings.Contains(inner, "\n") && c.html.tables == 0:
		c.apartHTML()
		c.put(codeMarks + "math\n")
		for row := range strings.Lines(tex + "\n") {
			c.put(c.prefix + row)
		}
		c.endSource()
		if line := firstLine(after); blankLine(line) {
			return size + len(line)
		}
		c.put(c.prefix)
	default:
		tex = flatten(tex)
		if shown, ok := formulaText(tex, false, 0); ok && c.html.open {
			c.put(inHTML.Replace(shown))
			break
		}
		marks := "$"
		last, _ := utf8.DecodeLastRuneInString(before)
		if !isFormula(tex, last, after, true) {
			marks = "$$"
		}
		c.put(marks + tex + marks)
	}
	return size
}

// bareFormula is a formula without the marks around it and without what stands
// before each of its lines, blank ones left out. It is none where there are
// marks of others in it.
func bareFormula(inner, prefix string) (tex string, ok bool) {
	var rows []string
	for row := range strings.Lines(inner) {
		if row = strings.TrimLeft(row, quoteMarks(prefix)); !blankLine(row) {
			rows = append(rows, strings.TrimRight(row, " \t\n"))
		}
	}
	tex = strings.TrimSpace(strings.Join(rows, "\n"))
	for _, marks := range [...][2]string{{"$$", "$$"}, {`\[`, `\]`}, {`\(`, `\)`}, {"$", "$"}} {
		if s, ok := strings.CutPrefix(tex, marks[0]); ok {
			if s, ok = strings.CutSuffix(s, marks[1]); ok && !strings.Contains(s, marks[0]) {
				tex = strings.TrimSpace(s)
				break
			}
		}
	}
	bare := strings.ReplaceAll(tex, `\$`, "")
	return tex, !strings.Contains(bare, "$") && !strings.Contains(bare, `\[`)
}
