package theme

import (
	"fmt"
	"image/color"
	"math"
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
)

var profiles = []colorprofile.Profile{
	colorprofile.NoTTY, colorprofile.ASCII, colorprofile.ANSI, colorprofile.ANSI256, colorprofile.TrueColor,
}

// xterm is what xterm shows for the sixteen colours, which of the common
// palettes is the hardest to read.
var xterm = [16]string{
	"#000000", "#cd0000", "#00cd00", "#cdcd00", "#0000ee", "#cd00cd", "#00cdcd", "#e5e5e5",
	"#7f7f7f", "#ff0000", "#00ff00", "#ffff00", "#5c5cff", "#ff00ff", "#00ffff", "#ffffff",
}

// shown is the RGB form of a colour that is not the terminal's own.
func shown(c Color) color.Color {
	switch v := c.value().(type) {
	case ansi.BasicColor:
		return parseRGB(xterm[v])
	default:
		return v
	}
}

// luminance and contrast are those of WCAG 2.
func luminance(c color.Color) float64 {
	r, g, b, _ := c.RGBA()
	linear := func(v uint32) float64 {
		f := float64(v) / 0xffff
		if f <= 0.03928 {
			return f / 12.92
		}
		return math.Pow((f+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(r) + 0.7152*linear(g) + 0.0722*linear(b)
}

func contrast(a, b color.Color) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func TestContrastIsThatOfWCAG(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		want float64
	}{{"#000000", "#ffffff", 21}, {"#777777", "#ffffff", 4.48}, {"#ff0000", "#ffffff", 4.0}} {
		if got := contrast(parseRGB(tt.a), parseRGB(tt.b)); math.Abs(got-tt.want) > 0.01 {
			t.Errorf("%s on %s: got %.2f, want %.2f", tt.a, tt.b, got, tt.want)
		}
	}
}

func TestEveryColorReadsOnItsBackground(t *testing.T) {
	backgrounds := map[bool][]string{true: {"#16161d", "#000000"}, false: {"#ffffff"}}
	for _, th := range All() {
		for _, p := range profiles {
			for role := range roles {
				c := th.inks[role].fit(p)
				if c == "" {
					continue
				}
				want := 4.5
				if role == Rule { // lines and bars, no text
					want = 3
				}
				for _, background := range backgrounds[th.Dark] {
					if got := contrast(shown(c), parseRGB(background)); got < want {
						t.Errorf("%s, %v, role %d: %s on %s has %.2f, want %.1f", th.Name, p, role, c, background, got, want)
					}
				}
			}
		}
	}
}

func TestEveryColorIsWrittenAsItIsRead(t *testing.T) {
	for _, th := range All() {
		for role, in := range th.inks {
			if in == (ink{}) {
				continue
			}
			if c := parseRGB(in.rgb); fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B) != in.rgb {
				t.Errorf("%s, role %d: %q is no colour", th.Name, role, in.rgb)
			}
			if v := in.basic.value(); v != nil {
				if _, ok := v.(ansi.BasicColor); !ok {
					t.Errorf("%s, role %d: %q is none of the sixteen", th.Name, role, in.basic)
				}
			} else if in.basic != "" {
				t.Errorf("%s, role %d: %q is no colour", th.Name, role, in.basic)
			}
		}
	}
}

func TestPaletteHasWhatTheProfileShows(t *testing.T) {
	th := Dark()
	for p, want := range map[colorprofile.Profile]Color{
		colorprofile.Unknown:   "",
		colorprofile.NoTTY:     "",
		colorprofile.ASCII:     "",
		colorprofile.ANSI:      "11",
		colorprofile.ANSI256:   "216",
		colorprofile.TrueColor: "#f2c078",
	} {
		if got := th.For(p).Heading; got != want {
			t.Errorf("%v: got %q, want %q", p, got, want)
		}
	}
}

// styles are all the ready styles of a palette.
func styles(p *Palette) []ansi.Style {
	return []ansi.Style{
		p.TextStyle, p.MutedStyle, p.TitleStyle, p.AccentStyle, p.HeadingStyle,
		p.LinkStyle, p.ErrorStyle, p.KeyStyle, p.BarStyle,
	}
}

func TestNoAttributesWithoutATerminal(t *testing.T) {
	for _, th := range All() {
		for i, s := range styles(th.For(colorprofile.NoTTY)) {
			if got := s.Styled("x"); got != "x" {
				t.Errorf("%s, style %d: got %q", th.Name, i, got)
			}
		}
	}
}

func TestNoColorsInPlainOrOnATerminalWithout(t *testing.T) {
	for _, p := range []*Palette{Plain().For(colorprofile.TrueColor), Dark().For(colorprofile.ASCII), Light().For(colorprofile.ASCII)} {
		if p.Colored() {
			t.Errorf("%s: claims colours", p.Key())
		}
		for i, s := range styles(p) {
			for _, param := range s {
				if !strings.Contains("1 4 7", param) {
					t.Errorf("%s, style %d: got %q, want bold, underline and reverse only", p.Key(), i, s)
				}
			}
		}
		if got := p.AccentStyle.Styled("x"); got == p.TitleStyle.Styled("x") || got == "x" {
			t.Errorf("%s: what is selected looks like a title: %q", p.Key(), got)
		}
	}
}

func TestKeysTellPalettesApart(t *testing.T) {
	seen := map[string]bool{}
	for _, th := range All() {
		for _, p := range profiles {
			key := th.For(p).Key()
			if seen[key] {
				t.Errorf("%s twice", key)
			}
			seen[key] = true
			if again := th.For(p).Key(); again != key {
				t.Errorf("got %s, then %s", key, again)
			}
		}
	}
}

func TestStylesAreNotWrittenByWhoAddsToThem(t *testing.T) {
	p := Dark().For(colorprofile.TrueColor)
	for i, s := range styles(p) {
		if len(s) != cap(s) {
			t.Errorf("style %d has room for %d more", i, cap(s)-len(s))
		}
	}
}

func TestThemesCycleFromDark(t *testing.T) {
	var got []string
	for _, th := range All() {
		got = append(got, th.Name)
	}
	if strings.Join(got, " ") != "dark night light paper plain" {
		t.Errorf("got %v", got)
	}
}

func TestAPaletteIsMadeOnce(t *testing.T) {
	for _, th := range All() {
		for _, p := range profiles {
			if got, again := th.For(p), th.For(p); got != again {
				t.Errorf("%s for %v is made twice", th.Name, p)
			}
			if got, want := th.For(p).Key(), th.palette(p).Key(); got != want {
				t.Errorf("%s for %v: got the palette %s, want %s", th.Name, p, got, want)
			}
			if n := testing.AllocsPerRun(10, func() { th.For(p) }); n != 0 {
				t.Errorf("%s for %v: got %v allocations, want none", th.Name, p, n)
			}
		}
	}
}
