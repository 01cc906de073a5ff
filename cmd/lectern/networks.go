package main

import (
	"fmt"
	"net/netip"
	"strings"
)

// networks reads the networks of a flag; one address is a network of its own.
func networks(flag string, list []string) ([]netip.Prefix, error) {
	var nets []netip.Prefix
	for _, s := range list {
		s = strings.TrimSpace(s)
		p, err := netip.ParsePrefix(s)
		if a, aerr := netip.ParseAddr(s); aerr == nil {
			p, err = a.Prefix(a.BitLen())
		}
		if err != nil {
			return nil, fmt.Errorf("%s %s: write a network as 192.0.2.0/24 or 2001:db8::/32", flag, s)
		}
		nets = append(nets, p.Masked())
	}
	return nets, nil
}

// balancers reads the networks of --trust-proxy. One that holds every address is refused: any reader could then claim
// to be another.
func balancers(list []string) ([]netip.Prefix, error) {
	nets, err := networks("--trust-proxy", list)
	for i, n := range nets {
		if n.Bits() == 0 || n.Addr().Is4In6() && n.Bits() <= 96 {
			return nil, fmt.Errorf("--trust-proxy %s: every reader could claim any address; name the balancer's own, as 10.0.0.5", list[i])
		}
	}
	return nets, err
}
