package server

import (
	"testing"

	tea "charm.land/bubbletea/v2"
)

func TestTellReachesEachProgramThatRuns(t *testing.T) {
	type news struct{ n int }
	told := make(chan int, 10)
	b := serve(t, withUpdate(func(msg tea.Msg) tea.Cmd {
		if n, ok := msg.(news); ok {
			told <- n.n
		}
		return quitOnQ(msg)
	}))
	b.server.Tell(news{0}) // nobody is there
	readers := []*reader{b.reader(), b.reader()}
	for _, r := range readers {
		r.sees("hello")
	}
	b.server.Tell(news{1})
	readers[0].press("q")
	readers[0].left()
	b.server.Tell(news{2})
	for _, want := range []int{1, 1, 2} {
		if got := receive(t, told); got != want {
			t.Errorf("a program is told %d, want %d", got, want)
		}
	}
	eventually(t, "who has left is forgotten", func() bool {
		b.server.programs.mu.Lock()
		defer b.server.programs.mu.Unlock()
		return len(b.server.programs.programs) == 1
	})
}
