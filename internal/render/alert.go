package render

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
)

// alerts are the kinds of a note that stands out, and callouts those that only
// a mark in a quote names.
var (
	alerts = setOf("note tip important warning caution info danger success attention hint " +
		"error failure bug example question help faq abstract summary tldr todo seealso alert warn")
	callouts = setOf("quote cite check done fail missing")
)

// alert is what the note that a quote is goes by, as GitHub marks it in its
// first line ("[!NOTE]") with a title or without; nil for a plain quote. A word
// that is not known has to stand alone. The line is taken out of the quote.
func (p *pen) alert(n *ast.Blockquote) ast.Node {
	words, ok := n.FirstChild().(*ast.Paragraph)
	if !ok || words.Lines().Len() == 0 {
		return nil
	}
	first := words.Lines().At(0)
	name, at := alertMark(string(first.Value(p.source)))
	if t, ok := words.FirstChild().(*ast.Text); name == "" || !ok || t.Segment.Start > first.Start {
		return nil
	}
	title := ast.NewParagraph()
	for c := words.FirstChild(); c != nil; {
		next := c.NextSibling()
		t, isText := c.(*ast.Text)
		if isText && t.Segment.Start >= first.Stop {
			break
		}
		ends := isText && (t.SoftLineBreak() || t.HardLineBreak())
		if ends {
			t.SetSoftLineBreak(false)
			t.SetHardLineBreak(false)
		}
		if isText && t.Segment.Start < first.Start+at {
			t.Segment.Start = min(first.Start+at, t.Segment.Stop)
		}
		title.AppendChild(title, c) // and out of the quote
		if c = next; ends {
			break
		}
	}
	if words.FirstChild() == nil {
		n.RemoveChild(n, words)
	}
	if strings.TrimSpace(p.plain(title)) == "" {
		title.AppendChild(title, ast.NewString([]byte(alertName(name))))
	}
	return title
}

// alertMark is the kind that a line marks a note of, and where its title begins
// in the line; empty for another line.
func alertMark(line string) (name string, at int) {
	bare := strings.TrimLeft(line, " \t")
	name, rest, ok := strings.Cut(strings.TrimPrefix(bare, "[!"), "]")
	name, _, _ = strings.Cut(name, "|") // and how it is to look
	if !ok || !strings.HasPrefix(bare, "[!") || !isName(name) {
		return "", 0
	}
	title := strings.TrimLeft(strings.TrimLeft(rest, "+-"), " \t")
	kind := strings.ToLower(name)
	if !alerts[kind] && !callouts[kind] && strings.TrimSpace(title) != "" {
		return "", 0
	}
	return kind, len(line) - len(title)
}

// isName reports whether s is a word of letters, as kinds of notes are.
func isName(s string) bool {
	return s != "" && s[0] != '-' && !strings.ContainsFunc(s, func(r rune) bool { return !isWord(r) && r != '-' && r != '_' })
}

// alertName is what a note of a kind without a title is called.
func alertName(kind string) string {
	if kind == "warn" {
		kind = "warning"
	}
	first, size := utf8.DecodeRuneInString(kind)
	return string(unicode.ToUpper(first)) + kind[size:]
}

// quote lays out a quote, or a note with its name above it.
func (l *layout) quote(n *ast.Blockquote, m *margin, depth int) {
	in := m.in("│ ", "│ ", l.rule)
	if title := l.alert(n); title != nil {
		l.text(l.draw(title, inAlert), in)
		if n.FirstChild() != nil {
			l.sheet.gap(in)
		}
	}
	l.blocks(n, in, depth+1, false)
}
