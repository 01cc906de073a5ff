package limit

import (
	"net/netip"
	"sync"
)

// A Share is an amount of something that all clients have of together, and of which no prefix gets more than its part, nor
// an IPv6 site more than twice that. It is safe for concurrent use.
type Share struct {
	total, each int64

	mu    sync.Mutex
	taken int64
	by    map[netip.Prefix]int64 // those who have some
}

// NewShare returns total to be shared, of which a prefix gets each at most.
func NewShare(total, each int64) *Share {
	return &Share{total: total, each: each, by: make(map[netip.Prefix]int64)}
}

// Take takes n for addr. When there is not as much, it takes nothing and says whether addr itself has the most that it may.
func (s *Share) Take(addr netip.Addr, n int64) (ok, own bool) {
	prefix, site := Prefix(addr), site(addr)
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.by[prefix]+n > s.each, site.IsValid() && s.by[site]+n > siteShare*s.each:
		return false, true
	case s.taken+n > s.total:
		return false, false
	}
	s.add(prefix, site, n)
	return true, false
}

// Give gives back n that addr took.
func (s *Share) Give(addr netip.Addr, n int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.add(Prefix(addr), site(addr), -n)
}

// Taken is how much of it is taken.
func (s *Share) Taken() int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.taken
}

// add counts n. Only the holder of the lock may call it.
func (s *Share) add(prefix, site netip.Prefix, n int64) {
	s.taken += n
	held := []netip.Prefix{prefix}
	if site.IsValid() {
		held = append(held, site)
	}
	for _, p := range held {
		if s.by[p] += n; s.by[p] == 0 {
			delete(s.by, p)
		}
	}
}
