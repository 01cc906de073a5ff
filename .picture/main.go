// Picture draws what a reader sees: it opens the embedded blog, presses a few
// keys, and writes the screens as one SVG to standard output.
//
//	go run ./.picture > .picture/lectern.svg
package main

import (
	"bufio"
	"context"
	"fmt"
	"html"
	"image/color"
	"log"
	"os"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/vt"

	"lectern/content"
	"lectern/internal/blog"
	"lectern/internal/render"
	"lectern/internal/ui"
)

// One cell, and one screen, in the picture's units.
const (
	cellWidth, cellHeight = 8.4, 18.0
	columns, rows         = 84, 26
	border                = 16.0
)

func main() {
	live, err := blog.NewLive(func(last *blog.Library) (*blog.Library, error) {
		return blog.Load(content.FS, time.Now(), last)
	})
	if err != nil {
		log.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	docs := render.NewCache(8<<20, 1)
	terminal := ui.Terminal{Width: columns, Height: rows, Profile: colorprofile.TrueColor}

	list := ui.New(ctx, ui.Config{Live: live, Docs: docs, Terminal: terminal})
	post := ui.New(ctx, ui.Config{Live: live, Docs: docs, Terminal: terminal, Start: "docker-production"})
	settle(post)

	w := bufio.NewWriter(os.Stdout)
	const width = columns*cellWidth + 2*border
	const height = rows*cellHeight + 2*border
	fmt.Fprintf(w, `<svg xmlns="http://www.w3.org/2000/svg" width="%.0f" height="%.0f" viewBox="0 0 %.0f %.0f" font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14">`+"\n",
		width, 2*height+border, width, 2*height+border)
	draw(w, list, 0)
	draw(w, post, height+border)
	fmt.Fprintln(w, "</svg>")
	if err := w.Flush(); err != nil {
		log.Fatal(err)
	}
}

// settle runs the commands of a program that draw, until there are none.
func settle(m tea.Model) {
	pending := []tea.Cmd{m.Init()}
	for len(pending) > 0 {
		cmd := pending[0]
		pending = pending[1:]
		if cmd == nil {
			continue
		}
		answer := make(chan tea.Msg, 1)
		go func() { answer <- cmd() }()
		select {
		case msg := <-answer:
			if batch, ok := msg.(tea.BatchMsg); ok {
				pending = append(pending, batch...)
				continue
			}
			_, next := m.Update(msg)
			pending = append(pending, next)
		case <-time.After(2 * time.Second): // it waits for a new library
		}
	}
}

// draw writes one screen, its upper edge at y.
func draw(w *bufio.Writer, m tea.Model, y float64) {
	e := vt.NewEmulator(columns, rows)
	e.WriteString(strings.ReplaceAll(m.View().Content, "\n", "\r\n"))
	fmt.Fprintf(w, `<rect y="%.1f" width="%.1f" height="%.1f" rx="8" fill="#16161d"/>`+"\n",
		y, columns*cellWidth+2*border, rows*cellHeight+2*border)
	for row := range rows {
		for col := 0; col < columns; {
			first := e.CellAt(col, row)
			if first == nil || first.Content == "" || first.Content == " " {
				col++
				continue
			}
			var run strings.Builder
			from, blanks := col, 0
			for col < columns {
				c := e.CellAt(col, row)
				if c == nil || c.Content == "" || !c.Style.Equal(&first.Style) {
					break
				}
				if c.Content == " " {
					if blanks++; blanks > 1 {
						break
					}
				} else {
					blanks = 0
				}
				run.WriteString(c.Content)
				col += max(1, c.Width)
			}
			text := strings.TrimRight(run.String(), " ")
			fmt.Fprintf(w, `<text x="%.1f" y="%.1f" textLength="%.1f"%s>%s</text>`+"\n",
				border+float64(from)*cellWidth, y+border+float64(row)*cellHeight+13,
				float64(col-from-min(blanks, 1))*cellWidth, style(first.Style), html.EscapeString(text))
		}
	}
}

// style is a cell's look as attributes.
func style(s uv.Style) string {
	fill := "#d5d5df"
	if s.Fg != nil {
		fill = hex(s.Fg)
	}
	a := fmt.Sprintf(` fill="%s"`, fill)
	if s.Attrs&uv.AttrBold != 0 {
		a += ` font-weight="bold"`
	}
	if s.Attrs&uv.AttrItalic != 0 {
		a += ` font-style="italic"`
	}
	if s.Underline != uv.UnderlineNone {
		a += ` text-decoration="underline"`
	}
	return a
}

func hex(c color.Color) string {
	r, g, b, _ := c.RGBA()
	return fmt.Sprintf("#%02x%02x%02x", r>>8, g>>8, b>>8)
}
