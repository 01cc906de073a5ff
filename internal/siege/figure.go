//go:build unix

package siege

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"time"
)

// A Figure is what was measured, and what may at most be: all goals are such.
type Figure struct {
	Name string
	Unit string // ms, s, MiB, or "" for what is counted
	Goal float64
	Seen float64 // infinite: never, or nobody is left to ask
	Note string
	Sum  string // the line of the table in which it is added up with others, instead of one of its own
}

// Holds reports whether the goal is met. Times may take slack times what the goal says, for machines that do other things
// besides; all else may not.
func (f Figure) Holds(slack float64) bool {
	if f.Unit == "ms" || f.Unit == "s" {
		return f.Seen <= f.Goal*slack
	}
	return f.Seen <= f.Goal
}

func (f Figure) value(v float64) string {
	switch {
	case math.IsInf(v, 1):
		return "never"
	case f.Unit == "":
		return fmt.Sprintf("%.0f", v)
	case f.Unit == "s" || f.Unit == "MiB" && v < 100:
		return fmt.Sprintf("%.1f %s", v, f.Unit)
	}
	return fmt.Sprintf("%.0f %s", v, f.Unit)
}

// String returns the figure as a line.
func (f Figure) String() string {
	held := "held"
	if !f.Holds(1) {
		held = "MISSED"
	}
	return strings.TrimRight(fmt.Sprintf("%-52s %10s %10s  %-7s%s", f.Name, f.value(f.Goal), f.value(f.Seen), held, f.Note), " ")
}

func ms(name string, goal int, seen time.Duration) Figure {
	return Figure{Name: name, Unit: "ms", Goal: float64(goal), Seen: float64(seen.Microseconds()) / 1000}
}

func seconds(name string, goal int, seen time.Duration) Figure {
	f := Figure{Name: name, Unit: "s", Goal: float64(goal), Seen: seen.Seconds()}
	if seen == never {
		f.Seen = math.Inf(1)
	}
	return f
}

// sum is a figure that counts what must not be, in one line of the table with others of its kind.
func sum(what, kind string, seen int) Figure {
	return Figure{Name: what + ": " + kind, Seen: float64(seen), Sum: "in all: " + kind}
}

// never is the duration of what did not come to its end.
const never = time.Duration(math.MaxInt64)

func count(name string, goal, seen int) Figure {
	return Figure{Name: name, Goal: float64(goal), Seen: float64(seen)}
}

// tally returns the lines of the table: figures with the same Sum are one.
func tally(figures []Figure) []Figure {
	var lines, sums []Figure
	for _, f := range figures {
		if f.Sum == "" {
			lines = append(lines, f)
			continue
		}
		i := slices.IndexFunc(sums, func(s Figure) bool { return s.Name == f.Sum })
		if i < 0 {
			i = len(sums)
			sums = append(sums, Figure{Name: f.Sum, Unit: f.Unit})
		}
		sums[i].Goal += f.Goal
		sums[i].Seen += f.Seen
		if !f.Holds(1) {
			sums[i].Note = f.Name
		}
	}
	return append(lines, sums...)
}

// Write writes figures as a table, with what another server showed beside them, if there is one.
func Write(w io.Writer, ours, others []Figure) {
	ours, others = tally(ours), tally(others)
	if len(others) == 0 {
		fmt.Fprintf(w, "%-52s %10s %10s\n", "", "goal", "seen")
		for _, f := range ours {
			fmt.Fprintln(w, f)
		}
		return
	}
	beside := make(map[string]string)
	for _, f := range others {
		beside[f.Name] = f.value(f.Seen)
	}
	fmt.Fprintf(w, "%-52s %10s %10s  %-7s %10s\n", "", "goal", "seen", "", "naive")
	for _, f := range ours {
		other, ok := beside[f.Name]
		if !ok {
			other = "not seen"
		}
		note := f.Note
		f.Note = ""
		fmt.Fprintf(w, "%-80s%12s  %s\n", f, other, note)
	}
}
