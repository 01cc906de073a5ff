package render

import (
	"errors"
	"math"
	"runtime"
	"time"
	"weak"

	"lectern/internal/blog"
)

// ErrFull says that so many documents are being read that there is no room for one more.
var ErrFull = errors.New("too many documents are held")

// A held is what is known of the documents that somebody may hold: whoever reads a
// post keeps its document when the cache has long let go of it, and those who all
// read long posts, each in a width of their own, would keep megabytes each. Nobody
// says when they are done with one: the garbage collector knows. Only the holder
// of the cache's lock may call its methods.
type held struct {
	max     int64 // bytes
	docs    map[string]holding
	bytes   int64     // of docs, some of which may be garbage
	many    int       // sweep when there are so many
	collect time.Time // from when on garbage may be collected for it
}

type holding struct {
	doc  weak.Pointer[Document]
	size int64
}

// A post is long from longPost bytes on. Garbage is collected, when there seems to
// be no room, once in collectEvery at most.
const (
	longPost     = 64 << 10
	collectEvery = 2 * time.Second
)

func newHeld() held { return held{max: math.MaxInt64 / 2, docs: map[string]holding{}, many: 1024} }

// get is a document that somebody holds, nil if there is none.
func (h *held) get(key string) *Document { return h.docs[key].doc.Value() }

func (h *held) add(key string, d *Document) {
	h.bytes += d.Size() - h.docs[key].size
	h.docs[key] = holding{weak.Make(d), d.Size()}
	if len(h.docs) >= h.many {
		h.sweep()
		h.many = max(1024, 2*len(h.docs))
	}
}

// sweep forgets what nobody holds.
func (h *held) sweep() {
	for key, x := range h.docs {
		if x.doc.Value() == nil {
			h.bytes -= x.size
			delete(h.docs, key)
		}
	}
}

// fits reports whether there is room for the document of a post.
func (h *held) fits(post *blog.Post) bool {
	most := h.max
	if post.Size() < longPost {
		most += most / 3
	}
	return h.bytes+post.Size() <= most
}

// hasRoom reports whether there is room for the document of a post, if need be after
// garbage was collected.
func (c *Cache) hasRoom(post *blog.Post) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	h := &c.held
	if h.fits(post) {
		return true
	}
	if h.sweep(); h.fits(post) {
		return true
	}
	if time.Now().Before(h.collect) {
		return false
	}
	h.collect = time.Now().Add(collectEvery)
	c.mu.Unlock()
	runtime.GC()
	c.mu.Lock()
	h.sweep()
	return h.fits(post)
}
