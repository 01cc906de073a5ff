package render

import (
	"strings"

	"charm.land/glamour/v2/ansi"
)

// A weave gathers the elements of a block in the order in which they stand.
// Tags of HTML open and close frames in it; a tag that is never closed counts
// for nothing but the link it makes.
type weave struct {
	p      *pen
	words  strings.Builder // not in an element yet
	frames []frame         // the first is the block
	hidden int             // frames whose text is not shown
}

// A frame is a tag that stands open.
type frame struct {
	tag     string
	address string // of a link
	es      []ansi.ElementRenderer
}

func newWeave(p *pen) *weave { return &weave{p: p, frames: make([]frame, 1, 2)} }

// write adds text as it stands.
func (w *weave) write(s string) {
	if w.hidden == 0 {
		w.words.WriteString(s)
	}
}

// flush makes an element of the text so far.
func (w *weave) flush() {
	if w.words.Len() > 0 {
		top := &w.frames[len(w.frames)-1]
		top.es = append(top.es, &ansi.BaseElement{Token: literal(w.words.String())})
		w.words.Reset()
	}
}

// add adds elements.
func (w *weave) add(es ...ansi.ElementRenderer) {
	w.flush()
	top := &w.frames[len(w.frames)-1]
	top.es = append(top.es, es...)
}

// tag takes a tag: it opens or closes a frame, or stands for something itself.
func (w *weave) tag(t tag) {
	switch {
	case t.name == "br":
		w.write("\n")
	case t.name == "wbr":
	case t.closes:
		w.close(t.name)
	case t.name == "img" || t.name == "image":
		if w.p.targetOf(t.get("src")) != "" {
			w.add(w.p.picture(t.get("alt"), t.get("src")))
		}
	case isMedia[t.name]:
		if e := w.p.media(t); e != nil {
			w.add(e)
		}
		if hides[t.name] && !t.empty {
			w.open(frame{tag: t.name})
		}
	case t.name == "a":
		w.open(frame{tag: "a", address: t.get("href")})
	case frames[t.name] && !t.empty:
		w.open(frame{tag: t.name})
	}
}

// frames are the tags that change what stands in them.
var frames = setOf("b strong em i cite var dfn code kbd samp tt del s strike sub sup q script style template noscript select title head")

// hides are the tags whose text is not for readers.
var hides = setOf("iframe video audio object embed script style template select title head")

func setOf(names string) map[string]bool {
	set := map[string]bool{}
	for name := range strings.FieldsSeq(names) {
		set[name] = true
	}
	return set
}

// open opens a frame. Where too many are open, the tag counts for nothing.
func (w *weave) open(f frame) {
	w.flush()
	if len(w.frames) > maxInline {
		if f.address != "" {
			w.add(w.p.link(nil, f.address, ""))
		}
		return
	}
	w.frames = append(w.frames, f)
	if hides[f.tag] {
		w.hidden++
	}
}

// close closes a frame, and those in it that are still open.
func (w *weave) close(tag string) {
	for i := len(w.frames) - 1; i > 0; i-- {
		if w.frames[i].tag != tag {
			continue
		}
		for len(w.frames) > i+1 {
			w.pop(false)
		}
		w.pop(true)
		return
	}
}

// pop takes the last frame off; closed says that its tag was closed.
func (w *weave) pop(closed bool) {
	w.flush()
	f := w.frames[len(w.frames)-1]
	w.frames = w.frames[:len(w.frames)-1]
	if hides[f.tag] {
		w.hidden--
	}
	if closed || f.tag == "a" {
		f.es = w.p.framed(f)
	}
	w.add(f.es...)
}

// done is the elements.
func (w *weave) done() []ansi.ElementRenderer {
	for len(w.frames) > 1 {
		w.pop(false)
	}
	w.flush()
	return w.frames[0].es
}

// framed is what stands in a frame, in the style of its tag.
func (p *pen) framed(f frame) []ansi.ElementRenderer {
	said, simple := said(f.es)
	var e ansi.ElementRenderer
	switch f.tag {
	case "a":
		if f.address == "" || strings.HasPrefix(f.address, "#") {
			return f.es
		}
		if len(f.es) == 0 {
			said = f.address
			f.es = []ansi.ElementRenderer{&ansi.BaseElement{Token: literal(said)}}
		}
		e = p.link(f.es, p.targetOf(f.address), strings.TrimSpace(said))
	case "b", "strong":
		e = &ansi.EmphasisElement{Level: 2, Children: f.es}
	case "em", "i", "cite", "var", "dfn":
		e = &ansi.EmphasisElement{Level: 1, Children: f.es}
	case "q":
		e = group{&ansi.BaseElement{Token: "“"}, group(f.es), &ansi.BaseElement{Token: "”"}}
	}
	if e != nil {
		return []ansi.ElementRenderer{e}
	}
	if !simple || strings.TrimSpace(said) == "" {
		return f.es
	}
	switch f.tag {
	case "code", "kbd", "samp", "tt":
		e = &ansi.CodeSpanElement{Text: said, Style: p.config.Code.StylePrimitive}
	case "del", "s", "strike":
		e = &ansi.BaseElement{Token: literal(said), Style: p.config.Strikethrough}
	case "sub":
		e = &ansi.BaseElement{Token: literal(script(said, "_", subscripts))}
	case "sup":
		e = &ansi.BaseElement{Token: literal(script(said, "^", superscripts))}
	default:
		return f.es
	}
	return []ansi.ElementRenderer{e}
}

// said is the text of elements, and whether they are nothing but text.
func said(es []ansi.ElementRenderer) (s string, simple bool) {
	simple = true
	var b strings.Builder
	for _, e := range es {
		switch e := e.(type) {
		case *ansi.BaseElement:
			b.WriteString(strings.ReplaceAll(e.Token, string(escapedBackslash), `\`))
		case *ansi.CodeSpanElement:
			b.WriteString(e.Text)
		default:
			simple = false
		}
	}
	return b.String(), simple
}

// The signs that Unicode has above and below the line.
const (
	plainSigns   = "0123456789+-=()n"
	superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ"
	subscripts   = "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₙ"
)

// script is text above or below the line: in the signs that there are for it,
// else after a mark. The endings of ordinal numbers need none.
func script(s, mark, signs string) string {
	s = strings.TrimSpace(s)
	switch strings.ToLower(s) {
	case "st", "nd", "rd", "th", "tm", "®", "™":
		return s
	}
	raised := []rune(signs)
	var b strings.Builder
	for _, r := range s {
		i := strings.IndexRune(plainSigns, r)
		if i < 0 {
			if len([]rune(s)) == 1 {
				return mark + s
			}
			return mark + "(" + s + ")"
		}
		b.WriteRune(raised[i])
	}
	return b.String()
}
