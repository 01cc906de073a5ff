package render

import "strings"

// fenced is a body with its admonitions (":::note" up to ":::", as Docusaurus
// has them, and "!!! note" with lines that are indented, as Python has them) as
// quotes that GitHub takes for notes. Other blocks of colons lose their marks
// only. What never ends is left as it is.
func fenced(body string) string {
	if !strings.Contains(body, ":::") && !strings.Contains(body, "!!! ") && !strings.Contains(body, "??? ") {
		return body
	}
	f := fencer{ends: ends(body)}
	f.b.Grow(len(body))
	for line := range strings.Lines(body) {
		f.line(line)
	}
	return f.b.String()
}

// A fencer goes through a body line by line.
type fencer struct {
	b     strings.Builder
	fence string  // marks of the code block that is open
	open  []colon // the blocks that are open
	ends  int     // how many more lines may end a block of colons
}

// A colon is an open block.
type colon struct {
	mark     string // stands before its lines
	from     string // who is quoted
	indented bool   // its lines are; nothing else ends it
}

func (f *fencer) line(line string) {
	f.dedent(&line)
	inner := strings.TrimLeft(line, " \t")
	bare := strings.TrimSpace(line)
	switch {
	case f.fence != "":
		if strings.HasPrefix(bare, f.fence) && strings.Trim(bare, f.fence[:1]) == "" {
			f.fence = ""
		}
	case listedFence(inner) != "":
		f.fence = listedFence(inner)
	case strings.HasPrefix(bare, "!!! ") || strings.HasPrefix(bare, "??? ") || strings.HasPrefix(bare, "???+ "):
		if inner != line || len(f.open) >= maxDepth {
			break
		}
		name, title, _ := strings.Cut(strings.TrimLeft(bare, "!?+ "), " ")
		if alerts[strings.ToLower(name)] {
			f.begin(name+" "+unquote(strings.TrimSpace(title)), "")
			f.open[len(f.open)-1].indented = true
			return
		}
	case strings.HasPrefix(bare, ":::"):
		name := strings.TrimSpace(strings.TrimLeft(bare, ":"))
		if name == "" {
			f.ends--
			f.end()
			return
		}
		if len(f.open) < f.ends && len(f.open) < maxDepth {
			f.begin(name, line[:len(line)-len(inner)])
			return
		}
	}
	marks := f.marks()
	if bare == "" {
		marks = strings.TrimRight(marks, " ")
	}
	f.b.WriteString(marks + line)
}

// listedFence is the marks that a line opens a code block with, behind the mark
// of an item too.
func listedFence(s string) string {
	for n := listMark(s); n > 0; n = listMark(s) {
		s = strings.TrimLeft(s[n:], " \t")
	}
	return fenceOf(s)
}

// marks are what stands before a line.
func (f *fencer) marks() string {
	var b strings.Builder
	for _, c := range f.open {
		b.WriteString(c.mark)
	}
	return b.String()
}

// dedent takes the indent off a line of a block that is indented, and ends the
// block before one that is not.
func (f *fencer) dedent(line *string) {
	for f.fence == "" && len(f.open) > 0 && f.open[len(f.open)-1].indented && strings.TrimSpace(*line) != "" &&
		!strings.HasPrefix(*line, "    ") && !strings.HasPrefix(*line, "\t") {
		f.end()
	}
	for _, c := range f.open {
		if rest, ok := strings.CutPrefix(*line, "\t"); c.indented && ok {
			*line = rest
		} else if c.indented {
			*line = strings.TrimPrefix(*line, "    ")
		} else {
			*line = strings.TrimPrefix(*line, strings.TrimSuffix(c.mark, "> "))
		}
	}
}

// begin begins a block: "note[Title]", "note Title", or some other name.
func (f *fencer) begin(name, indent string) {
	before := f.marks()
	title := ""
	if end := strings.IndexAny(name, " [{"); end >= 0 {
		name, title = name[:end], strings.Trim(name[end:], " []")
	}
	if strings.HasPrefix(title, "{") || strings.HasPrefix(name, "{") {
		title = ""
	}
	c := colon{}
	first := ""
	switch kind := strings.ToLower(name); {
	case kind == "quote":
		c.mark, c.from = indent+"> ", title
	case alerts[kind]:
		c.mark = indent + "> "
		first = c.mark + "[!" + name + "] " + title + "\n" + before + c.mark
	case title != "":
		first = "**" + title + "**\n"
	}
	f.b.WriteString(before + "\n" + before + first + "\n")
	f.open = append(f.open, c)
}

// end ends the block that was opened last.
func (f *fencer) end() {
	if n := len(f.open); n > 0 {
		if from := f.open[n-1].from; from != "" {
			f.b.WriteString(f.marks() + "\n" + f.marks() + "— " + from + "\n")
		}
		f.open = f.open[:n-1]
	}
	f.b.WriteString(f.marks() + "\n")
}

// ends is how many lines may end blocks of colons.
func ends(body string) int {
	n := 0
	for line := range strings.Lines(body) {
		if s := strings.TrimSpace(line); len(s) > 2 && strings.Trim(s, ":") == "" {
			n++
		}
	}
	return n
}
