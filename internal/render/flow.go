package render

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// A flow is text with looks and links that has not been broken into lines yet.
// A newline in it is a line break that the author asked for.
type flow struct {
	text string
	runs []run // cover the text, in order
}

// A run is a stretch of a flow, up to end, in one look and under one link.
type run struct {
	end  int
	look look
	link int // number of the link, 0 for none
}

// escapedBackslash stands for a backslash on its way through glamour v2.0.1,
// which takes backslashes out of text a second time after the parser did. It
// is a noncharacter, which no text holds.
const escapedBackslash = '\uFDD0'

// A flowReader reads what glamour drew. Of the sequences in it SGR and OSC 8
// count; the address of a link is the number of the link.
type flowReader struct {
	seen map[string]look // of SGR parameters
}

func (fr flowReader) read(drawn string) flow {
	var (
		f    flow
		b    strings.Builder
		now  look
		open []int // links, the outermost first: it is the one to follow
		link int
	)
	for drawn != "" {
		switch {
		case drawn[0] != '\x1b':
			end := strings.IndexByte(drawn, '\x1b')
			if end < 0 {
				end = len(drawn)
			}
			b.WriteString(strings.ReplaceAll(drawn[:end], string(escapedBackslash), `\`))
			if n := len(f.runs); n > 0 && f.runs[n-1].look == now && f.runs[n-1].link == link {
				f.runs[n-1].end = b.Len()
			} else {
				f.runs = append(f.runs, run{end: b.Len(), look: now, link: link})
			}
			drawn = drawn[end:]
		case strings.HasPrefix(drawn, "\x1b["):
			end := strings.IndexByte(drawn, 'm')
			if end < 0 {
				end = len(drawn) - 1
			}
			now = fr.look(now, drawn[2:end])
			drawn = drawn[end+1:]
		case strings.HasPrefix(drawn, "\x1b]8;"):
			end := strings.IndexByte(drawn, '\a')
			if end < 0 {
				end = len(drawn) - 1
			}
			number := 0
			for _, c := range drawn[strings.LastIndexByte(drawn[:end], ';')+1 : end] {
				number = number*10 + int(c-'0')
			}
			if number > 0 {
				open = append(open, number)
			} else if len(open) > 0 {
				open = open[:len(open)-1]
			}
			link = 0
			if len(open) > 0 {
				link = open[0]
			}
			drawn = drawn[end+1:]
		default:
			drawn = drawn[1:]
		}
	}
	f.text = b.String()
	return f
}

// look is the look after an SGR sequence.
func (fr flowReader) look(now look, params string) look {
	if params == "" {
		return look{}
	}
	if now != (look{}) {
		return now.apply(params)
	}
	l, ok := fr.seen[params]
	if !ok {
		l = now.apply(params)
		fr.seen[params] = l
	}
	return l
}

// plainFlow is text in one look.
func plainFlow(text string, l look) flow {
	return flow{text: text, runs: []run{{end: len(text), look: l}}}
}

// trim is the flow without blanks and line ends around it.
func (f flow) trim() flow {
	from := len(f.text) - len(strings.TrimLeft(f.text, " \n"))
	text := strings.TrimRight(f.text[from:], " \n")
	runs := f.runs[:0]
	for _, r := range f.runs {
		if r.end = min(r.end-from, len(text)); r.end > 0 {
			runs = append(runs, r)
		}
	}
	return flow{text: text, runs: runs}
}

// cluster is the first grapheme cluster of s: its bytes and its cells.
func cluster(s string) (size, width int) {
	if s[0] < utf8.RuneSelf && (len(s) == 1 || s[1] < utf8.RuneSelf) {
		return 1, 1
	}
	c, w := ansi.FirstGraphemeCluster(s, ansi.GraphemeWidth)
	return len(c), w
}

// lines breaks the flow into lines of at most width cells, at blanks, after
// hyphens and between characters that are written without blanks, and inside a
// word only when it is wider than a line. It calls each with the bytes of every
// line; forced says that the author asked for the break after it.
func (f flow) lines(width int, each func(from, to int, forced bool)) {
	s := f.text
	var (
		from, cells int     // the line so far
		to, next    = -1, 0 // where it could be broken, and where it would go on
		after       int     // cells from next on
		seam        seam
	)
	for i := 0; i < len(s); {
		if s[i] == '\n' {
			each(from, trimEnd(s, from, i), true)
			i++
			from, cells, to = i, 0, -1
			seam.pass('\n')
			continue
		}
		size, w := cluster(s[i:])
		r, _ := utf8.DecodeRuneInString(s[i:])
		if r == ' ' {
			if i == from { // a line begins with no blanks
				i++
				from = i
				continue
			}
			if seam.last != ' ' {
				to = i
			}
			i++
			cells, next, after = cells+w, i, 0
			seam.pass(' ')
			continue
		}
		if i > from && seam.breaks(r) {
			to, next, after = i, i, 0
		}
		for i > from && cells+w > width {
			if to > from {
				each(from, to, false)
				from, cells, to = next, after, -1
			} else {
				each(from, i, false)
				from, cells, to = i, 0, -1
			}
		}
		cells, after = cells+w, after+w
		last, _ := utf8.DecodeLastRuneInString(s[:i+size])
		seam.pass(last)
		i += size
	}
	if from < len(s) {
		each(from, trimEnd(s, from, len(s)), false)
	}
}

// trimEnd is where s[from:to] ends without its trailing blanks.
func trimEnd(s string, from, to int) int {
	return from + len(strings.TrimRight(s[from:to], " \t"))
}

// Punctuation of East Asian text that no line begins with, and that none ends with.
const (
	closing = "、。，．：；？！）〕］｝〉》」』】〗’”…‥ー々ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ)]},.:;?!%"
	opening = "（〔［｛〈《「『【〖‘“([{"
)

// A seam is where one letter follows another: the last two letters passed.
type seam struct{ before, last rune }

func (s *seam) pass(r rune) { s.before, s.last = s.last, r }

// breaks reports whether a line may be broken before r, which no blank parts
// from the letter before it.
func (s *seam) breaks(r rune) bool {
	switch {
	case s.last == 0 || s.last == ' ' || s.last == '\n':
		return false
	case s.last == '-':
		return isWord(s.before) && isWord(r)
	case s.last < utf8.RuneSelf && r < utf8.RuneSelf:
		return false
	case strings.ContainsRune(opening, s.last), strings.ContainsRune(closing, r):
		return false
	}
	return s.last == '—' || unspaced(s.last) || unspaced(r)
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// unspaced reports whether a script writes this letter without blanks between
// words.
func unspaced(r rune) bool {
	return r >= 0x2e80 && (unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Bopomofo) ||
		r >= 0x3000 && r <= 0x303f || r >= 0xff01 && r <= 0xff65)
}

// width is the widest line of the flow when no line is broken, and word the
// widest part of it that is not broken willingly.
func (f flow) width() (line, word int) {
	var cells, since int
	var seam seam
	for i := 0; i < len(f.text); {
		size, w := cluster(f.text[i:])
		r, _ := utf8.DecodeRuneInString(f.text[i:])
		switch {
		case r == '\n':
			cells, since, w = 0, 0, 0
		case r == ' ':
			cells, since = cells+w, 0
		default:
			if seam.breaks(r) {
				since = 0
			}
			cells, since = cells+w, since+w
		}
		i += size
		last, _ := utf8.DecodeLastRuneInString(f.text[:i])
		seam.pass(last)
		line, word = max(line, cells), max(word, since)
	}
	return line, word
}
