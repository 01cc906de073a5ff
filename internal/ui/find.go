package ui

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"lectern/internal/render"
	"lectern/internal/theme"
)

// A finder finds words in an open post and marks every place that has them.
type finder struct {
	words  prompt
	typing bool // keys go to words
	query  string
	hits   []render.Match
	at     int // the hit that the reader is at
}

// active reports whether there is something to mark or to count.
func (f *finder) active() bool { return f.query != "" }

// search looks for what was typed, and goes to the first hit from a line on.
func (f *finder) search(doc *render.Document, query string, from int) {
	f.query = strings.TrimSpace(query)
	f.again(doc)
	f.at = 0
	for i, hit := range f.hits {
		if hit[0].Line >= from {
			f.at = i
			break
		}
	}
}

// again looks in a document that was drawn anew; the hits are in the same order.
func (f *finder) again(doc *render.Document) {
	f.hits = nil
	if f.active() && doc != nil {
		f.hits = doc.Search(f.query)
	}
	f.at = max(0, min(f.at, len(f.hits)-1))
}

// step goes to another hit, around the ends, and returns its line.
func (f *finder) step(n int) (line int, ok bool) {
	if len(f.hits) == 0 {
		return 0, false
	}
	f.at = (f.at + n + len(f.hits)) % len(f.hits)
	return f.hits[f.at][0].Line, true
}

// count says which hit of how many the reader is at.
func (f *finder) count() string {
	if len(f.hits) == 0 {
		return "not found"
	}
	return fmt.Sprintf("%d of %d", f.at+1, len(f.hits))
}

// A stretch is a part of a line that is marked.
type stretch struct {
	from, to int // bytes of the line without sequences
	here     bool
}

// on are the stretches of a line, in order.
func (f *finder) on(line int) []stretch {
	// Hits are in the order of lines, and one may begin in an earlier line.
	i, _ := slices.BinarySearchFunc(f.hits, line, func(m render.Match, line int) int { return m[len(m)-1].Line - line })
	var list []stretch
	for ; i < len(f.hits) && f.hits[i][0].Line <= line; i++ {
		for _, s := range f.hits[i] {
			if s.Line == line {
				list = append(list, stretch{s.From, s.To, i == f.at})
			}
		}
	}
	return list
}

// typed takes a key while words are typed, and reports whether they are to be
// looked for.
func (f *finder) typed(k tea.KeyPressMsg) bool {
	switch findKeys.find(k) {
	case choose:
		f.typing = false
		return true
	case back:
		f.typing = false
	default:
		if f.words.value == "" && k.String() == "backspace" {
			f.typing = false
		}
		f.words.key(k)
	}
	return false
}

// hitStyle is the sequence that begins a stretch.
func hitStyle(pal *theme.Palette, here bool) string {
	if here {
		return pal.HereStyle.String()
	}
	return pal.HitStyle.String()
}

// marked is a line with stretches of it in the looks of hits. It has no wider
// line than it was given, and ends as it did.
func marked(line string, stretches []stretch, pal *theme.Palette) string {
	if len(stretches) == 0 || !pal.Attributes() {
		return line
	}
	var (
		b      strings.Builder
		active string // the looks that the line has asked for
		plain  int    // bytes that show, so far
		open   bool
	)
	b.Grow(len(line) + 32*len(stretches))
	for i := 0; i < len(line); {
		if open && plain >= stretches[0].to {
			b.WriteString("\x1b[m" + active)
			open, stretches = false, stretches[1:]
		}
		if line[i] == '\x1b' {
			seq, _, n, _ := ansi.DecodeSequence(line[i:], ansi.NormalState, nil)
			n = max(1, n)
			b.WriteString(seq)
			if strings.HasSuffix(seq, "m") && strings.HasPrefix(seq, "\x1b[") {
				if active += seq; seq == "\x1b[m" {
					active = ""
				}
				if open {
					b.WriteString(hitStyle(pal, stretches[0].here))
				}
			}
			i += n
			continue
		}
		if !open && len(stretches) > 0 && plain >= stretches[0].from && stretches[0].to > plain {
			b.WriteString(hitStyle(pal, stretches[0].here))
			open = true
		}
		run := line[i:]
		if n := strings.IndexByte(run, '\x1b'); n >= 0 {
			run = run[:n]
		}
		switch {
		case open:
			run = run[:min(len(run), stretches[0].to-plain)]
		case len(stretches) > 0 && stretches[0].from > plain:
			run = run[:min(len(run), stretches[0].from-plain)]
		}
		b.WriteString(run)
		i += len(run)
		plain += len(run)
	}
	if open {
		b.WriteString("\x1b[m" + active)
	}
	return b.String()
}
