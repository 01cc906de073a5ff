package server

import (
	"maps"
	"slices"
	"sync"

	tea "charm.land/bubbletea/v2"
)

// An audience is the programs that run. The zero value is empty. Safe for concurrent use.
type audience struct {
	mu       sync.Mutex
	programs map[*runner]struct{}
}

func (a *audience) join(r *runner) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.programs == nil {
		a.programs = make(map[*runner]struct{})
	}
	a.programs[r] = struct{}{}
}

func (a *audience) leave(r *runner) {
	a.mu.Lock()
	defer a.mu.Unlock()
	delete(a.programs, r)
}

// Tell sends a message to each program that runs, and returns when the last has taken it: what concerns all readers needs
// no command that waits in each of their programs. Programs are told one after another, so that the keys of thousands of
// readers need not wait until all have drawn the news. A program whose Init is called after Tell does not get the message.
func (s *Server) Tell(msg tea.Msg) {
	s.programs.mu.Lock()
	programs := slices.Collect(maps.Keys(s.programs.programs))
	s.programs.mu.Unlock()
	for _, r := range programs {
		r.program.Send(msg) // nothing happens when it has ended
	}
}
