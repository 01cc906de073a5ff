package blog

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"

	"lectern/internal/text"
)

// A rule says which values of a key hold a post back. An empty one never does.
// What is not meant to be read must not appear because of a spelling: a value
// that is neither shown nor held holds the post back too, and is told.
type rule struct {
	keys  []string
	shown []string
	held  []string // nil: every value that is not shown
	open  bool     // other values show the post
	dates bool     // and dates do
	words string   // to write instead of an unclear value
}

// rules are the keys by which authors hold a post back in the generators that
// they come from. It is either shown or held: one that is not to be listed has
// no other place here. What only asks search engines to stay away (sitemap,
// robots, noindex) holds nothing back.
func rules() []rule {
	const boolean = "true or false"
	yes, no := []string{"true", "yes", "on", "1"}, []string{"false", "no", "off", "0"}
	return []rule{
		{keys: []string{"draft", "isdraft"}, shown: no, held: yes, words: boolean},
		{keys: []string{"published", "publish", "ispublished", "dgpublish"}, shown: yes, held: no, dates: true, words: boolean},
		{keys: []string{"unlisted", "hidden", "ishidden", "hideinlist", "private", "headless", "encrypt"}, shown: no, held: yes, words: boolean},
		{keys: []string{"eleventyexcludefromcollections"}, shown: no, held: yes, words: boolean},
		{keys: []string{"hide"}, held: yes, open: true}, // MkDocs lists parts of the page there
		{
			keys: []string{"status", "state", "poststatus"}, open: true, words: "published or draft",
			shown: []string{"published", "publish", "public", "live"},
			held:  []string{"draft", "hidden", "private", "skip", "pending", "trash", "unpublished", "unlisted", "future"},
		},
		{
			keys: []string{"visibility"}, words: "public or private",
			shown: []string{"public", "published", "visible"},
			held:  []string{"private", "hidden", "draft", "unlisted", "password", "members", "paid"},
		},
		{keys: []string{"password"}},
		{keys: []string{"build.render", "build.list"}, held: append(no, "never"), open: true}, // Hugo
		{keys: []string{"permalink"}, held: []string{"false"}, open: true},                    // Eleventy
	}
}

// ruleOf is the rule of a key.
func ruleOf(rules []rule, key string) (rule, bool) {
	for _, r := range rules {
		if slices.Contains(r.keys, key) {
			return r, true
		}
	}
	return rule{}, false
}

// A verdict is what a value says of showing a post.
type verdict int

const (
	shown verdict = iota
	held
	unclear
)

// verdict reads a value.
func (r rule) verdict(f field) verdict {
	value := strings.ToLower(strings.TrimSpace(f.text()))
	switch {
	case f.list || f.table:
		if r.open && r.shown == nil {
			return shown
		}
		return unclear
	case value == "" || slices.Contains(r.shown, value):
		return shown
	case r.held == nil || slices.Contains(r.held, value):
		return held
	case r.dates && isDate(value):
		return shown
	case r.open && !slices.ContainsFunc(r.held, func(word string) bool { return len(word) > 4 && distance(value, word, 1) <= 1 }):
		return shown
	}
	return unclear
}

// checkFields decides whether the post is held back, and warns of values that
// are read in another way than they look.
func (p *parser) checkFields(all fields) {
	switch f := all["title"]; {
	case f.list:
		p.problem(Warning, f.line, "the title is a list", "put a title that begins with [ in quotes")
	case f.table:
		p.problem(Warning, f.line, "the title is not one value", "put a title that begins with { in quotes")
	}
	isHeld, isSlip := p.isHeld(all), p.isSlipHeld(all)
	p.hidden = p.hidden || isHeld || isSlip
}

// isHeld reports whether the author holds a post back, and warns of values
// that are unclear.
func (p *parser) isHeld(all fields) bool {
	hold := false
	for _, r := range rules() {
		for _, key := range r.keys {
			f, ok := all[key]
			if !ok {
				continue
			}
			switch v := r.verdict(f); {
			case v == shown:
				continue
			case v == held:
			case f.list || f.table:
				p.problem(Warning, f.line, fmt.Sprintf("%s is not one value: the post is held back", key), "write one value")
			default:
				p.problem(Warning, f.line, fmt.Sprintf("%s is %q, not %s: the post is held back", key, text.Field(f.text(), 40), r.words), "write "+r.words)
			}
			hold = true
		}
	}
	return hold
}

// Where a key may stand in broken front matter: at the start of a line, even
// without the sign behind it, or in a mapping on one line. The groups are the
// key, the sign and the value.
var (
	holdingLine  = regexp.MustCompile(`^\s*\??\s*["']?([A-Za-z_][\w-]*)["']?\s*([:=：])(.*)$`)
	holdingWord  = regexp.MustCompile(`^([A-Za-z_][\w-]*)()(?:\s(.*))?$`)
	holdingEntry = regexp.MustCompile(`[{,]\s*["']?([A-Za-z_][\w-]*)["']?\s*([:=：])([^,}]*)`)
)

// mayHold reports whether a line of broken front matter may hold the post back:
// it does with every value that does not plainly show it.
func mayHold(rules []rule, line string) bool {
	line = strings.TrimRight(line, " \t\n")
	for _, form := range []struct {
		*regexp.Regexp
		signs string // a line without one of them is none
	}{{holdingLine, ":=："}, {holdingEntry, "{,"}, {holdingWord, ""}} {
		if form.signs != "" && !strings.ContainsAny(line, form.signs) {
			continue
		}
		for _, m := range form.FindAllStringSubmatch(line, -1) {
			if mayHoldBy(rules, keyName(m[1]), m[2], strings.TrimSpace(m[3])) {
				return true
			}
		}
	}
	return false
}

func mayHoldBy(rules []rule, key, sign, written string) bool {
	r, ok := ruleOf(rules, key)
	if !ok {
		if r, ok = ruleOf(rules, slipOf(key)); !ok {
			return false
		}
	}
	value := unquoted(strings.TrimSuffix(written, ","))
	switch {
	case r.verdict(field{value: []string{value}}) == held:
		return true
	case sign == "": // a word of a text, if it is not alone
		return written == "" && r.shown != nil
	case r.open && r.shown == nil:
		return false
	case value == "":
		return written == "" // else an empty string; this may go on in the next line
	}
	return !slices.Contains(r.shown, strings.ToLower(value)) && !(r.dates && isDate(value))
}

func isDate(s string) bool {
	_, err := parseDate(s)
	return err == nil
}

// isDraftFile reports whether a file is held back by its name: in a folder of
// drafts, as Jekyll has it, as _name.md or as name.draft.md.
func isDraftFile(file string) bool {
	dir, name := path.Split(file)
	stem, _ := splitExt(strings.ToLower(name))
	return slices.Contains(strings.Split(dir, "/"), "_drafts") || strings.HasPrefix(stem, "_") || strings.HasSuffix(stem, ".draft")
}
