package search

import "unicode/utf8"

// How well a word of a post answers a word of the query.
const (
	exact   = 1.0
	begun   = 0.3
	slipped = 0.25
)

// A span is a part of a lexicon whose words answer a word of the query.
type span struct {
	lo, hi int // words
	worth  float32
}

// An expansion is all of a lexicon that answers a word of the query. A word
// that is there is in none of its other spans.
type expansion struct {
	spans  []span
	begins bool // every word that begins with the one asked for answers
}

// expand finds what answers w: the word itself, and words that begin with it
// when w says so or when there is nothing else; and when there is none of those
// either, words that differ by a slip.
func (l *lexicon) expand(w want, steps *int) expansion {
	word := []byte(w.word)
	at, there := l.find(word)
	var e expansion
	if there {
		e.spans = append(e.spans, span{at, at + 1, exact})
		at++
	}
	if w.begins || !there && !w.quoted {
		if end := l.after(at, word); end > at {
			e.begins = true
			worth := float32(begun)
			if utf8.RuneCountInString(w.word) == 1 && isUnspacedWord(w.word) {
				worth = exact
			}
			e.spans = append(e.spans, span{at, end, worth})
		}
	}
	if len(e.spans) == 0 && !w.quoted {
		if utf8.RuneCountInString(w.word) >= minSlip {
			e.spans = l.slips(w.word, 1, w.begins, steps)
		}
	}
	return e
}

func isUnspacedWord(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return isUnspaced(r)
}
