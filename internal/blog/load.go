package blog

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"time"

	"lectern/internal/text"
)

// An entry is what a library knows of one post's file.
type entry struct {
	draft
	info  fs.FileInfo // of the version that was read, nil when it could not be looked at
	fresh bool        // read so soon after it was written that it may have changed unseen
	shown *Post       // post, with the slug it has in this library
}

// Load reads a blog. It fails only when the root itself cannot be read; every
// other fault is one of [Library.Problems].
//
// now decides which posts lie in the future. last, which may be nil, is the
// library before: a file that did not change since is not read again, and a
// post or blog.yaml that is broken now stays as it was there.
func Load(fsys fs.FS, now time.Time, last *Library) (*Library, error) {
	w, err := look(fsys)
	if err != nil {
		return nil, fmt.Errorf("read the content: %w", err)
	}
	if last == nil {
		last = &Library{}
	}
	l := &Library{entries: make(map[string]*entry, len(w.files)), problems: w.problems}
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
	var total int64
	for _, name := range names {
		if info := w.files[name]; info != nil {
			if total += min(info.Size(), MaxPost); total > MaxTotal {
				l.problems = append(l.problems, Problem{
					text.Line(name), 0, Error,
					fmt.Sprintf("the posts have more than %d MiB together", MaxTotal>>20),
					"this one and those that sort behind it are not served",
				})
				break
			}
		}
		if e := loadEntry(fsys, name, w.files[name], last.entries[name]); e != nil {
			l.entries[name] = e
			l.problems = append(l.problems, e.problems...)
		}
	}
	l.name(names, last)
	l.show(now)
	l.problems = sortProblems(l.problems)
	return l, nil
}

// loadEntry reads the file name unless old, which may be nil, is of the same
// version. It is nil for a file that is gone.
func loadEntry(fsys fs.FS, name string, info fs.FileInfo, old *entry) *entry {
	switch {
	case info == nil: // it could not be looked at, which is a problem told already
		kept := &entry{draft: old.draft}
		kept.problems = nil
		return kept
	case old != nil && old.info != nil && !old.fresh && !info.ModTime().IsZero() && sameVersion(info, old.info):
		return &entry{draft: old.draft, info: old.info}
	}
	e := &entry{info: info}
	data, read, err := readFile(fsys, name, MaxPost)
	if read != nil {
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
		e.draft = parse(name, data)
	}
	if old == nil {
		return e
	}
	if e.broken {
		e.post, e.named, e.spare, e.hidden = old.post, old.named, old.spare, old.hidden
	} else if e.post != nil && old.post != nil && e.post.same(old.post) {
		e.post = old.post // one post, not two equal ones
	}
	return e
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

// name gives each post a slug of its own. In the order of the file names the
// first that asks for a slug gets it; the next gets its file's, if it asked for
// that of its address, or else -2, and so on, but never what another file asks for.
func (l *Library) name(names []string, last *Library) {
	asked := map[string]string{} // by slug, the first file that asks for it
	for _, name := range names {
		if e := l.entries[name]; e != nil && e.post != nil {
			if _, ok := asked[e.post.Slug]; !ok {
				asked[e.post.Slug] = name
			}
		}
	}
	number := map[string]int{}
	for _, name := range names {
		e := l.entries[name]
		if e == nil || e.post == nil {
			continue
		}
		e.shown = e.post
		want := e.post.Slug
		first := asked[want]
		if first == name {
			continue
		}
		slug := e.spare
		// Posts of several days may end their addresses alike: their files tell them apart.
		isSpare := slug != "" && asked[slug] == ""
		if !isSpare {
			n := max(2, number[want])
			slug = fmt.Sprintf("%s-%d", want, n)
			for ; asked[slug] != ""; slug = fmt.Sprintf("%s-%d", want, n) {
				n++
			}
			number[want] = n + 1
		}
		asked[slug] = name
		if old := last.entries[name]; old != nil && old.post == e.post && old.shown != nil && old.shown.Slug == slug {
			e.shown = old.shown
		} else {
			renamed := *e.post
			renamed.Slug = slug
			e.shown = &renamed
		}
		if isSpare {
			continue
		}
		level := Warning
		if e.named {
			level = Error
		}
		l.problems = append(l.problems, Problem{
			text.Line(name), 0, level,
			fmt.Sprintf("the slug %q is that of %s already; this one is served as %q", want, text.Line(first), slug),
			"give one of them another slug",
		})
	}
}

// show lists the posts whose time has come.
func (l *Library) show(now time.Time) {
	l.bySlug = make(map[string]*Post, len(l.entries))
	for _, e := range l.entries {
		p := e.shown
		switch {
		case e.hidden:
			l.drafts++
		case p == nil:
		case p.Date.After(now):
			l.scheduled++
			if l.next.IsZero() || p.Date.Before(l.next) {
				l.next = p.Date
			}
		default:
			l.posts = append(l.posts, p)
			l.bySlug[p.Slug] = p
		}
	}
	slices.SortFunc(l.posts, ComparePosts)
	l.alias()
}

// alias lets posts be found by their former slugs. One that two posts had
// leads to the newer, and none leads past a post that is yet to appear.
func (l *Library) alias() {
	own := make(map[string]struct{}, len(l.entries))
	for _, e := range l.entries {
		if e.shown != nil {
			own[e.shown.Slug] = struct{}{}
		}
	}
	l.byAlias = map[string]*Post{}
	for _, p := range l.posts {
		for _, slug := range p.Aliases {
			_, isOwn := own[slug]
			if _, taken := l.byAlias[slug]; !taken && !isOwn {
				l.byAlias[slug] = p
			}
		}
	}
}
