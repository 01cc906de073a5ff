package render

import (
	"os"
	"testing"

	"pgregory.net/rapid"
)

func TestChangeIsUndoneByApply(t *testing.T) {
	colors := []string{"", "31", "97", "38;5;200", "38;2;1;22;255"}
	grounds := []string{"", "41", "107", "48;5;200", "48;2;1;22;255"}
	looks := rapid.Custom(func(t *rapid.T) look {
		return look{
			fg:    rapid.SampledFrom(colors).Draw(t, "fg"),
			bg:    rapid.SampledFrom(grounds).Draw(t, "bg"),
			attrs: uint8(rapid.IntRange(0, 1<<len(sgrCodes)-1).Draw(t, "attrs")),
		}
	})
	rapid.Check(t, func(t *rapid.T) {
		from, to := looks.Draw(t, "from"), looks.Draw(t, "to")
		sequence := string(from.change(nil, to))
		if from == to {
			if sequence != "" {
				t.Fatalf("got %q for no change", sequence)
			}
			return
		}
		if got := from.apply(sequence[2 : len(sequence)-1]); got != to {
			t.Fatalf("from %+v: %q gives %+v, want %+v", from, sequence, got, to)
		}
	})
}

func TestChangeIsShort(t *testing.T) {
	red := look{fg: "31"}
	for _, tt := range []struct {
		from, to look
		want     string
	}{
		{look{}, red, "\x1b[31m"},
		{red, look{}, "\x1b[m"},
		{red, look{fg: "32"}, "\x1b[32m"},
		{red, look{fg: "31", attrs: bold}, "\x1b[1m"},
		{look{attrs: bold}, red, "\x1b[0;31m"},
	} {
		if got := string(tt.from.change(nil, tt.to)); got != tt.want {
			t.Errorf("%+v to %+v: got %q, want %q", tt.from, tt.to, got, tt.want)
		}
	}
}

func TestApplyTakesAttributesBack(t *testing.T) {
	all := look{fg: "31", bg: "41", attrs: bold | faint | italic | underline | reverse | strike}
	for params, want := range map[string]look{
		"22":             {fg: "31", bg: "41", attrs: italic | underline | reverse | strike},
		"23;24":          {fg: "31", bg: "41", attrs: bold | faint | reverse | strike},
		"39;49":          {attrs: all.attrs},
		"":               {},
		"38;2;1":         all, // cut short
		"1;0;38;5;9":     {fg: "38;5;9"},
		"48;2;1;2;3;105": {fg: "31", bg: "105", attrs: all.attrs},
	} {
		if got := all.apply(params); got != want {
			t.Errorf("%q: got %+v, want %+v", params, got, want)
		}
	}
}

func TestColouredCodeTakesFewBytes(t *testing.T) {
	source, err := os.ReadFile("html.go") // as much code and as little prose as a guide of a library has
	if err != nil {
		t.Fatal(err)
	}
	body := "```go\n" + string(source) + "```\n"
	if got, most := len(Render(postOf(body), options(80)).text), 3*len(body); got > most {
		t.Errorf("%d bytes of code are drawn as %d, want at most %d", len(body), got, most)
	}
}
