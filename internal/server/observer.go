package server

import "time"

// Kind is what a session is for.
type Kind string

// The kinds.
const (
	KindProgram   Kind = "program"
	KindCommand   Kind = "command"
	KindSubsystem Kind = "subsystem"
	KindRoutine   Kind = "routine" // to observers: whatever it is for, Config.Routine says that it is nobody's reading
)

// Kinds are all kinds.
func Kinds() []Kind { return []Kind{KindProgram, KindCommand, KindSubsystem, KindRoutine} }

// Outcome says what came of a handshake.
type Outcome string

// The outcomes.
const (
	OutcomeDone     Outcome = "done"     // the client was let in
	OutcomeGone     Outcome = "gone"     // the client went away, or did not like our host key
	OutcomeDiffers  Outcome = "differs"  // there was nothing to agree on
	OutcomeLate     Outcome = "late"     // the client let Bounds.Handshake go by
	OutcomeBroken   Outcome = "broken"   // the client does not speak SSH as it should
	OutcomeShutdown Outcome = "shutdown" // the server is ending
)

// Outcomes are all outcomes.
func Outcomes() []Outcome {
	return []Outcome{OutcomeDone, OutcomeGone, OutcomeDiffers, OutcomeLate, OutcomeBroken, OutcomeShutdown}
}

// Why a session is refused, where it is not for the limits.
const (
	refusedClosing = "closing" // the server is ending
	refusedPlaces  = "places"  // its connection holds as many as it may
	refusedSeats   = "seats"   // as many run as can, by their number or by the memory
	refusedCopies  = "copies"  // so many subsystems run, or of its address
)

// SessionRefusals are all reasons for which a session is refused, beside those of the limits.
func SessionRefusals() []string {
	return []string{refusedClosing, refusedPlaces, refusedSeats, refusedCopies}
}

// An Observer is told what happens, to count it. Its methods are called from many goroutines, some with each packet, and
// must be quick. Every word that they are given is one of ours, and never what a client sent.
type Observer interface {
	// ConnectionRefused is called with a limit.Refusal's Reason.
	ConnectionRefused(reason string)
	// ConnectionOpened is called for each that the limits let in, and ConnectionClosed once for each of these.
	ConnectionOpened()
	ConnectionClosed()
	// Handshake is called when one has ended. took counts from accepting the connection.
	Handshake(outcome Outcome, took time.Duration)
	// Moved is called with the bytes that a read or a write of an open connection moved, as they are on the network.
	Moved(in, out int)

	// SessionRefused is called with one of SessionRefusals, or a limit.Refusal's Reason. No other method is called for
	// the session, but for a subsystem that is refused for its number.
	SessionRefused(reason string)
	SessionStarted(kind Kind)
	// Painted is called when a program's first frame has been written: how long after its session began, and after its
	// connection was accepted, which is 0 for all but the first program of a connection.
	Painted(session, connection time.Duration)
	SessionEnded(kind Kind, why Reason, lasted time.Duration, bytesOut int64)
}

// nobody observes nothing.
type nobody struct{}

func (nobody) ConnectionRefused(string)                        {}
func (nobody) ConnectionOpened()                               {}
func (nobody) ConnectionClosed()                               {}
func (nobody) Handshake(Outcome, time.Duration)                {}
func (nobody) Moved(int, int)                                  {}
func (nobody) SessionRefused(string)                           {}
func (nobody) SessionStarted(Kind)                             {}
func (nobody) Painted(time.Duration, time.Duration)            {}
func (nobody) SessionEnded(Kind, Reason, time.Duration, int64) {}
