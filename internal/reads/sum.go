package reads

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"
	"time"
)

// maxLogLine is how many bytes of a line in a log are looked at. A line of reads has 4 KiB, and what a container engine
// or journalctl puts before it.
const maxLogLine = 64 << 10

// A Sum adds up what logs say of reads. The zero value is ready to use. Not safe for concurrent use.
type Sum struct {
	Bad         int    // lines that looked like one of reads and could not be understood
	First, Last string // the days of the first and the last read; empty if there is none

	days map[string]map[string]int // by day and slug
}

// Add adds the lines of a log. What stands before a JSON object in a line is not looked at, nor are lines that hold
// something else. The error is that of r.
func (s *Sum) Add(r io.Reader) error {
	in := bufio.NewReaderSize(r, maxLogLine)
	for {
		line, err := in.ReadSlice('\n')
		long := errors.Is(err, bufio.ErrBufferFull)
		if !long {
			s.line(line)
		}
		for errors.Is(err, bufio.ErrBufferFull) { // the rest of a line that is too long
			_, err = in.ReadSlice('\n')
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// line adds one line, if it is one of reads.
func (s *Sum) line(line []byte) {
	start := bytes.IndexByte(line, '{')
	if start < 0 || !bytes.Contains(line, []byte(`"`+message+`"`)) {
		return
	}
	var l struct {
		Msg, Day string
		Posts    map[string]int
	}
	err := json.NewDecoder(bytes.NewReader(line[start:])).Decode(&l)
	if err == nil && l.Msg != message {
		return
	}
	_, bad := time.Parse(time.DateOnly, l.Day)
	for _, n := range l.Posts {
		if n <= 0 {
			bad = errors.New("no number of reads")
		}
	}
	if err != nil || bad != nil || len(l.Posts) == 0 {
		s.Bad++
		return
	}
	if s.days == nil {
		s.days = make(map[string]map[string]int)
	}
	if s.days[l.Day] == nil {
		s.days[l.Day] = make(map[string]int)
	}
	for slug, n := range l.Posts {
		s.days[l.Day][slug] += n
	}
	s.Last = max(s.Last, l.Day)
	if s.First == "" || l.Day < s.First {
		s.First = l.Day
	}
}

// A Post is how often a post was read.
type Post struct {
	Slug   string
	Reads  int
	Recent int // of them on the last days
}

// Posts are the posts that were read, the most read first. Recent counts the last days, of which today is one; of two
// posts that were read as often, the one with more of these comes first.
func (s *Sum) Posts(today time.Time, days int) []Post {
	since := dayOf(today.AddDate(0, 0, 1-days))
	bySlug := make(map[string]*Post)
	for day, posts := range s.days {
		for slug, n := range posts {
			p := bySlug[slug]
			if p == nil {
				p = &Post{Slug: slug}
				bySlug[slug] = p
			}
			p.Reads += n
			if day >= since {
				p.Recent += n
			}
		}
	}
	list := make([]Post, 0, len(bySlug))
	for _, p := range bySlug {
		list = append(list, *p)
	}
	slices.SortFunc(list, func(a, b Post) int {
		return cmp.Or(cmp.Compare(b.Reads, a.Reads), cmp.Compare(b.Recent, a.Recent), strings.Compare(a.Slug, b.Slug))
	})
	return list
}
