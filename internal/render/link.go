package render

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"charm.land/glamour/v2/ansi"

	"lectern/internal/text"
)

// A hyperlink draws elements under a link. glamour v2.0.1 has an element for it
// that writes the address as it stands, which ends the sequence early where a
// byte of it is a C1 control; this one writes the link's number, which is
// exchanged for an encoded address when the line is written.
type hyperlink struct {
	children []ansi.ElementRenderer
	number   int
}

// Render draws the link.
func (h hyperlink) Render(w io.Writer, ctx ansi.RenderContext) error {
	return h.draw(w, func(e ansi.ElementRenderer) error { return e.Render(w, ctx) })
}

// StyleOverrideRender draws the link inside emphasis.
func (h hyperlink) StyleOverrideRender(w io.Writer, ctx ansi.RenderContext, style ansi.StylePrimitive) error {
	return h.draw(w, func(e ansi.ElementRenderer) error { return override(e, w, ctx, style) })
}

func (h hyperlink) draw(w io.Writer, child func(ansi.ElementRenderer) error) error {
	_, _ = fmt.Fprintf(w, "\x1b]8;;%d\a", h.number)
	for _, e := range h.children {
		if err := child(e); err != nil {
			return err
		}
	}
	_, err := io.WriteString(w, "\x1b]8;;\a")
	return err
}

// link is an element under a link to an address. label is the text of the
// element; where the terminal cannot hide the address behind it, the address
// follows, unless the label says it already.
func (p *pen) link(children []ansi.ElementRenderer, address, label string) ansi.ElementRenderer {
	if len(address) > maxListed {
		return group(children)
	}
	known, ok := p.addresses[address]
	if !ok {
		known = text.Line(address)
		p.addresses[address] = known
	}
	if address = known; address == "" {
		return group(children)
	}
	s := p.sheet
	target, ok := p.targets[address]
	if !ok {
		if target = encode(p.resolve(address)); len(target) > maxAddress {
			target = ""
		}
		p.targets[address] = target
	}
	s.links = append(s.links, address)
	s.targets = append(s.targets, target)
	h := hyperlink{children: children, number: len(s.links)}
	if p.hides || target == "" || strings.TrimSuffix(label, "/") == strings.TrimSuffix(strings.TrimPrefix(address, "mailto:"), "/") {
		return h
	}
	if isRelative(address) {
		address = target
	}
	written := &ansi.BaseElement{Token: literal(" (" + address + ")"), Style: base(p.palette, inMuted)}
	return group{h, written}
}

// A group draws elements one after the other.
type group []ansi.ElementRenderer

// Render draws the group.
func (g group) Render(w io.Writer, ctx ansi.RenderContext) error {
	for _, e := range g {
		if err := e.Render(w, ctx); err != nil {
			return err
		}
	}
	return nil
}

// StyleOverrideRender draws the group inside emphasis.
func (g group) StyleOverrideRender(w io.Writer, ctx ansi.RenderContext, style ansi.StylePrimitive) error {
	for _, e := range g {
		if err := override(e, w, ctx, style); err != nil {
			return err
		}
	}
	return nil
}

// struck draws elements as struck out: with a line through them, or between
// marks where there is no line.
func (p *pen) struck(children []ansi.ElementRenderer) ansi.ElementRenderer {
	style := p.config.Strikethrough
	if style.Prefix == "" {
		return crossed{children}
	}
	return group{&ansi.BaseElement{Token: style.Prefix}, group(children), &ansi.BaseElement{Token: style.Suffix}}
}

// Crossed draws elements with a line through them.
type crossed struct{ group }

// Render draws the elements.
func (c crossed) Render(w io.Writer, ctx ansi.RenderContext) error {
	return c.StyleOverrideRender(w, ctx, ansi.StylePrimitive{})
}

// StyleOverrideRender draws the elements inside emphasis.
func (c crossed) StyleOverrideRender(w io.Writer, ctx ansi.RenderContext, style ansi.StylePrimitive) error {
	style.CrossedOut = on(true)
	return c.group.StyleOverrideRender(w, ctx, style)
}

// override draws an element in a style where the element can take one.
func override(e ansi.ElementRenderer, w io.Writer, ctx ansi.RenderContext, style ansi.StylePrimitive) error {
	if s, ok := e.(ansi.StyleOverriderElementRenderer); ok {
		return s.StyleOverrideRender(w, ctx, style)
	}
	return e.Render(w, ctx)
}

func itoa(n int) string { return strconv.Itoa(n) }
