package server

import (
	"context"

	"golang.org/x/time/rate"
)

// copying runs a subsystem, or a command that copies files, if there is a place for it. It is read at the pace of the network,
// for what it reads are requests, and each is answered before too many others are read.
func (s *Server) copying(ch *channel, run func(context.Context, *Session) int) {
	switch ok, own := s.running.Take(ch.conn.addr, 1); {
	case own:
		s.observer.SessionRefused(refusedCopies)
		ch.refuse("Too many files are being copied to your address. Please let one copy end first.")
		return
	case !ok:
		s.observer.SessionRefused(refusedCopies)
		ch.refuse("Too many others are copying files. Please come back in a minute.")
		return
	}
	defer s.running.Give(ch.conn.addr, 1)
	b := ch.bounds
	in := newStdin(inputBounds{b.SubsystemInput, b.SubsystemAhead, rate.Inf, b.SubsystemAhead})
	ch.serve(in, b.SubsystemInput+b.InputTotal, min(b.SubsystemIdle, b.Idle), run)
}
