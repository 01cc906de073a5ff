package paint

import (
	"fmt"
	"strings"
	"testing"
)

// scene is a change of a frame as a reader makes it, at 100 by 30.
type scene struct {
	name     string
	from, to string
	budget   int // bytes at most
}

// wide and tall are the size of every scene.
const wide, tall = 100, 30

// words returns a styled line of text like those of a post, 80 to 100 cells.
func words(n int) string {
	all := []string{"the", "container", "serves", "readers", "without", "a", "shell", "and", "\x1b[1mnever\x1b[m", "\x1b[38;5;110m`docker run`\x1b[m", "keeps", "its", "host", "key"}
	var b strings.Builder
	fmt.Fprintf(&b, "%d", n)
	for cells, i := 1, n; cells < 80; i++ {
		b.WriteString(" " + all[i%len(all)])
		cells += len(all[i%len(all)]) + 1
	}
	return b.String()
}

// reader returns a screen of a post from line at on.
func reader(at int) string {
	var rows []string
	rows = append(rows, "\x1b[1mRunning a blog in a container\x1b[m", "")
	for i := range tall - 4 {
		rows = append(rows, words(at+i))
	}
	return strings.Join(append(rows, "", fmt.Sprintf("\x1b[38;5;245mj\x1b[m down · \x1b[38;5;245mk\x1b[m up · \x1b[38;5;245mq\x1b[m back%70s", fmt.Sprintf("%d %%", at))), "\n")
}

// list returns a screen of a list with one row selected.
func list(selected int) string {
	rows := []string{"\x1b[1mA blog\x1b[m", ""}
	for i := range (tall - 4) / 2 {
		title := fmt.Sprintf("  Post number %d, about something%50s", i, "2025-11-20")
		if i == selected {
			title = "\x1b[1;38;5;110m›" + title[1:] + "\x1b[m"
		}
		rows = append(rows, title, "  \x1b[38;5;245m3 min · docker, devops\x1b[m")
	}
	return strings.Join(append(rows, "", "\x1b[38;5;245mj\x1b[m down · enter open"), "\n")
}

// menu returns a screen with a few short lines, far apart.
func menu() string {
	rows := []string{"\x1b[1mA blog\x1b[m", "", "", "  Contents"}
	for i := range 5 {
		rows = append(rows, "", "", fmt.Sprintf("  \x1b[1m%d\x1b[m             A heading", i))
	}
	return strings.Join(rows, "\n") + strings.Repeat("\n", tall-len(rows)) + "q back"
}

// scenes returns the changes that the thrift is measured by.
func scenes() []scene {
	revealed := len(words(40 + tall - 4))
	foot := func(at int) string {
		return strings.TrimSuffix(reader(40), "40 %") + fmt.Sprintf("%d %%", at)
	}
	head := func(section string) string {
		return "\x1b[1mA blog\x1b[m\x1b[38;5;103m · Running a blog in a container · " + section + "\x1b[m" + strings.TrimPrefix(reader(40), "\x1b[1mRunning a blog in a container\x1b[m")
	}
	return []scene{
		{"first", "", list(0), len(list(0)) + len(forget) + 5*tall + 16},
		{"scroll", reader(40), strings.TrimSuffix(reader(41), "41 %") + "40 %", revealed + 40},
		{"scroll and footer", reader(40), reader(41), revealed + 40 + 10},
		{"scroll back and footer", reader(41), reader(40), revealed + 40 + 10},
		{"half page", reader(40), reader(53), 13*(revealed+20) + 60},
		{"page", reader(40), reader(66), len(reader(66)) + 8*tall},
		{"selection", list(3), list(4), 2*110 + 20},
		{"digit", foot(40), foot(41), 10},
		{"section", head("Build it"), head("Run it"), len("Run it") + 24},
		{"another screen", reader(40), menu(), len(New(wide, tall).Frame(nil, menu(), nil))},
		{"same", reader(40), strings.Clone(reader(40)), 0},
		{"away", reader(40), "", 10},
	}
}

func TestAFrameCostsNoMoreThanItsBudget(t *testing.T) {
	for _, sc := range scenes() {
		s, term := New(wide, tall), newTerminal(wide, tall)
		if sc.name != "first" {
			term.repaint(t, s, sc.from)
		}
		got := term.repaint(t, s, sc.to)
		t.Logf("%-24s %5d of %5d bytes", sc.name, len(got), sc.budget)
		if len(got) > sc.budget {
			t.Errorf("%s: got %d bytes, want %d at most: %.300q", sc.name, len(got), sc.budget, got)
		}
	}
}

func TestAFrameAllocatesNothing(t *testing.T) {
	for _, sc := range scenes() {
		s := New(wide, tall)
		dst := s.Frame(make([]byte, 0, 1<<16), sc.from, nil)
		s.Frame(dst, sc.to, nil) // the second set of rows is made once
		got := testing.AllocsPerRun(20, func() {
			s.Frame(dst[:0], sc.from, nil)
			s.Frame(dst[:0], sc.to, nil)
		})
		if got != 0 {
			t.Errorf("%s: got %v allocations for two frames, want none", sc.name, got)
		}
	}
}

func BenchmarkFrame(b *testing.B) {
	for _, sc := range scenes() {
		b.Run(strings.ReplaceAll(sc.name, " ", "-"), func(b *testing.B) {
			s := New(wide, tall)
			dst := s.Frame(nil, sc.from, nil)
			there, back := 0, 0
			for b.Loop() {
				if sc.name == "first" {
					s.Resize(wide, tall)
				}
				dst = s.Frame(dst[:0], sc.to, nil)
				there = len(dst)
				if sc.name != "first" {
					dst = s.Frame(dst[:0], sc.from, nil)
					back = len(dst)
				}
			}
			b.ReportMetric(float64(there), "bytes")
			b.ReportMetric(float64(back), "bytes-back")
		})
	}
}
