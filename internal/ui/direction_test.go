package ui

import (
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"

	"lectern/internal/theme"
)

func TestWhatIsTypedTurnsNoFooterAround(t *testing.T) {
	s := &stage{width: 40, height: 8, palette: theme.Plain().For(colorprofile.NoTTY)}
	for prompt, want := range map[string]string{"/text": " /text", "/نص": " \u200e/نص"} {
		content, _, _ := frame(s, "Blog", page{prompt: prompt}, listKeys)
		if lines := strings.Split(content, "\n"); !strings.HasPrefix(lines[7], want) {
			t.Errorf("the footer is %q, want %q first", lines[7], want)
		}
	}
}
