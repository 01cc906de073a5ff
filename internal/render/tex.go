package render

import (
	"strings"
	"unicode/utf8"
)

// Bounds of one formula. One that is beyond them is shown as it was written.
const (
	maxFormula      = 8 << 10 // bytes
	maxFormulaDepth = 24      // of groups in groups
	maxFormulaText  = 64 << 10
)

// A class is how something stands between others: which blanks are around it.
type class uint8

const (
	ordinary class = iota
	operator       // log, or a sum
	binary         // plus
	relation       // equals
	opens
	closes
	punctuation
	fraction // what has a stroke or a root: nothing touches it
	fence    // opens at its left and closes at its right
)

// An atom is a part of a formula, in the order of reading.
type atom struct {
	text  string
	class class
	apart bool     // a letter or figure does not follow without a blank
	rows  []string // of what takes several lines
}

// A texReader reads the mathematics of TeX. Where it meets what it does not know
// it gives up: a formula is shown whole or as it was written.
type texReader struct {
	s     string
	at    int
	depth int
	tight bool // no blanks around signs: in fractions and scripts
	tall  bool // matrices take several lines
	bad   bool
}

// formulaText is a formula of TeX as text, false where a part of it cannot be
// told. A formula of its own (display) may take several lines of about so many
// cells.
func formulaText(tex string, display bool, width int) (s string, ok bool) {
	if len(tex) > maxFormula || strings.TrimSpace(tex) == "" {
		return "", false
	}
	tex = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&").Replace(tex)
	for _, tall := range []bool{display, false} {
		t := &texReader{s: tex, tall: tall}
		rows := t.whole(display)
		if t.bad || t.at < len(t.s) {
			return "", false
		}
		size, wide := 0, false
		for i, row := range rows {
			rows[i] = strings.TrimRight(row, " ")
			size += len(row) + 1
			wide = wide || cellsOf(row) > width
		}
		if size > maxFormulaText {
			return "", false
		}
		if wide && tall {
			continue
		}
		s = strings.Join(rows, "\n")
		break
	}
	if strings.TrimSpace(s) == "" {
		return "", false
	}
	return s, true
}

// whole reads all there is.
func (t *texReader) whole(display bool) []string {
	if !display {
		return []string{typeset(t.sequence(), false)}
	}
	lines := t.table("")
	if len(lines) == 1 && len(lines[0]) == 1 {
		return across(lines[0][0])
	}
	return aligned(lines)
}

// fail gives up.
func (t *texReader) fail() { t.bad, t.at = true, len(t.s) }

// peek is the next thing, without reading it: a command with its backslash, or
// one sign; empty at the end.
func (t *texReader) peek() string {
	for t.at < len(t.s) && (t.s[t.at] == ' ' || t.s[t.at] == '\n' || t.s[t.at] == '\t') {
		t.at++
	}
	rest := t.s[t.at:]
	if rest == "" {
		return ""
	}
	if rest[0] != '\\' {
		size, _ := cluster(rest)
		return rest[:size]
	}
	n := 1
	for n < len(rest) && (rest[n]|0x20 >= 'a' && rest[n]|0x20 <= 'z') {
		n++
	}
	if n == 1 && len(rest) > 1 {
		_, size := utf8.DecodeRuneInString(rest[1:])
		n += size
	}
	return rest[:n]
}

// next reads the next thing.
func (t *texReader) next() string {
	s := t.peek()
	t.at += len(s)
	return s
}

// sequence reads up to what ends it, which it leaves: a brace, a cell, a row, or
// the end of what is open.
func (t *texReader) sequence() []atom {
	if t.depth++; t.depth > maxFormulaDepth {
		t.fail()
	}
	defer func() { t.depth-- }()
	var atoms []atom
	for {
		switch s := t.peek(); s {
		case "", "}", "&", `\\`, `\cr`, `\newline`, `\end`, `\right`:
			return atoms
		}
		part := t.nucleus()
		if t.bad {
			return nil
		}
		atoms = append(atoms, t.scripts(part)...)
	}
}

// scripts reads what stands above and below the last of the atoms.
func (t *texReader) scripts(atoms []atom) []atom {
	var up, down, primes string
	found := false
	for {
		switch s := t.peek(); s {
		case "^", "_":
			t.next()
			found = true
			arg := t.argument()
			if s == "^" {
				up += arg
			} else {
				down += arg
			}
			continue
		case "'", "’":
			t.next()
			found = true
			primes += "′"
			continue
		case `\limits`, `\nolimits`:
			t.next()
			continue
		}
		break
	}
	if !found {
		return atoms
	}
	if len(atoms) == 0 {
		atoms = []atom{{}}
	}
	last := &atoms[len(atoms)-1]
	if last.rows != nil {
		last.rows = nil // in one line
	}
	if last.class == fraction {
		last.text, last.class = bracketed(last.text), fence
	}
	low, apart := below.put(down)
	high, too := above.put(up)
	last.text += primes + low + high
	last.apart = too || high == "" && apart
	return atoms
}

// argument reads what a command is given: a group, or one thing.
func (t *texReader) argument() string {
	tight := t.tight
	t.tight = true
	defer func() { t.tight = tight }()
	switch t.peek() {
	case "", "}", "&", "^", "_", `\\`, `\end`, `\right`:
		t.fail()
		return ""
	}
	return typeset(t.nucleus(), true)
}

// raw reads a group as it is written.
func (t *texReader) raw() string {
	if t.peek() != "{" {
		return t.next()
	}
	depth := 0
	for i := t.at; i < len(t.s); i++ {
		switch t.s[i] {
		case '\\':
			i++
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				s := t.s[t.at+1 : i]
				t.at = i + 1
				return s
			}
		}
	}
	t.fail()
	return ""
}

// bracket reads an argument in square brackets as it is written, if there is one.
func (t *texReader) bracket() string {
	if t.peek() != "[" {
		return ""
	}
	end := strings.IndexByte(t.s[t.at:], ']')
	if end < 0 {
		return ""
	}
	s := t.s[t.at+1 : t.at+end]
	t.at += end + 1
	return s
}

// inner is a formula in what raw read.
func (t *texReader) inner(s string) string {
	if t.depth > maxFormulaDepth {
		t.fail()
		return ""
	}
	sub := &texReader{s: s, depth: t.depth + 1, tight: true}
	text := typeset(sub.sequence(), true)
	if sub.bad || sub.at < len(sub.s) {
		t.fail()
	}
	return text
}

// nucleus reads one thing without its scripts.
func (t *texReader) nucleus() []atom {
	s := t.next()
	switch {
	case s == "^" || s == "_" || s == "'" || s == "’":
		t.at -= len(s) // over nothing
		return nil
	case s == "{":
		atoms := t.sequence()
		if t.next() != "}" {
			t.fail()
		}
		if len(atoms) == 1 {
			return atoms
		}
		return []atom{{text: typeset(atoms, t.tight)}}
	case len(s) > 1 && s[0] == '\\':
		return t.command(s[1:])
	case s == "%" && !strings.Contains(t.s, "\n"): // else a note to the end of the line
		return []atom{{text: s, class: binary}}
	case s == "%" || s == "#" || s == "$" || s == `\` || s == "" || s == "}":
		t.fail()
		return nil
	case s == "~":
		return []atom{{text: " "}}
	}
	return []atom{{text: s, class: t.classOf(s)}}
}
