package render

import (
	"path"
	"strings"
)

// A shortcode is a tag of Liquid or Hugo: a name, and what it is given.
type shortcode struct {
	name   string
	args   []string // without a name of their own
	named  map[string]string
	value  bool // {{ … }}: stands for a value
	liquid bool // {% … %}
	angled bool // {{< … >}}: what it encloses is no Markdown
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
		t.value, t.liquid, t.angled = marks[0] == "{{", marks[0] == "{%", marks[0] == "{{<"
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
	if name, args, ok := call(strings.Trim(inner, " \t\n-")); ok && calls(window) {
		inner, t.value = name+" "+args, false
	}
	words := wordsOf(strings.Trim(inner, " \t\n-/*"))
	if t.value && len(words) > 1 && pictures[words[0]] && words[1] != unquote(words[1]) {
		t.value = false // a function of a Go template
	}
	if strings.HasPrefix(strings.TrimLeft(inner, " \t\n-"), "/") && len(words) > 0 {
		words[0] = "/" + words[0]
	}
	t.named = map[string]string{}
	for i, w := range words {
		if i == 0 && !t.value {
			if t.name = strings.ToLower(w); strings.HasSuffix(w, ",") { // {% note, words %}
				t.name = strings.TrimSuffix(t.name, ",")
				t.args = append(t.args, ",")
			}
			continue
		}
		if k, v, ok := strings.Cut(w, "="); ok && k != "" && !strings.Contains("0123456789", k[:1]) &&
			strings.Trim(k, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-") == "" {
			t.named[strings.ToLower(k)] = unquote(uncomma(v, t.liquid))
		} else if bare := uncomma(w, t.liquid); bare != unquote(bare) {
			t.args = append(t.args, bare)
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

// pictures are the functions of Go templates that show what is at an address.
var pictures = setOf("audio iframe image img video")

// calls reports whether a tag is of a kind that may call: {{ … }} or {% … %}.
func calls(s string) bool { return !strings.HasPrefix(s, "{{<") && !strings.HasPrefix(s, "{{%") }

// call parts name(a="b", c=d), as Zola has it, into its name and its words.
func call(s string) (name, args string, ok bool) {
	name, args, ok = strings.Cut(s, "(")
	if !ok || name == "" || strings.Trim(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_:") != "" {
		return "", "", false
	}
	args, ok = strings.CutSuffix(strings.TrimSpace(args), ")")
	var quote byte
	words := []byte(args)
	for i, c := range words {
		switch {
		case quote != 0:
			if c == quote && words[i-1] != '\\' {
				quote = 0
			}
		case c == '"' || c == '\'' || c == '`':
			quote = c
		case c == ',':
			words[i] = ' '
		}
	}
	return name, string(words), ok
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
				if ch == quote && s[end-1] != '\\' {
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

// uncomma is a word without the comma that parts it from the next, as Eleventy
// and Hexo have it.
func uncomma(s string, liquid bool) string {
	if liquid {
		return strings.TrimSuffix(s, ",")
	}
	return s
}

func unquote(s string) string {
	if len(s) > 1 && strings.IndexByte("\"'`", s[0]) >= 0 && s[len(s)-1] == s[0] {
		return strings.ReplaceAll(s[1:len(s)-1], "\\"+s[:1], s[:1])
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

// language is the language of the source code that follows, and title what it
// is called.
func (t shortcode) language() (lang, title string) {
	var titles []string
	for i, a := range t.args {
		a = unquote(a)
		if l, ok := strings.CutPrefix(a, "lang:"); ok {
			lang = l
		} else if t.name == "highlight" || t.name == "code" && i == 0 {
			if i == 0 && !strings.ContainsAny(a, ":/ `~") {
				lang = a
			}
		} else if !strings.Contains(a, ":") || strings.Contains(a, "://") {
			titles = append(titles, a)
		}
	}
	if lang == "" {
		lang = t.first("lang", "language")
	}
	if title = t.first("title"); title == "" && (t.name == "codeblock" || t.name == "code") {
		title = strings.Join(titles, " ")
	}
	return lang, title
}

var (
	inLabel  = strings.NewReplacer("[", `\[`, "]", `\]`, "\n", " ")
	inTarget = strings.NewReplacer("<", "%3C", ">", "%3E", "\n", "")
)

// linkTo is a link in Markdown.
func linkTo(label, address string) string {
	return "[" + inLabel.Replace(label) + "](<" + inTarget.Replace(address) + ">)"
}
