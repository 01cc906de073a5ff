package render

import "strings"

// picture is the picture that a tag shows, with its caption and who made it.
func (t shortcode) picture() string {
	src := t.first("src", "url", "link", "image_path", "file", "path", "image", "img", "filename")
	var names, words []string // that can be the label of a link, and all others
	said := map[string]bool{"": true, src: true}
	say := func(s string) {
		if s = strings.TrimSpace(s); said[s] {
			return
		}
		said[s] = true
		if strings.ContainsAny(s, "<`") || strings.Contains(s, "](") || strings.Contains(s, "://") {
			words = append(words, s)
		} else {
			names = append(names, s)
		}
	}
	for _, name := range []string{"alt", "caption", "title", "description"} {
		say(t.named[name])
	}
	for i, a := range t.args {
		if a = uncomma(unquote(a), t.liquid); src == "" && strings.ContainsAny(a, "/.") {
			src, said[a] = a, true
			for _, text := range captions(t.args[i+1:]) {
				say(text)
			}
		}
	}
	if from := t.first("attrlink"); isWeb(from) {
		by := t.first("attr")
		if by == "" {
			by = shortAddress(from)
		}
		words = append(words, linkTo(by, from))
	} else {
		say(t.first("attr"))
	}
	label := ""
	if src != "" {
		if len(names) > 0 {
			label, names = names[0], names[1:]
		}
		label = "!" + linkTo(label, src)
		if to := t.first("link", "href"); to != src && (isWeb(to) || strings.HasPrefix(to, "/")) {
			label = linkAround(label, to)
		}
	}
	return strings.TrimSpace(label + " " + strings.Join(append(names, words...), ". "))
}

// linkAround is a link around what is Markdown already.
func linkAround(words, address string) string {
	return "[" + words + "](<" + inTarget.Replace(address) + ">)"
}

// isWeb reports whether an address leads somewhere on the web.
func isWeb(address string) bool {
	return strings.HasPrefix(address, "http://") || strings.HasPrefix(address, "https://")
}

// captions are the texts after the address of a picture: those in quotes, and
// words without them as one. Numbers are sizes.
func captions(args []string) []string {
	var texts, words []string
	for _, a := range args {
		switch u := unquote(a); {
		case isSizes(u):
		case u != a:
			texts = append(texts, u)
		case !isSize(strings.Trim(a, "[],")):
			words = append(words, a)
		}
	}
	return append(texts, strings.Join(words, " "))
}

// isSize reports whether a word tells how large something is.
func isSize(s string) bool { return strings.Trim(s, "0123456789.%px:") == "" }

// isSizes reports whether a text is what a picture takes of a window: 100vw, or
// (min-width: 30em) 50vw.
func isSizes(s string) bool {
	return isSize(strings.TrimSuffix(s, "vw")) && strings.HasSuffix(s, "vw") || strings.HasPrefix(s, "(m") && strings.Contains(s, "-width:")
}
