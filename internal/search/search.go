package search

import (
	"context"

	"lectern/internal/blog"
)

// A Hit is a post that has all words of a query.
type Hit struct {
	Post  *blog.Post
	Lines []Line // at most MaxLines that have the words, those with the most of them, as they follow in the post; see Search
}

// Search finds the posts that have all words of the query, the best first and
// among equals as [blog.ComparePosts] orders them; at most limit and MaxHits.
// A query without a word finds nothing, and so does one whose ctx ends. Only the
// hits from the one numbered from up to to, which count from 0, are sure to have
// their lines: for these a text is read, which takes longer than all the rest, and
// a reader sees some of the hits at a time. Of a long post, lines of its first
// 128 KiB are found.
//
// A phrase is sought in the text of the best posts that can have it, some
// hundred, not of all.
func (x *Index) Search(ctx context.Context, query string, limit, from, to int) []Hit {
	limit = min(limit, MaxHits)
	q := parse(query)
	if limit <= 0 || len(q.words) == 0 {
		return nil
	}
	expansions := make([]expansion, len(q.words))
	steps := maxSteps
	for i, w := range q.words {
		if expansions[i] = x.expand(w, &steps); len(expansions[i].spans) == 0 || ctx.Err() != nil {
			return nil
		}
	}
	scores := x.score(ctx, expansions)
	if scores == nil {
		return nil
	}
	x.side(scores, q)
	wanted := limit
	if q.phrased() {
		wanted = maxVerify
	}
	m := newMatcher(x.lexicon, x.recent, q, expansions)
	var hits []Hit
	unpacked, shown := 0, 0
	for _, s := range best(scores, wanted) {
		if ctx.Err() != nil {
			return nil
		}
		hit := Hit{Post: x.posts[s.doc]}
		size := hit.Post.Body.Len()
		switch {
		case q.phrased():
			if unpacked+size > maxVerified {
				continue
			}
			unpacked += size
			ok := false
			if hit.Lines, ok = m.lines(hit.Post, true); !ok {
				continue
			}
		case len(hits) < from || len(hits) >= to:
		case shown+min(size, maxRead) <= maxShown:
			shown += min(size, maxRead)
			hit.Lines, _ = m.lines(hit.Post, true)
		default:
			hit.Lines, _ = m.lines(hit.Post, false)
		}
		if hits = append(hits, hit); len(hits) == limit {
			break
		}
	}
	return hits
}
