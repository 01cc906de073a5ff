// Package theme holds the colours of Lectern as values.
//
// A [Theme] says what every part of a screen looks like, in two forms: an RGB
// colour, and one of the sixteen colours every terminal has, picked by hand. A
// [Palette] is a theme fitted to one terminal's colour profile, once; whoever
// draws with it never has to ask again what the terminal can show.
//
// Themes and palettes are immutable and may be shared by all goroutines.
package theme

// Role names a part of a screen that has a colour of its own.
type Role uint8

// The roles. Text is the terminal's own foreground in every theme.
const (
	Text Role = iota
	Muted
	Title
	Accent
	Heading
	Link
	Code
	Quote
	Rule
	Error
	Keyword
	String
	Number
	Comment
	Name
	Type
	Inserted
	Deleted
	roles // how many there are
)

// ink is one colour in its two forms. An empty form is the terminal's own
// foreground.
type ink struct {
	rgb   string // "#rrggbb"
	basic Color  // "0" to "15"
}

// A Theme is a set of colours chosen to be read together on one kind of
// background.
type Theme struct {
	// Name is what the reader sees when the theme is chosen, and part of the
	// identity of what is drawn with it: no two themes share one.
	Name string
	// Dark says which background the colours were chosen for.
	Dark bool

	inks [roles]ink
}

// All lists the themes in the order in which a reader goes through them.
func All() []Theme {
	return []Theme{Dark(), Night(), Light(), Paper(), Plain()}
}

// Dark is for light text on a dark background.
//
// Of the sixteen colours it avoids 4, 8 and 12: the Linux console and older
// xterms draw them too dark to read on black.
func Dark() Theme {
	return Theme{
		Name: "dark",
		Dark: true,
		inks: [roles]ink{
			Muted:    {"#9a9aad", "7"},
			Title:    {"#f6efe0", "15"},
			Accent:   {"#f2c078", "11"},
			Heading:  {"#f2c078", "11"},
			Link:     {"#8ab8ff", "14"},
			Code:     {"#a6dcb6", "10"},
			Quote:    {"#c3c3d2", "7"},
			Rule:     {"#78788c", "7"},
			Error:    {"#ff8d8d", "9"},
			Keyword:  {"#cdb0ff", "13"},
			String:   {"#a6dcb6", "10"},
			Number:   {"#f4b88a", "11"},
			Comment:  {"#9a9aad", "7"},
			Name:     {"#8ab8ff", "14"},
			Type:     {"#84d8d4", "14"},
			Inserted: {"#a6dcb6", "10"},
			Deleted:  {"#ff9d9d", "9"},
		},
	}
}

// Light is for dark text on a light background.
//
// Of the sixteen colours it uses 1, 4 and 5 alone: the others are too pale to
// read on white.
func Light() Theme {
	return Theme{
		Name: "light",
		inks: [roles]ink{
			Muted:    {"#656573", ""},
			Title:    {"#16161d", ""},
			Accent:   {"#984500", "1"},
			Heading:  {"#984500", "1"},
			Link:     {"#0a55c2", "4"},
			Code:     {"#1a6a3c", "5"},
			Quote:    {"#50505f", ""},
			Rule:     {"#8a8a99", ""},
			Error:    {"#b3261e", "1"},
			Keyword:  {"#7530ab", "5"},
			String:   {"#1a6a3c", "1"},
			Number:   {"#984500", "1"},
			Comment:  {"#656573", ""},
			Name:     {"#0a55c2", "4"},
			Type:     {"#00686b", "4"},
			Inserted: {"#1a6a3c", "4"},
			Deleted:  {"#b3261e", "1"},
		},
	}
}

// Night is for light text on a dark background, in cool and quiet colours.
func Night() Theme {
	t := Dark()
	t.Name = "night"
	rgb := map[Role]string{
		Muted: "#8f9bad", Title: "#e3ebf5", Accent: "#7cc4d6", Heading: "#9db8f0", Link: "#7cc4d6", Code: "#b3c8a4", Quote: "#b8c2d2", Rule: "#6c788c", Error: "#f29c9c",
		Keyword: "#9db8f0", String: "#b3c8a4", Number: "#d9b78f", Comment: "#8f9bad", Name: "#7cc4d6", Type: "#c4aee0", Inserted: "#b3c8a4", Deleted: "#f29c9c",
	}
	for role, c := range rgb {
		t.inks[role].rgb = c
	}
	t.inks[Accent].basic, t.inks[Heading].basic = "14", "14"
	return t
}

// Paper is for dark text on a light background, in the colours of ink and print.
func Paper() Theme {
	t := Light()
	t.Name = "paper"
	rgb := map[Role]string{
		Muted: "#6b645a", Title: "#221c14", Accent: "#8c2f1b", Heading: "#5c3a10", Link: "#1f5a7a", Code: "#4f5d1f", Quote: "#575046", Rule: "#8d867b", Error: "#a02020",
		Keyword: "#7a2f5a", String: "#4f5d1f", Number: "#8c4a0b", Comment: "#6b645a", Name: "#1f5a7a", Type: "#2a6158", Inserted: "#4f5d1f", Deleted: "#a02020",
	}
	for role, c := range rgb {
		t.inks[role].rgb = c
	}
	t.inks[Heading].basic, t.inks[Accent].basic = "5", "1"
	return t
}

// Plain has no colours: it marks with bold, underline and reverse only, and so
// reads on every background.
func Plain() Theme {
	return Theme{Name: "plain", Dark: true}
}
