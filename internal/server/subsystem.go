package server

import (
	"io"

	"golang.org/x/time/rate"
)

// subsystem runs a subsystem, if there is a place for it. It is read at the pace of the network, for what it reads are
// requests, and each is answered before too many others are read.
func (s *Server) subsystem(ch *channel) {
	select {
	case s.running <- struct{}{}:
		defer func() { <-s.running }()
	default:
		ch.end(ReasonRefused)
		ch.exit = tryAgain
		_, _ = io.WriteString(ch.session.Err, "Too many others are copying files. Please come back in a minute.\n")
		return
	}
	b := ch.bounds
	in := newStdin(inputBounds{b.SubsystemInput, b.SubsystemAhead, rate.Inf, b.SubsystemAhead})
	ch.serve(in, b.SubsystemInput+b.InputTotal, s.subsystems[ch.subsystem])
}
