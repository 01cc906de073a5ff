package render

import "strings"

// sign reads one bracket or the like; "." is none.
func (t *texReader) sign() (s string, c class) {
	s = t.next()
	switch s {
	case ".":
		return "", ordinary
	case "<":
		return "⟨", opens
	case ">":
		return "⟩", closes
	case "|", "/", "(", ")", "[", "]":
		return s, t.classOf(s)
	}
	if len(s) > 1 && s[0] == '\\' {
		if k, ok := symbols()[s[1:]]; ok {
			return k.text, k.class
		}
	}
	t.fail()
	return "", 0
}

// delimiter is a bracket of a size.
func (t *texReader) delimiter(name string) []atom {
	s, c := t.sign()
	switch {
	case name == "middle" || strings.HasSuffix(name, "m") || c == relation:
		c = relation
		if s == "|" {
			c = ordinary
		}
	case strings.HasSuffix(name, "l"):
		c = opens
	case strings.HasSuffix(name, "r"):
		c = closes
	}
	return []atom{{text: s, class: c}}
}

// enclosure is what stands between \left and \right.
func (t *texReader) enclosure() []atom {
	left, _ := t.sign()
	atoms := t.sequence()
	if t.next() != `\right` {
		t.fail()
		return nil
	}
	right, _ := t.sign()
	a := atom{text: left + typeset(atoms, t.tight) + right, class: fence}
	for _, part := range atoms {
		if part.rows != nil {
			a.rows = walled(across(atoms), left, right)
			break
		}
	}
	return []atom{a}
}
