package blog

import (
	"fmt"
	"path"
	"runtime/debug"
	"strings"
	"time"

	"lectern/internal/text"
)

// A draft is what one file gives: a post, or the reason why there is none.
type draft struct {
	post     *Post     // with the slug it asks for; nil when broken or hidden
	named    bool      // the slug was written by the author
	spares   []string  // slugs that are as good, for when the one it asks for is taken
	hidden   bool      // the author does not want it shown
	broken   bool      // an older version is to be preferred
	kept     bool      // broken, but post and all else are of the last good version
	from     time.Time // when it is published: its date, or what is said beside that
	until    time.Time // when it is taken back, zero for never
	stub     *stub     // the file only leads elsewhere
	problems []Problem
}

// A parser reads one file.
type parser struct {
	file string
	pack *packer
	draft
}

func (p *parser) problem(level Level, line int, message, mend string) {
	p.problems = append(p.problems, Problem{
		File: text.Line(p.file), Line: line, Level: level, Message: message, Mend: mend,
	})
}

func (p *parser) fail(line int, message, mend string) draft {
	p.problem(Error, line, message, mend)
	p.broken = true
	p.problems = perFile(p.problems)
	return p.draft
}

// failed is the draft of a file that cannot be read.
func failed(file, message, mend string) draft {
	p := parser{file: file}
	return p.fail(0, message, mend)
}

// parse makes a post of a file's bytes. It never panics: should a parser
// below do so, the file is broken and the rest of the blog is not.
func parse(file string, data []byte, pack *packer) (d draft) {
	defer func() {
		if r := recover(); r != nil {
			line, _, _ := strings.Cut(string(debug.Stack()), "\n")
			d = failed(file, fmt.Sprintf("cannot be read: %s", text.Field(fmt.Sprint(r, " ", line), 200)), "please report it with the file")
		}
	}()
	p := &parser{file: file, pack: pack}
	return p.parse(data)
}

func (p *parser) parse(data []byte) draft {
	decoded, repairs := text.Decode(data)
	what := binaryData(decoded)
	var src source
	if what == "" {
		src = split(text.Clean(decoded))
	}
	if isReadme(path.Base(p.file)) && !isIndex(src) {
		return draft{} // about the files beside it, and none of the blog's
	}
	if what != "" {
		return p.fail(0, what, "save it as UTF-8 text, or give it another extension")
	}
	for _, r := range repairs {
		p.problem(Warning, r.Line, r.What, "save the file as UTF-8 with the right character")
	}
	if i := strings.IndexByte(decoded, 0); i >= 0 {
		p.problem(Warning, 1+strings.Count(decoded[:i], "\n"), "a NUL byte is left out", "remove it")
	}
	for _, w := range src.warnings {
		p.problem(Warning, w.line, w.message, w.mend)
	}
	p.hidden = isDraftFile(p.file) || src.held
	if src.broken != nil {
		p.problem(Error, src.broken.line, src.broken.message, src.broken.mend)
		p.broken = true
	} else {
		p.checkFields(src.fields)
	}
	told := len(p.problems)
	isEmpty := strings.TrimSpace(src.body) == ""
	switch {
	case p.hidden:
		p.build(src, nil) // for its problems: the day it is shown must hold no surprise
	case isEmpty && src.format == "":
		return p.fail(0, "the file is empty", "write a post into it or delete it")
	case isEmpty && p.broken: // there is nothing to show
	case isEmpty && p.readStub(src.fields):
	default:
		p.post = p.build(src, data)
	}
	if p.broken { // what else is wrong may come of that
		p.problems = p.problems[:told]
	}
	p.problems = perFile(p.problems)
	return p.draft
}
