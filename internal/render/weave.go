package render

import (
	"strings"

	"charm.land/glamour/v2/ansi"

	"lectern/internal/text"
)

// A weave gathers the elements of a block in the order in which they stand.
// Tags of HTML open and close frames in it; a tag that is never closed counts
// for nothing but the link it makes.
type weave struct {
	p      *pen
	words  strings.Builder // not in an element yet
	frames []frame         // the first is the block
	hidden int             // frames whose text is not shown
	made   int             // elements
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

// breaks ends the line, if there is something on it.
func (w *weave) breaks() {
	said := strings.TrimRight(w.words.String(), " ")
	if strings.HasSuffix(said, "\n") {
		return
	}
	for i := 0; said == "" && i < len(w.frames); i++ {
		if len(w.frames[i].es) > 0 {
			said = " "
		}
	}
	if said != "" {
		w.write("\n")
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
	w.made += len(es)
	top := &w.frames[len(w.frames)-1]
	top.es = append(top.es, es...)
}

// tag takes a tag: it opens or closes a frame, or stands for something itself.
func (w *weave) tag(t tag) {
	w.p.sheet.anchor(t.get("id"))
	if t.name == "a" {
		w.p.sheet.anchor(t.get("name"))
	}
	switch {
	case w.made > maxElements && t.get("src") != "":
		w.write(" (" + t.get("src") + ") ")
	case t.name == "br":
		w.write("\n")
	case t.name == "wbr":
	case (t.name == "progress" || t.name == "meter") && t.get("value") != "":
		w.write(t.get("value"))
		if most := t.get("max"); most != "" {
			w.write("/" + most)
		}
	case t.closes && parts[t.name]:
		w.breaks()
	case t.closes:
		w.close(t.name)
	case t.name == "img" || t.name == "image":
		if src := t.shows(); src != "" || t.get("alt") != "" {
			w.add(w.p.picture(t.get("alt"), src))
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
	case t.name == "li":
		w.breaks()
		w.write("• ")
	case parts[t.name]:
		w.breaks()
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
	if len(w.frames) > maxInline || w.made > maxElements {
		if f.address != "" {
			w.write(" (" + text.Line(f.address) + ") ")
		}
		return
	}
	w.flush()
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
		if f.address == "" {
			return f.es
		}
		if len(f.es) == 0 {
			said = f.address
			f.es = []ansi.ElementRenderer{&ansi.BaseElement{Token: literal(said)}}
		}
		e = p.link(f.es, targetOf(f.address), strings.TrimSpace(said))
	case "b", "strong":
		e = &ansi.EmphasisElement{Level: 2, Children: f.es}
	case "em", "i", "cite", "var", "dfn":
		e = &ansi.EmphasisElement{Level: 1, Children: f.es}
	case "del", "s", "strike":
		e = p.struck(f.es)
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
