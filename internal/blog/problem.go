package blog

import (
	"cmp"
	"fmt"
	"slices"
)

// A Level says how grave a problem is.
type Level int

const (
	Warning Level = iota // all is served; the author may want to know
	Error                // something is not served as it is written
)

// String is "warning" or "error".
func (l Level) String() string {
	if l == Error {
		return "error"
	}
	return "warning"
}

// A Problem is a fault in the content, told to its author. It is safe to show
// and to log.
type Problem struct {
	File    string // path in the content folder
	Line    int    // 1-based; 0 when it concerns the whole file
	Level   Level
	Message string // what is wrong
	Mend    string // what the author can do, may be empty
}

// String is "file:line: message; mend".
func (p Problem) String() string {
	s := p.File
	if p.Line > 0 {
		s += fmt.Sprintf(":%d", p.Line)
	}
	s += ": " + p.Message
	if p.Mend != "" {
		s += "; " + p.Mend
	}
	return s
}

// sortProblems puts problems in the order of files and lines, and cuts the
// list at maxProblems.
func sortProblems(list []Problem) []Problem {
	slices.SortStableFunc(list, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
	})
	if n := len(list); n > maxProblems {
		rest := Problem{File: ".", Level: Warning, Message: fmt.Sprintf("%d more problems are not listed", n-maxProblems)}
		// Errors decide whether a check passes: none may be among what is cut unseen.
		if slices.ContainsFunc(list[maxProblems:], func(p Problem) bool { return p.Level == Error }) {
			rest.Level = Error
		}
		list = append(list[:maxProblems:maxProblems], rest)
	}
	return list
}

// perFile cuts the problems of one file, which come in the order of its lines.
func perFile(list []Problem) []Problem {
	if len(list) <= maxPerFile {
		return list
	}
	slices.SortStableFunc(list, func(a, b Problem) int { return cmp.Compare(b.Level, a.Level) })
	first := list[maxPerFile]
	first.Line = 0
	first.Message = fmt.Sprintf("%d more problems like %q", len(list)-maxPerFile, first.Message)
	return append(list[:maxPerFile:maxPerFile], first)
}
