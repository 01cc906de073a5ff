package text

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// Wrap breaks plain text (no escape sequences) into lines of at most w cells,
// at least one line; w below 1 counts as 1. It breaks at white space, which is
// not kept, and between wide characters (Chinese, Japanese and Korean text has
// no spaces) but not before a closing mark or behind an opening one. A word
// wider than a line is broken between characters, and a character wider than a
// line becomes "…". A newline in s always ends a line.
func Wrap(s string, w int) []string {
	w = max(w, 1)
	var lines []string
	for para := range strings.SplitSeq(s, "\n") {
		lines = append(lines, wrapParagraph(para, w)...)
	}
	return lines
}

// wrapParagraph fills lines greedily.
func wrapParagraph(para string, w int) []string {
	var (
		lines []string
		line  strings.Builder
		width int
	)
	end := func() {
		lines = append(lines, line.String())
		line.Reset()
		width = 0
	}
	for _, word := range words(para) {
		space := 0
		if word.spaced && width > 0 {
			space = 1
		}
		if width > 0 && width+space+word.width > w {
			end()
			space = 0
		}
		if word.width <= w {
			if space == 1 {
				line.WriteByte(' ')
			}
			line.WriteString(word.text)
			width += space + word.width
			continue
		}
		for rest := word.text; rest != ""; { // on a line of its own
			cluster, cells := ansi.FirstGraphemeCluster(rest, ansi.GraphemeWidth)
			rest = rest[len(cluster):]
			if cells > w {
				cluster, cells = Ellipsis, 1
			}
			if width+cells > w {
				end()
			}
			line.WriteString(cluster)
			width += cells
		}
	}
	if line.Len() > 0 || len(lines) == 0 {
		end()
	}
	return lines
}

// A word is a piece of text that is kept on one line where it fits.
type word struct {
	text   string
	width  int  // cells
	spaced bool // white space stands before it
}

// words takes a paragraph apart where a line may end.
func words(para string) []word {
	var list []word
	for _, field := range strings.Fields(para) {
		spaced := true
		start, width := 0, 0
		last, lastCells := "", 0
		for i := 0; i < len(field); {
			cluster, cells := ansi.FirstGraphemeCluster(field[i:], ansi.GraphemeWidth)
			if i > start && (cells > 1 || lastCells > 1) && !closes(cluster) && !opens(last) {
				list = append(list, word{field[start:i], width, spaced})
				start, width, spaced = i, 0, false
			}
			width += cells
			last, lastCells = cluster, cells
			i += len(cluster)
		}
		list = append(list, word{field[start:], width, spaced})
	}
	return list
}

// closes reports whether a line should not begin with the character.
func closes(cluster string) bool {
	return strings.Contains("、。，．・：；？！）］｝〉》」』】〕〗’”…ー々,.:;?!)]}", cluster)
}

// opens reports whether a line should not end with the character.
func opens(cluster string) bool {
	return strings.Contains("（［｛〈《「『【〔〖‘“([{", cluster)
}
