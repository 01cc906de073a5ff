package render

import (
	"strings"

	"github.com/yuin/goldmark/ast"
)

// Marks of code blocks.
const (
	codeIndent = "  "
	tabStop    = 4
	// goesOn stands before what is left of a line that is wider than the screen.
	goesOn = "↪ "
)

// codeBlock lays out source code: the lines as they are, those that are too
// wide broken with a mark. No bar or frame stands beside them, so that they can
// be copied off the screen.
func (l *layout) codeBlock(n ast.Node, i info, m *margin) {
	var b strings.Builder
	for i := range n.Lines().Len() {
		line := n.Lines().At(i)
		b.Write(line.Value(l.source))
	}
	l.showCode(b.String(), i, m)
}

// showCode lays out source code, and notes where it is.
func (l *layout) showCode(source string, i info, m *margin) {
	l.label(i.label(), m)
	l.lines(l.code.paint(strings.TrimSuffix(source, "\n"), i.lang), m.in(codeIndent, codeIndent, look{}))
	l.sheet.doc.code = append(l.sheet.doc.code, Code{
		Line: l.sheet.blockLine(), End: l.sheet.len(), Lang: i.lang, Source: source,
	})
}

// label begins the block with its title or the name of its language, at the end
// of the line that parts it from what stands before.
func (l *layout) label(label string, m *margin) {
	l.sheet.block()
	if label == "" {
		return
	}
	l.sheet.wanted = nil
	label = truncate(label, m.width)
	l.sheet.begin(m)
	l.sheet.write(strings.Repeat(" ", m.width-cellsOf(label)), look{}, 0)
	l.sheet.put(label, l.muted, 0)
	l.sheet.end(true)
}

// lines writes the lines of a flow whose blanks count.
func (l *layout) lines(f flow, m *margin) {
	k := 0
	for from := 0; from <= len(f.text); {
		end := strings.IndexByte(f.text[from:], '\n')
		if end < 0 {
			end = len(f.text)
		} else {
			end += from
		}
		k = l.codeLine(f, k, from, end, m)
		from = end + 1
	}
}

// codeLine writes one line of source code, in as many lines as it takes.
func (l *layout) codeLine(f flow, k, from, end int, m *margin) int {
	d := anyway
	if runsLeft(f.text[from:end]) {
		d = ltr
	}
	l.sheet.begin(m)
	l.sheet.bear(d)
	room, cells, blank := m.width, 0, 0
	for at := from; at < end; {
		size, w := cluster(f.text[at:end])
		if cells+w > room {
			// Break after the last blank unless that leaves too much unused.
			if cut := cellsOf(f.text[from:max(from, blank)]); cut > room*2/3 {
				at = blank
			}
			if strings.TrimLeft(f.text[from:at], " ") == "" { // an indent wider than the screen
				from, cells = at, 0
				continue
			}
			k = l.sheet.part(f, k, from, at)
			l.sheet.end(false)
			l.sheet.begin(m)
			l.sheet.bear(d)
			l.sheet.write(goesOn, l.muted, 0)
			from, cells, room = at, 0, m.width-cellsOf(goesOn)
			continue
		}
		cells += w
		at += size
		if f.text[at-1] == ' ' {
			blank = at
		}
	}
	k = l.sheet.part(f, k, from, end)
	l.sheet.end(true)
	return k
}

// expandTabs puts every tab up to the next stop.
func expandTabs(s string) string {
	if strings.IndexByte(s, '\t') < 0 {
		return s
	}
	var b strings.Builder
	column := 0
	for i := 0; i < len(s); {
		switch s[i] {
		case '\t':
			n := tabStop - column%tabStop
			b.WriteString("    "[:n])
			column += n
			i++
		case '\n':
			b.WriteByte('\n')
			column = 0
			i++
		default:
			size, w := cluster(s[i:])
			b.WriteString(s[i : i+size])
			column += w
			i += size
		}
	}
	return b.String()
}
