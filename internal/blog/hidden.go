package blog

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"lectern/internal/text"
)

// checkFields warns of values that are read in another way than they look.
func (p *parser) checkFields(all fields) {
	if f := all["title"]; f.list {
		p.problem(Warning, f.line, "the title is a list", "put a title that begins with [ in quotes")
	}
	for _, key := range []string{"draft", "published"} {
		f, ok := all[key]
		value := strings.ToLower(strings.TrimSpace(f.text()))
		if ok && value != "" && !slices.Contains(yes(), value) && !slices.Contains(no(), value) {
			p.problem(Warning, f.line, fmt.Sprintf("%s is %q, neither true nor false: the post is held back", key, text.Field(value, 40)), "write true or false")
		}
	}
}

// yes and no are the ways to write true and false.
func yes() []string { return []string{"true", "yes", "on", "1"} }
func no() []string  { return []string{"false", "no", "off", "0"} }

// isHiddenPost reports whether the author keeps a post back. A value that is
// neither yes nor no keeps it back too: what is not meant to be read must not
// appear because of a spelling.
func isHiddenPost(all fields) bool {
	is := func(key string, values ...string) bool {
		f, ok := all[key]
		s := strings.ToLower(strings.TrimSpace(f.text()))
		for _, v := range values {
			if s == v {
				return ok
			}
		}
		return false
	}
	_, draft := all["draft"]
	_, published := all["published"]
	return draft && !is("draft", append(no(), "")...) ||
		published && !is("published", append(yes(), "")...) ||
		is("status", "draft", "hidden", "private", "skip", "pending", "trash") ||
		strings.TrimSpace(all["password"].text()) != ""
}

// isDraftFile reports whether a file lies in a folder of drafts, as Jekyll has it.
func isDraftFile(file string) bool {
	return slices.Contains(strings.Split(path.Dir(file), "/"), "_drafts")
}
