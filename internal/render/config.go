package render

import (
	"charm.land/glamour/v2/ansi"

	"lectern/internal/theme"
)

// A kind is what a text stands in; each has a base style that the styles of
// emphasis and code are laid over.
type kind uint8

const (
	inText kind = iota
	inQuote
	inTitle // of the post
	inHead1
	inHead2
	inHead3
	inHead4
	inTableHead
	inTerm  // of a definition
	inAlert // the name of a note
	inMuted
	kinds
)

// headKind is the kind of a heading of a level from 1 to 6.
func headKind(level int) kind {
	return inHead1 + kind(min(max(level, 1), 4)-1)
}

// isHead reports whether it is a heading.
func (k kind) isHead() bool { return k >= inHead1 && k <= inHead4 }

// config is glamour's style configuration for a palette. It has no margins, no
// indents and no colours of code blocks: blocks are laid out here.
func config(p *theme.Palette) ansi.StyleConfig {
	attrs := p.Attributes()
	c := ansi.StyleConfig{
		Emph:          ansi.StylePrimitive{Italic: on(attrs)},
		Strong:        ansi.StylePrimitive{Bold: on(attrs)},
		Strikethrough: ansi.StylePrimitive{CrossedOut: on(attrs)},
		Code:          ansi.StyleBlock{StylePrimitive: ansi.StylePrimitive{Color: ink(p.Code)}},
		Image:         ansi.StylePrimitive{Color: ink(p.Muted), Italic: on(attrs)},
	}
	if p.Code == "" {
		// With no colour to tell code from words, the author's marks stay.
		c.Code.Prefix, c.Code.Suffix = "`", "`"
	}
	if !attrs {
		c.Strikethrough.Prefix, c.Strikethrough.Suffix = "~~", "~~"
	}
	return c
}

// base is the style of what is drawn in a kind.
func base(p *theme.Palette, k kind) ansi.StylePrimitive {
	attrs := on(p.Attributes())
	switch k {
	case inQuote:
		return ansi.StylePrimitive{Color: ink(p.Quote)}
	case inTitle:
		return ansi.StylePrimitive{Color: ink(p.Title), Bold: attrs}
	case inHead1:
		return ansi.StylePrimitive{Color: ink(p.Heading), Bold: attrs, Underline: attrs}
	case inHead2:
		return ansi.StylePrimitive{Color: ink(p.Heading), Bold: attrs}
	case inHead3:
		return ansi.StylePrimitive{Color: ink(p.Title), Bold: attrs}
	case inHead4:
		return ansi.StylePrimitive{Color: ink(p.Title), Bold: attrs, Italic: attrs}
	case inTableHead, inTerm:
		return ansi.StylePrimitive{Bold: attrs}
	case inAlert:
		return ansi.StylePrimitive{Color: ink(p.Accent), Bold: attrs}
	case inMuted:
		return ansi.StylePrimitive{Color: ink(p.Muted)}
	default:
		return ansi.StylePrimitive{}
	}
}

// on is a pointer to true, or nil: glamour knows three states.
func on(b bool) *bool {
	if !b {
		return nil
	}
	return &b
}

// ink is a colour as glamour takes it, nil for the terminal's own.
func ink(c theme.Color) *string {
	if c == "" {
		return nil
	}
	s := string(c)
	return &s
}
