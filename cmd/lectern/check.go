package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"lectern/internal/blog"
	"lectern/internal/render"
	"lectern/internal/text"
)

type checkCmd struct {
	Dir  string `arg:"" optional:"" env:"LECTERN_CONTENT" help:"Folder of posts. Without one, the posts in the program are checked."`
	JSON bool   `name:"json" help:"One JSON object per problem and line, and no count."`
}

// A problemLine is a problem as --json writes it. Fields may be added, and none
// changes its meaning.
type problemLine struct {
	File    string `json:"file"` // with the folder in front; the folder itself for what concerns many files
	Line    int    `json:"line"` // 1-based; 0 when it concerns the whole file
	Level   string `json:"level"`
	Message string `json:"message"`
	Mend    string `json:"mend"`
}

// maxPerFile is how many problems of one file are listed. Those that keep it
// from being served as it is written come before what its text has.
const maxPerFile = 10

// Run implements the command: one line per problem, in the form that editors
// jump from, and a count at the end. What keeps files from being served as they
// are written is known before; what stands in the posts that are shown is looked
// at post by post and told at once. Drafts and posts of the future are not
// looked into.
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
	tell := func(list []blog.Problem) error {
		for _, p := range list {
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
		return nil
	}
	if err := c.look(e, library, render.NewChecker(fsys, library), tell); err != nil {
		return err
	}
	if !c.JSON {
		fmt.Fprintln(e.stdout, c.summary(library, faults, warnings))
	}
	if faults > 0 {
		return errSaid
	}
	return nil
}

// look tells the problems of each file in the order of the files, then those
// that many have in common.
func (c *checkCmd) look(e *env, library *blog.Library, checker *render.Checker, tell func([]blog.Problem) error) error {
	known := map[string][]blog.Problem{}
	for _, p := range library.Problems() {
		known[p.File] = append(known[p.File], p)
	}
	posts := map[string]*blog.Post{}
	for _, p := range library.Posts() {
		posts[p.File] = p
	}
	files := slices.AppendSeq(slices.Collect(maps.Keys(known)), maps.Keys(posts))
	slices.Sort(files)
	for _, file := range slices.Compact(files) {
		if err := e.ctx.Err(); err != nil {
			return err
		}
		list := known[file]
		if post := posts[file]; post != nil {
			list = merge(list, checker.Check(post))
		}
		if err := tell(list); err != nil {
			return err
		}
	}
	return tell(checker.Rest())
}

// merge adds as many of the warnings that a check found as there is room for,
// and puts all in the order of lines.
func merge(list, found []blog.Problem) []blog.Problem {
	cut := min(len(found), max(0, maxPerFile-len(list)))
	all := append(slices.Clone(list), found[:cut]...)
	slices.SortStableFunc(all, func(a, b blog.Problem) int { return a.Line - b.Line })
	if rest := len(found) - cut; rest > 0 {
		first := found[cut]
		first.Line = 0
		first.Message = fmt.Sprintf("%d more warnings like %q", rest, first.Message)
		all = append(all, first)
	}
	return all
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
