package blog_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"lectern/internal/blog"
)

// promised is how soon a change must be live.
const promised = 2 * time.Second

// A log keeps what is logged; it is safe for concurrent use.
type logBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *logBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

// lines are the logged lines as "LEVEL message file:line".
func (l *logBuffer) lines(t *testing.T) []string {
	t.Helper()
	l.mu.Lock()
	defer l.mu.Unlock()
	var list []string
	for line := range strings.Lines(l.b.String()) {
		var entry struct {
			Level, Msg, File, Problem string
			Line                      int
		}
		if err := json.Unmarshal([]byte(line), &entry); err != nil {
			t.Fatal(err)
		}
		s := entry.Level + " " + entry.Msg
		if entry.File != "" {
			s += fmt.Sprintf(" %s:%d", entry.File, entry.Line)
		}
		list = append(list, s)
	}
	return list
}

// watch serves a folder until the test ends.
func watch(t *testing.T, dir string) (*blog.Live, *logBuffer) {
	t.Helper()
	leaks := goleak.IgnoreCurrent()
	live, err := blog.NewLive(func(last *blog.Library) (*blog.Library, error) {
		return load(dir, time.Now(), last)
	})
	if err != nil {
		t.Fatal(err)
	}
	log := &logBuffer{}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- live.Watch(ctx, dir, slog.New(slog.NewJSONHandler(log, nil))) }()
	t.Cleanup(func() {
		cancel()
		select {
		case err := <-done:
			if err != nil {
				t.Errorf("Watch: %v", err)
			}
		case <-time.After(5 * time.Second):
			t.Error("Watch does not end with its context")
		}
		goleak.VerifyNone(t, leaks)
	})
	return live, log
}

// await waits until a snapshot satisfies ok, and fails when that takes longer
// than promised.
func await(t *testing.T, live *blog.Live, what string, ok func(*blog.Library) bool) *blog.Library {
	t.Helper()
	// Other tests share the machine: the promise is for a server, so a little
	// grace is given on top of it.
	timeout := time.After(promised + time.Second)
	for {
		library, replaced := live.Current()
		if ok(library) {
			return library
		}
		select {
		case <-replaced:
		case <-timeout:
			t.Fatalf("%s is not live; posts %v, problems %v", what, slugs(library), library.Problems())
		}
	}
}

func has(slug string) func(*blog.Library) bool {
	return func(l *blog.Library) bool { _, ok := l.Post(slug); return ok }
}

func says(slug, body string) func(*blog.Library) bool {
	return func(l *blog.Library) bool { p, ok := l.Post(slug); return ok && p.Body.String() == body }
}

func TestAChangeIsLive(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "a.md"), "one")
	live, _ := watch(t, dir)

	write(t, filepath.Join(dir, "a.md"), "two")
	await(t, live, "an edit", says("a", "two"))

	write(t, filepath.Join(dir, ".a.md.swp"), "three") // as editors save
	if err := os.Rename(filepath.Join(dir, ".a.md.swp"), filepath.Join(dir, "a.md")); err != nil {
		t.Fatal(err)
	}
	await(t, live, "a file put in place", says("a", "three"))

	write(t, filepath.Join(dir, "new", "deep", "b.md"), "in a new folder")
	await(t, live, "a post in a new folder", has("b"))
	write(t, filepath.Join(dir, "new", "deep", "b.md"), "edited there")
	await(t, live, "an edit in a new folder", says("b", "edited there"))

	write(t, filepath.Join(dir, "blog.yaml"), "title: Named")
	await(t, live, "a title", func(l *blog.Library) bool { return l.Site().Title == "Named" })

	if err := os.Remove(filepath.Join(dir, "a.md")); err != nil {
		t.Fatal(err)
	}
	await(t, live, "a removal", func(l *blog.Library) bool { return !has("a")(l) })
}

func TestABrokenFileIsToldOnceAndMended(t *testing.T) {
	dir := t.TempDir()
	post, site := filepath.Join(dir, "a.md"), filepath.Join(dir, "blog.yaml")
	write(t, post, "---\ntitle: A\n---\ngood")
	write(t, site, "title: Good")
	live, log := watch(t, dir)

	write(t, post, "---\ntitle: [\n---\nbad")
	write(t, site, "title: [")
	l := await(t, live, "the problem", func(l *blog.Library) bool { return len(l.Problems()) == 2 })
	if !says("a", "good")(l) || l.Site().Title != "Good" {
		t.Errorf("site %v, posts %v; want the last good ones", l.Site(), slugs(l))
	}
	write(t, filepath.Join(dir, "b.md"), "another load")
	await(t, live, "another post", has("b"))

	write(t, post, "---\ntitle: A\n---\nbetter")
	write(t, site, "title: Better")
	await(t, live, "the mended files", func(l *blog.Library) bool {
		return says("a", "better")(l) && l.Site().Title == "Better" && len(l.Problems()) == 0
	})
	write(t, post, "---\ntitle: [\n---\nbad")
	await(t, live, "the problem again", func(l *blog.Library) bool { return len(l.Problems()) == 1 })

	want := []string{
		"ERROR problem in the content a.md:2", "ERROR problem in the content blog.yaml:1",
		"ERROR problem in the content a.md:2",
	}
	eventually(t, func() bool { return cmp.Equal(want, problemLines(t, log)) }, func() string {
		return "logged (-want +got):\n" + cmp.Diff(want, problemLines(t, log))
	})
}

func problemLines(t *testing.T, log *logBuffer) []string {
	var list []string
	for _, line := range log.lines(t) {
		if strings.Contains(line, "problem in") {
			list = append(list, line)
		}
	}
	return list
}

// eventually waits for a condition that has no channel to wait on.
func eventually(t *testing.T, ok func() bool, message func() string) {
	t.Helper()
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for range 300 {
		if ok() {
			return
		}
		<-tick.C
	}
	t.Error(message())
}

func TestAFolderThatVanishesKeepsItsPostsAndIsReadAgain(t *testing.T) {
	parent := t.TempDir()
	dir := filepath.Join(parent, "content")
	write(t, filepath.Join(dir, "a.md"), "one")
	live, log := watch(t, dir)

	if err := os.Rename(dir, filepath.Join(parent, "away")); err != nil {
		t.Fatal(err)
	}
	gone := func() int {
		n := 0
		for _, line := range log.lines(t) {
			if strings.HasPrefix(line, "ERROR content cannot be read") {
				n++
			}
		}
		return n
	}
	eventually(t, func() bool { return gone() > 0 }, func() string { return "nothing is said of the folder" })
	if l, _ := live.Current(); !says("a", "one")(l) {
		t.Errorf("posts %v, want the last ones", slugs(l))
	}
	write(t, filepath.Join(dir, "a.md"), "two")
	await(t, live, "the folder that is back", says("a", "two"))
	write(t, filepath.Join(dir, "a.md"), "three")
	await(t, live, "an edit in the folder that is back", says("a", "three"))
	if got := gone(); got != 1 {
		t.Errorf("that the folder is gone was logged %d times, want once: %v", got, log.lines(t))
	}
}

// Kubernetes mounts a ConfigMap as links to files in a folder that is itself a
// link, which it replaces.
func TestAVolumeOfLinksIsFollowed(t *testing.T) {
	dir := t.TempDir()
	link := func(target, name string) {
		t.Helper()
		if err := os.Symlink(target, filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	write(t, filepath.Join(dir, "..v1", "a.md"), "one")
	link("..v1", "..data")
	link("..data/a.md", "a.md")
	live, _ := watch(t, dir)
	if l, _ := live.Current(); !says("a", "one")(l) {
		t.Fatalf("posts %v, problems %v", slugs(l), l.Problems())
	}
	write(t, filepath.Join(dir, "..v2", "a.md"), "two")
	link("..v2", "..data_tmp")
	if err := os.Rename(filepath.Join(dir, "..data_tmp"), filepath.Join(dir, "..data")); err != nil {
		t.Fatal(err)
	}
	await(t, live, "the new version", says("a", "two"))
}

func TestAThousandQuickRewritesShowOnlyWholePosts(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "a.md")
	body := func(n int) string {
		return strings.Repeat(fmt.Sprintf("version %d\n", n), 500) + fmt.Sprintf("END %d", n)
	}
	write(t, name, body(0))
	live, _ := watch(t, dir)

	seen := make(chan int)
	stop := make(chan struct{})
	go func() {
		snapshots := 0
		defer func() { seen <- snapshots }()
		for {
			l, replaced := live.Current()
			p, ok := l.Post("a")
			if !ok || len(l.Problems()) > 0 || strings.Count(p.Body.String(), "\n") != 500 {
				t.Errorf("a snapshot shows %v %d bytes, problems %v", ok, p.Body.Len(), l.Problems())
			}
			snapshots++
			select {
			case <-replaced:
			case <-stop:
				return
			}
		}
	}()
	for n := range 1000 {
		write(t, name, body(n+1))
	}
	await(t, live, "the last version", says("a", body(1000)))
	close(stop)
	if n := <-seen; n > 100 {
		t.Errorf("%d snapshots for 1,000 rewrites, want them gathered", n)
	}
}

func TestAWriterThatTruncatesAndPausesShowsNothingEmpty(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "a.md")
	write(t, name, "one")
	live, _ := watch(t, dir)
	_, replaced := live.Current()

	write(t, name, "")
	time.Sleep(600 * time.Millisecond)
	write(t, name, "two")
	<-replaced
	if library, _ := live.Current(); !says("a", "two")(library) {
		t.Errorf("shows posts %v, problems %v", slugs(library), library.Problems())
	}

	write(t, name, "")
	await(t, live, "a file that stays empty", func(l *blog.Library) bool { return len(l.Problems()) == 1 })
}

func TestNewLiveReturnsTheErrorOfTheFirstLoad(t *testing.T) {
	if _, err := blog.NewLive(func(*blog.Library) (*blog.Library, error) { return nil, errors.New("no") }); err == nil {
		t.Error("no error")
	}
}

func TestAPostOfTheFutureAppearsByItself(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now().UTC()
		date := func(d time.Duration) string { return "---\ndate: " + start.Add(d).Format(time.RFC3339) + "\n---\nx" }
		fsys := files("now.md", date(-time.Hour), "soon.md", date(3*time.Hour), "later.md", date(400*24*time.Hour))
		live, err := blog.NewLive(func(last *blog.Library) (*blog.Library, error) {
			return blog.Load(fsys, time.Now(), last)
		})
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		go live.Watch(ctx, "", nil)

		library, replaced := live.Current()
		if diff := cmp.Diff([]string{"now"}, slugs(library)); diff != "" {
			t.Errorf("slugs (-want +got):\n%s", diff)
		}
		<-replaced
		if got, want := time.Since(start), 3*time.Hour; got != want {
			t.Errorf("replaced after %v, want %v", got, want)
		}
		library, replaced = live.Current()
		if diff := cmp.Diff([]string{"soon", "now"}, slugs(library)); diff != "" {
			t.Errorf("slugs (-want +got):\n%s", diff)
		}
		<-replaced
		if got, want := time.Since(start), 400*24*time.Hour; got != want {
			t.Errorf("replaced after %v, want %v", got, want)
		}
		cancel()
		synctest.Wait()
	})
}

func TestALoadThatFailsOrPanicsKeepsTheLastLibrary(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now().UTC()
		fsys := files("now.md", "x", "soon.md", "---\ndate: "+start.Add(time.Hour).Format(time.RFC3339)+"\n---\nx")
		calls := 0
		live, err := blog.NewLive(func(last *blog.Library) (*blog.Library, error) {
			switch calls++; calls {
			case 2:
				panic("boom")
			case 3:
				return nil, errors.New("no")
			case 4:
				return nil, nil
			}
			return blog.Load(fsys, time.Now(), last)
		})
		if err != nil {
			t.Fatal(err)
		}
		log := &logBuffer{}
		ctx, cancel := context.WithCancel(t.Context())
		go live.Watch(ctx, "", slog.New(slog.NewJSONHandler(log, nil)))
		_, replaced := live.Current()
		<-replaced
		// Three loads failed, a second apart; the fourth came through.
		if got, want := time.Since(start), time.Hour+3*time.Second; got != want {
			t.Errorf("replaced after %v, want %v", got, want)
		}
		if l, _ := live.Current(); len(l.Posts()) != 2 {
			t.Errorf("posts %v", slugs(l))
		}
		cancel()
		synctest.Wait()
		if got := len(log.lines(t)); got != 6 {
			t.Errorf("logged %v, want the post to come, each failure once, that it is over, and the load", log.lines(t))
		}
	})
}

func TestAClockBehindOursDoesNotSpin(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now().UTC()
		fsys := files("soon.md", "---\ndate: "+start.Add(time.Minute).Format(time.RFC3339)+"\n---\nx")
		loads := 0
		live, err := blog.NewLive(func(last *blog.Library) (*blog.Library, error) {
			loads++
			return blog.Load(fsys, start, last) // a clock that stands still
		})
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
		defer cancel()
		if err := live.Watch(ctx, "", nil); err != nil {
			t.Error(err)
		}
		if loads > 70 {
			t.Errorf("%d loads in the minute after the post was due, want one a second", loads)
		}
	})
}
