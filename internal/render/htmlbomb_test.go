package render

import (
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"strings"
	"testing"
	"time"
)

// htmlBombs is HTML made to be slow or to take much memory, by name.
func htmlBombs() map[string]string {
	mb := megabyte - 20
	return map[string]string{
		"small blocks":            fill("<p>\n\n", mb),
		"small blocks of text":    fill("<p>a\n\n", mb),
		"small blocks of links":   fill("<p><a href=b>c</a>\n\n", mb),
		"small tables":            fill("<table><tr><td>a\n\n", mb),
		"small blocks of source":  fill("<pre>a</pre>\n\n", mb),
		"small comments":          fill("<!-- a -->\n", mb),
		"paragraphs with tags":    fill("x <b>y</b>\n\n", mb),
		"paragraphs with links":   fill("x <a href=b>\n\n", mb),
		"bold":                    "<div>" + fill("<b>", mb),
		"bold with text":          "<div>" + fill("<b>a", mb),
		"bold and slanted":        "<div>" + fill("<b>a<i>b</b>", mb),
		"links never closed":      "<div>" + fill("<a href=b>", mb),
		"links in quotes":         "<div>" + fill(`<a href="b">c</a>`, mb),
		"quotes never closed":     "<div>" + fill(`<a b="`, mb),
		"quotes in turn":          "<div>" + fill(`<a b='<a c="`, mb),
		"brackets never closed":   "<div>" + fill("<a ", mb),
		"brackets":                "<div>" + fill("<", mb),
		"tables in tables":        fill("<table><tr><td>", mb),
		"tables in tables closed": strings.Repeat("<table><tr><td>a", mb/40) + strings.Repeat("</td></tr></table>", mb/40),
		"cells":                   "<table>" + fill("<td>", 400<<10/slowness),
		"cells with text":         "<table>" + fill("<td>a", mb),
		"cells over columns":      "<table>" + fill("<tr><td colspan=64>", mb),
		"cells over rows":         "<table>" + fill("<tr><td rowspan=64>", mb),
		"cells over both":         "<table>" + fill("<tr><td colspan=64 rowspan=64>", mb),
		"rows of 64 cells":        "<table>" + fill("<tr>"+fill("<td>a", 320), mb),
		"captions":                "<table>" + fill("<caption>a", mb),
		"words between cells":     "<table>" + fill("a<tr>", mb),
		"one tag":                 "<div " + fill("a", mb),
		"one tag of values":       "<div " + fill("a=b ", mb) + ">",
		"a comment":               "<!-- " + fill("a ", mb),
		"comments":                "<div>" + fill("<!--", mb),
		"instructions":            "<?" + fill("<?", mb),
		"details in details":      fill("<details><summary>a", mb),
		"entities":                "<div>" + fill("&amp;", mb),
		"entities opened":         "<div>" + fill("&", mb),
		"long entities":           "<div>" + fill("&CounterClockwiseContourIntegral;", mb),
		"titles never closed":     "<div>" + fill("<title>", mb),
		"films never closed":      "<div>" + fill("<iframe src=a>", mb),
		"scripts":                 "<div>" + fill("<script></script>", mb),
		"quotes in quotes":        fill("<blockquote>a", mb),
		"lists in lists":          fill("<ul><li>a", mb),
		"items with paragraphs":   "<ul>" + fill("<li><p>a<p>b", mb),
		"lists and quotes":        fill("<ul><li><blockquote>a", mb),
		"rules":                   fill("<hr>", mb),
		"rules and text":          fill("<hr>a", mb),
		"slanted":                 "<div>" + fill("<i>a</i>", mb),
		"headings":                fill("<h2>a", mb),
		"source":                  fill("<pre>a</pre>", mb),
		"line breaks":             "<div>" + fill("<br>", mb),
		"pictures":                "<div>" + fill("<img src=a>", mb),
		"pictures of data":        "<div>" + fill("<img src=data:a>", mb),
		"raised":                  "<div>" + fill("<sup>a</sup>", mb),
	}
}

// What a render of hostile HTML may take: time on a machine that does other
// things too, and bytes that are in use at one time.
const (
	bombTime  = 2 * slowness * time.Second
	bombBytes = 64 << 20
)

func TestHostileHTMLIsBounded(t *testing.T) {
	measures(t)
	for name, body := range htmlBombs() {
		t.Run(name, func(t *testing.T) {
			post, o := postOf(body), options(80)
			begin := time.Now()
			d := Render(post, o)
			took := time.Since(begin)
			checkLines(t, d, 80)
			d = nil
			peak, total := peakOf(func() { d = Render(post, o) })
			t.Logf("%v, %d MB at once, %d MB in all for %d bytes, %d lines of %d bytes",
				took.Round(time.Millisecond), peak>>20, total>>20, len(body), d.Len(), len(d.text))
			if took > bombTime {
				t.Errorf("took %v, want at most %v", took, bombTime)
			}
			if peak > bombBytes {
				t.Errorf("%d bytes at once, want at most %d", peak, bombBytes)
			}
		})
	}
}

// peakOf is about how many bytes more than before a function has in use at one
// time, as the collections of garbage find them, and how many it allocates.
func peakOf(run func()) (peak, total uint64) {
	defer debug.SetGCPercent(debug.SetGCPercent(10))
	runtime.GC()
	live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(live)
	before := live[0].Value.Uint64()
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	total = stats.TotalAlloc
	found := make(chan uint64, 1<<16)
	var watch func(*[16]byte)
	watch = func(*[16]byte) { // runs after each collection
		live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
		metrics.Read(live)
		select {
		case found <- live[0].Value.Uint64():
			runtime.SetFinalizer(new([16]byte), watch)
		default:
		}
	}
	runtime.SetFinalizer(new([16]byte), watch)
	run()
	runtime.ReadMemStats(&stats)
	total = stats.TotalAlloc - total
	for {
		select {
		case n := <-found:
			peak = max(peak, n-min(n, before))
		default:
			return peak, total
		}
	}
}
