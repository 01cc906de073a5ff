package blog

import (
	"cmp"
	"slices"
	"strings"
)

// Near lists at most n slugs that look like slug, the most alike first: for a
// reader who mistyped one. What is asked for is cut at MaxSlug bytes.
func (l *Library) Near(slug string, n int) []string {
	type candidate struct {
		slug  string
		steps int
	}
	slug = strings.ToLower(slug[:min(len(slug), MaxSlug)])
	if slug == "" || n <= 0 {
		return nil
	}
	limit := min(len(slug)/3+1, 6)
	var found []candidate
	for _, p := range l.posts {
		steps := distance(slug, p.Slug, limit)
		// A piece of a slug, such as one word of it, is as good as a slip or two.
		if steps > limit && len(slug) >= 3 && strings.Contains(p.Slug, slug) {
			steps = 2
		}
		if steps <= limit {
			found = append(found, candidate{p.Slug, steps})
		}
	}
	slices.SortFunc(found, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(a.steps, b.steps), strings.Compare(a.slug, b.slug))
	})
	var slugs []string
	for _, c := range found[:min(len(found), n)] {
		slugs = append(slugs, c.slug)
	}
	return slugs
}

// distance counts the letters to insert, delete, change or swap with their
// neighbour to make b of a; more than limit comes out as limit+1. Only the
// cells of the table within limit of the diagonal are computed: a reader can ask
// for this over every post at once.
func distance(a, b string, limit int) int {
	if len(a)-len(b) > limit || len(b)-len(a) > limit {
		return limit + 1
	}
	var rows [3][MaxSlug + 16]int // slugs are bounded, with room for a suffix
	if len(b) >= len(rows[0]) {
		return limit + 1
	}
	previous, current, before := rows[0][:len(b)+1], rows[1][:len(b)+1], rows[2][:len(b)+1]
	for j := range previous {
		previous[j] = j
	}
	for i := 1; i <= len(a); i++ {
		from, to := max(1, i-limit), min(len(b), i+limit)
		current[0] = i
		best := i
		if from > 1 { // the first column is out of the band
			current[from-1] = limit + 1
			best = limit + 1
		}
		for j := from; j <= to; j++ {
			change := previous[j-1]
			if a[i-1] != b[j-1] {
				change++
			}
			steps := min(change, current[j-1]+1)
			if j < i+limit { // the cell above is in the band
				steps = min(steps, previous[j]+1)
			}
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				steps = min(steps, before[j-2]+1)
			}
			current[j] = steps
			best = min(best, steps)
		}
		if best > limit {
			return limit + 1
		}
		before, previous, current = previous, current, before
	}
	return min(previous[len(b)], limit+1)
}
