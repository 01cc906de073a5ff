package render

import "strings"

// command reads what a command asks for.
func (t *texReader) command(name string) []atom {
	if silent[name] {
		return nil
	}
	if blanks[name] || name == " " || name == "\n" {
		return []atom{{text: " "}}
	}
	if s, ok := symbols()[name]; ok {
		return []atom{{text: s.text, class: s.class}}
	}
	if a, ok := alphabets[name]; ok {
		return t.face(a)
	}
	if a, ok := accents[name]; ok {
		return []atom{{text: over(t.argument(), a.mark, a.name)}}
	}
	switch name {
	case "frac", "dfrac", "tfrac", "cfrac", "nicefrac", "sfrac":
		return t.fraction()
	case "sqrt":
		return t.root()
	case "binom", "dbinom", "tbinom":
		n, k := t.argument(), t.argument()
		return []atom{{text: "(" + n + " choose " + k + ")", class: fence}}
	case "text", "textrm", "textbf", "textit", "textsf", "texttt", "textnormal", "mbox", "hbox", "textsc", "emph", "textup", "textmd":
		return []atom{{text: t.prose(t.raw()), apart: false}}
	case "operatorname", "operatorname*", "mathop", "DeclareMathOperator":
		if t.peek() == "*" {
			t.next()
		}
		return []atom{{text: t.argument(), class: operator}}
	case "mathrel":
		return []atom{{text: t.argument(), class: relation}}
	case "mathopen":
		return []atom{{text: t.argument(), class: opens}}
	case "mathclose":
		return []atom{{text: t.argument(), class: closes}}
	case "mathpunct":
		return []atom{{text: t.argument(), class: punctuation}}
	case "left":
		return t.enclosure()
	case "big", "Big", "bigg", "Bigg", "bigl", "Bigl", "biggl", "Biggl", "bigr", "Bigr", "biggr", "Biggr", "bigm", "Bigm", "biggm", "Biggm", "middle":
		return t.delimiter(name)
	case "overset", "stackrel", "underset":
		small, base := t.argument(), t.nucleus()
		return t.stacked(base, small, name == "underset")
	case "xrightarrow", "xleftarrow", "xmapsto", "xRightarrow", "xLeftarrow", "xleftrightarrow", "xlongequal", "xhookrightarrow":
		return t.arrow(name)
	case "not":
		return []atom{{text: over(t.argument(), "\u0338", "not"), class: relation}}
	case "pmod":
		return []atom{{text: " (mod " + t.argument() + ")"}}
	case "pod":
		return []atom{{text: " (" + t.argument() + ")"}}
	case "tag", "tag*":
		if t.peek() == "*" {
			t.next()
		}
		return []atom{{text: "    (" + t.prose(t.raw()) + ")"}}
	case "color":
		t.raw()
		return nil
	case "textcolor", "colorbox", "style", "class", "cssId":
		t.raw()
		return t.nucleus()
	case "label", "hspace", "hskip", "vspace", "kern", "mkern", "mspace", "phantom", "hphantom", "vphantom", "raisebox":
		if t.peek() == "*" {
			t.next()
		}
		if t.peek() != "{" {
			t.fail() // a length
		}
		t.raw()
		if name == "label" || name == "vspace" || name == "vphantom" {
			return nil
		}
		return []atom{{text: " "}}
	case "substack":
		return []atom{{text: t.stack(t.raw())}}
	case "begin":
		return t.environment()
	case "!":
		return nil
	case "bf", "bfseries":
		return nil
	}
	t.fail()
	return nil
}

// face reads what is set in an alphabet.
func (t *texReader) face(a alphabet) []atom {
	switch t.peek() {
	case "", "}", "&", "^", "_", `\\`, `\end`, `\right`:
		t.fail()
		return nil
	}
	atoms := t.nucleus()
	switch {
	case a == grouped && (len(atoms) != 1 || !single(atoms[0].text)):
		return []atom{{text: bracketed(typeset(atoms, t.tight)), class: fence}}
	case len(atoms) != 1:
		return []atom{{text: a.set(typeset(atoms, t.tight))}}
	}
	atoms[0].text = a.set(atoms[0].text)
	return atoms
}

// halves are the fractions that have a sign of their own.
var halves = map[[2]string]string{
	{"1", "2"}: "½", {"1", "3"}: "⅓", {"2", "3"}: "⅔", {"1", "4"}: "¼", {"3", "4"}: "¾", {"1", "5"}: "⅕",
	{"1", "6"}: "⅙", {"1", "8"}: "⅛",
}

func (t *texReader) fraction() []atom {
	n, d := t.argument(), t.argument()
	if s := halves[[2]string{n, d}]; s != "" {
		return []atom{{text: s}}
	}
	if !factor(strings.TrimPrefix(n, "−")) {
		n = bracketed(n)
	}
	if !single(d) {
		d = bracketed(d)
	}
	return []atom{{text: n + "/" + d, class: fraction}}
}

func (t *texReader) root() []atom {
	degree := t.bracket()
	s := t.argument()
	if !single(s) {
		s = bracketed(s)
	}
	switch degree {
	case "", "2":
		s = "√" + s
	case "3":
		s = "∛" + s
	case "4":
		s = "∜" + s
	default:
		up, _ := above.put(t.inner(degree))
		s = up + "√" + s
	}
	return []atom{{text: s, class: fraction}}
}

// prose is text in a formula, which may have formulas in it.
func (t *texReader) prose(s string) string {
	var b strings.Builder
	for s != "" {
		switch c := s[0]; {
		case c == '$':
			end := strings.IndexByte(s[1:], '$')
			if end < 0 {
				t.fail()
				return ""
			}
			b.WriteString(t.inner(s[1 : end+1]))
			s = s[end+2:]
		case c == '\\' && len(s) > 1 && strings.IndexByte(`_%&$#{} ,`, s[1]) >= 0:
			b.WriteByte(s[1])
			s = s[2:]
		case c == '\\':
			sub := &texReader{s: s, depth: t.depth + 1}
			if sub.depth > maxFormulaDepth {
				t.fail()
				return ""
			}
			text := typeset(sub.command(sub.next()[1:]), true)
			if sub.bad {
				t.fail()
				return ""
			}
			b.WriteString(text)
			s = s[sub.at:]
		case c == '~' || c == '\n' || c == '\t':
			b.WriteByte(' ')
			s = s[1:]
		case c == '{' || c == '}':
			s = s[1:]
		default:
			size, _ := cluster(s)
			b.WriteString(s[:size])
			s = s[size:]
		}
	}
	return b.String()
}

// stacked is a base with a small text over or under it.
func (t *texReader) stacked(base []atom, small string, under bool) []atom {
	if len(base) != 1 {
		base = []atom{{text: typeset(base, t.tight)}}
	}
	sc := above
	if under {
		sc = below
	}
	script, apart := sc.put(small)
	base[0].text += script
	base[0].apart = apart
	return base
}

// arrow is an arrow with a text over it, and one under it.
func (t *texReader) arrow(name string) []atom {
	under := t.bracket()
	label := t.argument()
	if under != "" {
		label = strings.TrimPrefix(label+", "+t.inner(under), ", ")
	}
	left, right := "─", "→"
	switch name {
	case "xleftarrow":
		left, right = "←", "─"
	case "xRightarrow":
		left, right = "═", "⇒"
	case "xLeftarrow":
		left, right = "⇐", "═"
	case "xleftrightarrow":
		left, right = "←", "→"
	case "xlongequal":
		left, right = "═", "═"
	case "xmapsto":
		left = "├"
	case "xhookrightarrow":
		left = "↪"
	}
	if label != "" {
		label = "(" + label + ")"
	}
	return []atom{{text: left + label + right, class: relation}}
}

// stack is lines under one another in one line.
func (t *texReader) stack(s string) string {
	var parts []string
	for part := range strings.SplitSeq(s, `\\`) {
		if part = t.inner(part); part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, ", ")
}
