package render

import (
	"strings"

	"github.com/yuin/goldmark/ast"
)

// maxOpen is how many formulas of one post may begin and not end; those after
// them are text.
const maxOpen = 1000

// displayed is a body with the formulas that stand on lines of their own ("$$",
// "\[", or an environment of TeX) as code blocks in the language math. What
// never ends is left as it is.
func displayed(body string) string {
	if !strings.Contains(body, "$$") && !strings.Contains(body, `\[`) && !strings.Contains(body, `\begin{`) {
		return body
	}
	var b strings.Builder
	b.Grow(len(body))
	open := 0
	blank, listed := true, false
	var source verbatim
	var html htmlBlock
	for body != "" {
		line := firstLine(body)
		inner := strings.TrimLeft(line, " \t>")
		prefix := line[:len(line)-len(inner)]
		if !source.keeps(line, body) && inner != "" {
			if prefix == "" && !blankLine(inner) {
				listed = listMark(inner) > 0
			}
			html.line(inner, blank)
			if size, tex := displayAt(body, prefix, blank); html.tables == 0 && size > 0 && (listed || len(prefix) < tabStop || strings.Contains(prefix, ">")) {
				apart := ""
				if html.open { // Markdown is read after a blank line
					apart, html = strings.TrimRight(prefix, " \t")+"\n", htmlBlock{}
				}
				b.WriteString(apart + prefix + codeMarks + "math\n")
				for row := range strings.Lines(tex) {
					if own, ok := strings.CutPrefix(row, prefix); ok {
						row = own
					} else {
						row = strings.TrimLeft(row, quoteMarks(prefix))
					}
					if row = strings.TrimRight(row, " \t\n"); row != "" {
						b.WriteString(prefix + row + "\n")
					}
				}
				b.WriteString(prefix + codeMarks + "\n" + apart)
				body, blank, source.lines.text = body[size:], apart != "", false
				continue
			} else if size < 0 {
				if open++; open > maxOpen {
					break
				}
			}
		}
		blank = blankLine(inner)
		b.WriteString(line)
		body = body[len(line):]
	}
	b.WriteString(body)
	return b.String()
}

func firstLine(s string) string {
	if end := strings.IndexByte(s, '\n'); end >= 0 {
		return s[:end+1]
	}
	return s
}

func blankLine(s string) bool { return strings.TrimSpace(s) == "" }

// quoteMarks are what may stand before the lines of a formula.
func quoteMarks(prefix string) string {
	if strings.Contains(prefix, ">") {
		return " \t>"
	}
	return " \t"
}

// displayAt is the formula that the first line of s begins after its prefix, and
// the bytes up to the end of its last line; 0 where it begins none, less where
// it does not end. blank says that the line before is.
func displayAt(s, prefix string, blank bool) (size int, tex string) {
	inner := s[len(prefix):]
	opens, closes := formulaMarks([]byte(inner))
	environment := false
	switch {
	case opens == "$$" || strings.HasSuffix(opens, "["):
	case strings.HasPrefix(inner, `\begin{`):
		name, _, ok := strings.Cut(inner[len(`\begin{`):min(len(inner), 40)], "}")
		if !ok || !displays[strings.TrimSuffix(name, "*")] {
			return 0, ""
		}
		opens, closes, environment = "", `\end{`+name+"}", true
	default:
		return 0, ""
	}
	// An open mark alone on its line has its formula go over blank lines.
	long := blankLine(firstLine(inner)[len(opens):])
	at := len(opens)
	for n := 0; ; n++ {
		line := firstLine(inner[at:])
		switch {
		case line == "" || at+len(line) > maxFormula, n > 0 && !long && blankLine(strings.TrimLeft(line, quoteMarks(prefix))):
			return -1, ""
		}
		bare := strings.TrimRight(line, " \t\n")
		ended := strings.TrimRight(bare, ".,;")
		if i := strings.Index(line, closes); i >= 0 {
			if !strings.HasSuffix(ended, closes) || i != len(ended)-len(closes) {
				return -1, ""
			}
			size = len(prefix) + at + len(line)
			if n == 0 && !blank && !blankLine(strings.TrimLeft(firstLine(s[size:]), quoteMarks(prefix))) {
				return 0, "" // in a paragraph
			}
			tex = inner[len(opens) : at+len(ended)-len(closes)]
			if environment {
				tex = inner[:at+len(ended)]
			}
			if blankLine(tex) || opens != "$$" && !environment && !isMeant(tex, 0) {
				return 0, "" // brackets
			}
			return size, tex + bare[len(ended):]
		}
		at += len(line)
	}
}

// displays are the environments of TeX that are formulas without marks around
// them.
var displays = setOf("equation align aligned alignat gather eqnarray multline displaymath")

// formulaBlock lays out a formula in lines of its own; where it cannot be told,
// as the source code that it is.
func (l *layout) formulaBlock(n ast.Node, m *margin) {
	const indent = "    "
	var b strings.Builder
	for i := range n.Lines().Len() {
		line := n.Lines().At(i)
		b.Write(line.Value(l.source))
	}
	source := b.String()
	in := m.in(indent, indent, look{})
	shown, ok := formulaText(source, true, in.width)
	if !ok {
		shown, ok = formulaText(unescaped(source), true, in.width)
	}
	if !ok {
		l.showCode(source, info{lang: "math"}, m)
		return
	}
	l.sheet.block()
	l.lines(plainFlow(shown, look{}), in)
	l.sheet.doc.code = append(l.sheet.doc.code, Code{
		Line: l.sheet.blockLine(), End: l.sheet.len(), Lang: "math", Source: source,
	})
}
