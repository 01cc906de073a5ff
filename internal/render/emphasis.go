package render

import (
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	gtext "github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// An emphasis reads "*…*", "_…_" and "~~…~~". It differs from CommonMark and
// GitHub in two rules: a mark beside a Chinese, Japanese or Korean letter opens
// and closes whatever punctuation stands on its other side, for there are no
// blanks between words; and a single tilde is a tilde, as in "3~5".
type emphasis struct {
	strikes bool // it is of tildes
}

// Trigger implements parser.InlineParser.
func (emphasis) Trigger() []byte { return []byte{'*', '_', '~'} }

// Parse implements parser.InlineParser.
func (emphasis) Parse(_ ast.Node, r gtext.Reader, pc parser.Context) ast.Node {
	before := r.PrecendingCharacter()
	line, segment := r.PeekLine()
	d := parser.ScanDelimiter(line, before, 1, emphasis{strikes: line[0] == '~'})
	if d.Char == '~' && (d.OriginalLength != 2 || before == '~') {
		return nil
	}
	after := ' '
	if rest := line[d.OriginalLength:]; len(rest) > 0 {
		after, _ = utf8.DecodeRune(rest)
	}
	if eastern(before) || eastern(after) {
		d.CanOpen, d.CanClose = flanks(before, after, d.Char == '_')
	}
	d.Segment = segment.WithStop(segment.Start + d.OriginalLength)
	r.Advance(d.OriginalLength)
	pc.PushDelimiter(d)
	return d
}

// flanks reports what a mark may do between two characters, one of which is
// eastern.
func flanks(before, after rune, underscore bool) (opens, closes bool) {
	space := util.IsSpaceRune
	punct := func(r rune) bool { return util.IsPunctRune(r) && !eastern(r) }
	left := !space(after) && (!punct(after) || space(before) || punct(before) || eastern(before))
	right := !space(before) && (!punct(before) || space(after) || punct(after) || eastern(after))
	if underscore {
		return left && (!right || util.IsPunctRune(before)), right && (!left || util.IsPunctRune(after))
	}
	return left, right
}

// IsDelimiter implements parser.DelimiterProcessor.
func (emphasis) IsDelimiter(c byte) bool { return c == '*' || c == '_' || c == '~' }

// CanOpenCloser implements parser.DelimiterProcessor.
func (emphasis) CanOpenCloser(opener, closer *parser.Delimiter) bool {
	return opener.Char == closer.Char
}

// OnMatch implements parser.DelimiterProcessor.
func (e emphasis) OnMatch(level int) ast.Node {
	if e.strikes {
		return east.NewStrikethrough()
	}
	return ast.NewEmphasis(level)
}
