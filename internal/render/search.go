package render

import (
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"lectern/internal/text"
)

// maxMatches is how many places of one document a search finds.
const maxMatches = 10_000

// A Span is a stretch of one line: bytes of it as it is without sequences.
type Span struct{ Line, From, To int }

// A Match is where a document says what was searched for: a span, or several
// where that goes on in other lines.
type Match []Span

// Search finds the places that say query, in their order, at most maxMatches.
// Case, accents and how many blanks there are make no difference, and neither
// does where a line was broken. Its work grows with the document.
func (d *Document) Search(query string) []Match {
	want := strings.Join(strings.Fields(text.Fold(query)), " ")
	if want == "" {
		return nil
	}
	// The document as one line, and where each byte of that stands.
	var (
		folded []byte
		places []Span // of one letter
	)
	for i := range d.Len() {
		line := ansi.Strip(d.Line(i))
		for at, r := range line {
			size := utf8.RuneLen(r)
			if r == utf8.RuneError {
				size = 1
			}
			if r == ' ' || r == '\u00a0' || r == '│' { // a bar stands beside what is quoted
				if n := len(folded); n > 0 && folded[n-1] != ' ' {
					folded, places = append(folded, ' '), append(places, Span{i, at, at + size})
				}
				continue
			}
			n := len(folded)
			folded = text.AppendFold(folded, r)
			for range len(folded) - n {
				places = append(places, Span{i, at, at + size})
			}
		}
		if n := len(folded); n > 0 && folded[n-1] != ' ' && !d.goesOn(i) {
			folded, places = append(folded, ' '), append(places, Span{i, len(line), len(line)})
		}
	}
	var found []Match
	whole := string(folded)
	for at := 0; len(found) < maxMatches; {
		i := strings.Index(whole[at:], want)
		if i < 0 {
			break
		}
		found = append(found, matchOf(places[at+i:at+i+len(want)]))
		at += i + len(want)
	}
	return found
}

// goesOn reports whether what stands on a line goes on in the next one without a
// blank between: Chinese and Japanese, and a word broken at its hyphen.
func (d *Document) goesOn(i int) bool {
	line := ansi.Strip(d.Line(i))
	last, size := utf8.DecodeLastRuneInString(line)
	if before, _ := utf8.DecodeLastRuneInString(line[:len(line)-size]); last == '-' && isWord(before) {
		return true
	}
	next, _ := utf8.DecodeRuneInString(strings.TrimLeft(ansi.Strip(d.Line(i+1)), " "))
	return unspaced(last) && unspaced(next)
}

// matchOf joins the places of letters to spans.
func matchOf(places []Span) Match {
	var m Match
	for _, p := range places {
		if n := len(m); n > 0 && m[n-1].Line == p.Line {
			m[n-1].To = max(m[n-1].To, p.To)
		} else if p.To > p.From {
			m = append(m, p)
		}
	}
	return m
}
