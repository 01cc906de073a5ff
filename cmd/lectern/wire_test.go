package main

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
)

// What a key costs is counted where a reader pays for it: between their ssh and
// the real server, with the real screens and the posts in the program, on a
// terminal of this size that answers no question.
const (
	wireWidth  = 100
	wireHeight = 30
)

// Rows of that terminal: the header, the body's first and last, the footer.
const (
	headRow  = 0
	firstRow = 2
	lastRow  = wireHeight - 3
	footRow  = wireHeight - 1
)

// quiet is how long nothing comes once a key is answered.
const quiet = 60 * time.Millisecond

// anew is the key that has the whole screen painted again.
const anew = "\f"

// A scene is a key on a screen of the blog, pressed some times.
type scene struct {
	name  string
	place string // what is opened; empty for the list
	shows string // on the screen when it is there
	start string // keys to get to the scene
	key   string
	times int
	need  func(testing.TB, cost) int // bytes that the answer cannot do without
	over  int                        // bytes that it may take besides
}

// A cost is what one key was answered with.
type cost struct {
	sent          string
	before, after []string // rows of the terminal
	whole         int      // bytes that it takes to paint after on a terminal of which nothing is known
}

func scenes() []scene {
	const post, unread, all = "docker-production", "0%", "1 of "
	return []scene{
		{"scroll", post, unread, "", "j", 20, revealed(lastRow, -1), 40},
		{"scroll back", post, unread, "  ", "k", 20, revealed(firstRow, 1), 40},
		{"page", post, unread, "", " ", 4, screenful, 0},
		{"page back", post, unread, "    ", "b", 4, screenful, 0},
		{"selection", "", all, "", "j", 5, twoRows, 60},
		{"selection back", "", all, "jjjjj", "k", 5, twoRows, 60},
		{"list page", "", all, "", " ", 1, screenful, 0},
		{"open", "", all, "\rq", "\r", 1, screenful, 0},
		{"back", "", all, "\rq\r", "q", 1, screenful, 0},
		{"next post", post, unread, "][", "]", 1, screenful, 0},
		{"filter", "", all, "", "/", 1, screenful, 0},
		{"filter letter", "", all, "/", "d", 1, screenful, 0},
		{"find", post, unread, "", "/", 1, screenful, 0},
		{"contents", post, unread, "", "o", 1, screenful, 0},
		{"help", "", all, "", "?", 1, screenful, 0},
		{"theme", "", all, "", "t", 1, screenful, 0},
	}
}

// revealed returns what a scroll by one line needs: the text and colours of the
// line that it reveals in a row, and in the header those of another section.
// beside is where the row's old line went.
func revealed(row, beside int) func(testing.TB, cost) int {
	// A cursor move and a style.
	const section = 24
	return func(tb testing.TB, c cost) int {
		tb.Helper()
		if c.after[row+beside] != c.before[row] {
			tb.Fatalf("did not scroll: row %d was %q, and row %d is %q", row, c.before[row], row+beside, c.after[row+beside])
		}
		n := len(strings.TrimSpace(c.after[row]))
		was := strings.TrimSpace(ansi.Strip(c.before[headRow]))
		is := strings.TrimSpace(ansi.Strip(c.after[headRow]))
		if was != is {
			n += len(is) - len(common(was, is)) + section
		}
		return n
	}
}

// common is what both begin with.
func common(a, b string) string {
	n := 0
	for n < min(len(a), len(b)) && a[n] == b[n] {
		n++
	}
	return a[:n]
}

// twoRows is what a move of the selection needs: the text and colours of the
// rows that it leaves and gets to.
func twoRows(tb testing.TB, c cost) int {
	tb.Helper()
	n, rows := 0, 0
	for y := range footRow {
		if c.after[y] != c.before[y] {
			n += len(strings.TrimSpace(c.after[y]))
			rows++
		}
	}
	if rows != 2 {
		tb.Fatalf("%d rows of the list changed, want 2", rows)
	}
	return n
}

// screenful is what painting the new screen whole takes, and the window title if
// it is another one.
func screenful(_ testing.TB, c cost) int {
	title, _, titled := strings.Cut(c.sent, "\x1b\\")
	if !titled || !strings.HasPrefix(title, "\x1b]2;") {
		return c.whole
	}
	return len(title) + len("\x1b\\") + c.whole
}

// play presses the key of a scene, and fails where the terminal then shows
// something else than after painting everything anew.
func (sc scene) play(tb testing.TB, addr string) (costs []cost) {
	tb.Helper()
	w := openWire(tb, addr, sc.place, sc.shows)
	for _, key := range sc.start {
		w.press(string(key))
	}
	for range sc.times {
		before := w.rows()
		c := cost{sent: w.press(sc.key), before: before, after: w.rows()}
		c.whole = len(w.press(anew))
		if !slices.Equal(w.rows(), c.after) {
			tb.Fatalf("%s: %q does not show what painting anew does", sc.name, c.sent)
		}
		costs = append(costs, c)
	}
	return costs
}

func TestWireIsThrifty(t *testing.T) {
	addr := serveHere(t)
	for _, sc := range scenes() {
		t.Run(sc.name, func(t *testing.T) {
			for _, c := range sc.play(t, addr) {
				need := sc.need(t, c)
				t.Logf("%d bytes, %d over", len(c.sent), len(c.sent)-need)
				if len(c.sent) > need+sc.over {
					t.Errorf("got %d bytes, want %d and at most %d: %.1000q", len(c.sent), need, sc.over, c.sent)
				}
			}
		})
	}
	t.Run("nothing to show", func(t *testing.T) {
		w := openWire(t, addr, "", "1 of ")
		for _, key := range []string{"k", "g", "x"} {
			w.send(key)
			if got := w.within(5 * quiet); got != "" {
				t.Errorf("%q: got %d bytes, want none: %.1000q", key, len(got), got)
			}
		}
	})
	t.Run("idle", func(t *testing.T) {
		got, wakeups := idle(t, addr)
		t.Logf("%d bytes, %.2f wake-ups a second", got, wakeups)
		if got != 0 || wakeups > 2 {
			t.Errorf("an idle session: got %d bytes and %.2f wake-ups a second, want none and 2 at most", got, wakeups)
		}
	})
}

// BenchmarkWire reports for each key the bytes of the answer; those of painting
// the screen whole; and, of what the goals name, the bytes over the text and
// colours that had to be sent.
func BenchmarkWire(b *testing.B) {
	addr := serveHere(b)
	for _, sc := range scenes() {
		b.Run(strings.ReplaceAll(sc.name, " ", "-"), func(b *testing.B) {
			var sent, over, need []int
			for range b.N {
				for _, c := range sc.play(b, addr) {
					sent = append(sent, len(c.sent))
					need = append(need, sc.need(b, c))
					over = append(over, len(c.sent)-sc.need(b, c))
				}
			}
			b.ReportMetric(0, "ns/op") // it is mostly the wait for nothing
			report(b, sent, "bytes")
			if sc.over > 0 {
				report(b, over, "over")
			} else {
				report(b, need, "whole")
			}
		})
	}
	b.Run("idle", func(b *testing.B) {
		for range b.N {
			got, wakeups := idle(b, addr)
			b.ReportMetric(float64(got), "bytes")
			b.ReportMetric(wakeups, "wakeups/s")
		}
		b.ReportMetric(0, "ns/op")
	})
}

// report reports the median and the most of some counts.
func report(b *testing.B, n []int, unit string) {
	slices.Sort(n)
	b.ReportMetric(float64(n[len(n)/2]), unit+"-p50")
	b.ReportMetric(float64(n[len(n)-1]), unit+"-max")
}
