package render

import "strings"

// fenced is a body with its admonitions (":::note" up to ":::", as Docusaurus
// has them, and "!!! note" with lines that are indented, as Python has them) as
// quotes that GitHub takes for notes. Other blocks of colons lose their marks
// only. What never ends is left as it is.
func fenced(body string) string {
	if !strings.Contains(body, "::") && !strings.Contains(body, "!!! ") && !strings.Contains(body, "??? ") && !strings.Contains(body, "???+ ") {
		return body
	}
	f := fencer{}
	f.ends, f.pairs = ends(body)
	f.b.Grow(len(body))
	for body != "" {
		line := firstLine(body)
		f.line(line, body)
		body = body[len(line):]
	}
	return f.b.String()
}

// A fencer goes through a body line by line.
type fencer struct {
	b     strings.Builder
	open  []colon // the blocks that are open
	ends  int     // how many more lines may end a block of colons
	pairs int     // and one of two
	opts  bool    // the lines may be options of the block

	source verbatim
	code   bool // the last line is source code, or blank behind some
}

// A colon is an open block.
type colon struct {
	mark     string // stands before its lines
	quote    string // marks of the quote that it stands in
	from     string // who is quoted
	indented bool   // its lines are; nothing else ends it
	tabs     bool   // a line in it may begin a tab
	pair     bool   // it is one of two colons
}

// line takes the line that rest begins with.
func (f *fencer) line(line, rest string) {
	before := f.dedent(&line)
	code := f.source.keeps(before+line, rest)
	inner := strings.TrimLeft(line, " \t>")
	bare := strings.TrimSpace(inner)
	f.opts = f.opts && isFenceOption(bare)
	goesOn := f.code
	f.code = code || f.code && bare == ""
	switch {
	case code && !goesOn && f.source.lines.fence == "" && isLanguage(bare):
		return
	case code:
	case f.opts:
		return
	case strings.HasPrefix(bare, "!!! ") || strings.HasPrefix(bare, "??? ") || strings.HasPrefix(bare, "???+ "):
		if inner != line || len(f.open) >= maxDepth {
			break
		}
		name, title, _ := strings.Cut(strings.TrimLeft(bare, "!?+ "), " ")
		quoted := unquote(strings.TrimSpace(title))
		if kind := strings.ToLower(name); alerts[kind] || callouts[kind] || isName(name) && quoted != strings.TrimSpace(title) {
			f.alert(name, quoted, "")
			f.open[len(f.open)-1].indented = true
			return
		}
	case strings.HasPrefix(bare, "@tab") && len(f.open) > 0 && f.open[len(f.open)-1].tabs:
		if label, ok := tabLabel(bare); ok {
			before := f.marks() + line[:len(line)-len(inner)]
			blank := strings.TrimRight(before, " \t") + "\n"
			f.b.WriteString(blank + before + label + "\n" + blank)
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
			f.opts = name[0] == '{' && isLetter(name[min(1, len(name)-1)])
			return
		}
	case bare == "::":
		f.pairs--
		if n := len(f.open); n > 0 && f.open[n-1].pair {
			f.end()
			return
		}
	case isPair(bare) && f.paired() < f.pairs && len(f.open) < maxDepth:
		n := len(f.open)
		f.begin(bare[2:], line[:len(line)-len(inner)])
		f.open[n].pair = true
		return
	}
	marks := f.marks()
	if bare == "" {
		marks = strings.TrimRight(marks, " ")
	}
	f.b.WriteString(marks + line)
}

// isLanguage reports whether a line tells the language of the code below it, as
// Python's Markdown has it.
func isLanguage(bare string) bool {
	name, ok := strings.CutPrefix(bare, ":::")
	return ok && isName(name) && !alerts[name] && !callouts[name]
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

// dedent takes off a line what stands before it in the blocks that are open. A
// block that the line is not in ends, with those in it. It returns what stood
// there in Markdown: not the indent of what is a block by that alone.
func (f *fencer) dedent(line *string) (before string) {
	for i := 0; i < len(f.open); i++ {
		rest, in := f.open[i].inner(*line, f.source.lines.fence != "")
		if !in {
			f.source.lines.fence = ""
			for len(f.open) > i {
				f.end()
			}
			return before
		}
		if !f.open[i].indented {
			before += (*line)[:len(*line)-len(rest)]
		}
		*line = rest
	}
	return before
}

// inner is a line as it stands in the block, and whether it does: a block that
// is indented, or in a quote, ends before one that is not. code says that the
// line is source code.
func (c colon) inner(line string, code bool) (rest string, in bool) {
	switch {
	case c.indented:
		if rest, ok := strings.CutPrefix(line, "\t"); ok {
			return rest, true
		}
		rest, ok := strings.CutPrefix(line, "    ")
		return rest, ok || code || blankLine(line)
	case c.quote == "":
		return strings.TrimPrefix(line, strings.TrimSuffix(c.mark, "> ")), true
	}
	quotes := strings.Count(c.quote, ">")
	if strings.Count(quotePart(line), ">") < quotes || c.mark == "" {
		return line, c.mark == "" && strings.Contains(quotePart(line), ">")
	}
	for range quotes {
		_, line, _ = strings.Cut(line, ">")
	}
	return strings.TrimPrefix(line, " "), true
}

// quotePart is the marks of quotes that a line begins with.
func quotePart(line string) string { return line[:len(line)-len(strings.TrimLeft(line, " \t>"))] }

// alert begins a note.
func (f *fencer) alert(name, title, indent string) {
	c := colon{mark: indent + "> "}
	f.push(c, c.mark+"[!"+name+"] "+title+"\n"+f.marks()+c.mark, indent)
}

// push begins a block with a first line.
func (f *fencer) push(c colon, first, indent string) {
	before := f.marks()
	if c.quote = ""; strings.Contains(indent, ">") {
		c.quote = indent
	}
	blank := strings.TrimRight(c.quote, " \t")
	switch {
	case first == "":
		first = blank
	case c.mark == "":
		first = c.quote + first + "\n" + before + blank
	}
	f.b.WriteString(before + blank + "\n" + before + first + "\n")
	f.open = append(f.open, c)
}

// paired is how many of the blocks that are open are of two colons.
func (f *fencer) paired() int {
	n := 0
	for _, c := range f.open {
		if c.pair {
			n++
		}
	}
	return n
}

// end ends the block that was opened last.
func (f *fencer) end() {
	quote := ""
	if n := len(f.open); n > 0 {
		if from := f.open[n-1].from; from != "" {
			f.b.WriteString(f.marks() + "\n" + f.marks() + "— " + from + "\n")
		}
		quote = strings.TrimRight(f.open[n-1].quote, " \t")
		f.open = f.open[:n-1]
	}
	f.b.WriteString(f.marks() + quote + "\n")
}
