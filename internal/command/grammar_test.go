package command

import (
	"sync"
	"testing"
)

func TestALookAtTheWordsDoesNotMakeTheGrammar(t *testing.T) {
	args := []string{"docker-production"}
	Screen(args)
	if got := testing.AllocsPerRun(10, func() { Screen(args) }); got > 20 {
		t.Errorf("%v allocations, want 20 at most", got)
	}
}

func TestAllSessionsLookAtOneGrammar(t *testing.T) {
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for _, v := range verbs() {
				if usageOf(v) == "" || len(commonFlags()) == 0 {
					t.Errorf("%s has no usage", v.Name)
				}
			}
			if _, err := Completion("bash", "blog.example.com"); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
}
