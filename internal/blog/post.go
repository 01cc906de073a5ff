// Package blog knows what a blog is: posts, their front matter, a library that
// is an immutable snapshot of them, and the reload that replaces it.
//
// A blog is a folder of Markdown files and one blog.yaml. Every string that
// leaves this package was made safe to show when it was read. A fault in the
// content never stops the rest: it becomes a [Problem], and the last good
// version of what is broken stays.
package blog

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"hash"
	"path"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"
)

// A Post is one post of the blog. It is immutable and shared by all readers;
// every string in it is safe to show.
type Post struct {
	Slug     string    // its name: a-z, 0-9, "-" and "_", unique in its library
	Title    string    // one line
	Marks    []Mark    // what in Title is set apart, in order
	Summary  string    // one line without Markdown marks: the description, or an excerpt of the body
	Excerpt  bool      // Summary is an excerpt: the author wrote no description
	Date     time.Time // zero for an undated post
	Tags     []string  // one line each, none twice
	Series   string    // name of the series that it is a part of, one line; mostly empty
	Body     Body      // Markdown, clean, without the first heading when it repeats Title
	BodyLine int       // line of the file on which Body begins, 1-based
	Words    int       // words of Body; two Chinese or Japanese characters count as one
	File     string    // path in the content folder, made safe to show like the rest
	Aliases  []string  // former slugs, which find it where no post has them for its own
	Modified time.Time // when File was last changed, in UTC; where that is not known it is Date
	Hash     string    // of title and its marks, date, tags, summary and body: equal hash, equal drawing but for where relative links lead

	page string // path of its page on the web where the author wrote one
	file Body   // see Source
}

// Page is the path of the post's page on the blog's web site, from which its
// relative links lead on: what the author wrote, or else the folder of its file.
// It begins with "/".
func (p *Post) Page() string {
	if p.page != "" {
		return p.page
	}
	return strings.TrimSuffix("/"+path.Dir(p.File), "/.") + "/"
}

// wordsPerMinute is the pace of an adult who reads technical prose.
const wordsPerMinute = 220

// Minutes is the reading time, rounded up, at least 1.
func (p *Post) Minutes() int {
	return max(1, (p.Words+wordsPerMinute-1)/wordsPerMinute)
}

// Matches reports whether the title, the tags or the summary hold every word of
// query. Case and the way in which accents are encoded make no difference, and
// an empty query matches every post. It takes about a microsecond.
func (p *Post) Matches(query string) bool {
	said := fold(p.Title + "\n" + strings.Join(p.Tags, "\n") + "\n" + p.Summary)
	for word := range strings.FieldsSeq(fold(query)) {
		if !strings.Contains(said, word) {
			return false
		}
	}
	return true
}

// fold brings strings that read alike into one form.
func fold(s string) string { return norm.NFC.String(strings.ToLower(s)) }

// hashPost computes [Post.Hash] of a post that has body.
func hashPost(p *Post, body string) string {
	h := sha256.New()
	hashString(h, p.Title)
	hashString(h, fmt.Sprint(p.Marks))
	hashString(h, p.Date.Format(time.RFC3339Nano))
	hashString(h, p.Summary)
	hashString(h, body)
	for _, tag := range p.Tags {
		hashString(h, tag)
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// hashString feeds s with its length, so that no two rows of strings are fed alike.
func hashString(h hash.Hash, s string) {
	var size [8]byte
	binary.LittleEndian.PutUint64(size[:], uint64(len(s)))
	h.Write(size[:])
	h.Write([]byte(s))
}

// same reports whether two posts are equal in everything a reader or an author
// can see. Those who fetch the files see their bytes, and the time at which they
// were changed: a file that was only touched is another post, of equal Hash. The
// screens draw nothing anew for it, and it happens as seldom as an edit.
func (p *Post) same(q *Post) bool {
	return p.file == q.file && p.Modified.Equal(q.Modified) && // of equal Body, for which Hash stands
		p.Hash == q.Hash && p.Slug == q.Slug && p.BodyLine == q.BodyLine && p.File == q.File && p.page == q.page && p.Series == q.Series &&
		slices.Equal(p.Aliases, q.Aliases)
}

// own gives the post strings of its own: one that is a part of its file's text
// would keep the whole of it in memory. nil has none.
func (p *Post) own() {
	if p == nil {
		return
	}
	for _, s := range []*string{&p.Slug, &p.Title, &p.Summary, &p.File, &p.page, &p.Series} {
		*s = strings.Clone(*s)
	}
	for _, list := range [][]string{p.Tags, p.Aliases} {
		for i := range list {
			list[i] = strings.Clone(list[i])
		}
	}
}

// held is how many bytes the post's strings and marks take; nil has none.
func (p *Post) held() int {
	if p == nil {
		return 0
	}
	n := len(p.Slug) + len(p.Title) + len(p.Summary) + len(p.file.text.held) + len(p.File) + len(p.Hash) + len(p.page) + len(p.Series) +
		markSize*len(p.Marks)
	if p.Body.text != p.file.text {
		n += len(p.Body.text.held)
	}
	for _, list := range [][]string{p.Tags, p.Aliases} {
		for _, s := range list {
			n += len(s)
		}
	}
	return n
}
