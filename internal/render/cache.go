package render

import (
	"container/list"
	"context"
	"fmt"
	"sync"
	"time"

	"golang.org/x/sync/semaphore"
	"golang.org/x/sync/singleflight"

	"lectern/internal/blog"
)

// A Cache renders posts once for all who read them in one kind of terminal. It
// is safe for concurrent use.
type Cache struct {
	workers  *semaphore.Weighted
	flights  singleflight.Group
	render   func(*blog.Post, Options) *Document
	rendered func(took time.Duration)
	counts   counts

	mu    sync.Mutex
	max   int64 // bytes
	bytes int64
	order *list.List // of *entry, the last used first
	byKey map[string]*list.Element
	held  held
}

type entry struct {
	key  string
	doc  *Document
	size int64
}

// NewCache makes a cache that keeps documents of maxBytes together, those that
// were used last, and renders with as many workers at a time.
func NewCache(maxBytes int64, workers int) *Cache {
	return &Cache{
		workers:  semaphore.NewWeighted(int64(max(1, workers))),
		render:   Render,
		rendered: func(time.Duration) {},
		max:      maxBytes,
		order:    list.New(),
		byKey:    map[string]*list.Element{},
		held:     newHeld(),
	}
}

// Bound bounds the bytes of all documents that somebody holds, the cache itself
// among them; without it there is no bound. What is beyond it is not rendered for
// long posts; for the others, a third more is kept. Only before the first use.
func (c *Cache) Bound(maxBytes int64) { c.held.max = maxBytes }

// Document is a post as [Render] draws it. All who ask for one document while
// it is made wait for the same render. The end of ctx ends the wait, not the
// render: the next reader finds it done. The errors are that
// of ctx, [ErrFull], and a panic in the render.
func (c *Cache) Document(ctx context.Context, post *blog.Post, o Options) (*Document, error) {
	key := keyOf(post, o)
	if d := c.get(key); d != nil {
		c.counts.cached.Add(1)
		return d, nil
	}
	mine := false // the flight; to be read when it has ended
	done := c.flights.DoChan(key, func() (_ any, err error) {
		mine = true
		defer func() {
			if r := recover(); r != nil {
				c.counts.failed.Add(1)
				err = fmt.Errorf("render %s: panic: %v", post.Slug, r)
			}
		}()
		if d := c.get(key); d != nil { // rendered between our look and our flight
			c.counts.cached.Add(1)
			return d, nil
		}
		// A render is bounded, so each worker comes back; nobody may give up
		// on behalf of all who wait.
		_ = c.workers.Acquire(context.Background(), 1)
		defer c.workers.Release(1)
		if !c.hasRoom(post) {
			c.counts.full.Add(1)
			return nil, ErrFull
		}
		start := time.Now()
		d := c.render(post, o)
		c.rendered(time.Since(start))
		c.counts.rendered.Add(1)
		c.put(key, d)
		return d, nil
	})
	select {
	case r := <-done:
		if r.Err != nil {
			return nil, r.Err
		}
		if !mine {
			c.counts.shared.Add(1)
		}
		return r.Val.(*Document), nil
	case <-ctx.Done():
		return nil, fmt.Errorf("render %s: %w", post.Slug, ctx.Err())
	}
}

// Cached is the document if it is there already. It never waits.
func (c *Cache) Cached(post *blog.Post, o Options) (*Document, bool) {
	d := c.get(keyOf(post, o))
	if d != nil {
		c.counts.cached.Add(1)
	}
	return d, d != nil
}

// keyOf names a document: what it is drawn from, and for.
func keyOf(post *blog.Post, o Options) string {
	page := ""
	if u := pageOf(o.Site, post); u != nil {
		page = u.String()
	}
	return fmt.Sprintf("%s %d %s %t %s", post.Hash, min(max(o.Width, MinWidth), MaxWidth), o.Palette.Key(), o.Links, page)
}

// get is the document under a key, nil when it is not there.
func (c *Cache) get(key string) *Document {
	c.mu.Lock()
	defer c.mu.Unlock()
	e := c.byKey[key]
	if e == nil {
		return c.held.get(key)
	}
	c.order.MoveToFront(e)
	return e.Value.(*entry).doc
}

// put keeps a document, and lets go of those that were not used for longest.
// One that is larger than the whole cache is not kept.
func (c *Cache) put(key string, d *Document) {
	e := &entry{key: key, doc: d, size: d.Size() + int64(2*len(key))}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.held.add(key, d)
	if e.size > c.max || c.byKey[key] != nil {
		return
	}
	c.byKey[key] = c.order.PushFront(e)
	c.bytes += e.size
	for c.bytes > c.max {
		last := c.order.Back()
		old := c.order.Remove(last).(*entry)
		delete(c.byKey, old.key)
		c.bytes -= old.size
	}
}
