package blog

import (
	"cmp"
	"slices"
	"sync"

	"lectern/internal/text"
)

// A Tag is a tag of a library, and how many posts have it.
type Tag struct {
	Name  string // as the newest post has it
	Posts int
}

// A shelfIndex is what a library knows of tags and series, made when it is first
// asked for.
type shelfIndex struct {
	once   sync.Once
	tags   []Tag
	byTag  map[string][]*Post // by the folded tag, newest first
	series map[string][]*Post // by the folded name, in the order of reading: oldest first
}

// index is the library's index of tags and series.
func (l *Library) index() *shelfIndex {
	x := &l.shelf
	x.once.Do(func() {
		x.byTag, x.series = map[string][]*Post{}, map[string][]*Post{}
		at := map[string]int{}
		for _, p := range l.posts {
			if p.Series != "" {
				name := text.Fold(p.Series)
				x.series[name] = append(x.series[name], p)
			}
			for _, tag := range p.Tags {
				key := text.Fold(tag)
				if n := len(x.byTag[key]); n > 0 && x.byTag[key][n-1] == p {
					continue // the post has it in two spellings
				}
				i, ok := at[key]
				if !ok {
					i = len(x.tags)
					at[key] = i
					x.tags = append(x.tags, Tag{Name: tag})
				}
				x.tags[i].Posts++
				x.byTag[key] = append(x.byTag[key], p)
			}
		}
		slices.SortStableFunc(x.tags, func(a, b Tag) int {
			return cmp.Or(cmp.Compare(b.Posts, a.Posts), cmp.Compare(text.Fold(a.Name), text.Fold(b.Name)))
		})
		for _, posts := range x.series {
			slices.Reverse(posts)
		}
	})
	return x
}

// Tags are the tags of the posts, the most used first. Tags that differ in case
// or accents are one. The slice is shared: do not modify it.
func (l *Library) Tags() []Tag { return l.index().tags }

// Tag is the tag that a reader means by name, however it is spelt.
func (l *Library) Tag(name string) (Tag, bool) {
	name = text.Fold(name)
	for _, t := range l.Tags() {
		if text.Fold(t.Name) == name {
			return t, true
		}
	}
	return Tag{}, false
}

// Tagged are the posts with a tag, newest first. The slice is shared: do not
// modify it.
func (l *Library) Tagged(tag string) []*Post { return l.index().byTag[text.Fold(tag)] }

// Series are the posts of the series that a post belongs to, in the order of
// reading; none for a post that stands alone. The slice is shared: do not modify
// it.
func (l *Library) Series(p *Post) []*Post {
	if p.Series == "" {
		return nil
	}
	if posts := l.index().series[text.Fold(p.Series)]; len(posts) > 1 {
		return posts
	}
	return nil
}

// maxTagged is how many posts with one tag are looked at for related ones.
const maxTagged = 500

// Related are at most n posts that have tags in common with p, those first that
// share the rarest and the most, then the newer ones. Posts of its series are
// none of them.
func (l *Library) Related(p *Post, n int) []*Post {
	weight := map[*Post]float64{}
	var found []*Post
	for _, tag := range p.Tags {
		posts := l.Tagged(tag)
		for _, q := range posts[:min(len(posts), maxTagged)] {
			if q == p || q.Slug == p.Slug || p.Series != "" && text.Fold(p.Series) == text.Fold(q.Series) {
				continue
			}
			if weight[q] == 0 {
				found = append(found, q)
			}
			weight[q] += 1 / float64(len(posts))
		}
	}
	slices.SortFunc(found, func(a, b *Post) int {
		return cmp.Or(cmp.Compare(weight[b], weight[a]), ComparePosts(a, b))
	})
	return found[:min(len(found), n)]
}
