package render

import "strings"

// fenced is a body with its admonitions (":::note" up to ":::", as Docusaurus
// has them) as quotes that GitHub takes for notes, and its formulas that stand
// on lines of their own ("$$" up to "$$") as code blocks. Other blocks of
// colons lose their marks only. What never ends is left as it is.
func fenced(body string) string {
	if !strings.Contains(body, ":::") && !strings.Contains(body, "$$") {
		return body
	}
	var (
		b     strings.Builder
		fence string
		open  []string // what stands before the lines of each block of colons
		math  bool
		// How many more there are of either.
		ends, formulas = count(body)
	)
	b.Grow(len(body))
	for line := range strings.Lines(body) {
		inner := strings.TrimLeft(line, " \t")
		bare := strings.TrimSpace(line)
		quote := strings.Join(open, "")
		switch {
		case fence != "":
			if strings.HasPrefix(bare, fence) && strings.Trim(bare, fence[:1]) == "" {
				fence = ""
			}
		case bare == "$$" && (math || formulas > 1):
			formulas--
			indent := line[:len(line)-len(inner)]
			math = !math
			line = indent + codeMarks + "math\n"
			if !math {
				line = indent + codeMarks + "\n"
			}
		case math:
		case fenceOf(inner) != "":
			fence = fenceOf(inner)
		case strings.HasPrefix(bare, ":::"):
			name := strings.TrimSpace(strings.TrimLeft(bare, ":"))
			if name == "" {
				ends--
				if len(open) > 0 {
					open = open[:len(open)-1]
				}
				b.WriteString(strings.Join(open, "") + "\n")
				continue
			}
			if len(open) >= ends || len(open) >= maxDepth {
				break
			}
			b.WriteString(quote + "\n")
			mark, title := admonition(name)
			open = append(open, mark)
			b.WriteString(quote + title + "\n")
			continue
		}
		b.WriteString(quote + line)
	}
	return b.String()
}

// count is how many lines may end blocks of colons and formulas.
func count(body string) (ends, formulas int) {
	for line := range strings.Lines(body) {
		switch s := strings.TrimSpace(line); {
		case s == "$$":
			formulas++
		case len(s) > 2 && strings.Trim(s, ":") == "":
			ends++
		}
	}
	return ends, formulas
}

// admonition is what stands before the lines of a block of colons, and the line
// that it begins with: "note[Title]", "note Title", or some other name.
func admonition(name string) (mark, first string) {
	end := strings.IndexAny(name, " [{")
	title := ""
	if end >= 0 {
		name, title = name[:end], strings.Trim(name[end:], " []")
	}
	if !alerts[strings.ToLower(name)] {
		return "", ""
	}
	if strings.HasPrefix(title, "{") {
		title = ""
	}
	return "> ", "> [!" + name + "] " + title + "\n>"
}
