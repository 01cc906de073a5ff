package blog

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// slipTargets are the keys whose slips are told. Sites have many keys of their
// own, so no other key is called wrong.
func slipTargets() []string {
	return []string{"title", "date", "tags", "draft", "slug", "description", "categories", "published"}
}

// noSlips are keys that real posts have, one letter away from a known one.
func noSlips() []string {
	return []string{"data", "dates", "tag", "tabs", "publisher"}
}

// slipOf is the known key of which an unknown one is a slip: one letter more,
// less or another, or two that changed places. It is "" for any other key. The
// first letter is right in a slip: with it, cdate, rate and the like are none.
func slipOf(key string) string {
	if len(key) < 3 || slices.Contains(noSlips(), key) || slices.Contains(slipTargets(), key) {
		return ""
	}
	for _, known := range slipTargets() {
		if key[0] == known[0] && distance(key, known, 1) == 1 {
			return known
		}
	}
	return ""
}

// isSlipHeld warns of keys that are slips of known ones. It reports whether one
// that is a slip of draft or published holds the post back.
func (p *parser) isSlipHeld(all fields) bool {
	hold := false
	for _, key := range slices.Sorted(maps.Keys(all)) {
		known := slipOf(key)
		if known == "" || strings.Contains(key, ".") {
			continue
		}
		if _, there := all[known]; there {
			continue
		}
		message := fmt.Sprintf("the key %q is not known", key)
		if r, ok := ruleOf(rules(), known); ok && r.verdict(all[key]) == held {
			hold = true
			message += ", and the post is held back in case"
		}
		p.problem(Warning, all[key].line, message, fmt.Sprintf("did you mean %q?", known))
	}
	return hold
}
