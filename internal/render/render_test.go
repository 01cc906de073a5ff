package render

import (
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/charmbracelet/colorprofile"
	"github.com/google/go-cmp/cmp"

	"lectern/internal/blog"
	"lectern/internal/theme"
)

// bare is the lines of a document without sequences, below the head.
func bare(d *Document) string {
	_, body, _ := strings.Cut(sequences.ReplaceAllString(d.String(), ""), "min\n")
	return strings.TrimPrefix(body, "\n")
}

func TestRenderLaysOut(t *testing.T) {
	tests := []struct{ name, body, want string }{
		{"a paragraph at words", "one two three four five six", "one two three four\nfive six\n"},
		{"a word wider than the line", "x aaaaaaaaaabbbbbbbbbbcccccccccc", "x\naaaaaaaaaabbbbbbbbbb\ncccccccccc\n"},
		{"a hyphen inside a word", "some words long-winded", "some words long-\nwinded\n"},
		{"a flag whole", "the compiler has --target", "the compiler has\n--target\n"},
		{"blanks in a row as one", "a  b\t c <!-- d --> e", "a b c e\n"},
		{"soft breaks as blanks", "one\ntwo", "one two\n"},
		{"soft breaks in Chinese as nothing", "一二\n三四", "一二三四\n"},
		{"soft breaks in Chinese beside emphasis, code and links", "前。\n*斜*后\n`码`，\n[链](/u)\n**粗**\n末。", "前。斜后码，链粗末。\n"},
		{"soft breaks in Chinese inside of them", "**[链](/u)\n*斜*\n后**\n[一\n二](/u)", "链斜后一二\n"},
		{"soft breaks between Chinese and Latin", "前\n`go`\n后\n*a*\n末", "前 go 后 a 末\n"},
		{"hard breaks", "one\\\ntwo  \nthree<br>four", "one\ntwo\nthree\nfour\n"},
		{"Chinese anywhere but before a full stop", "一二三四五六七八九十。", "一二三四五六七八九\n十。\n"},
		{"escapes", `\$ \~ \" \* \\* &amp; &copy;`, "$ ~ \" * \\* & ©\n"},
		{"tight lists", "- a\n- b\n  - c", "• a\n• b\n  ◦ c\n"},
		{"loose lists", "- a\n\n- b", "• a\n\n• b\n"},
		{"lists with a hanging indent", "- one two three four five", "• one two three four\n  five\n"},
		{"numbers to the right, as counted", "9. a\n10. b", " 9. a\n10. b\n"},
		{"numbers with a bracket", "1) a\n2) b", "1) a\n2) b\n"},
		{"tasks", "- [ ] a\n- [x] b", "[ ] a\n[x] b\n"},
		{"numbered tasks", "1. [ ] a\n2. [x] b", "1. [ ] a\n2. [x] b\n"},
		{"an empty item", "- a\n-\n- b", "• a\n•\n• b\n"},
		{"the second paragraph of an item", "- a\n\n  b", "• a\n\n  b\n"},
		{"quotes", "> one two three four five\n>\n> six", "│ one two three four\n│ five\n│\n│ six\n"},
		{"quotes in quotes", "> a\n> > b", "│ a\n│\n│ │ b\n"},
		{"code in an item", "- a\n\n  ```\n  b\n  ```", "• a\n\n    b\n"},
		{"code with tabs and long lines", "```\n\ta\n  b\n12345678901234567890123\n```", "      a\n    b\n  123456789012345678\n  ↪ 90123\n"},
		{"code that breaks at a blank", "```\naaaa bbbb cccc dddd\n```", "  aaaa bbbb cccc\n  ↪ dddd\n"},
		{"blank lines of code", "```\na\n\n\nb\n```", "  a\n\n\n  b\n"},
		{"the language in the blank line", "a\n\n```sh {1,3}\nb\n```\n\nc", "a\n                  sh\n  b\n\nc\n"},
		{"tables", "|a|bb|\n|-|-:|\n|c|d|", "a │ bb\n──┼───\nc │  d\n"},
		{"cells wrapped", "|a|b|\n|-|-|\n|c|one two three four five|\n|d|e|", "a │ b\n──┼─────────────────\nc │ one two three\n  │ four five\n──┼─────────────────\nd │ e\n"},
		{"wide tables as records", "|a|b|c|d|\n|-|-|-|-|\n|wwwwww|xxxxxx|yyyyyy|zzzzzz|\n|1|2|3|4|", "a: wwwwww\nb: xxxxxx\nc: yyyyyy\nd: zzzzzz\n\na: 1\nb: 2\nc: 3\nd: 4\n"},
		{"definitions", "a\n: b\n\nc\n: d", "a\n    b\n\nc\n    d\n"},
		{"footnotes", "a[^x]\n\n[^x]: b", "a[1]\n\n────────────\n[1] b\n"},
		{"footnotes nobody asks for", "a[^y]\n\n[^x]: b\n[^y]: c", "a[1]\n\n────────────\n[1] c\n[2] b\n"},
		{"HTML by its words", "<div><p>a <b>b</b></p><p>c</p></div>", "a b\n\nc\n"},
		{"no comments", "a\n\n<!-- b -->\n\nc", "a\n\nc\n"},
		{"tags in a line", "a <kbd>b</kbd>", "a b\n"},
		{"pictures by what they show", "![a](b.png) ![](https://example.com/c.png) ![](data:x)", "[image: a] [image:\nc.png] [image]\n"},
		{"rules", "a\n\n---\n\nb", "a\n\n       * * *\n\nb\n"},
		{"heading attributes", "# a {#b}", "a\n"},
		{"nothing", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := Render(postOf(tt.body), options(20))
			checkLines(t, d, 20)
			if diff := cmp.Diff(tt.want, bare(d)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestRenderBeginsWithTitleDateTimeAndTags(t *testing.T) {
	post := &blog.Post{Title: "A title of some words", Date: time.Date(2025, 11, 20, 0, 0, 0, 0, time.UTC), Words: 600, Tags: []string{"docker", "devops"}, Body: blog.NewBody("a")}
	d := Render(post, Options{Width: 20, Palette: theme.Plain().For(colorprofile.NoTTY)})
	want := "A title of some\nwords\n2025-11-20 · 3 min ·\ndocker, devops\n\na\n"
	if diff := cmp.Diff(want, d.String()); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestRenderClampsTheWidth(t *testing.T) {
	body := strings.Repeat("word ", 100)
	for _, tt := range []struct{ ask, want int }{{-1, MinWidth}, {5, MinWidth}, {1000, MaxWidth}} {
		if diff := cmp.Diff(Render(postOf(body), options(tt.want)).String(), Render(postOf(body), options(tt.ask)).String()); diff != "" {
			t.Errorf("width %d (-want +got)\n%s", tt.ask, diff)
		}
	}
}

func TestLinksHideBehindTheirTextOrAreWrittenOut(t *testing.T) {
	body := "[a](https://example.com/本) [b](/relative) [c](javascript:x) https://example.com/d <e@example.com>"
	post := postOf(body)
	hidden := Render(post, options(100))
	written := Render(post, Options{Width: 100, Palette: theme.Plain().For(colorprofile.NoTTY)})
	for name, tt := range map[string]struct{ got, want string }{
		"hidden":  {bare(hidden), "a b c https://example.com/d e@example.com\n"},
		"written": {bare(written), "a (https://example.com/本) b c https://example.com/d e@example.com\n"},
	} {
		if diff := cmp.Diff(tt.want, tt.got); diff != "" {
			t.Errorf("%s (-want +got)\n%s", name, diff)
		}
	}
	want := []Link{
		{3, "https://example.com/本", "https://example.com/%E6%9C%AC"},
		{3, "/relative", ""},
		{3, "javascript:x", ""},
		{3, "https://example.com/d", "https://example.com/d"},
		{3, "mailto:e@example.com", "mailto:e@example.com"},
	}
	for name, d := range map[string]*Document{"hidden": hidden, "written": written} {
		if diff := cmp.Diff(want, d.Links()); diff != "" {
			t.Errorf("%s (-want +got)\n%s", name, diff)
		}
	}
	for _, address := range []string{"https://example.com/%E6%9C%AC", "https://example.com/d", "mailto:e@example.com"} {
		if !strings.Contains(hidden.Line(3), "\x1b]8;;"+address+"\x1b\\") {
			t.Errorf("no link to %s in %q", address, hidden.Line(3))
		}
	}
	for _, address := range []string{"relative", "javascript"} {
		if strings.Contains(hidden.Line(3), address) {
			t.Errorf("a link to %s in %q", address, hidden.Line(3))
		}
	}
	if strings.Contains(written.String(), "\x1b") {
		t.Errorf("a sequence in %q", written.String())
	}
}

func TestEntitiesNeverBecomeControls(t *testing.T) {
	d := Render(postOf("a &#27;[31m &#x9b;2J &#7; &#x202e;b `&#27;`\n\n<p>&#27;c</p>"), options(80))
	checkLines(t, d, 80)
	if strings.Contains(d.String(), "\u202e") || strings.Contains(d.String(), "\x1b[31m") {
		t.Errorf("got %q, want no override and no colour", d.String())
	}
}

func TestControlsInABodyDoNotReachTheTerminal(t *testing.T) {
	// A loaded body has none; this is what is left should one get through.
	d := Render(postOf("a \x1b[2Jb \x1b]0;c\a `\u009b2J` \a\b\n\n```\n\x1b[2J\r\u0085\n```\n\n<p>\x1b[2J</p>"), options(80))
	for i := range d.Len() {
		if line := sequences.ReplaceAllString(d.Line(i), ""); strings.ContainsFunc(line, isControl) {
			t.Errorf("got %q", d.Line(i))
		}
	}
}

func TestLettersThatALookCutsInTwoStayInTheLine(t *testing.T) {
	// A flag is one letter of two cells; each half alone takes two.
	d := Render(postOf(strings.Repeat("x", 18)+"🇯`🇵`"), options(20))
	checkLines(t, d, 20)
}

func TestAddressesAreBounded(t *testing.T) {
	address := "https://example.com/" + strings.Repeat("x", 1900)
	d := Render(postOf("[a]: "+address+"\n\n"+strings.Repeat("[a]\n\n", 2000)), options(80))
	checkLines(t, d, 80)
	if got, want := len(d.text), maxAddresses+200_000; got > want {
		t.Errorf("%d bytes, want at most %d", got, want)
	}
	if len(d.Links()) != 2000 {
		t.Errorf("%d links, want all 2000", len(d.Links()))
	}
	d = Render(postOf("[a]("+address+address+")"), options(80))
	if len(d.Links()) != 1 || strings.Contains(d.String(), "example") {
		t.Errorf("an address of %d bytes is linked, or not listed", 2*len(address))
	}
	d = Render(postOf("[a]("+strings.Repeat(address, 10)+")"), options(80))
	if len(d.Links()) != 0 || strings.Contains(d.String(), "example") {
		t.Errorf("an address of %d bytes is listed", 10*len(address))
	}
}

func TestNoSequencesWithoutATerminal(t *testing.T) {
	d := Render(postOf(kitchen(t)), Options{Width: 80, Palette: theme.Dark().For(colorprofile.NoTTY)})
	if strings.Contains(d.String(), "\x1b") {
		t.Errorf("got a sequence in %q", d.String())
	}
	if !strings.Contains(d.String(), "\n## Second level with `code`\n") {
		t.Errorf("got %s, want headings with their marks", d.String())
	}
}

func TestHeadingsAndCodeAreWhereTheDocumentSays(t *testing.T) {
	d := Render(postOf("# One `two`\n\na\n\n## Three\n\n```go\n\tx := 1\n```\n\n    y\n"), options(40))
	line := func(i int) string { return sequences.ReplaceAllString(d.Line(i), "") }
	want := []Heading{{3, 1, "One two", "one-two"}, {7, 2, "Three", "three"}}
	if diff := cmp.Diff(want, d.Headings()); diff != "" {
		t.Errorf("headings (-want +got)\n%s", diff)
	}
	for _, h := range d.Headings() {
		if line(h.Line) != h.Text {
			t.Errorf("line %d is %q, want %q", h.Line, line(h.Line), h.Text)
		}
	}
	wantCode := []Code{{8, 10, "go", "\tx := 1\n"}, {11, 12, "", "y\n"}}
	if diff := cmp.Diff(wantCode, d.Code()); diff != "" {
		t.Errorf("code (-want +got)\n%s", diff)
	}
	for _, c := range d.Code() {
		if last := line(c.End - 1); strings.TrimSpace(last) != strings.TrimSpace(c.Source) {
			t.Errorf("line %d is %q, want %q", c.End-1, last, c.Source)
		}
	}
}

func TestCodeIsColouredInTheLanguageThatIsNamed(t *testing.T) {
	p := theme.Dark().For(colorprofile.TrueColor)
	keyword := "\x1b[" + foreground(p.Keyword) + "m"
	for fence, want := range map[string]bool{"go": true, "Go": true, "go {1,3}": true, "{.go}": true, "": false, "nosuch": false} {
		d := Render(postOf("```"+fence+"\nfunc f() {}\n```"), options(40))
		if got := strings.Contains(d.String(), keyword+"func"); got != want {
			t.Errorf("%q: coloured is %t, want %t: %q", fence, got, want, d.String())
		}
	}
}

// TestReadersAtOnceGetWhatOneAloneGets has each reader's document drawn anew,
// as many at a time as a server does.
func TestReadersAtOnceGetWhatOneAloneGets(t *testing.T) {
	themes := map[string]*theme.Palette{
		"dark":  theme.Dark().For(colorprofile.TrueColor),
		"light": theme.Light().For(colorprofile.TrueColor),
	}
	alone := map[string]string{}
	for name, p := range themes {
		alone[name] = Render(postOf(kitchen(t)), Options{Width: 80, Palette: p, Links: true}).String()
	}
	if alone["dark"] == alone["light"] {
		t.Fatal("the themes are drawn alike")
	}
	cache := NewCache(1<<20, 4)
	var wg sync.WaitGroup
	for i := range 50 {
		for name, p := range themes {
			wg.Go(func() {
				post := postOf(kitchen(t))
				post.Hash = itoa(i)
				d, err := cache.Document(t.Context(), post, Options{Width: 80, Palette: p, Links: true})
				if err != nil || d.String() != alone[name] {
					t.Errorf("%s differs from what one alone gets: %v", name, err)
				}
			})
		}
	}
	wg.Wait()
}

func TestColorsAreThoseThatTwoTriesAgreeOn(t *testing.T) {
	right, wrong := []run{{end: 1}}, []run{{end: 2}}
	for name, tt := range map[string]struct{ tries, want [][]run }{
		"at once":       {[][]run{right, right}, [][]run{right}},
		"a slip":        {[][]run{wrong, right, right}, [][]run{right}},
		"never":         {[][]run{right, wrong, right, wrong}, nil},
		"nothing":       {[][]run{nil}, nil},
		"nothing later": {[][]run{right, nil}, nil},
	} {
		n := 0
		got := agreed(func() []run {
			n++
			return tt.tries[n-1]
		})
		if n != len(tt.tries) {
			t.Errorf("%s: %d tries, want %d", name, n, len(tt.tries))
		}
		if (got != nil) != (tt.want != nil) || got != nil && got[0] != tt.want[0][0] {
			t.Errorf("%s: got %v, want %v", name, got, tt.want)
		}
	}
}

func TestPanicOfALibraryComesToPlainText(t *testing.T) {
	d := guarded(postOf("one **two**"), options(40), func(*blog.Post, Options) *Document { panic("a fault") })
	checkLines(t, d, 40)
	if got, want := bare(d), "one **two**\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestRenderWithoutAPaletteIsPlain(t *testing.T) {
	if got, want := Render(postOf("one **two**"), Options{}).String(), "A post\n1 min\n\none two\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestAPostThatIsTooLongIsShownAsItIsWritten(t *testing.T) {
	paragraph := strings.Repeat("word ", 98) + "*a* b\n\n"
	for name, tt := range map[string]struct {
		body  string
		plain bool
	}{
		"as long as may be": {strings.Repeat(paragraph, maxSource/len(paragraph)), false},
		"longer":            {strings.Repeat(paragraph, maxSource/len(paragraph)+1), true},
		"as many lines":     {"*a*\n" + strings.Repeat("a\n", maxLines-1), false},
		"more lines":        {"*a*\n" + strings.Repeat("a\n", maxLines), true},
	} {
		if got := strings.Contains(Render(postOf(tt.body), options(40)).String(), "*a*"); got != tt.plain {
			t.Errorf("%s: shown as it is written: %t, want %t", name, got, tt.plain)
		}
	}
}

func TestCodeThatIsTooLongIsPlain(t *testing.T) {
	line := "x := f(a, \"b\") // c\n"
	for name, tt := range map[string]struct {
		source string
		plain  bool
	}{
		"short":       {line, false},
		"long":        {fill("+ a line that is quick to colour, so that only the bound keeps it plain, and that is long too\n", 300<<10), true},
		"as long":     {fill("+ a line that is quick to colour, so that only the bound keeps it plain, and that is long too\n", 200<<10), false},
		"a long line": {line + "y := \"" + strings.Repeat("z", 5<<10) + "\"\n", true},
		"a line":      {line + "y := \"" + strings.Repeat("z", 2<<10) + "\"\n", false},
	} {
		lang := "go"
		if tt.source[0] == '+' {
			lang = "diff"
		}
		d := Render(postOf("```"+lang+"\n"+tt.source+"```\n"), options(80))
		first := d.Line(d.Code()[0].Line + 1)
		if got := !strings.Contains(first, "\x1b"); got != tt.plain {
			t.Errorf("%s: plain is %t, want %t: %q", name, got, tt.plain, first)
		}
	}
}
