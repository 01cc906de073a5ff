package render

import "strings"

// A codeLines tells which lines of a body are source code: those of a block
// between marks, and those that are indented, in items and quotes too. It is
// asked for every line, in their order.
type codeLines struct {
	fence  string   // marks of the code block that is open
	within int      // quotes that it stands in
	quotes int      // that the last line stands in
	items  [2][]int // where the text of the items that are open begins, in cells: outside of quotes, and in them
	text   bool     // the last line is one of a paragraph, which an indented one goes on with
}

// code reports whether the line is source code, or a mark around it.
func (c *codeLines) code(line string) bool {
	if c.fence != "" && c.fenced(line) {
		return true
	}
	indent, quotes := c.indent(line)
	inner, level := line[len(indent):], 0
	if blankLine(inner) {
		if c.text = false; quotes < c.quotes {
			c.quotes, c.items[1] = quotes, nil
		}
		return false
	}
	if quotes != c.quotes {
		c.text = c.text && quotes < c.quotes
		c.quotes, c.items[1] = quotes, nil
	}
	mark := listMark(inner)
	goesOn := c.text && mark == 0 && inner[0] != '#' && fenceOf(inner) == ""
	if c.quotes > 0 {
		outer, _, _ := strings.Cut(indent, ">")
		c.end(0, cellsBefore(outer), goesOn)
		level = 1
	}
	width := cellsBehind(indent)
	items := c.end(level, width, goesOn)
	if width >= c.from(level)+tabStop {
		if !c.text {
			return true
		}
		mark = 0 // none, so deep in a paragraph
	}
	for ; mark > 0 && len(items) < maxMarkers; mark = listMark(inner) {
		width += mark
		rest := strings.TrimLeft(inner[mark:], " \t")
		if blanks := cellsBefore(inner[mark : len(inner)-len(rest)]); blanks < tabStop {
			width += blanks
		}
		items, inner = append(items, width), rest
	}
	c.items[level] = items
	c.fence, c.within = listedFence(inner), c.quotes
	c.text = c.fence == "" && strings.TrimLeft(inner, "-*_ \t\n") != "" && inner[0] != '#'
	return c.fence != ""
}

// indent is what stands before the text of a line, and the quotes in it. A mark
// of one that is indented as source code is a letter of it.
func (c *codeLines) indent(line string) (indent string, quotes int) {
	at := 0
	for {
		blanks := len(line) - len(strings.TrimLeft(line[at:], " \t"))
		if blanks == len(line) || line[blanks] != '>' || cellsBehind(line[:blanks]) >= c.from(min(quotes, 1))+tabStop {
			return line[:blanks], quotes
		}
		at, quotes = blanks+1, quotes+1
	}
}

// fenced reports whether a line stands in the block between marks that is open,
// or is the one that ends it. What the block stands in ends it too.
func (c *codeLines) fenced(line string) bool {
	inner, level := line, 0
	for range c.within {
		marks := strings.TrimLeft(inner, " \t")
		if level = 1; marks == "" || marks[0] != '>' {
			c.fence, c.text = "", false
			return false
		}
		inner = marks[1:]
	}
	indent := line[:len(line)-len(strings.TrimLeft(inner, " \t"))]
	bare, width, from := line[len(indent):], cellsBehind(indent), c.from(level)
	switch {
	case blankLine(bare):
	case width < from:
		c.fence, c.text = "", false
		return false
	case width < from+tabStop && strings.HasPrefix(bare, c.fence) && strings.Trim(bare, c.fence[:1]+" \t\n") == "":
		c.fence = ""
	}
	return true
}

// from is where the text of the last item that is open begins, in cells.
func (c *codeLines) from(level int) int {
	if n := len(c.items[level]); n > 0 {
		return c.items[level][n-1]
	}
	return 0
}

// end ends the items that a line so far in does not stand in, unless it goes on
// with a paragraph. It returns those that are left.
func (c *codeLines) end(level, width int, goesOn bool) []int {
	items := c.items[level]
	for n := len(items); n > 0 && !goesOn && items[n-1] > width; n-- {
		items = items[:n-1]
	}
	c.items[level] = items
	return items
}

// cellsBehind is the cells of an indent behind the marks of quotes in it, each
// of which takes a blank.
func cellsBehind(indent string) int {
	at := strings.LastIndexByte(indent, '>') + 1
	if at == 0 || at == len(indent) {
		return cellsBefore(indent[at:])
	}
	return cellsBefore(indent) - cellsBefore(indent[:at]) - 1
}

// A verbatim tells which lines of a body are source code: of Markdown, or of a
// tag or <pre> that encloses it. It is asked for every line, in their order.
type verbatim struct {
	lines codeLines
	tags  keeper
}

// keeps reports whether a line is source code; rest is the body from it on.
func (v *verbatim) keeps(line, rest string) bool {
	if v.tags.end == "" && v.lines.code(line) {
		return true
	}
	if !v.tags.keeps(rest) {
		return false
	}
	v.lines.text = false
	return true
}

// cellsBefore is the cells of an indent.
func cellsBefore(indent string) int {
	width := 0
	for i := range len(indent) {
		if indent[i] == '\t' {
			width += tabStop - width%tabStop
		} else {
			width++
		}
	}
	return width
}
