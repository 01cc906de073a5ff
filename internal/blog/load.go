package blog

import (
	"errors"
	"fmt"
	"io/fs"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"lectern/internal/text"
)

// An entry is what a library knows of one post's file. It is immutable, and shared
// with the libraries that come after while the file does not change.
type entry struct {
	draft
	info  fs.FileInfo // of the version that was read, nil when it could not be looked at
	fresh bool        // read so soon after it was written that it may have changed unseen
}

// Load reads a blog. It fails only when the root itself cannot be read; every
// other fault is one of [Library.Problems].
//
// now decides which posts lie in the future. last, which may be nil, is the
// library before: a file that did not change since is not read again, and a
// post or blog.yaml that is broken now stays as it was there.
func Load(fsys fs.FS, now time.Time, last *Library) (*Library, error) {
	return load(fsys, now, last, MaxTotal)
}

// load is [Load] of posts that take at most total bytes.
func load(fsys fs.FS, now time.Time, last *Library, total int64) (*Library, error) {
	w, err := look(fsys)
	if err != nil {
		return nil, fmt.Errorf("read the content: %w", err)
	}
	if last == nil {
		last = &Library{}
	}
	l := &Library{seen: w, entries: make(map[string]*entry, len(w.files)), problems: w.problems}
	l.loadSite(fsys, w, last)

	names := make([]string, 0, len(w.files))
	for name := range w.files {
		if name != siteFile {
			names = append(names, name)
		}
	}
	for name := range last.entries {
		if _, ok := w.files[name]; !ok && w.isShut(name) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	entries := readAll(fsys, names, w.files, last, total)
	for i, e := range entries {
		if e != nil {
			l.entries[names[i]] = e
			l.problems = append(l.problems, e.problems...)
		}
	}
	if n := len(entries); n < len(names) {
		l.problems = append(l.problems, Problem{
			text.Line(names[n]), 0, Error,
			fmt.Sprintf("the posts take more than %d MiB together, compressed", total>>20),
			"this one and those that sort behind it are not served",
		})
	}
	names = names[:len(entries)]
	l.name(names, last)
	l.show(now)
	l.problems = sortProblems(l.problems)
	return l, nil
}

// isFresh reports whether a file may have changed unseen since it was read.
func (l *Library) isFresh() bool {
	if l.seen != nil {
		if site := l.seen.files[siteFile]; site != nil && isFresh(site) {
			return true
		}
	}
	for _, e := range l.entries {
		if e.fresh {
			return true
		}
	}
	return false
}

// readAll reads the files of the names, several at a time. What it gives is in
// the order of names; a file that is gone has nil. When all of it would take
// more than total bytes, it ends before the first that is too much.
func readAll(fsys fs.FS, names []string, files map[string]fs.FileInfo, last *Library, total int64) []*entry {
	var (
		entries    = make([]*entry, len(names))
		next, held atomic.Int64
		group      sync.WaitGroup
	)
	for range min(runtime.GOMAXPROCS(0), maxReaders) {
		group.Go(func() {
			var pack packer
			// Files are taken in order. Once those that were taken are too much,
			// the first that is too much is one of them.
			for held.Load() <= total {
				i := int(next.Add(1)) - 1
				if i >= len(names) {
					return
				}
				e := readEntry(fsys, names[i], files[names[i]], last.entries[names[i]], &pack)
				entries[i] = e
				held.Add(e.held())
			}
		})
	}
	group.Wait()
	for i, e := range entries {
		if total -= e.held(); total < 0 {
			return entries[:i]
		}
	}
	return entries
}

// readEntry is loadEntry, with a panic turned into a problem: it runs in a
// goroutine of its own.
func readEntry(fsys fs.FS, name string, info fs.FileInfo, old *entry, pack *packer) (e *entry) {
	defer func() {
		if r := recover(); r != nil {
			e = &entry{info: info, fresh: true}
			e.draft = failed(name, "cannot be read: "+text.Field(fmt.Sprint(r), 200), "please report it with the file")
			e.keep(old)
		}
	}()
	return loadEntry(fsys, name, info, old, pack)
}

// loadEntry reads the file name unless old, which may be nil, is of the same
// version. It is nil for a file that is gone.
func loadEntry(fsys fs.FS, name string, info fs.FileInfo, old *entry, pack *packer) *entry {
	switch {
	case info == nil: // it could not be looked at, which is a problem told already
		kept := &entry{draft: old.draft}
		kept.problems = nil
		return kept
	case old != nil && old.info != nil && !old.fresh && !info.ModTime().IsZero() && sameVersion(info, old.info):
		return old
	}
	e := &entry{info: info}
	data, read, err := readFile(fsys, name, MaxPost)
	if read != nil && !sameVersion(read, info) {
		e.info = read
	}
	e.fresh = isFresh(e.info)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		message, mend := unreadable(e.info, err, MaxPost)
		e.draft = failed(name, message, mend)
		e.fresh = true // what kept it from being read may pass without a new version
	default:
		pack.known = packed{}
		if old != nil && old.post != nil {
			pack.known = old.post.file.text // a file may have been touched, and nothing else
		}
		e.draft = parse(name, data, pack)
		e.post.own()
		e.post.setModified(e.info)
	}
	e.keep(old)
	return e
}

// keep takes from an older entry, which may be nil, what is still good.
func (e *entry) keep(old *entry) {
	switch {
	case old == nil:
	case e.broken && e.hidden: // what its author holds back now is not to be read, broken or not
	case e.broken && (e.post == nil || !old.broken || old.kept):
		problems := e.problems
		e.draft = old.draft
		e.problems, e.broken, e.kept = problems, true, !old.broken || old.kept
	case e.post != nil && old.post != nil && e.post.same(old.post):
		e.post = old.post // one post, not two equal ones
	}
}

// held is how many bytes of strings the entry keeps; nil has none.
func (e *entry) held() int64 {
	if e == nil {
		return 0
	}
	n := e.post.held() + e.stub.held()
	for _, p := range e.problems {
		n += len(p.File) + len(p.Message) + len(p.Mend)
	}
	return int64(n)
}

// loadSite reads blog.yaml, or keeps the last one that could be read.
func (l *Library) loadSite(fsys fs.FS, w *walk, last *Library) {
	l.site = last.site
	if w.files[siteFile] == nil {
		if !w.isShut(siteFile) {
			l.site = Site{}
		}
		return
	}
	data, info, err := readFile(fsys, siteFile, MaxSite)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		l.site = Site{}
	case err != nil:
		if info == nil {
			info = w.files[siteFile]
		}
		message, mend := unreadable(info, err, MaxSite)
		l.problems = append(l.problems, Problem{siteFile, 0, Error, message, mend})
	default:
		site, problems, ok := safeSite(data)
		l.problems = append(l.problems, problems...)
		if ok {
			l.site = site
		}
	}
}

// safeSite is parseSite, with a panic of a parser below turned into a problem.
func safeSite(data []byte) (site Site, problems []Problem, ok bool) {
	defer func() {
		if r := recover(); r != nil {
			site, ok = Site{}, false
			problems = []Problem{{siteFile, 0, Error, "cannot be read: " + text.Field(fmt.Sprint(r), 200), "please report it with the file"}}
		}
	}()
	return parseSite(data)
}
