package render

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// A brake keeps goldmark v1.7.8 from reading a block for minutes: what it does
// with marks that do not match grows with the square of the block. The brake
// is asked before every other inline parser, at each byte that may be a mark,
// and takes the line as plain text once a post has used up its budget. It is
// for one parse.
type brake struct {
	budget int // marks times bytes
	block  ast.Node
	plain  bool // the block is not to be looked into
}

// marks are the bytes that begin or end something in a line.
const marks = "*_~`[]()<!:"

// Trigger implements parser.InlineParser. goldmark looks for addresses at a
// blank and at the start of a line, which counts as one.
func (b *brake) Trigger() []byte { return []byte(marks + " ") }

// Parse implements parser.InlineParser.
func (b *brake) Parse(block ast.Node, r text.Reader, _ parser.Context) ast.Node {
	if block != b.block {
		b.block = block
		cost := cost(block, r.Source())
		b.plain = cost > b.budget
		if !b.plain {
			b.budget -= cost
		}
	}
	if !b.plain {
		return nil
	}
	line, segment := r.PeekLine()
	size := len(bytes.TrimRight(line, "\r\n"))
	r.Advance(size)
	return ast.NewRawTextSegment(segment.WithStop(segment.Start + size))
}

// cost is what a block may cost to read at the worst.
func cost(block ast.Node, source []byte) int {
	marked, size := 0, 0
	lines := block.Lines()
	for i := range lines.Len() {
		line := lines.At(i)
		value := line.Value(source)
		size += len(value)
		for _, c := range value {
			if isMark[c] {
				marked++
			}
		}
	}
	return marked * size
}

// isMark tells the bytes of marks.
var isMark = func() (is [256]bool) {
	for i := range len(marks) {
		is[marks[i]] = true
	}
	return is
}()

// tame reports whether goldmark can tell the blocks of a post in a short time,
// and tables whether it may look for tables in it: it fills every row up to the
// columns of the head, and compares every escaped bar with every other.
func tame(source string) (tame, tables bool) {
	lines, deepest, columns, blocks, blank := 0, 0, 0, 0, true
	escaped := strings.Count(source, `\|`)
	for line := range strings.Lines(source) {
		lines++
		inner := strings.TrimLeft(line, " \t\n")
		if inner != "" && (blank || strings.IndexByte("#<>-*+_=~`:0123456789", inner[0]) >= 0) {
			blocks++
		}
		if strings.HasPrefix(inner, "[^") {
			blocks += 2 // a note and its paragraph
		}
		blank = inner == ""
		deepest = max(deepest, containers(line))
		if strings.Trim(line, "|:- \t\n>") == "" {
			columns = max(columns, strings.Count(line, "|"))
		}
	}
	tame = len(source) <= maxSource && lines <= maxLines && deepest <= maxMarkers && deepest*lines <= maxContinued && blocks <= maxBlocks
	return tame, columns <= maxColumns && columns*lines <= maxCells && escaped <= maxEscaped
}

// containers is about how many blocks in blocks stand open after a line: the
// marks of quotes, lists, notes and definitions at its start, and the lists
// that its indent may come from.
func containers(line string) int {
	indent, n, marked := 0, 0, strings.TrimRight(line, "\n")
	for marked != "" {
		size := marker(marked)
		if size == 0 {
			break
		}
		if marked[0] == ' ' || marked[0] == '\t' {
			if n == 0 {
				indent += size
			}
		} else {
			n++
		}
		marked = marked[size:]
	}
	if n == 0 || strings.Trim(line, "- \n") == "" || strings.Trim(line, "* \n") == "" {
		return 0 // indented, but no list; or a rule
	}
	return n + indent/2
}

// marker is the bytes of the blank or the mark of a block that s begins with.
func marker(s string) int {
	n := 0
	switch c := s[0]; {
	case c == ' ' || c == '\t' || c == '>':
		return 1
	case c == '-' || c == '+' || c == '*' || c == ':':
		n = 1
	case c >= '0' && c <= '9':
		n = len(s) - len(strings.TrimLeft(s, "0123456789"))
		if n > 9 || n == len(s) || s[n] != '.' && s[n] != ')' {
			return 0
		}
		n++
	case strings.HasPrefix(s, "[^"):
		if end := strings.Index(s[:min(len(s), 200)], "]:"); end > 0 {
			return end + 2
		}
	}
	if n > 0 && n < len(s) && s[n] != ' ' && s[n] != '\t' {
		return 0
	}
	return n
}
