package main

import (
	"fmt"
	"time"

	"lectern/internal/blog"
)

type checkCmd struct {
	Dir string `arg:"" optional:"" env:"LECTERN_CONTENT" help:"Folder of posts. Without one, the posts in the program are checked."`
}

// Run implements the command: one line per problem, and a count at the end.
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
	errors, warnings := 0, 0
	for _, p := range library.Problems() {
		kind := "warning"
		if p.Level == blog.Error {
			kind = "error"
			errors++
		} else {
			warnings++
		}
		fmt.Fprintf(e.stdout, "%s: %s\n", kind, p)
	}
	fmt.Fprintf(e.stdout, "%s, %s, %s\n", count(len(library.Posts()), "post"), count(errors, "error"), count(warnings, "warning"))
	if errors > 0 {
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
