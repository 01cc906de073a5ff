package ui

import (
	"strings"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"lectern/internal/text"
)

// maxPrompt bounds what a reader can type or paste into a prompt, in runes:
// longer than any title, short enough to match on every key.
const maxPrompt = 100

// A prompt is one line that the reader types. The cursor stays at its end.
type prompt struct {
	value string
}

// insert adds what was typed or pasted, made safe and cut to the bound.
func (p *prompt) insert(s string) {
	// Blanks at the ends matter while typing; text.Line would trim them.
	lead, trail := strings.HasPrefix(s, " "), len(s) > 1 && strings.HasSuffix(s, " ")
	if len(s) > 4*maxPrompt {
		s = s[:4*maxPrompt]
	}
	s = text.Line(s)
	if lead {
		s = " " + s
	}
	if trail {
		s += " "
	}
	for _, r := range s {
		if utf8.RuneCountInString(p.value) >= maxPrompt {
			return
		}
		p.value += string(r)
	}
}

// key edits the line and reports whether it changed.
func (p *prompt) key(k tea.KeyPressMsg) bool {
	before := p.value
	switch k.String() {
	case "backspace", "ctrl+h":
		_, n := utf8.DecodeLastRuneInString(p.value)
		p.value = p.value[:len(p.value)-n]
	case "ctrl+u":
		p.value = ""
	case "ctrl+w", "alt+backspace":
		p.value = strings.TrimRight(p.value, " ")
		p.value = p.value[:strings.LastIndex(p.value, " ")+1]
	default:
		p.insert(k.Text)
	}
	return p.value != before
}

// view draws the prompt in at most width cells, its end in view, and returns
// the cells it takes.
func (p *prompt) view(mark string, width int) (line string, cells int) {
	room := max(1, width-text.Width(mark)-1)
	v := p.value
	for text.Width(v) > room {
		_, n := utf8.DecodeRuneInString(v)
		v = v[n:]
	}
	line = mark + v
	return line, text.Width(line)
}
