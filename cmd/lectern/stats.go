package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"os"
	"runtime/debug"
	"text/tabwriter"
	"time"

	"lectern/internal/reads"
	"lectern/internal/text"
)

type statsCmd struct {
	Files []string `arg:"" name:"file" optional:"" help:"Logs of servers, of one or of many. Without one, standard input is read."`
	Days  int      `default:"30" placeholder:"N" help:"Count the last N days besides (${default}), today among them."`
	JSON  bool     `name:"json" help:"Print one JSON object."`
}

// Help implements kong's longer help.
func (statsCmd) Help() string {
	return "A server logs what was read when a day is over, in UTC, and when it ends: what is read today is not there yet. " +
		"Other lines of the logs, and what a container engine puts before each line, are passed over."
}

// Validate implements kong's check of the flags.
func (c *statsCmd) Validate() error {
	if c.Days < 1 {
		return fmt.Errorf("--days %d: at least 1", c.Days)
	}
	return nil
}

// A statsJSON is what --json prints. Fields may be added, and none changes its meaning.
type statsJSON struct {
	First  string      `json:"first,omitempty"` // day, as 2026-11-26; left out when nothing was read
	Last   string      `json:"last,omitempty"`
	Days   int         `json:"days"`
	Reads  int         `json:"reads"`
	Recent int         `json:"recent"` // of reads, on the last days
	Posts  []statsPost `json:"posts"`  // the most read first
}

type statsPost struct {
	Slug   string `json:"slug"`
	Reads  int    `json:"reads"`
	Recent int    `json:"recent"`
}

// Run implements the command.
func (c *statsCmd) Run(e *env) error {
	var sum reads.Sum
	if len(c.Files) == 0 {
		if err := sum.Add(os.Stdin); err != nil {
			return fmt.Errorf("stats: %w", err)
		}
	}
	for _, name := range c.Files {
		if err := addFile(&sum, name); err != nil {
			return fmt.Errorf("stats: %w", err)
		}
	}
	if sum.Bad > 0 {
		fmt.Fprintf(e.stderr, "lectern: %s of reads could not be understood, and left out\n", count(sum.Bad, "line"))
	}
	s := statsJSON{First: sum.First, Last: sum.Last, Days: c.Days, Posts: []statsPost{}}
	for _, p := range sum.Posts(time.Now(), c.Days) {
		s.Posts = append(s.Posts, statsPost(p))
		s.Reads += p.Reads
		s.Recent += p.Recent
	}
	if c.JSON {
		return json.NewEncoder(e.stdout).Encode(s)
	}
	return s.print(e.stdout)
}

// countReads logs what counter counts until ctx ends, and does not let a fault of it
// end the program.
func countReads(ctx context.Context, counter *reads.Counter, log *slog.Logger) {
	defer func() {
		if v := recover(); v != nil {
			log.Error("reads are no longer logged; restart to log them again", "panic", fmt.Sprint(v), "stack", string(debug.Stack()))
		}
	}()
	counter.Run(ctx, log)
}

// addFile adds a log.
func addFile(sum *reads.Sum, name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	return sum.Add(f)
}

// print writes a table.
func (s *statsJSON) print(w io.Writer) error {
	if s.Reads == 0 {
		_, err := fmt.Fprintln(w, "No reads in these logs. A server logs them when a day is over, in UTC, and when it ends.")
		return err
	}
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(t, "reads\tlast %s\t  post\n", count(s.Days, "day"))
	for _, p := range s.Posts {
		fmt.Fprintf(t, "%d\t%d\t  %s\n", p.Reads, p.Recent, text.Line(p.Slug))
	}
	fmt.Fprintf(t, "%d\t%d\t  %s, %s to %s\n", s.Reads, s.Recent, count(len(s.Posts), "post"), s.First, s.Last)
	return t.Flush()
}
