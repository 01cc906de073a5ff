package server

import (
	"context"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/google/go-cmp/cmp"

	"lectern/internal/paint"
)

func TestIdleReaderIsWarnedAndStaysWithAKey(t *testing.T) {
	b := serve(t, withBounds(func(b *Bounds) { b.Idle, b.Warning = 1500*time.Millisecond, time.Second }), withProgram(func(context.Context, *Session) tea.Model {
		return &probe{view: func() tea.View { return tea.NewView("hello reader\n" + strings.Repeat("\n", 22) + "footer") }}
	}))
	start := time.Now()
	r := b.reader()
	r.sees("footer")
	before := r.screen.Len()
	r.sees("Press a key to stay.")
	if at := time.Since(start); at < 500*time.Millisecond {
		t.Errorf("warned after %v", at)
	}
	if !strings.Contains(r.screen.String()[before:], "Otherwise the session ends soon.") {
		t.Errorf("the reader got %q", r.screen.String()[before:])
	}
	warned := r.screen.Len()
	r.press("j")
	eventually(t, "footer is back", func() bool { return strings.Contains(r.screen.String()[warned:], "footer") })
	stayed := time.Now()
	r.left()
	if after := time.Since(stayed); after < 1400*time.Millisecond {
		t.Errorf("ended %v after a key", after)
	}
	if n := strings.Count(r.screen.String(), "Press a key to stay."); n != 2 {
		t.Errorf("warned %d times, want 2", n)
	}
	if why := b.ended(1)[0]; why != ReasonIdle {
		t.Errorf("ended for %q", why)
	}
}

func TestWarningCoversTheLastRowAlone(t *testing.T) {
	for name, tt := range map[string]struct {
		content string
		cursor  *paint.Cursor
		want    string
		hidden  bool
	}{
		"full":            {"a\nb\nc", &paint.Cursor{Y: 1}, "a\nb\n\x1b[0;7mline\x1b[m", false},
		"short":           {"a", nil, "a\n\n\x1b[0;7mline\x1b[m", true},
		"too long":        {"a\nb\nc\nd\ne", nil, "a\nb\n\x1b[0;7mline\x1b[m", true},
		"cursor there":    {"a\nb\nc", &paint.Cursor{Y: 2}, "a\nb\n\x1b[0;7mline\x1b[m", true},
		"nothing is seen": {"", nil, "\n\n\x1b[0;7mline\x1b[m", true},
	} {
		t.Run(name, func(t *testing.T) {
			got := overlaid(frame{width: 20, height: 3, content: tt.content, cursor: tt.cursor}, "line")
			if d := cmp.Diff(tt.want, got.content); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
			if hidden := got.cursor == nil; hidden != tt.hidden {
				t.Errorf("cursor hidden: %v, want %v", hidden, tt.hidden)
			}
		})
	}
}

func TestWarningFitsTheNarrowestScreen(t *testing.T) {
	first, _, _ := strings.Cut((&vigil{last: time.Minute}).warning(), ".")
	if len(first)+1 > 20 {
		t.Errorf("%q is longer than 20 cells", first)
	}
}
