package search

import "unicode/utf8"

// A scanner walks over the words of a line. A word is a row of letters and
// digits; of a script that puts no blanks between words every two neighbours
// are one, and the last of a row is one alone, so that whatever holds a
// character has a word that begins with it.
//
// The line is [composed]. A scanner may be used for one line after the other.
type scanner struct {
	folds *folds
	s     string
	next  int  // where to go on
	inRow bool // the character before was the first of a pair

	// What is looked for, if that is known: words that begin otherwise are passed over, which is quicker. Set by look.
	only   *[256]start
	passed bool // there are such between the word at hand and the one before

	// The word at hand.
	word       []byte // folded, at most maxWord bytes, valid until the next step
	start, end int    // where it stands in the line
	wide       bool   // it is of a script without blanks
	last       bool   // it is the last character of a row, which the pair before it has too
}

func newScanner() *scanner { return &scanner{folds: table(), word: make([]byte, 0, 2*maxWord)} }

// reset starts a line.
func (w *scanner) reset(s string) { w.s, w.next, w.inRow = s, 0, false }

// step goes to the next word, and is false at the end of the line.
func (w *scanner) step() bool {
	w.passed = false
	for w.next < len(w.s) {
		if w.only != nil {
			if w.pass(); w.next == len(w.s) {
				return false
			}
		}
		r, n, c, folded := w.at(w.next)
		switch {
		case c == wide:
			w.pair(n, folded)
			return true
		case c == letter:
			w.letters()
			return true
		case r != 0 || n > 0:
			w.next += n
		}
	}
	return false
}

// A start is what a character of one byte may begin.
type start uint8

const (
	other    start = iota // it is a part of a longer one
	nothing               // no word
	unwanted              // words that nobody looks for
	wanted
)

// look makes the scanner pass over the words that begin, when they are folded, with none of these bytes. Those that do not begin
// with a letter of ASCII are not passed over.
func (w *scanner) look(begin *[256]bool) {
	w.only = new([256]start)
	for c := range utf8.RuneSelf {
		switch {
		case w.folds.class[c] != letter:
			w.only[c] = nothing
		case begin[w.folds.folded[c][0]]:
			w.only[c] = wanted
		default:
			w.only[c] = unwanted
		}
	}
}

// pass goes on to the next character that may begin a word which is looked for.
func (w *scanner) pass() {
	s, only, i := w.s, w.only, w.next
	for i < len(s) {
		if only[s[i]] == nothing {
			i++
			continue
		}
		if only[s[i]] != unwanted {
			break
		}
		w.passed, w.inRow = true, false
		for i < len(s) && only[s[i]] >= unwanted {
			i++
		}
		for i < len(s) && only[s[i]] != nothing { // it has letters beyond ASCII
			_, n, c, _ := w.at(i)
			if c != letter && c != silent {
				break
			}
			i += n
		}
	}
	w.next = i
}

// at is the character at i. What stands for one that ends a word is of no use to a scanner.
func (w *scanner) at(i int) (r rune, n int, c class, folded string) {
	if b := w.s[i]; b < utf8.RuneSelf {
		return rune(b), 1, w.folds.class[b], w.folds.folded[b]
	}
	r, n = utf8.DecodeRuneInString(w.s[i:])
	switch {
	case r < foldEnd:
		return r, n, w.folds.class[r], w.folds.folded[r]
	case isPlainWide(r):
		return r, n, wide, ""
	}
	if c = classOf(r); c == letter || c == wide && r >= 0xf900 {
		folded = foldOf(r)
	}
	return r, n, c, folded
}

// letters reads the word that begins here.
func (w *scanner) letters() {
	w.word, w.start, w.wide, w.last, w.inRow = w.word[:0], w.next, false, false, false
	i := w.next
	for full := false; i < len(w.s); {
		_, n, c, folded := w.at(i)
		if c != letter && c != silent {
			break
		}
		i += n
		if full = full || len(w.word)+len(folded) > maxWord; !full {
			w.word = append(w.word, folded...)
		}
	}
	w.end, w.next = i, i
}

// pair reads the character of n bytes that stands here, with the one behind it.
func (w *scanner) pair(n int, folded string) {
	w.start, w.end, w.wide = w.next, w.next+n, true
	w.word = appendFolded(w.word[:0], w.s[w.start:w.end], folded, wide)
	w.next = w.end
	for i := w.end; i < len(w.s); {
		_, n, c, folded := w.at(i)
		if c == silent {
			i += n
			continue
		}
		if c == wide {
			w.word = appendFolded(w.word, w.s[i:i+n], folded, c)
			w.end, w.next = i+n, i
			w.inRow, w.last = true, false
			return
		}
		break
	}
	w.inRow, w.last = false, w.inRow
}

// reach is where in the line the first n bytes of the word at hand end: the
// folded word may be longer or shorter than what stands there.
func (w *scanner) reach(n int) int {
	i, have := w.start, 0
	for i < w.end {
		_, size, c, folded := w.at(i)
		if have >= n && c != silent {
			break
		}
		if c == wide && folded == "" {
			have += size
		}
		have += len(folded)
		i += size
	}
	return i
}
