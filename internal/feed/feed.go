// Package feed makes the feeds of a blog: its newest posts in full, as Atom, RSS
// 2.0 and JSON Feed 1.1, for programs that tell their readers of new ones.
//
// What identifies an entry is ssh://HOST/SLUG and never changes with its title,
// date or text, nor with where the blog is on the web: a program that has shown
// a post does not show it again. The same library always makes the same bytes.
package feed

import (
	"context"
	"fmt"
	"sync"
	"weak"

	"golang.org/x/sync/semaphore"
	"golang.org/x/sync/singleflight"

	"lectern/internal/blog"
)

// A Kind is a format of feeds.
type Kind string

// The kinds that there are.
const (
	Atom Kind = "atom"
	RSS  Kind = "rss"
	JSON Kind = "json"
)

// Kinds are all kinds, the one to offer first in front.
func Kinds() []Kind { return []Kind{Atom, RSS, JSON} }

// File is the name of the file that a feed of a kind is offered as, empty for an
// unknown one.
func (k Kind) File() string {
	switch k {
	case Atom:
		return "feed.xml"
	case RSS:
		return "rss.xml"
	case JSON:
		return "feed.json"
	}
	return ""
}

// ContentType is the media type of a feed of a kind, empty for an unknown one.
func (k Kind) ContentType() string {
	switch k {
	case Atom:
		return "application/atom+xml; charset=utf-8"
	case RSS:
		return "application/rss+xml; charset=utf-8"
	case JSON:
		return "application/feed+json; charset=utf-8"
	}
	return ""
}

// A Maker makes each feed of a library once, and keeps those of the library that
// it was asked for last. It holds no library itself. It is safe for concurrent
// use.
type Maker struct {
	flights singleflight.Group
	write   func(*blog.Library, Kind) ([]byte, error)
	turn    *semaphore.Weighted // one feed is made at a time: each takes some MiB and a core

	mu   sync.Mutex
	last weak.Pointer[blog.Library]
	made map[Kind][]byte // of last
}

// New makes a Maker.
func New() *Maker { return &Maker{write: write, turn: semaphore.NewWeighted(1)} }

// Feed is the feed of a kind. All who ask for one while it is made wait for the
// same. The end of ctx ends the wait, not the making: who asks next finds it
// done. The errors are that of ctx, an unknown kind, and a panic in the making.
// The bytes are shared: do not modify them.
func (m *Maker) Feed(ctx context.Context, library *blog.Library, kind Kind) ([]byte, error) {
	if kind.File() == "" {
		return nil, fmt.Errorf("feed %q: no such kind", kind)
	}
	if b := m.kept(library, kind); b != nil {
		return b, nil
	}
	// While a flight is on it holds its library, so no other has its address.
	done := m.flights.DoChan(fmt.Sprintf("%p %s", library, kind), func() (_ any, err error) {
		defer func() {
			if r := recover(); r != nil {
				err = fmt.Errorf("feed %s: panic: %v", kind, r)
			}
		}()
		// The making is bounded; nobody may give up on behalf of all who wait.
		_ = m.turn.Acquire(context.Background(), 1)
		defer m.turn.Release(1)
		if b := m.kept(library, kind); b != nil { // made between our look and our flight
			return b, nil
		}
		b, err := m.write(library, kind)
		if err != nil {
			return nil, fmt.Errorf("feed %s: %w", kind, err)
		}
		m.keep(library, kind, b)
		return b, nil
	})
	select {
	case r := <-done:
		if r.Err != nil {
			return nil, r.Err
		}
		return r.Val.([]byte), nil
	case <-ctx.Done():
		return nil, fmt.Errorf("feed %s: %w", kind, ctx.Err())
	}
}

// kept is a feed that was made before, nil for none. From here on feeds of no
// other library are kept.
func (m *Maker) kept(library *blog.Library, kind Kind) []byte {
	m.mu.Lock()
	defer m.mu.Unlock()
	if p := weak.Make(library); p != m.last {
		m.last, m.made = p, map[Kind][]byte{}
	}
	return m.made[kind]
}

// keep keeps a feed, unless it is of a library that was replaced meanwhile.
func (m *Maker) keep(library *blog.Library, kind Kind, b []byte) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if weak.Make(library) == m.last {
		m.made[kind] = b
	}
}
