package server

import "time"

// Kind is what a session is for.
type Kind string

// The kinds.
const (
	KindProgram Kind = "program"
	KindCommand Kind = "command"

	KindSubsystem Kind = "subsystem"
)

// An Observer is told what happens, to count it. Its methods are called from many goroutines, and must be quick.
type Observer interface {
	// ConnectionRefused is called with a limit.Refusal's Reason.
	ConnectionRefused(reason string)
	SessionStarted(kind Kind)
	SessionEnded(kind Kind, why Reason, lasted time.Duration, bytesOut int64)
}

// nobody observes nothing.
type nobody struct{}

func (nobody) ConnectionRefused(string)                        {}
func (nobody) SessionStarted(Kind)                             {}
func (nobody) SessionEnded(Kind, Reason, time.Duration, int64) {}
