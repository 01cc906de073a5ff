package render

import (
	"fmt"
	"io"
	"net/url"
	"strconv"
	"strings"

	"charm.land/glamour/v2/ansi"

	"lectern/internal/text"
)

// An anchor draws elements under a link. glamour v2.0.1 has an element for it
// that writes the address as it stands, which ends the sequence early where a
// byte of it is a C1 control; this one writes the link's number, which is
// exchanged for an encoded address when the line is written.
type anchor struct {
	children []ansi.ElementRenderer
	number   int
}

// Render draws the anchor.
func (a anchor) Render(w io.Writer, ctx ansi.RenderContext) error {
	return a.draw(w, func(e ansi.ElementRenderer) error { return e.Render(w, ctx) })
}

// StyleOverrideRender draws the anchor inside emphasis.
func (a anchor) StyleOverrideRender(w io.Writer, ctx ansi.RenderContext, style ansi.StylePrimitive) error {
	return a.draw(w, func(e ansi.ElementRenderer) error { return override(e, w, ctx, style) })
}

func (a anchor) draw(w io.Writer, child func(ansi.ElementRenderer) error) error {
	_, _ = fmt.Fprintf(w, "\x1b]8;;%d\a", a.number)
	for _, e := range a.children {
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
	if len(address) > maxAddress {
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
		target = encode(address)
		p.targets[address] = target
	}
	s.links = append(s.links, address)
	s.targets = append(s.targets, target)
	a := anchor{children: children, number: len(s.links)}
	if p.hides || target == "" || strings.TrimSuffix(label, "/") == strings.TrimSuffix(strings.TrimPrefix(address, "mailto:"), "/") {
		return a
	}
	written := &ansi.BaseElement{Token: literal(" (" + address + ")"), Style: base(p.palette, inMuted)}
	return group{a, written}
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

// override draws an element in a style where the element can take one.
func override(e ansi.ElementRenderer, w io.Writer, ctx ansi.RenderContext, style ansi.StylePrimitive) error {
	if s, ok := e.(ansi.StyleOverriderElementRenderer); ok {
		return s.StyleOverrideRender(w, ctx, style)
	}
	return e.Render(w, ctx)
}

// encode is an address as OSC 8 takes it: printable ASCII only. It is empty for
// what a terminal has no use for: relative addresses and other schemes.
func encode(address string) string {
	scheme, _, _ := strings.Cut(address, ":")
	switch strings.ToLower(scheme) {
	case "http", "https", "mailto":
	default:
		return ""
	}
	if u, err := url.Parse(address); err != nil || u.Scheme != "mailto" && u.Host == "" {
		return ""
	}
	var b strings.Builder
	for i := range len(address) {
		if c := address[i]; c > ' ' && c < 0x7f {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}

func itoa(n int) string { return strconv.Itoa(n) }
