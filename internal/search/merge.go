package search

import (
	"context"
	"slices"
)

// A source is a lexicon to be merged with others.
type source struct {
	*lexicon
	docs []int32 // its posts' numbers in what is made, -1 for one that is gone; nil: as they are
	next int     // the word to come
}

// merge makes one lexicon of several that have no post in common.
func merge(ctx context.Context, sources []*source) (*lexicon, error) {
	if len(sources) == 1 && sources[0].docs == nil {
		return sources[0].lexicon, nil
	}
	out := new(lexicon)
	room := 0
	for _, s := range sources {
		room += len(s.lists)
	}
	out.lists = make([]byte, 0, room)
	var list []posting
	for n := 0; ; n++ {
		if n%1024 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		var word []byte
		for _, s := range sources {
			if s.next < s.len() && (word == nil || string(s.word(s.next)) < string(word)) {
				word = s.word(s.next)
			}
		}
		if word == nil {
			break
		}
		list = list[:0]
		for _, s := range sources {
			if s.next < s.len() && string(s.word(s.next)) == string(word) {
				list = s.take(list)
			}
		}
		if len(list) == 0 {
			continue // only posts that are gone had it
		}
		if !slices.IsSorted(list) {
			slices.Sort(list)
		}
		out.add(word, list)
	}
	out.clip()
	return out, nil
}

// take appends the postings of the word to come, and goes to the next.
func (s *source) take(list []posting) []posting {
	from := len(list)
	list = s.list(list, s.next)
	s.next++
	if s.docs == nil {
		return list
	}
	kept := list[:from]
	for _, p := range list[from:] {
		if doc := s.docs[p.doc()]; doc >= 0 {
			kept = append(kept, newPosting(int(doc), p.info()))
		}
	}
	return kept
}
