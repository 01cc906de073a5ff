package render

import "strings"

// blockLine takes a line that is none of Markdown but an order to a program: a
// place for a table of contents, a module of MDX, the meaning of a short word.
// It returns the bytes that are done with, 0 for other lines.
func (c *cleaner) blockLine(line, inner string) int {
	if c.raw || c.ignored != "" {
		return 0
	}
	said := strings.TrimSpace(inner)
	switch {
	case orders[said]:
		c.put("\n")
		return len(line)
	case strings.HasPrefix(said, "*["):
		short, long, ok := strings.Cut(said[2:], "]:")
		if ok && strings.TrimSpace(long) != "" && !strings.ContainsAny(short, "[]") {
			c.put(line[:len(line)-len(inner)] + "- " + short + ": " + strings.TrimSpace(long) + "\n")
			if next := firstLine(c.rest[len(line):]); !strings.HasPrefix(strings.TrimLeft(next, " \t>"), "*[") {
				c.put(strings.TrimRight(line[:len(line)-len(inner)], " \t") + "\n") // it is no more of the item
			}
			return len(line)
		}
	case !c.fresh && isAttributes(said):
		c.put("\n")
		return len(line)
	case listMark(said) > 0:
		next, _, _ := strings.Cut(c.rest[len(line):], "\n")
		if mark := strings.TrimSpace(next); strings.HasPrefix(mark, "{:toc") || strings.HasPrefix(mark, "{: toc") {
			c.put("\n")
			return min(len(c.rest), len(line)+len(next)+1)
		}
	case inner == line && (c.fresh || c.headed) && (strings.HasPrefix(line, "import ") || strings.HasPrefix(line, "export ")):
		n := 0
		if c.misses += 20; c.misses < maxMisses {
			n = moduleOf(c.rest)
		}
		if n > 0 {
			c.put("\n")
			c.blank = true
			return n
		}
	}
	return 0
}

// orders are lines that are for a program.
var orders = map[string]bool{
	"[TOC]": true, "[toc]": true, "[[TOC]]": true, "[[toc]]": true, "[[_TOC_]]": true, "@[toc]": true, "@[TOC]": true,
	"${toc}": true, "\\newpage": true, "\\pagebreak": true, "\\tableofcontents": true,
	"<--->": true, // parts columns of hugo-book
}

// moduleOf is the bytes of the line of JavaScript, and those it goes on to, that
// s begins with: an import or an export.
func moduleOf(s string) int {
	window := s[:min(len(s), 4*maxTag)]
	depth, at := 0, 0
	for line := range strings.Lines(window) {
		said := strings.TrimSpace(line)
		if said == "" && depth <= 0 {
			return 0
		}
		at += len(line)
		depth += strings.Count(line, "{") + strings.Count(line, "(") + strings.Count(line, "[") -
			strings.Count(line, "}") - strings.Count(line, ")") - strings.Count(line, "]")
		if depth > 0 {
			continue
		}
		first, _, _ := strings.Cut(s, "\n")
		said = strings.TrimRight(said, "; ")
		if strings.HasPrefix(first, "import ") {
			if isQuoted(said) && (strings.Contains(said, "from ") || isQuoted(strings.TrimPrefix(said, "import "))) {
				return at
			}
			return 0
		}
		for _, word := range []string{"const ", "let ", "var ", "default ", "function ", "async function ", "{"} {
			if strings.HasPrefix(first, "export "+word) && strings.ContainsAny(first, "=({;") {
				return at
			}
		}
		return 0
	}
	return 0
}

// isQuoted reports whether s ends in text in quotes.
func isQuoted(s string) bool {
	s = strings.TrimSpace(s)
	if s == "" || s[len(s)-1] != '"' && s[len(s)-1] != '\'' {
		return false
	}
	return strings.IndexByte(s[:len(s)-1], s[len(s)-1]) >= 0
}
