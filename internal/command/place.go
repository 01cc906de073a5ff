package command

import (
	"context"
	"path"
	"slices"
	"strings"

	"lectern/internal/text"
)

// Screen is the place that the words of a reader with a terminal ask to see, and
// reports whether they ask for a screen at all: nothing, a place, or a search do;
// a verb that prints, and any flag, do not. The places are
//
//	SLUG            a post, also by a former slug
//	SLUG#heading    a section of it
//	tag:NAME        the posts with a tag
//	search:WORDS    what a search finds
func Screen(args []string) (place string, ok bool) {
	if n := len(args); n > 0 && args[n-1] == "--" { // as shells complete it, with nothing behind
		args = args[:n-1]
	}
	switch {
	case len(args) == 0:
		return "", true
	case slices.ContainsFunc(args, func(a string) bool { return strings.HasPrefix(a, "-") }):
		return "", false
	case args[0] == "search":
		return "search:" + query(args[1:]), true
	case verbNamed(args[0]) != nil || notServed(args[0]) != "":
		return "", false
	}
	return strings.Join(args, " "), true
}

// placeVerb is what is meant when the first word is no verb.
type placeVerb struct {
	Words []string `arg:"" optional:""`
}

// run prints what a terminal would show.
func (v *placeVerb) run(ctx context.Context, r *request) error {
	asked := strings.Join(v.Words, " ")
	name, isTag := strings.CutPrefix(asked, "tag:")
	words, isSearch := strings.CutPrefix(asked, "search:")
	switch {
	case asked == "":
		return r.index()
	case isTag:
		return (&lsVerb{Tag: &name}).run(ctx, r)
	case isSearch && strings.TrimSpace(words) == "":
		return fail(Usage, "no words to search for; write search:WORDS")
	case isSearch:
		return (&searchVerb{}).find(ctx, r, words)
	}
	slug, _, part := strings.Cut(asked, "#")
	if _, ok := r.Library.Post(slug); ok || len(v.Words) == 1 && (part || len(r.Library.Near(slug, 1)) > 0) {
		return (&catVerb{Slug: asked}).run(ctx, r)
	}
	return noVerb(v.Words[0])
}

func noVerb(word string) error {
	return fail(Usage, "no verb and no post %q; try help", text.Field(word, 40))
}

// notServed is what to tell a program that speaks another protocol over SSH and
// begins by running a command of its name; empty for any other word.
func notServed(program string) string {
	switch path.Base(program) {
	case "rsync":
		return "rsync is not served here; fetch with scp -r HOST:/posts . or with sftp"
	case "sftp-server":
		return "ask for the subsystem sftp, as sftp does by itself"
	case "git-upload-pack", "git-receive-pack", "git-upload-archive":
		return "git is not served here; raw SLUG prints the Markdown of a post, and scp -r fetches all of it"
	case "mosh-server":
		return "mosh is not served here; use ssh"
	}
	return ""
}
