package render

import (
	"strings"
	"testing"
)

func TestPlaceFindsItsLineAgain(t *testing.T) {
	for _, width := range []int{20, 40, 80, 100} {
		d := Render(postOf(kitchen(t)), options(width))
		for i := range d.Len() {
			if got := d.Find(d.Place(i)); got != i {
				t.Fatalf("at %d cells: line %d found as %d, place %+v", width, i, got, d.Place(i))
			}
		}
	}
}

// TestPlaceSurvivesAnotherWidth numbers every word, so that the words of a line
// tell where in the post it is.
func TestPlaceSurvivesAnotherWidth(t *testing.T) {
	var b strings.Builder
	for i := range 3000 {
		b.WriteString("w" + itoa(10000+i))
		switch {
		case i%211 == 0:
			b.WriteString("\n\n- ")
		case i%97 == 0:
			b.WriteString("\n\n> ")
		case i%71 == 0:
			b.WriteString("\n\n")
		default:
			b.WriteByte(' ')
		}
	}
	first := func(line string) string {
		at := strings.Index(line, "w1")
		if at < 0 {
			return ""
		}
		return line[at : at+6]
	}
	wide, narrow := Render(postOf(b.String()), options(90)), Render(postOf(b.String()), options(37))
	for i := range wide.Len() {
		word := first(wide.Line(i))
		if word == "" {
			continue
		}
		j := narrow.Find(wide.Place(i))
		if !strings.Contains(narrow.Line(j), word) {
			t.Fatalf("line %d begins with %s, found at %q", i, word, narrow.Line(j))
		}
	}
}

func TestPlaceOfAnotherPostIsSomewhere(t *testing.T) {
	d := Render(postOf("a\n\nb"), options(40))
	for _, p := range []Place{{-1, 0}, {0, -1}, {0, 1000}, {1000, 0}, {1, 1 << 30}} {
		if i := d.Find(p); i < 0 || i >= d.Len() {
			t.Errorf("%+v: got line %d of %d", p, i, d.Len())
		}
	}
	for _, i := range []int{-1, 0, 1000} {
		if got := d.Find(d.Place(i)); got < 0 || got >= d.Len() {
			t.Errorf("line %d: got %d", i, got)
		}
	}
	if got := new(Document).Find(Place{3, 4}); got != 0 {
		t.Errorf("got %d in an empty document", got)
	}
}

func TestEveryLineIsAPlace(t *testing.T) {
	for name, body := range map[string]string{
		"an indent wider than the screen": "    " + strings.Repeat("\t", 9) + "x\n",
		"blank lines of a cell":           "<table><tr><td>a<br><br>b<td>c</table>",
	} {
		d := Render(postOf(body), options(20))
		for i := range d.Len() {
			if got := d.Find(d.Place(i)); got != i {
				t.Errorf("%s: line %d is found on line %d in %q", name, i, got, d.String())
			}
		}
	}
}
