package render

import "strings"

// A codeLines tells which lines of a body are source code: those of a block
// between marks, and those that are indented, in items and quotes too. It is
// asked for every line, in their order.
type codeLines struct {
	fence  string   // marks of the code block that is open
	quotes int      // that the last line stands in
	items  [2][]int // where the text of the items that are open begins, in cells: outside of quotes, and in them
	text   bool     // the last line is one of a paragraph, which an indented one goes on with
}

// code reports whether the line is source code, or a mark around it.
func (c *codeLines) code(line string) bool {
	inner := strings.TrimLeft(line, " \t>")
	if c.fence != "" {
		if bare := strings.TrimSpace(inner); strings.HasPrefix(bare, c.fence) && strings.Trim(bare, c.fence[:1]) == "" {
			c.fence = ""
		}
		return true
	}
	if blankLine(inner) {
		c.text = false
		return false
	}
	indent, level := line[:len(line)-len(inner)], 0
	if quotes := strings.Count(indent, ">"); quotes != c.quotes {
		c.text = c.text && quotes < c.quotes
		c.quotes, c.items[1] = quotes, nil
	}
	mark := listMark(inner)
	goesOn := c.text && mark == 0 && inner[0] != '#' && fenceOf(inner) == ""
	if c.quotes > 0 {
		outer, _, _ := strings.Cut(indent, ">")
		c.end(0, cellsBefore(outer), goesOn)
		indent = strings.TrimPrefix(indent[strings.LastIndexByte(indent, '>')+1:], " ")
		level = 1
	}
	width := cellsBefore(indent)
	items, from := c.end(level, width, goesOn), 0
	if len(items) > 0 {
		from = items[len(items)-1]
	}
	if width >= from+tabStop {
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
	c.fence = listedFence(inner)
	c.text = c.fence == "" && strings.TrimLeft(inner, "-*_ \t\n") != "" && inner[0] != '#'
	return c.fence != ""
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
