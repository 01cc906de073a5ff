package blog

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"log/slog"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"

	"lectern/internal/text"
)

const (
	pollEvery = time.Second            // events get lost on network file systems and bind mounts
	pollShare = 100                    // a poll takes at most one part in so many of the time
	pollAt    = 10 * time.Second       // but there is one this often
	inARow    = 100                    // files that a look asks for until it rests, in a third of a millisecond
	rest      = time.Millisecond       // enough to see to what has come meanwhile
	gather    = 20 * time.Millisecond  // between an event and a look: one save is several events
	quiet     = 100 * time.Millisecond // between two looks that must be equal before a load
	emptied   = time.Second            // a file that has just become empty is being written for so long
	patience  = 5 * time.Second        // for a folder in which something is always being written
	longest   = time.Minute            // sleep before a look at the clock, which may have been set
	retry     = time.Second            // after a load at the time of Next that changed nothing
)

// Watch keeps the library up to date until ctx ends; one goroutine calls it.
// dir is the folder that the load of [NewLive] reads, or "" when it cannot
// change (embedded content): then only posts dated in the future are waited
// for.
//
// A change is loaded within two seconds: file events start a look over the
// folder, and so does a poll each second, or less often where that takes long:
// in a folder of thousands of posts that gives no events, a change is loaded
// within ten. What is being written is waited for
// until two looks a tenth of a second apart are equal, and a second long where
// a file has become empty: its writer may be slow. A folder that vanishes
// leaves the last library; it is loaded again when it is back. Each new problem
// is logged once, with the attributes file, line and problem.
//
// Watch returns nil when ctx ends.
func (l *Live) Watch(ctx context.Context, dir string, log *slog.Logger) error {
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	w := &watcher{live: l, dir: dir, log: log}
	if dir != "" {
		notify, err := fsnotify.NewWatcher()
		if err != nil {
			log.Warn("file events are not available, content is polled", slog.Any("error", err))
		} else {
			defer notify.Close()
			w.events, w.errors, w.add = notify.Events, notify.Errors, notify.Add
		}
	}
	w.run(ctx)
	return nil
}

// A watcher is the state of one Watch. Without events it polls.
type watcher struct {
	live *Live
	dir  string
	log  *slog.Logger

	events <-chan fsnotify.Event
	errors <-chan error
	add    func(dir string) error // asks for events of a folder, may be nil

	cost    time.Duration        // of one look
	seen    *walk                // what the last load has seen; nil when it must be repeated
	told    map[Problem]struct{} // problems logged and still there
	trouble string               // why the folder cannot be loaded, logged already
	deaf    bool                 // that folders give no events was logged
}

func (w *watcher) run(ctx context.Context) {
	w.begin()
	poll := time.NewTimer(0)
	defer poll.Stop()
	if w.dir == "" {
		poll.Stop()
	}
	clock := time.NewTimer(longest)
	defer clock.Stop()
	floor := time.Duration(0)
	for ctx.Err() == nil {
		next := w.next()
		if next.IsZero() {
			clock.Stop()
		} else {
			clock.Reset(min(max(time.Until(next), floor), longest))
		}
		floor = 0
		select {
		case <-ctx.Done():
			return
		case <-clock.C:
			if !time.Now().Before(next) {
				w.load()
				if w.next().Equal(next) {
					floor = retry // the load's clock is behind ours
				}
			}
			continue
		case <-w.events:
			if w.wait(ctx, max(gather, min(w.cost*5, pollEvery/2))) != nil {
				return
			}
		case err := <-w.errors:
			if !errors.Is(err, fsnotify.ErrEventOverflow) { // too many at once: all the more to look for
				w.log.Warn("file events failed, content is polled", slog.Any("error", err))
			}
		case <-poll.C:
		}
		w.look(ctx)
		poll.Reset(untilPoll(w.cost))
	}
}

// untilPoll is how long it is until the next poll, when a look takes so long.
func untilPoll(cost time.Duration) time.Duration {
	return min(max(pollEvery, pollShare*cost), pollAt)
}

// begin takes over from the first load, unless a file may have changed unseen since.
func (w *watcher) begin() {
	library, _ := w.live.Current()
	w.tell(library)
	if w.dir != "" && !library.isFresh() {
		w.saw(library)
	}
}

// next is when the next post appears.
func (w *watcher) next() time.Time {
	return w.live.newest().Next()
}

// look looks over the folder, and loads it when it has changed and is quiet.
func (w *watcher) look(ctx context.Context) {
	start := time.Now()
	now, rested, err := lookAt(w.dir)
	w.cost = time.Since(start) - rested
	if err != nil {
		w.fail(err)
		return
	}
	if w.seen != nil && w.seen.same(now) {
		return
	}
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); {
		if w.wait(ctx, quiet) != nil {
			return
		}
		before := now
		if now, _, err = lookAt(w.dir); err != nil {
			w.fail(err)
			return
		}
		if now.same(before) && !now.emptied() {
			break
		}
	}
	w.load()
}

// lookAt is [look] at a folder of the system. It says how long it has rested.
func lookAt(dir string) (w *walk, rested time.Duration, err error) {
	fsys, closer, err := Dir(dir)
	if err != nil {
		return nil, 0, err
	}
	defer closer.Close()
	r := &resting{FS: fsys}
	w, err = look(r)
	return w, r.rested, err
}

// A resting is a file system that rests now and then while it reads a folder. It asks for each file in a system call, and on one
// processor some thousand of them in a row keep readers from their keys.
type resting struct {
	fs.FS
	asked  int           // for so many files and folders since the last rest
	rested time.Duration // so far
}

// Stat implements [fs.StatFS]: nothing is opened, which for a pipe would wait.
func (r *resting) Stat(name string) (fs.FileInfo, error) { return fs.Stat(r.FS, name) }

// ReadDir implements [fs.ReadDirFS].
func (r *resting) ReadDir(name string) ([]fs.DirEntry, error) {
	r.work(1)
	f, err := r.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	dir, ok := f.(fs.ReadDirFile)
	if !ok {
		return fs.ReadDir(r.FS, name)
	}
	var all []fs.DirEntry
	for {
		some, err := dir.ReadDir(inARow)
		all = append(all, some...)
		if err != nil {
			slices.SortFunc(all, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
			if errors.Is(err, io.EOF) {
				err = nil
			}
			return all, err
		}
		r.work(len(some))
	}
}

// work counts files and folders that were asked for, and rests after enough of them.
func (r *resting) work(n int) {
	if r.asked += n; r.asked >= inARow {
		tired := time.Now()
		time.Sleep(rest)
		r.rested += time.Since(tired)
		r.asked = 0
	}
}

// listen asks for the events of the folders. A folder made anew is another
// one under its old name, so all are asked for each time.
func (w *watcher) listen(dirs []string) {
	if w.add == nil {
		return
	}
	for _, dir := range dirs {
		if err := w.add(filepath.Join(w.dir, filepath.FromSlash(dir))); err != nil && !w.deaf {
			w.deaf = true
			w.log.Warn("a folder gives no file events, it is polled", slog.String("folder", text.Line(dir)), slog.Any("error", err))
		}
	}
}

// saw notes what a load has seen, and asks for the events of its folders.
func (w *watcher) saw(library *Library) {
	if w.seen = library.seen; w.seen != nil {
		w.listen(w.seen.dirs)
	}
}

// load loads anew and logs what is new.
func (w *watcher) load() {
	replaced, err := w.live.reload()
	if err != nil {
		w.fail(err)
		return
	}
	if w.trouble != "" {
		w.trouble = ""
		w.log.Info("content can be read again")
	}
	w.saw(w.live.newest())
	library, _ := w.live.Current()
	w.tell(library)
	if replaced {
		w.log.Info("content loaded", slog.Int("posts", len(library.Posts())), slog.Int("problems", len(library.Problems())))
	}
}

// fail notes that the folder cannot be loaded, and logs it once.
func (w *watcher) fail(err error) {
	w.seen = nil
	w.live.history.note(err)
	if message := text.Field(err.Error(), 300); message != w.trouble {
		w.trouble = message
		w.log.Error("content cannot be read, the last posts stay", slog.String("error", message))
	}
}

// tell logs the problems that were not there before.
func (w *watcher) tell(library *Library) {
	now := make(map[Problem]struct{}, len(library.Problems()))
	for _, p := range library.Problems() {
		now[p] = struct{}{}
		if _, ok := w.told[p]; ok {
			continue
		}
		level := slog.LevelWarn
		if p.Level == Error {
			level = slog.LevelError
		}
		problem := p.Message
		if p.Mend != "" {
			problem += "; " + p.Mend
		}
		w.log.LogAttrs(context.Background(), level, "problem in the content",
			slog.String("file", p.File), slog.Int("line", p.Line), slog.String("problem", problem))
	}
	w.told = now
}

// wait sleeps, and lets go of the events that come meanwhile: a look follows
// that sees what they tell.
func (w *watcher) wait(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-timer.C:
			return nil
		case <-w.events:
		}
	}
}
