package main

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"lectern/internal/blog"
	"lectern/internal/text"
)

type checkCmd struct {
	Dir  string `arg:"" optional:"" env:"LECTERN_CONTENT" help:"Folder of posts. Without one, the posts in the program are checked."`
	JSON bool   `name:"json" help:"One JSON object per problem and line, and no count."`
}

// A problemLine is a problem as --json writes it. Fields may be added, and none
// changes its meaning.
type problemLine struct {
	File    string `json:"file"` // with the folder in front
	Line    int    `json:"line"` // 1-based; 0 when it concerns the whole file
	Level   string `json:"level"`
	Message string `json:"message"`
	Mend    string `json:"mend"`
}

// Run implements the command: one line per problem, in the form that editors
// jump from, and a count at the end.
func (c *checkCmd) Run(e *env) error {
	fsys, closer, err := source(c.Dir)
	if err != nil {
		return err
	}
	defer closer.Close()
	library, err := blog.Load(fsys, time.Now(), nil)
	if err != nil {
		return fmt.Errorf("check %s: %w", c.Dir, err)
	}
	faults, warnings := 0, 0
	out := json.NewEncoder(e.stdout)
	out.SetEscapeHTML(false)
	for _, p := range library.Problems() {
		if p.Level == blog.Error {
			faults++
		} else {
			warnings++
		}
		p.File = filepath.Join(c.Dir, p.File)
		if c.JSON {
			err = out.Encode(problemLine{p.File, p.Line, p.Level.String(), p.Message, p.Mend})
		} else {
			p.Message = p.Level.String() + ": " + p.Message
			_, err = fmt.Fprintln(e.stdout, p)
		}
		if err != nil {
			return err
		}
	}
	if !c.JSON {
		fmt.Fprintln(e.stdout, c.summary(library, faults, warnings))
	}
	if faults > 0 {
		return errSaid
	}
	return nil
}

// summary says what was checked and what came of it, on one line.
func (c *checkCmd) summary(library *blog.Library, faults, warnings int) string {
	where := c.Dir
	if where == "" {
		where = "the posts in the program"
	}
	parts := []string{count(len(library.Posts()), "post")}
	drafts, scheduled := library.Held()
	if drafts > 0 {
		parts = append(parts, count(drafts, "draft"))
	}
	if scheduled > 0 {
		parts = append(parts, fmt.Sprintf("%d in the future", scheduled))
	}
	parts = append(parts, count(faults, "error"), count(warnings, "warning"))
	return text.Line(where) + ": " + strings.Join(parts, ", ")
}

// count writes a number of things.
func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
