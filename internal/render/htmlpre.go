package render

import "strings"

// beginPre takes the tag that begins source code.
func (w *webpage) beginPre(t tag) {
	if !t.closes {
		w.pre, w.lang = &strings.Builder{}, languageClass(t)
	}
}

// inPre takes a tag inside source code: only the end of it counts.
func (w *webpage) inPre(t tag) {
	switch {
	case t.name == "pre" && t.closes:
		w.endPre()
	case t.name == "code" && w.lang == "":
		w.lang = languageClass(t)
	case t.name == "br":
		w.pre.WriteByte('\n')
	}
}

// endPre writes the source code so far: as a block, or as lines of a cell.
func (w *webpage) endPre() {
	source := strings.Trim(w.pre.String(), "\n")
	w.pre = nil
	if strings.TrimSpace(source) == "" {
		return
	}
	if w.table != nil {
		w.in().breaks()
		w.weave.write(kept(source))
		w.weave.breaks()
		return
	}
	w.gap()
	w.l.showCode(source+"\n", info{lang: w.lang}, w.margin())
}

// kept is source code whose lines keep their indent in a flow, which drops the
// blanks that a line begins with.
func kept(source string) string {
	var b strings.Builder
	for line := range strings.Lines(source) {
		line = expandTabs(line)
		inner := strings.TrimLeft(line, " ")
		b.WriteString(strings.Repeat("\u00a0", len(line)-len(inner)) + inner)
	}
	return b.String()
}

// languageClass is the language that a class names: language-go, lang-go.
func languageClass(t tag) string {
	for class := range strings.FieldsSeq(t.get("class")) {
		for _, prefix := range []string{"language-", "lang-", "brush:"} {
			if name, ok := strings.CutPrefix(class, prefix); ok {
				return infoOf(name).lang
			}
		}
	}
	if lang := t.get("lang"); lang != "" {
		return infoOf(lang).lang
	}
	return ""
}
