package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"lectern/internal/text"
)

// maxPrompt bounds what a reader can type or paste into a prompt, in bytes:
// longer than any title, short enough to match on every key.
const maxPrompt = 300

// A prompt is one line that the reader types. The cursor stays at its end.
type prompt struct {
	value string
}

// insert adds what was typed or pasted. The line is made safe as a whole: an
// accent may come as a key of its own, and belongs to the letter before it.
func (p *prompt) insert(s string) {
	whole := p.value + s
	if len(whole) > maxPrompt {
		whole = strings.ToValidUTF8(whole[:maxPrompt], "")
	}
	line := text.Line(whole)
	// A blank at the end is not the end: another word follows.
	if line != "" && strings.HasSuffix(whole, " ") {
		line += " "
	}
	p.value = line
}

// key edits the line and reports whether it changed.
func (p *prompt) key(k tea.KeyPressMsg) bool {
	before := p.value
	switch k.String() {
	case "backspace", "ctrl+h":
		p.value = withoutLast(p.value)
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

// withoutLast drops the last letter, with all that belongs to it.
func withoutLast(s string) string {
	last := 0
	for rest := s; rest != ""; {
		last, rest = len(s)-len(rest), rest[len(firstLetter(rest)):]
	}
	return s[:last]
}

// firstLetter is what a reader takes for the first letter of s.
func firstLetter(s string) string {
	letter, _ := ansi.FirstGraphemeCluster(s, ansi.GraphemeWidth)
	return letter
}

// view draws the prompt in at most width cells, its end in view, and returns
// the cells it takes.
func (p *prompt) view(mark string, width int) (line string, cells int) {
	room := max(1, width-text.Width(mark)-1)
	v := p.value
	for over := text.Width(v) - room; over > 0; {
		letter := firstLetter(v)
		v, over = v[len(letter):], over-text.Width(letter)
	}
	line = mark + v
	return line, text.Width(line)
}
