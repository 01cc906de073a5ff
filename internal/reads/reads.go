// Package reads counts how often posts are read, and keeps nothing of who reads them.
//
// A server counts by day (of UTC) and post. It writes no files: at midnight, and when it ends, it logs what it counted
// since the last such line, as lines of JSON whose message is "reads":
//
//	{"time":…,"level":"INFO","msg":"reads","day":"2026-11-26","posts":{"docker-production":12,"go-generics":3}}
//
// A Sum adds up the lines of any number of logs: of one server over years, of several beside each other.
package reads

import (
	"cmp"
	"context"
	"encoding/json"
	"log/slog"
	"maps"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"time"
)

// message is that of the lines in the log.
const message = "reads"

// maxLine bounds the posts of one line, in bytes of JSON: with all else the line stays under 4 KiB. A day of more is
// several lines.
const maxLine = 3800

// maxCounts is how many posts, each on each of its days, are counted between two reports. The slugs are those of a
// library, which authors can change as often as they like; what is beyond is not counted by post.
const maxCounts = 1 << 16

// glance is how long the midnight is waited for at a time: the clock may be set.
const glance = time.Minute

// A Counter counts reads. Safe for concurrent use.
type Counter struct {
	now   func() time.Time
	total atomic.Int64

	mu   sync.Mutex
	days map[string]map[string]int // by day and slug, since the last report
	size int                       // of all days together
}

// New returns a counter at zero, which takes days from now.
func New(now func() time.Time) *Counter {
	return &Counter{now: now, days: make(map[string]map[string]int)}
}

// Add counts one read of a post.
func (c *Counter) Add(slug string) {
	c.total.Add(1)
	day := dayOf(c.now())
	c.mu.Lock()
	defer c.mu.Unlock()
	posts := c.days[day]
	if posts == nil {
		posts = make(map[string]int)
		c.days[day] = posts
	}
	if posts[slug] == 0 {
		if c.size >= maxCounts {
			return
		}
		c.size++
	}
	posts[slug]++
}

// Total is how many reads were ever counted.
func (c *Counter) Total() int64 { return c.total.Load() }

// Run reports each day when it is over, until ctx ends, and then what is left. A clock that is set back makes a day end
// twice, and be reported in two parts.
func (c *Counter) Run(ctx context.Context, log *slog.Logger) {
	timer := time.NewTimer(glance)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			c.report(log, "")
			return
		case <-timer.C:
			now := c.now().UTC()
			c.report(log, dayOf(now))
			timer.Reset(min(glance, now.Truncate(24*time.Hour).Add(24*time.Hour).Sub(now)))
		}
	}
}

// report logs what was counted on all days but today.
func (c *Counter) report(log *slog.Logger, today string) {
	c.mu.Lock()
	over := make(map[string]map[string]int)
	for day, posts := range c.days {
		if day != today {
			over[day] = posts
			c.size -= len(posts)
			delete(c.days, day)
		}
	}
	c.mu.Unlock()
	for _, day := range slices.Sorted(maps.Keys(over)) {
		for posts := range lines(over[day]) {
			log.Info(message, "day", day, "posts", posts)
		}
	}
}

// lines cuts counts into lines, the most read posts first.
func lines(counts map[string]int) func(yield func(map[string]int) bool) {
	slugs := slices.SortedFunc(maps.Keys(counts), func(a, b string) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b))
	})
	return func(yield func(map[string]int) bool) {
		line, size := make(map[string]int), 0
		for _, slug := range slugs {
			quoted, _ := json.Marshal(slug) // a string can always be
			n := len(quoted) + len(":,") + len(strconv.Itoa(counts[slug]))
			if size+n > maxLine && size > 0 {
				if !yield(line) {
					return
				}
				line, size = make(map[string]int), 0
			}
			line[slug] = counts[slug]
			size += n
		}
		if size > 0 {
			yield(line)
		}
	}
}

// dayOf is the day of a time, in UTC.
func dayOf(t time.Time) string { return t.UTC().Format(time.DateOnly) }
