package render

import (
	"path"
	"strings"
)

// A shortcode is a tag of Liquid or Hugo: a name, and what it is given.
type shortcode struct {
	name  string
	args  []string // without a name of their own
	named map[string]string
	value bool // {{ … }}: stands for a value
}

// shortcodeAt reads the tag that s begins with; it has no bytes where s begins
// with none or it does not end.
func shortcodeAt(s string) (t shortcode, size int) {
	window := s[:min(len(s), maxTag)]
	if end := strings.Index(window, "\n\n"); end >= 0 {
		window = window[:end]
	}
	var inner string
	for _, marks := range [...][2]string{{"{{<", ">}}"}, {"{{%", "%}}"}, {"{%", "%}"}, {"{{", "}}"}} {
		if !strings.HasPrefix(window, marks[0]) {
			continue
		}
		end := strings.Index(window[len(marks[0]):], marks[1])
		if end < 0 {
			return t, 0
		}
		t.value = marks[0] == "{{"
		inner = window[len(marks[0]) : len(marks[0])+end]
		if strings.Contains(inner, "{{") || strings.Contains(inner, "{%") {
			return t, 0 // another one begins before this one ends
		}
		size = len(marks[0]) + end + len(marks[1])
		if t.value && strings.HasPrefix(window[size:], "}") {
			size++
		}
		break
	}
	if size == 0 {
		return t, 0
	}
	words := wordsOf(strings.Trim(inner, " \t\n-/*"))
	if strings.HasPrefix(strings.TrimLeft(inner, " \t\n-"), "/") && len(words) > 0 {
		words[0] = "/" + words[0]
	}
	t.named = map[string]string{}
	for i, w := range words {
		if i == 0 && !t.value {
			t.name = strings.ToLower(w)
			continue
		}
		if k, v, ok := strings.Cut(w, "="); ok && k != "" && strings.Trim(k, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_-") == "" {
			t.named[strings.ToLower(k)] = unquote(v)
		} else {
			t.args = append(t.args, w)
		}
	}
	if t.name == "include" && len(t.args) > 0 {
		t.name = strings.ToLower(strings.TrimSuffix(path.Base(t.args[0]), path.Ext(t.args[0])))
		t.args = t.args[1:]
	}
	return t, size
}

// wordsOf are the words of a tag; one in quotes may hold blanks.
func wordsOf(s string) []string {
	var words []string
	for s = strings.TrimSpace(s); s != ""; s = strings.TrimLeft(s, " \t\n") {
		var quote byte
		end := 0
		for ; end < len(s); end++ {
			switch ch := s[end]; {
			case quote != 0:
				if ch == quote {
					quote = 0
				}
			case ch == '"' || ch == '\'' || ch == '`':
				if end == 0 || s[end-1] == '=' {
					quote = ch
				}
			case ch == ' ' || ch == '\t' || ch == '\n':
			default:
				continue
			}
			if quote == 0 && strings.IndexByte(" \t\n", s[end]) >= 0 {
				break
			}
		}
		words = append(words, s[:end])
		s = s[end:]
	}
	return words
}

func unquote(s string) string {
	if len(s) > 1 && strings.IndexByte("\"'`", s[0]) >= 0 && s[len(s)-1] == s[0] {
		return s[1 : len(s)-1]
	}
	return s
}

// arg is argument i, empty where there is none.
func (t shortcode) arg(i int) string {
	if i >= len(t.args) {
		return ""
	}
	return unquote(t.args[i])
}

// first is the first of some named arguments that is given.
func (t shortcode) first(names ...string) string {
	for _, name := range names {
		if v := t.named[name]; v != "" {
			return v
		}
	}
	return ""
}

// language is the language of the source code that follows.
func (t shortcode) language() string {
	for _, a := range t.args {
		if a = strings.TrimPrefix(unquote(a), "lang:"); !strings.ContainsAny(a, ":/ `~") {
			return a
		}
	}
	return t.first("lang", "language")
}

// markdown is what a tag stands for; target says that it is where a link leads.
func (t shortcode) markdown(target bool) string {
	if t.value {
		if v := t.arg(0); len(t.args) > 0 && v != t.args[0] {
			return v
		}
		return ""
	}
	switch t.name {
	case "ref", "relref", "post_url", "link", "post_path", "asset_path":
		v := t.arg(0)
		if v == "" {
			v = t.first("path")
		}
		if target {
			v = strings.ReplaceAll(v, " ", "%20")
		}
		return v
	case "post_link":
		label := strings.Join(t.args[min(1, len(t.args)):], " ")
		if label == "" {
			label = t.arg(0)
		}
		return linkTo(unquote(label), t.arg(0))
	case "figure", "img", "image", "asset_img", "picture", "imgcap":
		return t.picture()
	case "gist":
		id := strings.Trim(t.arg(0)+"/"+t.arg(1), "/")
		if strings.Contains(t.arg(1), ".") {
			id = t.arg(0)
		}
		return linkTo("gist: "+id, "https://gist.github.com/"+id)
	case "tweet", "twitter", "x":
		user, id := t.first("user"), t.first("id")
		if user != "" && id != "" {
			return linkTo("post by "+user, "https://twitter.com/"+user+"/status/"+id)
		}
	}
	if place, ok := videos(t.name); ok {
		id := t.first("id", "url", "src")
		if id == "" {
			id = t.arg(0)
		}
		if !strings.Contains(id, "://") && id != "" {
			id = place + id
		}
		if id != "" {
			return linkTo("video: "+strings.Replace(shortAddress(id), "/watch", "/"+t.arg(0)+t.first("id"), 1), id)
		}
	}
	return t.unknown()
}

// videos is where the films of a tag are shown.
func videos(name string) (place string, ok bool) {
	switch name {
	case "youtube", "youtubeplayer", "yt":
		return "https://www.youtube.com/watch?v=", true
	case "vimeo":
		return "https://vimeo.com/", true
	case "video":
		return "", true
	}
	return "", false
}

// picture is the picture that a tag shows, with its caption.
func (t shortcode) picture() string {
	src := t.first("src", "url", "link", "image_path", "file", "path")
	caption := t.first("caption", "title", "alt")
	for i, a := range t.args {
		a = unquote(a)
		if src == "" && strings.ContainsAny(a, "/.") {
			src = a
			for _, more := range t.args[i+1:] {
				if unquote(more) != more && caption == "" {
					caption = unquote(more)
				}
			}
		}
	}
	if src == "" {
		return caption
	}
	return "!" + linkTo(caption, src)
}

// unknown is what is worth keeping of a tag that is not known: a link.
func (t shortcode) unknown() string {
	label := t.first("title", "caption", "text", "name", "alt")
	href := t.first("href", "url", "link", "src")
	for _, a := range t.args {
		if a = unquote(a); href == "" && (strings.HasPrefix(a, "http://") || strings.HasPrefix(a, "https://")) {
			href = a
		}
	}
	if strings.HasPrefix(href, "http://") || strings.HasPrefix(href, "https://") {
		if label == "" {
			label = strings.TrimPrefix(t.name, "/") + ": " + shortAddress(href)
		}
		return linkTo(label, href)
	}
	return label
}

// linkTo is a link in Markdown.
func linkTo(label, address string) string {
	label = strings.NewReplacer("[", `\[`, "]", `\]`, "\n", " ").Replace(label)
	address = strings.NewReplacer("<", "%3C", ">", "%3E", "\n", "").Replace(address)
	return "[" + label + "](<" + address + ">)"
}
