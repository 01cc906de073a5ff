package blog

import (
	"fmt"
	"math"
	"strings"
	"unicode/utf8"
)

// binaryData says why a file's bytes, decoded, are no text, or nothing. A stray
// NUL or a few bytes of another encoding are not enough to refuse a post.
func binaryData(s string) string {
	if nul := strings.Count(s, "\x00"); nul > len(s)/1000 {
		return fmt.Sprintf("a binary file: %d of its %d bytes are NUL", nul, len(s))
	}
	bad := 0
	for i := 0; i < len(s); {
		if c := s[i]; c >= 0x20 && c < utf8.RuneSelf {
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && n == 1 || r < 0x20 && r != '\n' && r != '\r' && r != '\t' {
			bad++
		}
		i += n
	}
	if bad > 0 && bad > len(s)*3/10 {
		return fmt.Sprintf("a binary file or not UTF-8: %d %% of its bytes are no text", int(math.Round(float64(bad)*100/float64(len(s)))))
	}
	return ""
}
