package tree

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"lectern/internal/blog"
	"lectern/internal/text"
)

// elements are the names of the folders of tags, by the folded tag. The rules are:
//
//   - a tag that can be a name is its own: C++, go, 日本語;
//   - what parts a path, or no file on Windows may have in its name, becomes "-",
//     for the files are copied there: CI/CD is CI-CD;
//   - a dot or dash at the start becomes "_", so that no folder is hidden, is "."
//     or "..", or is taken for an option: .NET is _NET;
//   - dots and blanks at the end go, which Windows takes off;
//   - of two that would be one, also where case does not count, those that had to
//     be changed get -2, -3 and so on, in the order of the folded tags.
//
// A name has no control characters, for a tag has none, and at most the
// [blog.MaxTag] bytes of the tag and a number.
func elements(tags []blog.Tag) map[string]string {
	type named struct {
		key, name string
		isOther   bool // than the tag
	}
	list := make([]named, 0, len(tags))
	for _, t := range tags {
		name := element(t.Name)
		list = append(list, named{text.Fold(t.Name), name, name != t.Name})
	}
	slices.SortFunc(list, func(a, b named) int {
		if a.isOther != b.isOther {
			if b.isOther {
				return -1
			}
			return 1
		}
		return cmp.Compare(a.key, b.key)
	})
	names := make(map[string]string, len(list))
	taken := make(map[string]bool, len(list)) // folded, as where case does not count
	number := map[string]int{}                // to be tried next behind a name, so that many alike do not take long
	for _, t := range list {
		name := t.name
		for n := max(2, number[t.name]); taken[text.Fold(name)]; n++ {
			name = t.name + "-" + strconv.Itoa(n)
			number[t.name] = n + 1
		}
		taken[text.Fold(name)] = true
		names[t.key] = name
	}
	return names
}

// element makes a tag a single element of a path.
func element(tag string) string {
	tag = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/\:*?"<>|`, r) {
			return '-'
		}
		return r
	}, tag)
	if strings.HasPrefix(tag, ".") || strings.HasPrefix(tag, "-") {
		tag = "_" + tag[1:]
	}
	return strings.TrimRight(tag, ". ")
}
