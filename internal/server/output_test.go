package server

import (
	"strings"
	"testing"
)

func TestLinesForATerminalEndWithCRLF(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"a\nb\n", "a\r\nb\r\n"},
		{"a\r\nb\r\n", "a\r\nb\r\n"},
		{"\n\n", "\r\n\r\n"},
		{"", ""},
		{"a\rb", "a\rb"},
	} {
		for at := range len(tt.in) + 1 {
			var got strings.Builder
			w := &crlf{w: &got}
			for _, part := range []string{tt.in[:at], tt.in[at:]} {
				if n, err := w.Write([]byte(part)); n != len(part) || err != nil {
					t.Errorf("%q: wrote %d, %v", part, n, err)
				}
			}
			if got.String() != tt.want {
				t.Errorf("%q cut at %d: got %q, want %q", tt.in, at, got.String(), tt.want)
			}
		}
	}
}
