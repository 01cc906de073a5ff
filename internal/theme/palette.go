package theme

import (
	"fmt"
	"image/color"
	"slices"
	"strconv"
	"sync"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
)

// Color is a colour fitted to one terminal: "#rrggbb", "0" to "255", or empty
// for the terminal's own foreground.
type Color string

// A Palette is a theme fitted to what one terminal can show. It is immutable
// once made by [Theme.For].
type Palette struct {
	// Theme is the theme's name, and Dark the background it was made for.
	Theme string
	Dark  bool
	// Profile is what the terminal can show.
	Profile colorprofile.Profile

	Muted, Title, Accent, Heading, Link, Code, Quote, Rule, Error Color

	// The colours of the parts of source code.
	Keyword, String, Number, Comment, Name, Type, Inserted, Deleted Color

	// Ready styles for the screens; Styled(s) wraps s, and leaves it as it is
	// where the terminal shows no attributes.
	//
	// AccentStyle marks what is selected. It reverses where there is no colour
	// to tell it from a title. EmphasisStyle and CodeStyle are for what stands
	// out in a title, BarStyle is for the progress mark, KeyStyle for the names
	// of keys in a footer.
	TextStyle, MutedStyle, TitleStyle, EmphasisStyle, CodeStyle, AccentStyle, HeadingStyle, LinkStyle, ErrorStyle, KeyStyle, BarStyle ansi.Style

	// HitStyle marks words that were looked for, HereStyle those of them that the
	// reader is at.
	HitStyle, HereStyle ansi.Style
}

// For fits the theme to a colour profile. ASCII leaves no colour at all, NoTTY
// no attributes either; an unknown profile counts as ASCII. All who ask share one
// palette.
func (t Theme) For(p colorprofile.Profile) *Palette {
	if p == colorprofile.Unknown {
		p = colorprofile.ASCII
	}
	if pal, ok := palettes()[fitting{t, p}]; ok {
		return pal
	}
	return t.palette(p)
}

// A fitting is what a palette is made from.
type fitting struct {
	theme   Theme
	profile colorprofile.Profile
}

// palettes are those of all themes and profiles, made once: to find the nearest of
// 256 colours for each of a theme's takes longer than to paint a screen.
var palettes = sync.OnceValue(func() map[fitting]*Palette {
	all := make(map[fitting]*Palette)
	for _, t := range All() {
		for p := colorprofile.NoTTY; p <= colorprofile.TrueColor; p++ {
			all[fitting{t, p}] = t.palette(p)
		}
	}
	return all
})

// palette makes the theme's palette for a profile.
func (t Theme) palette(p colorprofile.Profile) *Palette {
	fit := func(r Role) Color { return t.inks[r].fit(p) }
	pal := &Palette{
		Theme:    t.Name,
		Dark:     t.Dark,
		Profile:  p,
		Muted:    fit(Muted),
		Title:    fit(Title),
		Accent:   fit(Accent),
		Heading:  fit(Heading),
		Link:     fit(Link),
		Code:     fit(Code),
		Quote:    fit(Quote),
		Rule:     fit(Rule),
		Error:    fit(Error),
		Keyword:  fit(Keyword),
		String:   fit(String),
		Number:   fit(Number),
		Comment:  fit(Comment),
		Name:     fit(Name),
		Type:     fit(Type),
		Inserted: fit(Inserted),
		Deleted:  fit(Deleted),
	}
	pal.ready()
	return pal
}

// Key identifies the palette: two palettes with one key draw alike.
func (p *Palette) Key() string {
	return p.Theme + "/" + strconv.Itoa(int(p.Profile))
}

// Attributes reports whether the terminal shows bold, underline and the like.
func (p *Palette) Attributes() bool {
	return p.Profile > colorprofile.NoTTY
}

// Colored reports whether the palette has any colour.
func (p *Palette) Colored() bool {
	return p.Accent != ""
}

// ready builds the styles for the screens.
func (p *Palette) ready() {
	if !p.Attributes() {
		return
	}
	p.MutedStyle = foreground(p.Muted)
	p.TitleStyle = foreground(p.Title).Bold()
	p.EmphasisStyle = foreground(p.Title).Bold().Italic(true)
	p.CodeStyle = foreground(p.Code)
	p.AccentStyle = foreground(p.Accent).Bold()
	p.HeadingStyle = foreground(p.Heading).Bold()
	p.LinkStyle = foreground(p.Link).Underline(true)
	p.ErrorStyle = foreground(p.Error).Bold()
	p.HitStyle = ansi.Style{}.Reverse(true)
	p.HereStyle = foreground(p.Accent).Bold().Reverse(true)
	p.KeyStyle = foreground(p.Accent)
	p.BarStyle = foreground(p.Accent)
	if !p.Colored() {
		p.AccentStyle = p.AccentStyle.Reverse(true)
		p.KeyStyle = p.KeyStyle.Bold()
		p.HitStyle = ansi.Style{}.Underline(true)
	}
	// A style is a slice, and adding to it may write into spare room that all
	// who hold the palette share: leave none.
	for _, s := range []*ansi.Style{
		&p.TextStyle, &p.MutedStyle, &p.TitleStyle, &p.EmphasisStyle, &p.CodeStyle, &p.AccentStyle, &p.HeadingStyle,
		&p.LinkStyle, &p.ErrorStyle, &p.KeyStyle, &p.BarStyle, &p.HitStyle, &p.HereStyle,
	} {
		*s = slices.Clip(*s)
	}
}

// foreground is the style that sets one foreground colour and nothing else.
func foreground(c Color) ansi.Style {
	if v := c.value(); v != nil {
		return ansi.Style{}.ForegroundColor(v)
	}
	return ansi.Style{}
}

// value is the colour as the ansi package takes it, nil for the terminal's own.
func (c Color) value() color.Color {
	if c == "" {
		return nil
	}
	if c[0] == '#' {
		return parseRGB(string(c))
	}
	n, err := strconv.ParseUint(string(c), 10, 8)
	if err != nil {
		return nil
	}
	if n < 16 {
		return ansi.BasicColor(n)
	}
	return ansi.IndexedColor(n)
}

// fit is the colour in the best form that the profile can show.
func (i ink) fit(p colorprofile.Profile) Color {
	switch {
	case i.rgb == "" || p <= colorprofile.ASCII:
		return ""
	case p == colorprofile.ANSI:
		return i.basic
	case p == colorprofile.ANSI256:
		return Color(strconv.Itoa(int(ansi.Convert256(parseRGB(i.rgb)))))
	default:
		return Color(i.rgb)
	}
}

// parseRGB reads "#rrggbb". A colour written in any other way is black: the
// tests look at every colour there is.
func parseRGB(s string) color.RGBA {
	var c color.RGBA
	if _, err := fmt.Sscanf(s, "#%02x%02x%02x", &c.R, &c.G, &c.B); err != nil {
		return color.RGBA{A: 0xff}
	}
	c.A = 0xff
	return c
}
