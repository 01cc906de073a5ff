package limit

import (
	"net/netip"
	"testing"
)

func TestShareIsBoundedInAllAndForEach(t *testing.T) {
	s := NewShare(10, 4)
	a, b, c := netip.MustParseAddr("192.0.2.1"), netip.MustParseAddr("::ffff:192.0.2.2"), netip.MustParseAddr("192.0.2.3")
	for _, tt := range []struct {
		addr    netip.Addr
		n       int64
		ok, own bool
	}{
		{a, 3, true, false},
		{a, 2, false, true},
		{a, 1, true, false},
		{b, 4, true, false},
		{c, 3, false, false},
		{c, 2, true, false},
	} {
		if ok, own := s.Take(tt.addr, tt.n); ok != tt.ok || own != tt.own {
			t.Errorf("%v takes %d: %v, own %v, want %v, %v", tt.addr, tt.n, ok, own, tt.ok, tt.own)
		}
	}
	s.Give(b.Unmap(), 4)
	if got := s.Taken(); got != 6 {
		t.Errorf("taken %d, want 6", got)
	}
	s.Give(a, 4)
	s.Give(c, 2)
	if len(s.by) > 0 || s.Taken() != 0 {
		t.Errorf("remembers %v, %d", s.by, s.Taken())
	}
}

func TestSiteHasTwiceTheShareOfAPrefix(t *testing.T) {
	s := NewShare(100, 2)
	took := 0
	for _, addr := range []string{"2001:db8:0:1::1", "2001:db8:0:2::1", "2001:db8:0:3::1"} {
		for range 3 {
			if ok, _ := s.Take(netip.MustParseAddr(addr), 1); ok {
				took++
			}
		}
	}
	if took != 4 {
		t.Errorf("a site took %d, want 4", took)
	}
	if ok, _ := s.Take(netip.MustParseAddr("2001:db8:1::1"), 1); !ok {
		t.Error("another site got nothing")
	}
	for range 2 {
		s.Take(netip.Addr{}, 1) // who has no address has a part as well
	}
	if ok, own := s.Take(netip.Addr{}, 1); ok || !own {
		t.Errorf("without an address: %v, %v", ok, own)
	}
}
