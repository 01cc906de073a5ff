package metrics

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// A Library is what is served.
type Library struct {
	Posts            int
	Bytes            int64 // of their Markdown
	Errors, Warnings int   // problems in the content
	Loads, Failures  int64 // of the content
	Loaded, Failed   time.Time
	Failing          bool // the content can not be read now
}

// Renders is what the cache of rendered posts did, and what it holds.
type Renders struct {
	Rendered, Shared, Cached, Full, Failed int64

	Documents        int
	Bytes, HeldBytes int64
}

// An asked asks the other rooms, with each scrape.
type asked struct{ c Config }

func desc(name, help string, labels ...string) *prometheus.Desc {
	return prometheus.NewDesc(name, help, labels, nil)
}

var (
	posts        = desc("lectern_library_posts", "Posts that are served.")
	postBytes    = desc("lectern_library_bytes", "Bytes of Markdown that the posts have.")
	problems     = desc("lectern_library_problems", "Problems in the content, by how grave they are: an error is something that is not served as it is written.", "level")
	loaded       = desc("lectern_library_loaded_timestamp_seconds", "When the content was last loaded, which is when it last changed.")
	failed       = desc("lectern_library_failed_timestamp_seconds", "When the content last could not be read; 0 if never.")
	readable     = desc("lectern_library_readable", "Whether the content can be read now; 0 means that posts are served as they last were.")
	loads        = desc("lectern_library_loads_total", "Loads of the content, the one at the start among them.")
	loadFailures = desc("lectern_library_load_failures_total", "Tries to read the content that failed; a folder that is gone fails each second.")

	renders   = desc("lectern_renders_total", "Posts asked for to be shown, by how that was met: rendered, shared with one who asked at the same time, cached, full (no room), failed.", "how")
	documents = desc("lectern_cache_documents", "Rendered posts that the cache keeps.")
	cached    = desc("lectern_cache_bytes", "Bytes of rendered posts that the cache keeps.")
	held      = desc("lectern_cache_held_bytes", "Bytes of rendered posts that the cache or a reader holds; some may be garbage by now.")

	redisUp = desc("lectern_redis_up", "Whether limits are shared through Redis; 0 means that each server goes by its own counts. Only where there is to be a Redis.")

	lost  = desc("lectern_log_lines_dropped_total", "Log lines that nobody took in time, and that were dropped.")
	reads = desc("lectern_reads_total", "Posts that readers opened, each once a session; health checks do not count.")
)

// Describe implements prometheus.Collector.
func (a *asked) Describe(d chan<- *prometheus.Desc) { prometheus.DescribeByCollect(a, d) }

// Collect implements prometheus.Collector.
func (a *asked) Collect(to chan<- prometheus.Metric) {
	gauge := func(d *prometheus.Desc, v float64, labels ...string) {
		to <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, v, labels...)
	}
	counter := func(d *prometheus.Desc, v int64, labels ...string) {
		to <- prometheus.MustNewConstMetric(d, prometheus.CounterValue, float64(v), labels...)
	}
	l := a.c.Library()
	gauge(posts, float64(l.Posts))
	gauge(postBytes, float64(l.Bytes))
	gauge(problems, float64(l.Errors), "error")
	gauge(problems, float64(l.Warnings), "warning")
	gauge(loaded, timestamp(l.Loaded))
	gauge(failed, timestamp(l.Failed))
	gauge(readable, truth(!l.Failing))
	counter(loads, l.Loads)
	counter(loadFailures, l.Failures)

	r := a.c.Renders()
	counter(renders, r.Rendered, "rendered")
	counter(renders, r.Shared, "shared")
	counter(renders, r.Cached, "cached")
	counter(renders, r.Full, "full")
	counter(renders, r.Failed, "failed")
	gauge(documents, float64(r.Documents))
	gauge(cached, float64(r.Bytes))
	gauge(held, float64(r.HeldBytes))

	if a.c.Shared != nil {
		gauge(redisUp, truth(a.c.Shared()))
	}
	counter(lost, a.c.Lost())
	counter(reads, a.c.Reads())
}

func timestamp(t time.Time) float64 {
	if t.IsZero() {
		return 0
	}
	return float64(t.UnixMilli()) / 1000
}

func truth(b bool) float64 {
	if b {
		return 1
	}
	return 0
}
