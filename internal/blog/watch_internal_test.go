package blog

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/fsnotify/fsnotify"
	"github.com/google/go-cmp/cmp"
)

func newLive(t *testing.T, dir string) *Live {
	t.Helper()
	live, err := NewLive(func(last *Library) (*Library, error) {
		fsys, closer, err := Dir(dir)
		if err != nil {
			return nil, err
		}
		defer closer.Close()
		return Load(fsys, time.Now(), last)
	})
	if err != nil {
		t.Fatal(err)
	}
	return live
}

func TestAChangeIsLiveByPollingAlone(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "a.md")
	if err := os.WriteFile(name, []byte("one"), 0o600); err != nil {
		t.Fatal(err)
	}
	live := newLive(t, dir)
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	w := &watcher{live: live, dir: dir, log: slog.New(slog.DiscardHandler)} // no events
	go func() { defer close(done); w.run(ctx) }()
	defer func() { cancel(); <-done }()

	for _, body := range []string{"two", "six"} { // of one size
		_, replaced := live.Current()
		if err := os.WriteFile(name, []byte(body), 0o600); err != nil {
			t.Fatal(err)
		}
		select {
		case <-replaced:
		case <-time.After(3 * time.Second):
			t.Fatalf("%q is not live", body)
		}
		library, _ := live.Current()
		if p, ok := library.Post("a"); !ok || p.Body.String() != body {
			t.Errorf("post %v, want %q", p, body)
		}
	}
}

func TestAStartLoadsOnceWhatHasBeenQuiet(t *testing.T) {
	for name, test := range map[string]struct {
		changed, site time.Time
		loads         int64
	}{
		"quiet":                  {time.Now().Add(-time.Hour), time.Now().Add(-time.Hour), 1},
		"just written":           {time.Now(), time.Now().Add(-time.Hour), 2},
		"its name, just written": {time.Now().Add(-time.Hour), time.Now(), 2},
	} {
		dir := t.TempDir()
		site := filepath.Join(dir, siteFile)
		if err := os.WriteFile(site, []byte("title: One"), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(site, test.site, test.site); err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(dir, "a.md")
		if err := os.WriteFile(file, []byte("one"), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(file, test.changed, test.changed); err != nil {
			t.Fatal(err)
		}
		w := &watcher{live: newLive(t, dir), dir: dir, log: slog.New(slog.DiscardHandler)}
		var heard []string
		w.add = func(folder string) error { heard = append(heard, folder); return nil }
		w.begin()
		w.look(t.Context())
		if got := w.live.Stats().Loads; got != test.loads || len(heard) != 1 {
			t.Errorf("%s: %d loads, %d folders listened to; want %d and 1", name, got, len(heard), test.loads)
		}
		if err := os.WriteFile(file, []byte("two or more"), 0o600); err != nil {
			t.Fatal(err)
		}
		w.look(t.Context())
		if got := w.live.Stats().Loads; got != test.loads+1 {
			t.Errorf("%s, then a change: %d loads, want %d", name, got, test.loads+1)
		}
	}
}

func TestEveryFolderIsListenedTo(t *testing.T) {
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "a", ".git"), 0o700); err != nil {
		t.Fatal(err)
	}
	var heard []string
	w := &watcher{live: newLive(t, dir), dir: dir, log: slog.New(slog.DiscardHandler)}
	w.add = func(folder string) error {
		name, err := filepath.Rel(dir, folder)
		heard = append(heard, name)
		return err
	}
	w.look(t.Context())
	if err := os.MkdirAll(filepath.Join(dir, "b", "c"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "b", "c", "p.md"), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	w.look(t.Context())
	if diff := cmp.Diff([]string{".", "a", ".", "a", "b", "b/c"}, heard); diff != "" {
		t.Errorf("asked for the events of (-want +got):\n%s", diff)
	}
}

func TestALookOverManyFilesRestsAndCountsWhatItWorks(t *testing.T) {
	dir := t.TempDir()
	for i := range 2*inARow - 20 {
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%d.md", i)), []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for i := range 70 { // and each is a folder to be read
		if err := os.Mkdir(filepath.Join(dir, fmt.Sprint(i*13%70)), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	synctest.Test(t, func(t *testing.T) { // the clock moves in rests alone
		begun := time.Now()
		seen, rested, err := lookAt(dir)
		if err != nil {
			t.Fatal(err)
		}
		if len(seen.dirs) != 71 || !slices.IsSorted(seen.dirs) {
			t.Errorf("the folders are %q", seen.dirs)
		}
		if took := time.Since(begun); rested != 3*rest || took != 3*rest {
			t.Errorf("it takes %v and says that it rested for %v, want %v", took, rested, 3*rest)
		}
		w := &watcher{live: newLive(t, dir), dir: dir, log: slog.New(slog.DiscardHandler)}
		if w.look(t.Context()); w.cost != 0 {
			t.Errorf("rests cost %v", w.cost)
		}
	})
}

func TestAnEventIsFasterThanThePoll(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		live := newLive(t, dir)
		events := make(chan fsnotify.Event)
		w := &watcher{live: live, dir: dir, log: slog.New(slog.DiscardHandler), events: events}
		ctx, cancel := context.WithCancel(t.Context())
		go w.run(ctx)
		<-time.After(400 * time.Millisecond) // the first poll is over
		if err := os.WriteFile(filepath.Join(dir, "p.md"), []byte("x"), 0o600); err != nil {
			t.Error(err)
		}
		start := time.Now()
		events <- fsnotify.Event{}
		_, replaced := live.Current()
		<-replaced
		if got, most := time.Since(start), 200*time.Millisecond; got > most {
			t.Errorf("live after %v, want %v at most", got, most)
		}
		cancel()
		synctest.Wait()
	})
}

func TestAMissingFolderIsToldOnce(t *testing.T) {
	parent := t.TempDir()
	dir := filepath.Join(parent, "content")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	synctest.Test(t, func(t *testing.T) {
		var b strings.Builder
		w := &watcher{live: newLive(t, dir), dir: dir, log: slog.New(slog.NewTextHandler(&b, nil))}
		if err := os.Remove(dir); err != nil {
			t.Error(err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
		defer cancel()
		w.run(ctx)
		if got := strings.Count(b.String(), "cannot be read"); got != 1 {
			t.Errorf("it was logged %d times in 20 s, want once:\n%s", got, b.String())
		}
	})
}

func TestALoadWithoutADifferenceReplacesNothing(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "a.md")
	if err := os.WriteFile(name, []byte("one"), 0o600); err != nil {
		t.Fatal(err)
	}
	live := newLive(t, dir)
	if err := os.WriteFile(filepath.Join(dir, "blog.yaml"), []byte("title: # none yet\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if replaced, err := live.reload(); replaced || err != nil { // the post is read again: it is young
		t.Errorf("settings that say nothing: replaced %v, error %v", replaced, err)
	}
	later := time.Now().Add(time.Hour)
	if err := os.Chtimes(name, later, later); err != nil {
		t.Fatal(err)
	}
	if replaced, err := live.reload(); !replaced || err != nil {
		t.Errorf("a touched file: replaced %v, error %v; those who fetch it see its time", replaced, err)
	}
	if err := os.WriteFile(name, []byte("two"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, ended := live.Current()
	if replaced, err := live.reload(); !replaced || err != nil {
		t.Errorf("another text: replaced %v, error %v", replaced, err)
	}
	select {
	case <-ended:
	default:
		t.Error("the channel of the old snapshot is open")
	}
}

func TestDistanceCountsSlips(t *testing.T) {
	tests := []struct {
		a, b  string
		limit int
		want  int
	}{
		{"docker", "docker", 3, 0},
		{"dokcer", "docker", 3, 1},
		{"doker", "docker", 3, 1},
		{"dockeer", "docker", 3, 1},
		{"backer", "docker", 3, 2},
		{"abcdef", "ghijkl", 3, 4},
		{"", "abc", 3, 3},
		{"abc", "", 3, 3},
		{"a", "abcdef", 3, 4},
		{"kitten", "sitting", 3, 3},
	}
	for _, tt := range tests {
		if got := distance(tt.a, tt.b, tt.limit); got != tt.want {
			t.Errorf("distance(%q, %q) = %d, want %d", tt.a, tt.b, got, tt.want)
		}
	}
}

func TestAPollIsNeverFar(t *testing.T) {
	for _, test := range []struct{ cost, want time.Duration }{
		{0, time.Second},
		{5 * time.Millisecond, time.Second},
		{50 * time.Millisecond, 5 * time.Second},
		{time.Minute, 10 * time.Second}, // a disk that was stuck
	} {
		if got := untilPoll(test.cost); got != test.want {
			t.Errorf("after a look of %v the next is in %v, want %v", test.cost, got, test.want)
		}
	}
}
