//go:build linux

package bench

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
	"strings"
	"unicode/utf8"
)

// Write writes the figures as a table, which is Markdown and reads well as it is.
func Write(w io.Writer, figures []Figure) error {
	rows := [][]string{{"", "Lectern", "floor", "naive", "÷ floor", "naive ÷", "goal", ""}}
	for _, f := range figures {
		row := []string{f.Name}
		for _, v := range f.Value {
			row = append(row, value(v, f.Unit))
		}
		row = append(row, value(f.ofFloor(), ""), value(f.ofNaive(), ""))
		var goals []string
		held := "held"
		for _, g := range f.Goals {
			goals = append(goals, g.text(f.Unit))
			if !g.met(f, 1) {
				held = "MISSED"
			}
		}
		if len(goals) == 0 {
			held = ""
		}
		rows = append(rows, append(row, strings.Join(goals, ", "), held))
	}
	widths := make([]int, len(rows[0]))
	for _, row := range rows {
		for i, cell := range row {
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	var b strings.Builder
	for n, row := range rows {
		for i, cell := range row {
			fmt.Fprintf(&b, "| %s%s ", cell, strings.Repeat(" ", widths[i]-utf8.RuneCountInString(cell)))
		}
		b.WriteString("|\n")
		if n == 0 {
			for _, width := range widths {
				b.WriteString("|" + strings.Repeat("-", width+2))
			}
			b.WriteString("|\n")
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// value is a figure in about three digits.
func value(v float64, unit string) string {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return "–"
	}
	digits := 0
	if a := math.Abs(v); v != math.Trunc(v) && a < 100 {
		digits = 1
		if a < 10 {
			digits = 2
		}
	}
	s := fmt.Sprintf("%.*f", digits, v)
	if unit == "" {
		return s
	}
	return s + " " + unit
}

// JSON writes the figures and what they were measured on as one object. What was not measured is null.
func JSON(w io.Writer, m Machine, figures []Figure) error {
	type goal struct {
		Text string `json:"text"`
		Met  bool   `json:"met"`
	}
	type figure struct {
		Name    string   `json:"name"`
		Unit    string   `json:"unit"`
		Lectern *float64 `json:"lectern"`
		Floor   *float64 `json:"floor"`
		Naive   *float64 `json:"naive"`
		OfFloor *float64 `json:"of_floor"`
		OfNaive *float64 `json:"naive_of"`
		Goals   []goal   `json:"goals"`
	}
	all := struct {
		Version int      `json:"version"`
		Machine Machine  `json:"machine"`
		Figures []figure `json:"figures"`
	}{1, m, nil}
	for _, f := range figures {
		goals := []goal{}
		for _, g := range f.Goals {
			goals = append(goals, goal{g.text(f.Unit), g.met(f, 1)})
		}
		all.Figures = append(all.Figures, figure{
			f.Name, f.Unit, seen(f.Value[lectern]), seen(f.Value[floor]), seen(f.Value[naive]), seen(f.ofFloor()), seen(f.ofNaive()), goals,
		})
	}
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	return e.Encode(all)
}

func seen(v float64) *float64 {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return nil
	}
	return &v
}
