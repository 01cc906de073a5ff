package render

import (
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/lexers"

	"lectern/internal/theme"
)

// A painter colours source code, as long as there is budget.
type painter struct {
	budget int // bytes
	time   time.Duration
	looks  map[chroma.TokenType]look
	p      *theme.Palette
}

// paint is source code in colours; plain where the language has no name or is
// not known. chroma's registry of languages is only read, and none of its
// styles is used: they are shared by name with the whole process.
func (p *painter) paint(source, lang string) flow {
	expanded := expandTabs(source)
	if lang == "" || !p.p.Colored() || len(source) > p.budget || longestLine(source) > maxCodeLine {
		return plainFlow(expanded, look{})
	}
	lexer := languages()[strings.ToLower(lang)]
	if lexer == nil {
		return plainFlow(expanded, look{})
	}
	p.budget -= len(source)
	runs := agreed(func() []run { return p.tokens(lexer, expanded) })
	if runs == nil {
		return plainFlow(expanded, look{})
	}
	return flow{text: expanded, runs: runs}
}

// agreed is what two tries in a row come to, nil when they do not agree or one
// comes to nothing. chroma v2.14.0 takes a match that timed out for none, and
// the clock of regexp2 v1.11.0 jumps when it was stopped or the machine is
// busy, which times out whatever is being matched at that moment: now and then
// source code would be coloured wrong, and kept so in the cache.
func agreed(try func() []run) []run {
	const tries = 4
	last := try()
	for range tries - 1 {
		if last == nil {
			return nil
		}
		again := try()
		if slices.Equal(last, again) {
			return again
		}
		last = again
	}
	return nil
}

// tokens is the looks of source code, nil when they cannot be told in time.
func (p *painter) tokens(lexer chroma.Lexer, source string) []run {
	begin := time.Now()
	defer func() { p.time -= time.Since(begin) }()
	next, err := chroma.Coalesce(lexer).Tokenise(&chroma.TokeniseOptions{State: "root", EnsureLF: true}, source)
	if err != nil {
		return nil
	}
	var runs []run
	at := 0
	for t := next(); t != chroma.EOF && at < len(source); t = next() {
		value := t.Value[:min(len(t.Value), len(source)-at)] // a last newline may be added
		if source[at:at+len(value)] != value || time.Since(begin) > p.time {
			return nil
		}
		at += len(value)
		l := p.look(t.Type)
		if n := len(runs); n > 0 && runs[n-1].look == l {
			runs[n-1].end = at
		} else {
			runs = append(runs, run{end: at, look: l})
		}
	}
	if at < len(source) {
		return nil
	}
	return runs
}

// languages are chroma's, by name, alias and file extension in lower case.
// chroma v2.14.0 takes milliseconds to find out that it does not know a name.
var languages = sync.OnceValue(func() map[string]chroma.Lexer {
	m := map[string]chroma.Lexer{}
	add := func(name string, l chroma.Lexer) {
		if name = strings.ToLower(name); m[name] == nil {
			m[name] = l
		}
	}
	all := lexers.GlobalLexerRegistry.Lexers
	for _, l := range all {
		add(l.Config().Name, l)
	}
	for _, l := range all {
		for _, alias := range l.Config().Aliases {
			add(alias, l)
		}
	}
	for _, l := range all {
		for _, file := range l.Config().Filenames {
			if ext, ok := strings.CutPrefix(file, "*."); ok && !strings.ContainsAny(ext, "*?[") {
				add(ext, l)
			}
		}
	}
	return m
})

// look is how a kind of token is drawn.
func (p *painter) look(t chroma.TokenType) look {
	if l, ok := p.looks[t]; ok {
		return l
	}
	l := look{fg: foreground(p.color(t))}
	switch {
	case t.InCategory(chroma.Comment) && t != chroma.CommentPreproc:
		l.attrs |= italic
	case t == chroma.GenericEmph:
		l.attrs |= italic
	case t == chroma.GenericStrong, t == chroma.GenericHeading, t == chroma.GenericSubheading:
		l.attrs |= bold
	}
	p.looks[t] = l
	return l
}

// color is the colour of a kind of token.
func (p *painter) color(t chroma.TokenType) theme.Color {
	switch t {
	case chroma.KeywordType, chroma.NameClass, chroma.NameBuiltin, chroma.NameBuiltinPseudo, chroma.NameNamespace, chroma.NameException:
		return p.p.Type
	case chroma.NameFunction, chroma.NameFunctionMagic, chroma.NameTag, chroma.NameAttribute, chroma.NameDecorator, chroma.NameProperty:
		return p.p.Name
	case chroma.CommentPreproc, chroma.CommentPreprocFile, chroma.KeywordConstant, chroma.NameConstant:
		return p.p.Number
	case chroma.GenericInserted:
		return p.p.Inserted
	case chroma.GenericDeleted, chroma.GenericError, chroma.GenericTraceback:
		return p.p.Deleted
	case chroma.GenericHeading, chroma.GenericSubheading, chroma.GenericPrompt:
		return p.p.Heading
	case chroma.GenericOutput:
		return p.p.Muted
	}
	switch {
	case t.InCategory(chroma.Keyword), t == chroma.OperatorWord:
		return p.p.Keyword
	case t.InSubCategory(chroma.LiteralNumber):
		return p.p.Number
	case t.InCategory(chroma.Literal):
		return p.p.String
	case t.InCategory(chroma.Comment):
		return p.p.Comment
	}
	return ""
}

// longestLine is the bytes of the longest line.
func longestLine(s string) int {
	n := 0
	for line := range strings.SplitSeq(s, "\n") {
		n = max(n, len(line))
	}
	return n
}
