package search

import (
	"bytes"
	"iter"
	"math/bits"
	"strings"
	"unicode/utf8"

	"lectern/internal/blog"
)

// An answer is a folded word of the posts that answers a word of the query.
type answer struct {
	word   string
	begins bool // and so do those that begin with it
	to     int  // the word of the query
}

// A matcher finds the words of a query in a text. It is for one goroutine.
type matcher struct {
	query   query
	answers [256][]answer // by their first bytes
	words   *scanner
	texts   blog.Unpacker
	recent  *recent
	phrase  uint64 // the words of phrases that stand side by side so far
}

func newMatcher(l *lexicon, r *recent, q query, expansions []expansion) *matcher {
	m := &matcher{query: q, words: newScanner(), recent: r}
	var begin [256]bool
	for i, e := range expansions {
		answers := []answer{{q.words[i].word, e.begins, i}}
		if !e.begins && len(e.spans) > 0 && e.spans[0].worth == slipped {
			answers = answers[:0]
			for _, s := range e.spans {
				// All words between two share what those two begin with.
				answers = append(answers, answer{shared(l.word(s.lo), l.word(s.hi-1)), s.hi > s.lo+1, i})
			}
		}
		for _, a := range answers {
			m.answers[a.word[0]] = append(m.answers[a.word[0]], a)
			begin[a.word[0]] = true
		}
	}
	m.words.look(&begin)
	return m
}

// shared is what two words begin with.
func shared(a, b []byte) string {
	n := 0
	for n < min(len(a), len(b)) && a[n] == b[n] {
		n++
	}
	return string(a[:n])
}

// found is what the words of a text are to a query.
type found struct {
	words   uint64 // the words of the query that are there
	phrases uint64 // the ends of the phrases that are
}

func (f *found) add(o found) { f.words |= o.words; f.phrases |= o.phrases }

// weight is how much a line shows of what was asked for.
func (f found) weight() int { return 2*bits.OnesCount64(f.phrases) + bits.OnesCount64(f.words) }

// look finds words in a line, which is [composed]. A phrase may go on from the
// line before. mark, unless nil, is given what stands for a word of the query.
func (m *matcher) look(line string, mark func(start, end int)) found {
	var f found
	for m.words.reset(line); m.words.step(); {
		hit, until := m.match()
		if m.words.passed {
			m.phrase = 0
		}
		side := (m.phrase<<1 | m.query.starts) & hit
		if m.words.last { // the pair before has it too
			side |= m.phrase
		}
		m.phrase = side
		f.words |= hit
		f.phrases |= side & m.query.ends
		if hit != 0 && mark != nil {
			mark(m.words.start, until)
		}
	}
	if m.words.passed {
		m.phrase = 0
	}
	return f
}

// match is the words of the query that the word at hand answers, and where in
// the line that ends which does.
func (m *matcher) match() (hit uint64, until int) {
	word := m.words.word
	if len(word) == 0 {
		return 0, 0
	}
	for _, a := range m.answers[word[0]] {
		switch {
		case string(word) == a.word:
			hit |= 1 << a.to
			until = m.words.end
		case a.begins && len(word) > len(a.word) && bytes.HasPrefix(word, []byte(a.word)):
			hit |= 1 << a.to
			until = max(until, m.words.reach(len(a.word)))
		}
	}
	return hit, until
}

// lines finds the lines of a post that show best what was asked for, if its
// text is wanted, and reports whether all phrases are in the post.
func (m *matcher) lines(p *blog.Post, text bool) (lines []Line, ok bool) {
	var all found
	for _, s := range append([]string{p.Title, p.Summary}, p.Tags...) {
		m.phrase = 0
		all.add(m.look(composed(s), nil))
	}
	m.phrase = 0
	var top shortlist
	if text {
		whole := uint64(1)<<len(m.query.words) - 1
		for line := range m.text(p) {
			f := m.look(line, nil)
			if f.words == 0 {
				continue
			}
			all.add(f)
			top.add(line, f.weight())
			if top.full(2*bits.OnesCount64(m.query.ends)+bits.OnesCount64(whole)) && all.phrases == m.query.ends {
				break
			}
		}
	}
	if len(top) == 0 {
		m.phrase = 0
		if summary := composed(p.Summary); m.look(summary, nil).words != 0 {
			top.add(summary, 1)
		}
	}
	for _, c := range top {
		if l := m.cut(c.text); len(l.Marks) > 0 {
			lines = append(lines, l)
		}
	}
	return lines, all.phrases == m.query.ends
}

// text yields the lines of a post as a reader sees them, which are [composed]: of a long one those of its begin, unless a phrase
// is looked for. A line is a part of the text.
func (m *matcher) text(p *blog.Post) iter.Seq[string] {
	if p.Body.Len() > maxRead && m.query.phrased() {
		return func(yield func(string) bool) {
			for b := newBody(m.texts.Text(p.Body)); b.step() && yield(composed(b.line)); {
			}
		}
	}
	text, ok := m.recent.get(p)
	if !ok {
		text = unmarked(begin(m.texts.Text(p.Body.First(maxRead)), p.Body.Len()))
		m.recent.put(p, text)
	}
	return func(yield func(string) bool) {
		for line, rest := "", text; rest != ""; {
			if line, rest, _ = strings.Cut(rest, "\n"); !yield(line) {
				return
			}
		}
	}
}

// begin is the first part of a text of so many bytes without the word that may be cut at its end.
func begin(part string, of int) string {
	if len(part) == of {
		return part
	}
	if i := strings.LastIndexAny(part, " \n"); i >= max(0, len(part)-maxTorn) {
		return part[:i]
	}
	for range utf8.UTFMax { // there are no words, or no blanks between them
		if r, n := utf8.DecodeLastRuneInString(part); r != utf8.RuneError || n != 1 {
			break
		}
		part = part[:len(part)-1]
	}
	return part
}

// A shortlist is the MaxLines heaviest lines, the first among equals, as they
// follow in the text.
type shortlist []struct {
	text   string
	weight int
}

func (s *shortlist) add(text string, weight int) {
	if len(*s) == MaxLines {
		least := 0
		for i, c := range *s {
			if c.weight <= (*s)[least].weight {
				least = i
			}
		}
		if (*s)[least].weight >= weight {
			return
		}
		*s = append((*s)[:least], (*s)[least+1:]...)
	}
	*s = append(*s, struct {
		text   string
		weight int
	}{text, weight})
}

// full reports whether no line of at most weight can come in.
func (s shortlist) full(weight int) bool {
	for _, c := range s {
		if c.weight < weight {
			return false
		}
	}
	return len(s) == MaxLines
}
