package render

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// typeset is atoms on one line, with the blanks that their classes ask for.
func typeset(atoms []atom, tight bool) string {
	var b strings.Builder
	last, apart := opens, false
	for i, a := range atoms {
		c := a.class
		text := a.text
		if c == binary {
			after := closes
			for _, next := range atoms[i+1:] {
				if next.text != "" && next.text != " " {
					after = next.class
					break
				}
			}
			switch {
			case last == binary, last == relation, last == opens, last == punctuation, last == operator,
				after == relation, after == closes && i == len(atoms)-1, after == punctuation:
				c = ordinary
			}
		}
		if text == "-" {
			text = "−"
		}
		if text == "" {
			continue
		}
		if s := b.String(); s != "" && s[len(s)-1] != ' ' && text[0] != ' ' && spaced(last, c, tight, apart, s, text) {
			b.WriteByte(' ')
		}
		b.WriteString(text)
		if last, apart = c, a.apart; c == fence {
			last = closes
		}
	}
	return strings.TrimSpace(b.String())
}

// spaced reports whether a blank parts text of a class from what stands before.
func spaced(last, c class, tight, apart bool, before, text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	word := unicode.IsLetter(r) || unicode.IsDigit(r)
	end, _ := utf8.DecodeLastRuneInString(before)
	wordy := unicode.IsLetter(end) || unicode.IsDigit(end) || isScript[end]
	switch {
	case c == closes || c == punctuation || last == opens:
		return false
	case last == relation && c == relation:
		return false
	case c == fraction && last == ordinary && strings.ContainsRune("√∛∜", r):
		return false
	case last == fraction && c != binary && c != relation, c == fraction && last != binary && last != relation && last != punctuation:
		return true
	case last == relation || c == relation || last == binary || c == binary:
		// A word is not run together with its neighbour.
		return !tight || word && unicode.IsLetter(end) && len(text) > 1 && unicode.IsLetter(rune(text[1]))
	case last == punctuation:
		return !tight
	case last == operator:
		return c != opens && c != fence
	case c == operator:
		return wordy || apart || last == closes
	}
	return apart && word
}

// classOf is the class of a sign that stands for itself, which was just read.
func (t *texReader) classOf(s string) class {
	switch s {
	case "+", "-", "*", "−", "×", "·", "±", "⊕", "⊗", "∘", "∪", "∩":
		return binary
	case "=", "<", ">", "≤", "≥", "≠", "≈", "∈", "→", "≡", "∼", "⇒", "⊂", "⊆":
		return relation
	case "(", "[":
		return opens
	case ")", "]", "!", "?":
		return closes
	case ";":
		return punctuation
	case ":":
		if t.peek() == "=" {
			return relation
		}
		return punctuation
	case ",":
		if i := t.at; i >= 2 && digits(t.s[i-2:i-1]) == 1 && digits(t.s[i:]) == 3 {
			return ordinary // in a number
		}
		return punctuation
	}
	return ordinary
}

// digits is how many figures s begins with.
func digits(s string) int { return len(s) - len(strings.TrimLeft(s, "0123456789")) }
