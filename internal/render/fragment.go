package render

import (
	"fmt"
	"net/url"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"
)

// elsewhere are names of what stands around a post on the web.
var elsewhere = setOf("top toc comments comment respond disqusthread footnotes footer content main")

// fragment says what is wrong with a link to a name in the post itself.
func (k *check) fragment(name string) (message, mend string) {
	if s, err := url.PathUnescape(name); err == nil {
		name = s
	}
	same := sameName(name)
	if same == "" || elsewhere[same] || strings.HasPrefix(same, "fn") || strings.HasPrefix(name, ":~:") ||
		k.names[same] || k.names[strings.TrimRight(same, "0123456789")] {
		return "", ""
	}
	for _, form := range []string{`"` + name + `"`, "'" + name + "'", "=" + name, "{#" + name, "{: #" + name, "{:#" + name} {
		if strings.Contains(k.written, form) {
			return "", ""
		}
	}
	for _, kept := range k.spelled {
		if holdsInOrder(same, kept) {
			return "", ""
		}
	}
	return fmt.Sprintf("the link %q leads nowhere: no heading of this post is called that", shown("#"+name)),
		"mend it, or write {#" + shown(name) + "} behind the heading that it means"
}

// headings notes what the headings of a post are called, as they are parsed and
// as they are written: a formula before them may be taken for more than it is.
func (k *check) headings(root ast.Node) {
	k.name(k.post.Title)
	for line := range strings.Lines(k.written) {
		if strings.HasPrefix(line, "#") {
			k.name(line)
		}
	}
	k.walk(root, func(n ast.Node) {
		h, ok := n.(*ast.Heading)
		if !ok {
			return
		}
		k.name(k.plain(h))
		if id, ok := h.AttributeString("id"); ok {
			if id, ok := id.([]byte); ok {
				k.name(string(id))
			}
		}
	})
}

// name notes what a fragment may name, with a number in front of it and
// without. Some programs spell what is not ASCII: 🦀 is crab.
func (k *check) name(s string) {
	kept := strings.Map(func(r rune) rune {
		if r < 0x80 {
			return r
		}
		return -1
	}, s)
	if len(kept) < len(s) && len(k.spelled) < maxSpelled {
		k.spelled = append(k.spelled, sameName(kept))
	}
	if s = sameName(s); s == "" {
		return
	}
	k.names[s] = true
	if s = strings.TrimLeft(s, "0123456789"); s != "" {
		k.names[s] = true
	}
}

// sameName is what is left of a name when all that programs change in it is
// taken away.
func sameName(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// holdsInOrder reports whether all bytes of kept stand in s, in their order.
func holdsInOrder(s, kept string) bool {
	for i := 0; i < len(s) && kept != ""; i++ {
		if s[i] == kept[0] {
			kept = kept[1:]
		}
	}
	return kept == ""
}
