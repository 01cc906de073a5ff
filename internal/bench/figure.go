//go:build linux

package bench

import (
	"fmt"
	"math"
)

// The three that are measured.
const (
	lectern = iota
	floor
	naive
	sides
)

var names = [sides]string{"lectern", "floor", "naive"}

// unseen is the value of what was not measured, or what a program can not do.
var unseen = math.NaN()

// A Figure is what was measured of each program. What was not is NaN.
type Figure struct {
	Name  string
	Unit  string // ms, µs, s, MiB, %, bytes; "" for what is counted
	Value [sides]float64
	Goals []Goal
}

// A Goal is what of Lectern's figure is wanted.
type Goal struct {
	kind  goalKind
	limit float64
}

type goalKind int

const (
	atMost       goalKind = iota // the figure
	atLeast                      // the figure
	timesFloor                   // the figure divided by the floor's, at most
	partsOfNaive                 // the naive program's divided by the figure, at least
)

// only is a figure of Lectern alone.
func only(name, unit string, v float64, goals ...Goal) Figure {
	return Figure{name, unit, [sides]float64{v, unseen, unseen}, goals}
}

// ofFloor returns Lectern's figure divided by the floor's.
func (f Figure) ofFloor() float64 { return f.Value[lectern] / f.Value[floor] }

// ofNaive returns the naive program's figure divided by Lectern's.
func (f Figure) ofNaive() float64 { return f.Value[naive] / f.Value[lectern] }

// ratio reports whether the goal compares two programs, so that it holds on any machine.
func (g Goal) ratio() bool { return g.kind == timesFloor || g.kind == partsOfNaive }

// met reports whether a figure meets the goal, or misses it by no more than this factor. What was not measured meets none.
func (g Goal) met(f Figure, margin float64) bool {
	switch g.kind {
	case atMost:
		return f.Value[lectern] <= g.limit*margin
	case atLeast:
		return f.Value[lectern] >= g.limit/margin
	case timesFloor:
		return f.ofFloor() <= g.limit*margin
	default:
		return f.ofNaive() >= g.limit/margin
	}
}

func (g Goal) text(unit string) string {
	switch g.kind {
	case atMost:
		return "≤ " + value(g.limit, unit)
	case atLeast:
		return "≥ " + value(g.limit, unit)
	case timesFloor:
		return fmt.Sprintf("≤ %g × floor", g.limit)
	default:
		return fmt.Sprintf("≤ naive ÷ %g", g.limit)
	}
}

// Missed returns what misses its goal; with ratios, only what compares programs, and only what misses by more than twice. What
// was not measured then misses nothing: the machine may be too small for it.
func Missed(figures []Figure, ratios bool) []string {
	var all []string
	for _, f := range figures {
		for _, g := range f.Goals {
			margin := 1.0
			if ratios {
				margin = 2
				if !g.ratio() || math.IsNaN(f.ofFloor()) && g.kind == timesFloor || math.IsNaN(f.ofNaive()) && g.kind == partsOfNaive {
					continue
				}
			}
			if !g.met(f, margin) {
				all = append(all, fmt.Sprintf("%s: %s, ÷ floor %s, naive ÷ %s; goal %s", f.Name, value(f.Value[lectern], f.Unit), value(f.ofFloor(), ""), value(f.ofNaive(), ""), g.text(f.Unit)))
			}
		}
	}
	return all
}
