package linear

import (
	"context"
	"fmt"
	"strconv"

	"lectern/internal/blog"
	"lectern/internal/text"
)

// How many lines of a list are shown at a time: of posts, of all else.
const (
	postsAtATime = 10
	linesAtATime = 20
)

// A list is numbered lines, some at a time.
type list struct {
	title   string
	count   int
	size    int                                // lines at a time
	item    func(i int) (line, address string) // line i, from 0; the address, if any, stands below it
	offer   string                             // what the prompt says of a number
	means   string                             // what help says of it
	choose  func(ctx context.Context, i int)   // goes where line i leads
	further string                             // offers
	first   int                                // first line of those shown last
}

// show implements place.
func (l *list) show(_ context.Context, d *dialogue) {
	d.say(l.title)
	l.lines(d)
}

// lines writes the lines from first on.
func (l *list) lines(d *dialogue) {
	for i := l.first; i < l.end(); i++ {
		line, address := l.item(i)
		d.say(fmt.Sprintf("%d. %s", i+1, line))
		if address != "" {
			d.print(address)
		}
	}
	d.print("")
}

// end is the line behind those shown last.
func (l *list) end() int { return min(l.count, l.first+l.size) }

// offers implements place.
func (l *list) offers() string { return l.further }

// options implements place.
func (l *list) options(d *dialogue) []option {
	if l.count == 0 {
		return nil
	}
	more := option{words: []string{"n", "more", enterAlone}, means: "the next lines of the list", do: func(context.Context, string) {
		if l.end() == l.count {
			d.say("That was the whole list.")
			return
		}
		l.first = l.end()
		l.lines(d)
	}}
	if l.end() < l.count {
		more.offer = "n for more"
	}
	return []option{
		{words: []string{anyNumber}, offer: l.offer, means: l.means, do: func(ctx context.Context, said string) {
			if n, err := strconv.Atoi(said); err == nil && n >= 1 && n <= l.count {
				l.choose(ctx, n-1)
				return
			}
			d.say(fmt.Sprintf("There is no number %s; the numbers go from 1 to %d.", text.Field(said, 12), l.count))
		}},
		more,
	}
}

// postList is a list of posts.
func (d *dialogue) postList(title string, posts []*blog.Post) *list {
	return &list{
		title: title, count: len(posts), size: postsAtATime,
		item:    func(i int) (string, string) { return posts[i].Title + ", " + about(posts[i]), "" },
		offer:   "Number to read",
		means:   "the post with that number",
		choose:  func(ctx context.Context, i int) { d.read(ctx, posts[i], "") },
		further: "/tbhq",
	}
}

// all is the list of all posts.
func (d *dialogue) all() *list {
	posts := d.Library().Posts()
	title := "The posts, newest first:"
	if len(posts) == 0 {
		title = "There are no posts here yet."
	}
	l := d.postList(title, posts)
	l.further = "/thq"
	return l
}

// search lists the posts with words.
func (d *dialogue) search(ctx context.Context, words string) {
	if words == "" {
		d.say("Type the words behind the slash, such as /ssh.")
		return
	}
	find := d.Search
	if find == nil {
		find = d.matches
	}
	posts := find(words)
	if len(posts) == 0 {
		d.say(fmt.Sprintf("No post matches “%s”.", words))
		return
	}
	d.enter(ctx, d.postList(fmt.Sprintf("%s for “%s”:", number(len(posts), "post"), words), posts))
}

// matches is the search without a better one.
func (d *dialogue) matches(words string) (posts []*blog.Post) {
	for _, p := range d.Library().Posts() {
		if p.Matches(words) {
			posts = append(posts, p)
		}
	}
	return posts
}

// tagged is the list of the posts with a tag.
func (d *dialogue) tagged(t blog.Tag) *list {
	return d.postList(fmt.Sprintf("%s with the tag %s:", number(t.Posts, "post"), t.Name), d.Library().Tagged(t.Name))
}

// tags lists the tags.
func (d *dialogue) tags(ctx context.Context) {
	tags := d.Library().Tags()
	if len(tags) == 0 {
		d.say("No post has a tag.")
		return
	}
	d.enter(ctx, &list{
		title: number(len(tags), "tag") + ", the most used first:", count: len(tags), size: linesAtATime,
		item:    func(i int) (string, string) { return tags[i].Name + ", " + number(tags[i].Posts, "post"), "" },
		offer:   "Number for its posts",
		means:   "the posts with that tag",
		choose:  func(ctx context.Context, i int) { d.enter(ctx, d.tagged(tags[i])) },
		further: "bhq",
	})
}
