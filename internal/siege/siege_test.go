//go:build unix

package siege_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"lectern/internal/process"
	"lectern/internal/siege"
)

// slack is how many times longer than the goal a time may take here, where other tests run besides.
const slack = 5

// TestTheServerStands runs a short siege of the real program, each attack by itself and then what is measured.
func TestTheServerStands(t *testing.T) {
	if testing.Short() {
		t.Skip("a siege takes a minute and a half")
	}
	dir := t.TempDir()
	binary, err := process.Build(t.Context(), dir, "lectern/cmd/lectern")
	if err != nil {
		t.Fatal(err)
	}
	program := process.Program{Binary: binary, Keys: filepath.Join(dir, "keys")}
	plan := siege.Plan{
		Program: program, Leaving: 300, Each: 600 * time.Millisecond, Hall: 5 * time.Second, Mix: 4 * time.Second, Workers: 24,
	}
	// The host key is made by the first, which ends before the others start.
	first, err := program.Start(false)
	if err != nil {
		t.Fatal(err)
	}
	<-first.Quits()

	var table []siege.Figure
	check := func(t *testing.T, figures []siege.Figure) {
		t.Helper()
		table = append(table, figures...)
		for _, f := range figures {
			if !f.Holds(slack) {
				t.Error(f)
			}
		}
	}
	t.Run("attacks", func(t *testing.T) {
		s, err := program.Start(false)
		if err != nil {
			t.Fatal(err)
		}
		defer s.Kill()
		target, files := siege.NewTarget(s.Addr), s.Descriptors()
		for _, a := range siege.Attacks() {
			t.Run(a.Name, func(t *testing.T) {
				check(t, a.Alone(t.Context(), s, target, plan.Each))
			})
		}
		check(t, siege.Settled(t.Context(), s, files))
	})
	for _, m := range siege.Measures() {
		t.Run(m.Name, func(t *testing.T) {
			figures, err := m.Run(t.Context(), plan)
			if err != nil {
				t.Fatal(err)
			}
			check(t, figures)
		})
	}
	if testing.Verbose() {
		siege.Write(os.Stdout, table, nil)
	}
}
