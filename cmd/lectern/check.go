package main

import (
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"lectern/internal/blog"
	"lectern/internal/text"
)

type checkCmd struct {
	Dir string `arg:"" optional:"" env:"LECTERN_CONTENT" help:"Folder of posts. Without one, the posts in the program are checked."`
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
	for _, p := range library.Problems() {
		if p.Level == blog.Error {
			faults++
		} else {
			warnings++
		}
		p.File = filepath.Join(c.Dir, p.File)
		p.Message = p.Level.String() + ": " + p.Message
		fmt.Fprintln(e.stdout, p)
	}
	summary := []string{count(len(library.Posts()), "post")}
	drafts, scheduled := library.Held()
	if drafts > 0 {
		summary = append(summary, count(drafts, "draft"))
	}
	if scheduled > 0 {
		summary = append(summary, fmt.Sprintf("%d in the future", scheduled))
	}
	summary = append(summary, count(faults, "error"), count(warnings, "warning"))
	where := c.Dir
	if where == "" {
		where = "the posts in the program"
	}
	fmt.Fprintf(e.stdout, "%s: %s\n", text.Line(where), strings.Join(summary, ", "))
	if faults > 0 {
		return errSaid
	}
	return nil
}

// count writes a number of things.
func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
