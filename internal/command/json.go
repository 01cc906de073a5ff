package command

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"lectern/internal/blog"
)

// jsonVersion is the version of the shapes of JSON. It changes when a field goes
// or means something else, and not when one comes.
const jsonVersion = 1

// A postJSON is a post in a list of JSON. What a post does not have is left out.
type postJSON struct {
	Slug     string     `json:"slug"`
	Title    string     `json:"title"`
	Date     *time.Time `json:"date,omitempty"` // RFC 3339
	Tags     []string   `json:"tags,omitempty"`
	Series   string     `json:"series,omitempty"`
	Summary  string     `json:"summary,omitempty"`
	Minutes  int        `json:"minutes"` // of reading
	Words    int        `json:"words"`
	Aliases  []string   `json:"aliases,omitempty"` // former slugs
	File     string     `json:"file"`              // in the folder of posts
	Modified *time.Time `json:"modified,omitempty"`
}

func postOf(p *blog.Post) postJSON {
	return postJSON{
		Slug: p.Slug, Title: p.Title, Date: timeOf(p.Date), Tags: p.Tags, Series: p.Series, Summary: p.Summary,
		Minutes: p.Minutes(), Words: p.Words, Aliases: p.Aliases, File: p.File, Modified: timeOf(p.Modified.UTC().Truncate(time.Second)),
	}
}

// timeOf is a time as JSON takes it, nil for one that is none. JSON has no time
// of a year after 9999.
func timeOf(t time.Time) *time.Time {
	if t.IsZero() || t.Year() < 0 || t.Year() > 9999 {
		return nil
	}
	return &t
}

type tagJSON struct {
	Name  string `json:"name"`
	Posts int    `json:"posts"`
}

type sectionJSON struct {
	Place string `json:"place"`
	Level int    `json:"level"`
	Title string `json:"title"`
}

type linkJSON struct {
	To   string `json:"to"`
	Kind string `json:"kind"`
}

type blockJSON struct {
	N        int    `json:"n"`
	Language string `json:"language,omitempty"`
	Lines    int    `json:"lines"`
	Source   string `json:"source"`
}

// json prints one value, on one line.
func (r *request) json(v any) error { return writeJSON(r.Out, v) }

func writeJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return fmt.Errorf("%w: %w", errWrite, err)
	}
	return nil
}

// jsonList prints an object with the version and a list, each of its values on a
// line of its own, as they come.
func (r *request) jsonList(name string, n int, value func(i int) any) error {
	out := r.page()
	var b bytes.Buffer
	fmt.Fprintf(out, "{\"version\":%d,%q:[", jsonVersion, name)
	for i := range n {
		if i > 0 {
			_ = out.WriteByte(',')
		}
		_ = out.WriteByte('\n')
		b.Reset()
		if err := writeJSON(&b, value(i)); err != nil {
			return err
		}
		if _, err := out.Write(bytes.TrimSuffix(b.Bytes(), []byte("\n"))); err != nil {
			return fmt.Errorf("%w: %w", errWrite, err)
		}
	}
	out.line("]}")
	return out.end()
}
