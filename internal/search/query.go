package search

import (
	"math/bits"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A query is what a reader typed, taken apart.
type query struct {
	words []want
	// Bits of words: where phrases of two and more begin and end.
	starts, ends uint64
}

// A want is one word that a post must have.
type want struct {
	word   string // folded
	begins bool   // words that begin with it will do as well
	quoted bool   // no other word will do
}

// parse reads at most MaxQuery bytes and maxWords words of a query.
func parse(s string) query {
	if len(s) > MaxQuery {
		s = strings.ToValidUTF8(s[:MaxQuery], "")
	}
	s = strings.Map(func(r rune) rune {
		switch r {
		case '“', '”', '„', '‟', '«', '»', '「', '」', '『', '』':
			return '"'
		}
		return r
	}, s)
	typed, _ := utf8.DecodeLastRuneInString(s)
	typing := s != "" && typed != '"' && !unicode.IsSpace(typed)
	var q query
	w := newScanner()
	for i, part := range strings.Split(composed(s), `"`) {
		quoted, from := i%2 == 1, len(q.words)
		for w.reset(part); w.step() && len(q.words) < maxWords; {
			if w.last {
				continue
			}
			one := utf8.RuneCount(w.word) == 1
			word := want{word: string(w.word), begins: w.wide && one, quoted: quoted}
			if quoted || !slices.Contains(q.words, word) {
				q.words = append(q.words, word)
			}
		}
		if n := len(q.words); quoted && n > from+1 {
			q.starts |= 1 << from
			q.ends |= 1 << (n - 1)
		}
	}
	if n := len(q.words); typing && n > 0 && n < maxWords {
		q.words[n-1].begins = true
	}
	return q
}

// phrased reports whether words must stand side by side.
func (q query) phrased() bool { return q.starts != 0 }

// joined reports whether word i and the one behind it are in one phrase.
func (q query) joined(i int) bool {
	until := uint64(1)<<(i+1) - 1
	return bits.OnesCount64(q.starts&until) > bits.OnesCount64(q.ends&until)
}
