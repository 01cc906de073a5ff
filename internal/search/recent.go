package search

import (
	"strings"
	"sync"

	"lectern/internal/blog"
)

// A recent keeps the texts of posts that were read last, as [unmarked] makes them: a
// search reads nearly the same ones with each letter that is typed, and to make a
// text takes twice as long as to look through it. It takes maxRecent bytes at most.
// It is safe for concurrent use.
type recent struct {
	mu    sync.Mutex
	newer map[string]string // texts by the hashes of their posts
	older map[string]string // let go of when newer is full
	size  int               // bytes that newer takes
}

// entry is what a text takes beside its bytes: its hash, and a place in the map.
const entry = 128

func newRecent() *recent { return &recent{newer: map[string]string{}} }

// get returns the text of a post, if it is there.
func (r *recent) get(p *blog.Post) (string, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if text, ok := r.newer[p.Hash]; ok {
		return text, true
	}
	text, ok := r.older[p.Hash]
	if ok {
		r.add(p.Hash, text)
	}
	return text, ok
}

// put keeps the text of a post, which has at most maxRead bytes.
func (r *recent) put(p *blog.Post, text string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.add(p.Hash, text)
}

// fits reports whether a text of so many bytes can be put without that another is let go of.
func (r *recent) fits(n int) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.size+entry+n <= maxRecent/2 || r.older == nil
}

// add is put for those who hold the lock.
func (r *recent) add(hash, text string) {
	if _, ok := r.newer[hash]; ok {
		return
	}
	size := entry + len(text)
	if r.size+size > maxRecent/2 {
		r.older, r.newer, r.size = r.newer, map[string]string{}, 0
	}
	r.newer[hash] = text
	r.size += size
}

// unmarked is what a reader sees of Markdown, in lines that are [composed] and have no blanks at their ends.
func unmarked(markdown string) string {
	s := make([]byte, 0, len(markdown)+1)
	for b := newBody(markdown); b.step(); {
		s = appendLine(s, composed(b.line))
	}
	return string(s)
}

func appendLine(s []byte, line string) []byte {
	return append(append(s, strings.TrimSpace(line)...), '\n')
}
