package search

import (
	"encoding/binary"
	"sort"
)

// A posting says that a word is in a post: the post's number above eight bits
// that say how often, and where.
type posting uint32

const (
	maxTimes  = 15 // what is counted of a word in a post
	inHeading = 1 << 4
	inTag     = 1 << 5
	inTitle   = 1 << 6

	plain = 1 // once, in the text: most are
)

func (p posting) doc() int    { return int(p >> 8) }
func (p posting) info() uint8 { return uint8(p) }

func newPosting(doc int, info uint8) posting { return posting(doc)<<8 | posting(info) }

// A lexicon holds words in the order of their bytes, and for each the posts
// that have it, in order. All its words are one slab of bytes and all its lists
// another: to the garbage collector it is four things.
//
// A list is the number of posts, then for each the distance from the one before,
// doubled; that is odd when a byte follows with what is not plain.
type lexicon struct {
	words  []byte
	wordAt []uint32 // where each word begins, and where the last one ends
	lists  []byte
	listAt []uint32
}

func (l *lexicon) len() int { return max(0, len(l.wordAt)-1) }

// size is how many bytes it takes.
func (l *lexicon) size() int {
	return cap(l.words) + cap(l.lists) + 4*cap(l.wordAt) + 4*cap(l.listAt)
}

// add appends a word, which comes after all others, and its list, which is not
// empty.
func (l *lexicon) add(word []byte, list []posting) {
	if len(l.wordAt) == 0 {
		l.wordAt, l.listAt = append(l.wordAt, 0), append(l.listAt, 0)
	}
	l.words = append(l.words, word...)
	l.lists = binary.AppendUvarint(l.lists, uint64(len(list)))
	before := 0
	for _, p := range list {
		step := uint64(p.doc()-before) << 1
		before = p.doc()
		if p.info() == plain {
			l.lists = binary.AppendUvarint(l.lists, step)
			continue
		}
		l.lists = append(binary.AppendUvarint(l.lists, step|1), p.info())
	}
	l.wordAt = append(l.wordAt, uint32(len(l.words)))
	l.listAt = append(l.listAt, uint32(len(l.lists)))
}

// clip gives back the room that was left to grow in.
func (l *lexicon) clip() {
	l.words = append([]byte(nil), l.words...)
	if cap(l.lists)-len(l.lists) > len(l.lists)/16 {
		l.lists = append([]byte(nil), l.lists...)
	}
	l.wordAt = append([]uint32(nil), l.wordAt...)
	l.listAt = append([]uint32(nil), l.listAt...)
}

func (l *lexicon) word(i int) []byte { return l.words[l.wordAt[i]:l.wordAt[i+1]] }

// count is how many posts have word i.
func (l *lexicon) count(i int) int {
	n, _ := binary.Uvarint(l.lists[l.listAt[i]:l.listAt[i+1]])
	return int(n)
}

// list appends the postings of word i to dst.
func (l *lexicon) list(dst []posting, i int) []posting {
	b := l.lists[l.listAt[i]:l.listAt[i+1]]
	_, n := binary.Uvarint(b)
	b = b[n:]
	doc := 0
	for len(b) > 0 {
		step, n := uint64(b[0]), 1
		if step >= 0x80 {
			step, n = binary.Uvarint(b)
		}
		b = b[n:]
		doc += int(step >> 1)
		info := uint8(plain)
		if step&1 != 0 {
			info, b = b[0], b[1:]
		}
		dst = append(dst, newPosting(doc, info))
	}
	return dst
}

// from is the first word from lo on that does not come before word.
func (l *lexicon) from(lo int, word []byte) int {
	return lo + sort.Search(l.len()-lo, func(i int) bool { return string(l.word(lo+i)) >= string(word) })
}

// after is the first word from lo on that comes after all that begin with prefix.
func (l *lexicon) after(lo int, prefix []byte) int {
	return lo + sort.Search(l.len()-lo, func(i int) bool {
		w := l.word(lo + i)
		return string(w[:min(len(w), len(prefix))]) > string(prefix)
	})
}

// find is the number of a word.
func (l *lexicon) find(word []byte) (int, bool) {
	i := l.from(0, word)
	return i, i < l.len() && string(l.word(i)) == string(word)
}
