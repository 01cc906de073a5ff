package reads_test

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"lectern/internal/reads"
)

// A server counts in a bubble of its own, where it is midnight in UTC at the start: 2000-01-01.
type server struct {
	*reads.Counter
	ahead atomic.Int64 // of the bubble's clock, in nanoseconds
	log   buffer
	stop  context.CancelFunc
	over  chan struct{}
}

// A buffer is a bytes.Buffer for two goroutines.
type buffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *buffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}

func start(t *testing.T) *server {
	s := &server{over: make(chan struct{})}
	s.Counter = reads.New(func() time.Time { return time.Now().Add(time.Duration(s.ahead.Load())) })
	ctx, stop := context.WithCancel(t.Context())
	s.stop = stop
	go func() {
		defer close(s.over)
		s.Run(ctx, slog.New(slog.NewJSONHandler(&s.log, nil)))
	}()
	return s
}

// end ends the server and returns what its log says.
func (s *server) end(t *testing.T) *reads.Sum {
	t.Helper()
	s.stop()
	<-s.over
	var sum reads.Sum
	if err := sum.Add(strings.NewReader(s.log.String())); err != nil || sum.Bad > 0 {
		t.Fatalf("%v, %d bad lines in\n%s", err, sum.Bad, s.log.String())
	}
	return &sum
}

// after waits and lets the server see to it.
func after(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}

func TestReadsAreLoggedAtMidnightAndAtTheEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := start(t)
		after(23 * time.Hour)
		s.Add("a")
		s.Add("a")
		s.Add("b")
		after(59*time.Minute + 59*time.Second)
		if s.log.String() != "" {
			t.Errorf("before midnight:\n%s", s.log.String())
		}
		after(2 * time.Second)
		const first = `"msg":"reads","day":"2000-01-01","posts":{"a":2,"b":1}`
		if !strings.Contains(s.log.String(), first) {
			t.Errorf("after midnight the log has no %s:\n%s", first, s.log.String())
		}
		after(72 * time.Hour) // of which nothing is said, for nothing was read
		s.Add("a")
		sum := s.end(t)
		if n := strings.Count(s.log.String(), "\n"); n != 2 || sum.First != "2000-01-01" || sum.Last != "2000-01-05" {
			t.Errorf("%d lines, of %s to %s:\n%s", n, sum.First, sum.Last, s.log.String())
		}
		want := []reads.Post{{Slug: "a", Reads: 3, Recent: 1}, {Slug: "b", Reads: 1}}
		if d := cmp.Diff(want, sum.Posts(time.Now(), 4)); d != "" {
			t.Errorf("posts (-want +got):\n%s", d)
		}
		if got := s.Total(); got != 4 {
			t.Errorf("%d reads in total, want 4", got)
		}
	})
}

func TestAClockThatIsSetBackOverMidnightLosesNoRead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := start(t)
		after(23*time.Hour + 30*time.Minute)
		s.Add("a")
		after(45 * time.Minute) // 00:15 of the second
		s.Add("b")
		s.ahead.Store(-int64(time.Hour)) // 23:15 of the first
		after(10 * time.Minute)
		s.Add("a")
		after(24 * time.Hour)
		sum := s.end(t)
		want := []reads.Post{{Slug: "a", Reads: 2}, {Slug: "b", Reads: 1, Recent: 1}}
		if d := cmp.Diff(want, sum.Posts(time.Date(2000, 1, 2, 12, 0, 0, 0, time.UTC), 1)); d != "" {
			t.Errorf("posts (-want +got):\n%s\n%s", d, s.log.String())
		}
		if n := strings.Count(s.log.String(), "\n"); n != 3 {
			t.Errorf("%d lines, want the first day's, the second's begin, and the rest of the first:\n%s", n, s.log.String())
		}
	})
}

func TestThousandsOfPostsTakeLinesOfABoundedSize(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := start(t)
		const posts = 14_000
		slug := func(i int) string { return fmt.Sprintf("%d-é\"%s", i, strings.Repeat("long", i%12)) }
		for i := range posts {
			for range 1 + i%3 {
				s.Add(slug(i))
			}
		}
		after(25 * time.Hour)
		for line := range strings.Lines(s.log.String()) {
			if len(line) > 4096 {
				t.Fatalf("a line of %d bytes", len(line))
			}
		}
		if n := len(s.log.String()); n > 1<<20 {
			t.Errorf("%d bytes, more than the log's queue holds", n)
		}
		got := s.end(t).Posts(time.Now(), 1)
		if len(got) != posts {
			t.Fatalf("%d posts, want %d", len(got), posts)
		}
		bySlug := map[string]int{}
		for _, p := range got {
			bySlug[p.Slug] = p.Reads
		}
		for i := range posts {
			if bySlug[slug(i)] != 1+i%3 {
				t.Fatalf("%s: %d reads, want %d", slug(i), bySlug[slug(i)], 1+i%3)
			}
		}
	})
}

func TestAReadIsCountedWithoutItsPostWhereThereAreTooMany(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := start(t)
		const slugs = 1<<16 + 1000
		for i := range slugs {
			s.Add(fmt.Sprint(i))
		}
		s.Add("0")
		if got := s.Total(); got != slugs+1 {
			t.Errorf("%d reads, want %d", got, slugs+1)
		}
		posts := s.end(t).Posts(time.Now(), 1)
		if len(posts) != 1<<16 || posts[0] != (reads.Post{Slug: "0", Reads: 2, Recent: 2}) {
			t.Errorf("%d posts, the first %v", len(posts), posts[0])
		}
	})
}
