package render

import (
	"regexp"
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"

	"lectern/internal/theme"
)

var (
	spanOfCode = regexp.MustCompile("(?s)``.*?``|`[^`]*`")
	rawFormula = regexp.MustCompile(`(?s)\$\$.*?\$\$|\$[^$\n]*\$|\\\[.*?\\\]`)
	rawTag     = regexp.MustCompile(`\{%.*?%\}|\{\{[^}]*\}\}|\{:[ .#:/a-z][^}\n]*\}|\{::[a-z]|(?m:^:::)`)
)

// TestNoRealPostShowsATemplateTag looks for tags in what is drawn of the real
// posts, code and formulas aside.
func TestNoRealPostShowsATemplateTag(t *testing.T) {
	o := Options{80, theme.Plain().For(colorprofile.NoTTY), false, ""}
	n := 0
	for path, body := range realPosts(t) {
		if !strings.Contains(body, "{") && !strings.Contains(body, ":::") {
			continue
		}
		n++
		d := Render(postOf(body), o)
		lines := strings.Split(strings.TrimSuffix(d.String(), "\n"), "\n")
		for _, code := range d.Code() {
			for i := code.Line; i < min(code.End, len(lines)); i++ {
				lines[i] = ""
			}
		}
		shown := rawFormula.ReplaceAllString(spanOfCode.ReplaceAllString(strings.Join(lines, "\n"), ""), "")
		for _, tag := range rawTag.FindAllString(shown, -1) {
			t.Errorf("%s shows %q", path, tag)
		}
	}
	t.Logf("%d posts", n)
}
