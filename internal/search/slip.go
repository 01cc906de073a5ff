package search

import "unicode/utf8"

// slips finds the words that are at most limit letters from word, to insert, to
// delete, to change or to swap with their neighbour, or, if begins, that begin
// so. It walks over the words in their order and keeps the rows of the table of
// distances for the letters that a word shares with the one before; where no
// word with the same beginning can be near, it leaps over all of them. steps is
// how many letters it may still look at.
//
// Scripts without blanks between words have no words to slip in.
func (l *lexicon) slips(word string, limit int, begins bool, steps *int) []span {
	want := []rune(word)
	if len(want) == 0 || isUnspaced(want[0]) {
		return nil
	}
	var found []span
	rows := [][]int{make([]int, len(want)+1)}
	for j := range rows[0] {
		rows[0][j] = j
	}
	var have []rune  // the letters of the word at hand for which there are rows
	ends := []int{0} // where each of them ends
	for i := 0; i < l.len() && len(found) < maxSlips && *steps > 0; {
		w := l.word(i)
		// The letters that the word before has too.
		depth, at := 0, 0
		for depth < len(have) {
			r, n := utf8.DecodeRune(w[at:])
			if n == 0 || r != have[depth] {
				break
			}
			depth, at = depth+1, at+n
		}
		have, ends = have[:depth], ends[:depth+1]
		leap := false
		for {
			row := rows[depth]
			if begins && row[len(want)] <= limit {
				hi := l.after(i, w[:at])
				found = append(found, span{i, hi, slipped})
				i, leap = hi, true
				break
			}
			if at == len(w) {
				if row[len(want)] <= limit {
					found = append(found, span{i, i + 1, slipped})
				}
				break
			}
			r, n := utf8.DecodeRune(w[at:])
			if depth == 0 && isUnspaced(r) {
				i, leap = l.after(i, w[:n]), true
				break
			}
			*steps--
			have, ends = append(have, r), append(ends, at+n)
			depth, at = depth+1, at+n
			if len(rows) == depth {
				rows = append(rows, make([]int, len(want)+1))
			}
			if nextRow(rows, have, want) > limit {
				i, leap = l.after(i, w[:at]), true
				break
			}
		}
		if !leap {
			i++
		}
	}
	return found
}

// nextRow fills the row of the last letter of have and returns its least.
func nextRow(rows [][]int, have, want []rune) int {
	d := len(have)
	before, row := rows[d-1], rows[d]
	row[0] = d
	least := d
	for j := 1; j <= len(want); j++ {
		change := before[j-1]
		if have[d-1] != want[j-1] {
			change++
		}
		n := min(change, before[j]+1, row[j-1]+1)
		if d > 1 && j > 1 && have[d-1] == want[j-2] && have[d-2] == want[j-1] {
			n = min(n, rows[d-2][j-2]+1)
		}
		row[j] = n
		least = min(least, n)
	}
	return least
}
